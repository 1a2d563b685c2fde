"""Step 6 of 6. A store → lines in a fixed order, equal for stores that hold the same.

Rows are named by what they hold, not by their numbers, and times are left out: so a killed and resumed run,
or one on many machines, can be compared with another line by line. Files cannot be.
"""

import json
from collections.abc import Iterator

from pipeline.store.connection import Store, snapshot
from pipeline.store.rows import ARTICLE_COLUMNS, MENTION_COLUMNS
from pipeline.store.schema import CURRENT

_QUERIES: dict[str, str] = {
    "article": f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY id",
    "mention": (
        f"SELECT a.id, {MENTION_COLUMNS}, corrected, {CURRENT}, r.rules"
        " FROM mention_rows AS m JOIN articles AS a ON a.fid = m.article JOIN runs AS r ON r.id = m.run"
        " WHERE m.correction IS NULL OR m.replaced_by IS NULL"  # what was said in between is in the log
        " ORDER BY a.id, m.run, m.start_offset, m.correction"
    ),
    "processed": (
        "SELECT a.id, r.rules, found FROM processed AS p JOIN articles AS a ON a.fid = p.article"
        " JOIN runs AS r ON r.id = p.run ORDER BY a.id, p.run"
    ),
    "failure": "SELECT origin, code, message FROM failures ORDER BY origin, code, message",
    "correction": (
        "SELECT author, article_id, start_offset, end_offset, surface, action, value FROM corrections"
        " ORDER BY sequence"
    ),
    "region": (
        "SELECT l.kind, l.text, a.id, r.day, roles, place, government, dateline, name"
        " FROM article_regions AS r JOIN labels AS l ON l.id = region JOIN articles AS a ON a.fid = article"
        " ORDER BY l.kind, l.text, a.id"
    ),
    "count": (
        "SELECT r.kind, r.text, period, o.text, l.text, roles, articles, place, government, dateline, name"
        " FROM counts AS c JOIN labels AS r ON r.id = c.region JOIN labels AS o ON o.id = c.source"
        " JOIN labels AS l ON l.id = c.language ORDER BY r.kind, r.text, period, o.text, l.text, roles"
    ),
    "story": (
        "SELECT a.id, min(a.id) OVER (PARTITION BY story) FROM stories JOIN articles AS a ON a.fid = article"
        " ORDER BY a.id"
    ),
    "term": "SELECT term, doc, cnt FROM search_terms ORDER BY term",
}


def canonical_dump(store: Store) -> Iterator[str]:
    """Everything that was found in the articles of a store, a JSON array a line."""
    with snapshot(store, seconds=None) as db:
        for kind, query in _QUERIES.items():
            for row in db.execute(query):
                yield json.dumps([kind, *row], ensure_ascii=False)
