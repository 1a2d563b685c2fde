"""Step 6 of 6. A store → lines in a fixed order, equal for stores that hold the same.

Rows are named by what they hold, not by their numbers, and times are left out: so a killed and resumed run, or
one on many machines, can be compared with another line by line. Files cannot: SQLite promises no same bytes.
"""

import json
from collections.abc import Iterator

from pipeline.store.connect import Store, snapshot
from pipeline.store.rows import ARTICLE_COLUMNS, MENTION_COLUMNS
from pipeline.store.schema import CURRENT

_QUERIES: dict[str, str] = {
    "article": f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY id",
    "mention": (
        f"SELECT a.id, {MENTION_COLUMNS}, corrected, {CURRENT}, r.rules"
        " FROM mention_rows AS m JOIN articles AS a ON a.fid = m.article JOIN runs AS r ON r.id = m.run"
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
        "SELECT region, a.day, a.id, roles, level, r.source, r.language, place, government, dateline, name"
        " FROM article_regions AS r JOIN articles AS a ON a.fid = r.article ORDER BY region, a.id"
    ),
    "count": "SELECT * FROM counts ORDER BY level, grain, period, region, source, language, roles",
    "term": "SELECT term, doc, cnt FROM search_terms ORDER BY term",
}


def canonical_dump(store: Store) -> Iterator[str]:
    """Everything that was found in the articles of a store, a JSON array a line."""
    with snapshot(store, seconds=None) as db:
        for kind, query in _QUERIES.items():
            for row in db.execute(query):
                yield json.dumps([kind, *row], ensure_ascii=False)
