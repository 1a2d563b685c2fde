"""Opening: created once, private, and never half-read when it is something else."""

import os
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from pipeline.errors import StoreError
from pipeline.records import Selection
from pipeline.store import (
    Geography,
    Store,
    add_batch,
    begin_run,
    connection,
    counts,
    migrate,
    open_store,
    summary,
)
from pipeline.store.schema import SCHEMA_VERSION
from tests.pipeline.store.building import GEOGRAPHY, PLACES, SHAPES, fill, marked, open_test_store

KIRKUK = marked("في ⟦كركوك|IQ-KI⟧")


def set_version(store: Store, version: int) -> None:
    store.db.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),))


def test_a_new_store_and_its_folder_are_nobody_elses(store: Store) -> None:
    fill(store, [KIRKUK])
    assert store.path.parent.stat().st_mode & 0o777 == 0o700
    for file in store.path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_store_that_is_there_is_gone_on_with(store: Store) -> None:
    fill(store, [KIRKUK])
    with open_test_store(store.path) as again:
        assert summary(again).articles == 1


def test_readers_need_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store here.*pipeline run"):
        open_store(tmp_path / "absent.gpkg", mode="read")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_newer_store_is_refused_with_both_versions(store: Store, mode: connection.Mode) -> None:
    set_version(store, 9)
    with pytest.raises(StoreError, match=f"version 9, .* version {SCHEMA_VERSION}") as caught:
        open_store(store.path, mode=mode, geography=GEOGRAPHY)
    assert caught.value.code == "newer"


@pytest.mark.parametrize("mode", ["read", "write"])
def test_an_older_store_without_a_way_is_refused_with_both_versions(
    store: Store, mode: connection.Mode
) -> None:
    set_version(store, 0)
    with pytest.raises(StoreError, match=f"version 0, .* version {SCHEMA_VERSION}"):
        open_store(store.path, mode=mode, geography=GEOGRAPHY)


def test_an_older_store_is_migrated_by_the_writer_and_not_by_the_reader(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, [KIRKUK])
    set_version(store, SCHEMA_VERSION - 1)
    monkeypatch.setattr(migrate, "MIGRATIONS", {SCHEMA_VERSION - 1: "CREATE TABLE more (id INTEGER)"})
    with pytest.raises(StoreError, match="brings the store up to date"):
        open_store(store.path, mode="read")
    with open_test_store(store.path) as migrated:
        assert migrated.db.execute("SELECT count(*) FROM more").get == 0
        assert summary(migrated).articles == 1


def test_a_migration_that_fails_leaves_the_old_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, [KIRKUK])
    set_version(store, SCHEMA_VERSION - 1)
    half = "CREATE TABLE more (id INTEGER); SELECT * FROM nothing_there"
    monkeypatch.setattr(migrate, "MIGRATIONS", {SCHEMA_VERSION - 1: half})
    with pytest.raises(StoreError, match="SQLite refuses"):
        open_test_store(store.path)
    assert migrate.stored_version(store.db, store.path) == SCHEMA_VERSION - 1
    assert store.db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").get == 0


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "others.sqlite"
    with apsw.Connection(str(path)) as db:
        db.execute("CREATE TABLE meta (key TEXT, value TEXT); CREATE TABLE gpkg_contents (x)")
    db.close()
    before = path.read_bytes()
    for mode in ("read", "write"):
        with pytest.raises(StoreError, match="no store of this project") as caught:
            open_store(path, mode=mode, geography=GEOGRAPHY)
        assert caught.value.code == "damaged"
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"not a database, but long enough to be read as one" * 50, b"x"])
def test_another_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for mode in ("read", "write"):
        with pytest.raises(StoreError) as caught:
            open_store(path, mode=mode, geography=GEOGRAPHY)
        assert caught.value.code == "damaged"
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store_but_is_none_to_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "iraq.gpkg"
    path.touch()
    with pytest.raises(StoreError, match=r"nothing is stored here yet.*pipeline run"):
        open_store(path, mode="read")
    with open_test_store(path) as store:
        assert summary(store).articles == 0


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    for mode in ("read", "write"):
        with pytest.raises(StoreError, match=r"this is no file|cannot be opened"):
            open_store(tmp_path, mode=mode, geography=GEOGRAPHY)


def test_a_folder_that_may_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be opened"):
        open_test_store(tmp_path / "file" / "iraq.gpkg")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="may not be written"):
        open_test_store(tmp_path / "iraq.gpkg")


def test_a_store_that_another_writes_is_waited_for_and_then_named(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WRITE_WAIT_MS", 20)
    store.db.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another process is writing") as caught:
        open_test_store(store.path)
    assert caught.value.code == "locked"
    with open_store(store.path, mode="read") as reader:
        assert summary(reader).articles == 0


def test_a_full_disk_is_named_and_nothing_of_the_batch_is_kept(store: Store) -> None:
    fill(store, [KIRKUK])
    run = begin_run(store, code_version="test", rules="rules-1")
    pages = store.db.pragma("page_count")
    store.db.pragma("max_page_count", pages + 2)
    with pytest.raises(StoreError, match=r"disk is full.*free some space"):
        add_batch(store, run, [marked(f"{i} ⟦كركوك|IQ-KI⟧ " + "نص " * 5000) for i in range(20)], [])
    assert summary(store).articles == 1
    store.db.pragma("max_page_count", pages * 100)
    assert add_batch(store, run, [marked("⟦سنجار|sinjar-district⟧")], []).stored == 1


def test_a_file_name_is_never_code(tmp_path: Path) -> None:
    for name in ("a b?mode=memory&x=%41.gpkg", ":memory:", "file:x.gpkg", "-rf.gpkg", "كركوك.gpkg"):
        with open_test_store(tmp_path / name) as store:
            fill(store, [KIRKUK])
        assert (tmp_path / name).is_file()
        with open_store(tmp_path / name, mode="read") as reader:
            assert summary(reader).articles == 1


def test_the_copied_gazetteer_is_renewed_when_it_changes(store: Store) -> None:
    fill(store, [marked("⟦الحويجة|hawija-district⟧")])
    moved = tuple(
        replace(place, governorate="IQ-NI") if place.id == "hawija-district" else place for place in PLACES
    )
    in_nineveh = Selection(governorates=frozenset({"IQ-NI"}))
    assert counts(store, in_nineveh, level="district") == {}
    with open_store(store.path, mode="write", geography=Geography("gazetteer-2", moved, SHAPES)) as renewed:
        assert counts(renewed, in_nineveh, level="district").keys() == {"hawija-district"}


def test_a_hostile_view_cannot_reach_out(store: Store) -> None:
    """A store that came from elsewhere: its views may not call what reads files or loads code."""
    store.db.execute("DROP VIEW mentions")
    store.db.execute("CREATE VIEW mentions AS SELECT load_extension('evil.so') AS geom")
    with open_store(store.path, mode="read") as reader, pytest.raises(apsw.Error):
        reader.db.execute("SELECT * FROM mentions").fetchall()
