"""Step 6 of 6. Geocoded articles ↔ one GeoPackage: the only place that speaks SQL.

``schema`` says what lies where; ``write`` fills it, ``counting`` and ``read`` ask it (``terms`` understands what
was typed), ``correcting`` adds what people said, ``check`` proves it whole. Everything that others need is here.
"""

from collections.abc import Callable
from pathlib import Path

from pipeline.store.check import check_store, wal_reset_fault
from pipeline.store.connection import Mode, Store, Terms, connect, explained
from pipeline.store.correcting import Action, Correction, correct, corrections
from pipeline.store.counting import Grain, RegionLevel, counts, summary, timeline
from pipeline.store.dump import canonical_dump
from pipeline.store.exchange import export_corrections, import_corrections
from pipeline.store.failing import Failure, failures
from pipeline.store.geography import Geography, PlaceRow, load_geography
from pipeline.store.migrate import prepare, require_current
from pipeline.store.outdated import count_outdated, outdated_articles
from pipeline.store.read import article, articles_in, count_articles_in, count_search, search
from pipeline.store.telling import count_stories, count_stories_in, stories_in, story_of
from pipeline.store.terms import typed_terms, with_proclitics
from pipeline.store.write import BatchResult, add_batch, begin_run, finish_run, is_current, known_ids

__all__ = [
    "Action",
    "BatchResult",
    "Correction",
    "Failure",
    "Geography",
    "Grain",
    "Mode",
    "PlaceRow",
    "RegionLevel",
    "Store",
    "Terms",
    "add_batch",
    "article",
    "articles_in",
    "begin_run",
    "canonical_dump",
    "check_store",
    "correct",
    "corrections",
    "count_articles_in",
    "count_outdated",
    "count_search",
    "count_stories",
    "count_stories_in",
    "counts",
    "export_corrections",
    "failures",
    "finish_run",
    "import_corrections",
    "is_current",
    "known_ids",
    "load_geography",
    "open_store",
    "outdated_articles",
    "search",
    "stories_in",
    "story_of",
    "summary",
    "timeline",
    "typed_terms",
    "wal_reset_fault",
    "with_proclitics",
]


def open_store(
    path: Path,
    *,
    mode: Mode,
    geography: Geography | None = None,
    expand: Callable[[str], Terms] = typed_terms,
) -> Store:
    """Path → open store, a context manager; raises StoreError where it cannot be used as asked.

    "write" creates a store that is missing and migrates an older one; its places and polygons are brought up
    to date from ``geography``, by default the project's own. "read" sees the file and can change nothing.
    ``expand`` says what typed text is looked for as.
    """
    store = Store(path, connect(path, mode=mode), mode, expand)
    try:
        if mode == "write":
            prepare(store, geography or load_geography())
        else:
            with explained(path):
                require_current(store.db, path)
    except BaseException:
        store.close()
        raise
    return store
