"""A whole store has no fault; a spoilt one says what was spoilt."""

import random
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from pipeline.errors import ProjectError
from pipeline.records import Selection
from pipeline.store import Store, article, check_store, correct, counts, open_store, wal_reset_fault
from pipeline.store.schema import PAGE_SIZE
from tests.pipeline.store.building import fill, marked

TITLED = marked("هجوم وب⟦كركوك|IQ-KI⟧ وفي ⟦الحويجة|hawija-district⟧", title="خبر")


@pytest.fixture
def whole(store: Store) -> Store:
    """A store with everything in it: titles, silence, two runs, a correction, a refusal's place."""
    fill(store, [TITLED, marked("صمت", source=None, published=None), marked("⟦سنجار|sinjar-district⟧")])
    correct(store, mention_id=1, author="Nisreen", action="reassign", value="IQ-NI", base_revision=0)
    fill(store, [TITLED], rules="rules-2")
    store.db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)  # so that the tests can spoil it
    return store


def test_a_whole_store_has_no_fault(whole: Store) -> None:
    assert check_store(whole.path) == []


def test_an_empty_store_has_no_fault(store: Store) -> None:
    assert check_store(store.path) == []


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("UPDATE articles SET text = text || ' '", "is not the hash"),
        ("UPDATE articles SET source = 'Other' WHERE source IS NOT NULL", "is not the hash"),
        ("UPDATE articles SET day = '2020-01-01'", "is filed under the day"),
        ("UPDATE articles SET title_end = 900", "title or flags"),
        ("UPDATE articles SET flags = 'no json'", "cannot be read"),
        ("UPDATE mention_rows SET start_offset = start_offset + 1", "it does not"),
        ("UPDATE mention_rows SET surface = 'x'", "it does not"),
        ("UPDATE mention_rows SET end_offset = start_offset", "it does not"),
        ("UPDATE mention_rows SET role = 'name'", "counts: one row"),
        ("UPDATE mention_rows SET governorate = 'IQ-SU' WHERE governorate = 'IQ-KI'", "counts: one row"),
        ("UPDATE counts SET articles = articles + 1 WHERE period = 202602", "period 202602"),
        ("DELETE FROM counts WHERE period = 202602", "missing"),
        ("DELETE FROM article_regions", "counts: one row missing"),
        ("UPDATE article_regions SET place = place + 1", "counts: one row missing"),
        ("UPDATE mention_rows SET place_id = 'IQ-HA' WHERE correction IS NOT NULL", "not as it was last"),
        ("DELETE FROM corrections", "references"),
        ("UPDATE corrections SET value = 'IQ-SU'", "not as it was last corrected"),
        ("DELETE FROM mention_rows WHERE correction IS NULL AND run = 1", "lost or gained"),
        ("DELETE FROM processed", "stored by no run"),
        ("UPDATE mention_rows SET article = 99", "references: mention_rows"),
        ("INSERT INTO search (rowid, title, body) VALUES (77, '', 'more')", "search: the index"),
        ("DELETE FROM search_data WHERE id > 100", "search"),
        ("CREATE TABLE extra (x)", "extra is no part of a store"),
        ("DROP INDEX mention_rows_article", "mention_rows_article is not as this version makes it"),
        ("CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END", "t is no part of a store"),
    ],
)
def test_what_is_spoilt_is_named(whole: Store, spoil: str, fault: str) -> None:
    whole.db.execute(spoil)
    found = check_store(whole.path)
    assert [line for line in found if fault in line], found


def test_many_faults_of_a_kind_are_cut_short(store: Store) -> None:
    fill(store, [marked(f"{i} ⟦كركوك|IQ-KI⟧") for i in range(20)])
    store.db.execute("UPDATE articles SET text = text || '!'")
    found = [line for line in check_store(store.path) if line.startswith(("articles", "…"))]
    assert len(found) == 6


def test_a_check_changes_nothing(whole: Store) -> None:
    whole.close()
    before = whole.path.read_bytes()
    check_store(whole.path)
    assert whole.path.read_bytes() == before


def test_what_is_no_store_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"notes")
    assert len(check_store(tmp_path / "notes.txt")) == 1
    assert "no store here" in check_store(tmp_path / "absent.gpkg")[0]


def test_a_damaged_page_never_crashes_and_what_it_spoils_is_told(whole: Store, tmp_path: Path) -> None:
    """Bytes flipped anywhere: the check says so, or the flip lay where nothing is kept."""
    whole.close()
    good = whole.path.read_bytes()
    chance = random.Random(20260223)  # noqa: S311 - which bytes to spoil, no secret
    copy = tmp_path / "spoilt.gpkg"
    for _ in range(25):
        spoilt = bytearray(good)
        for _ in range(400):
            spoilt[chance.randrange(100, len(spoilt))] ^= 1 << chance.randrange(8)
        copy.write_bytes(spoilt)
        assert check_store(copy)


def test_views_of_a_damaged_store_fail_by_name(whole: Store, tmp_path: Path) -> None:
    whole.close()
    good = whole.path.read_bytes()
    chance = random.Random(7)  # noqa: S311
    copy = tmp_path / "spoilt.gpkg"
    for _ in range(25):
        spoilt = bytearray(good)
        start = chance.randrange(PAGE_SIZE, len(spoilt) - 4096)
        spoilt[start : start + 4096] = chance.randbytes(4096)
        copy.write_bytes(spoilt)
        # No other error may come of it: it would reach a user as a trace.
        with suppress(ProjectError), open_store(copy, mode="read") as reader:
            counts(reader, Selection(query="كركوك"), level="governorate")
            article(reader, TITLED.article.id)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.54.1", True),
    ],
)
def test_an_sqlite_that_loses_writes_is_known(version: str, *, safe: bool) -> None:
    assert (wal_reset_fault(version) is None) is safe


def test_the_sqlite_at_hand_is_safe() -> None:
    assert wal_reset_fault(apsw.sqlite_lib_version()) is None
