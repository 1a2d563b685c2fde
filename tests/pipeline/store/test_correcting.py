"""What analysts say: kept for ever, seen at once, never lost and never silently overwritten."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CorrectionConflict, DataError, StoreError
from pipeline.records import Geocoded, Selection, StoredMention
from pipeline.store import (
    Action,
    Store,
    article,
    articles_in,
    canonical_dump,
    check_store,
    correct,
    corrections,
    counts,
    export_corrections,
    import_corrections,
    summary,
)
from tests.pipeline.store.building import fill, marked, open_test_store

KIRKUK = marked("في ⟦كركوك|IQ-KI⟧ وفي ⟦الحويجة|hawija-district⟧")


def mentions_of(store: Store, geocoded: Geocoded = KIRKUK) -> tuple[StoredMention, ...]:
    found = article(store, geocoded.article.id)
    assert found is not None
    return found.mentions


def governorates(store: Store) -> dict[str, int]:
    return {region: c.articles for region, c in counts(store, Selection(), level="governorate").items()}


def say(store: Store, mention: StoredMention, action: Action, value: str | None = None) -> None:
    correct(
        store,
        mention_id=mention.id,
        author="Nisreen",
        action=action,
        value=value,
        base_revision=mention.revision,
    )


def test_a_rejected_mention_counts_no_more_and_is_still_shown_as_rejected(store: Store) -> None:
    one = marked("في ⟦كركوك|IQ-KI⟧")
    fill(store, [one])
    say(store, mentions_of(store, one)[0], "reject")
    assert governorates(store) == {}
    assert articles_in(store, "IQ-KI", Selection()) == []
    shown = mentions_of(store, one)[0]
    assert (shown.corrected, shown.revision) == ("reject", 1)
    assert summary(store).silent == 1


def test_a_reassigned_mention_counts_where_it_belongs(store: Store) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reassign", "sinjar-district")
    assert governorates(store) == {"IQ-KI": 1, "IQ-NI": 1}
    assert counts(store, Selection(), level="district").keys() == {"hawija-district", "sinjar-district"}
    now = mentions_of(store)[0]
    assert (now.mention.place_id, now.mention.level, now.mention.governorate, now.mention.district) == (
        "sinjar-district",
        "district",
        "IQ-NI",
        "sinjar-district",
    )
    assert (now.mention.confidence, now.corrected) == (1.0, "reassign")


def test_a_mention_of_another_role_counts_in_that_one(store: Store) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "role", "government")
    government = Selection(roles=frozenset({"government"}))
    assert counts(store, government, level="governorate")["IQ-KI"].mentions == 1
    assert mentions_of(store)[0].mention.literal is None


def test_what_the_machine_said_can_be_had_again(store: Store) -> None:
    fill(store, [KIRKUK])
    before = mentions_of(store)[0].mention
    for action, value in (("reassign", "IQ-NI"), ("role", "name"), ("reject", None), ("restore", None)):
        say(store, mentions_of(store)[0], action, value)  # type: ignore[arg-type]
    now = mentions_of(store)[0]
    assert (now.mention, now.corrected, now.revision) == (before, None, 4)
    assert [said.action for said in corrections(store, KIRKUK.article.id)] == [
        "reassign",
        "role",
        "reject",
        "restore",
    ]


def test_a_later_word_stands_on_the_earlier_one(store: Store) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reassign", "IQ-NI")
    say(store, mentions_of(store)[0], "role", "dateline")
    now = mentions_of(store)[0].mention
    assert (now.place_id, now.role) == ("IQ-NI", "dateline")


def test_two_who_saw_the_same_do_not_overwrite_each_other(store: Store) -> None:
    fill(store, [KIRKUK])
    seen = mentions_of(store)[0]
    say(store, seen, "reject")
    with pytest.raises(CorrectionConflict, match="look at the mention again"):
        say(store, seen, "reassign", "IQ-NI")
    with pytest.raises(CorrectionConflict, match="revision 1, not 0"):
        say(store, replace(mentions_of(store)[0], revision=0), "restore")
    assert len(corrections(store)) == 1


def test_a_mention_that_a_newer_run_found_otherwise_is_a_conflict(store: Store) -> None:
    fill(store, [KIRKUK])
    seen = mentions_of(store)[0]
    fill(store, [KIRKUK], rules="rules-2")
    with pytest.raises(CorrectionConflict):
        say(store, seen, "reject")


@pytest.mark.parametrize(
    ("action", "value", "message"),
    [
        ("delete", None, "there are reject"),
        ("role", "weather", "there are place"),
        ("reassign", "atlantis", "no place of the gazetteer"),
        ("reassign", None, "no place of the gazetteer"),
        ("reject", "IQ-KI", "takes no value"),
    ],
)
def test_an_unknown_word_is_refused_by_name(
    store: Store, action: Action, value: str | None, message: str
) -> None:
    fill(store, [KIRKUK])
    with pytest.raises(StoreError, match=message):
        say(store, mentions_of(store)[0], action, value)
    assert corrections(store) == []


def test_corrections_hold_for_every_later_run(store: Store) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reassign", "IQ-NI")
    fill(store, [KIRKUK], rules="rules-2")
    assert governorates(store) == {"IQ-KI": 1, "IQ-NI": 1}
    assert mentions_of(store)[0].corrected == "reassign"
    assert check_store(store.path) == []


def test_a_span_that_no_run_finds_any_more_stays_on_record(store: Store) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reassign", "IQ-NI")
    fill(store, [Geocoded(KIRKUK.article)], rules="rules-2")
    assert (governorates(store), len(corrections(store))) == ({}, 1)
    fill(store, [KIRKUK], rules="rules-3")
    assert governorates(store) == {"IQ-KI": 1, "IQ-NI": 1}


def test_a_correction_is_on_disk_before_it_counts_as_said(store: Store) -> None:
    fill(store, [KIRKUK])
    assert store.db.pragma("synchronous") == 1
    say(store, mentions_of(store)[0], "reject")
    assert store.db.pragma("synchronous") == 2


def test_hostile_words_are_just_words(store: Store) -> None:
    fill(store, [KIRKUK])
    author = "'); DROP TABLE corrections; -- ${7*7} \u202e"
    mention = mentions_of(store)[0]
    correct(store, mention_id=mention.id, author=author, action="reject", base_revision=0)
    assert corrections(store)[0].author == author


def test_corrections_replay_on_a_store_built_anew(store: Store, other_store: Store, tmp_path: Path) -> None:
    other = marked("عن ⟦سنجار|sinjar-district⟧")
    fill(store, [KIRKUK, other])
    say(store, mentions_of(store)[0], "reassign", "IQ-NI")
    say(store, mentions_of(store)[0], "role", "government")
    say(store, mentions_of(store, other)[0], "reject")
    assert export_corrections(store, tmp_path / "corrections.jsonl") == 3

    fill(other_store, [KIRKUK])
    assert import_corrections(other_store, tmp_path / "corrections.jsonl") == 3
    fill(other_store, [other])  # one that comes after what was said of it
    said = [line for line in canonical_dump(store) if not line.startswith('["correction"')]
    assert [line for line in canonical_dump(other_store) if not line.startswith('["correction"')] == said
    assert check_store(other_store.path) == []


def test_an_import_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reject")
    path = tmp_path / "corrections.jsonl"
    export_corrections(store, path)
    path.write_bytes(path.read_bytes() * 2)
    before = list(canonical_dump(store))
    assert import_corrections(store, path) == 0
    assert list(canonical_dump(store)) == before


def test_an_export_is_readable_and_nobody_elses(store: Store, tmp_path: Path) -> None:
    fill(store, [KIRKUK])
    say(store, mentions_of(store)[0], "reassign", "IQ-NI")
    path = tmp_path / "corrections.jsonl"
    export_corrections(store, path)
    line = json.loads(path.read_text("utf-8"))
    assert (line["surface"], line["value"], line["author"]) == ("كركوك", "IQ-NI", "Nisreen")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def _without(name: str) -> Callable[[dict[str, object]], dict[str, object]]:
    return lambda line: {key: value for key, value in line.items() if key != name}


def test_a_faulty_import_names_every_line_and_takes_nothing(store: Store, tmp_path: Path) -> None:
    fill(store, [KIRKUK])
    good = {
        "time": "2026-01-01T00:00:00.000Z",
        "author": "Nisreen",
        "article_id": KIRKUK.article.id,
        "start": 3,
        "end": 8,
        "surface": "كركوك",
        "action": "reject",
        "value": None,
    }
    lines: list[object] = [
        good,
        _without("author")(good),
        good | {"start": "3"},
        good | {"start": True},
        good | {"action": "role", "value": "weather"},
        [1, 2],
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n{\n", "utf-8")
    with pytest.raises(DataError) as caught:
        import_corrections(store, path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [f"line {n}" for n in range(2, 8)]
    assert corrections(store) == []


def test_an_import_of_nothing_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        import_corrections(store, tmp_path / "absent.jsonl")


_words = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(
            [
                ("reject", None),
                ("restore", None),
                ("role", "government"),
                ("role", "place"),
                ("reassign", "IQ-NI"),
                ("reassign", "abbasi"),
                ("reassign", "disputed-territories"),
                ("new run", None),
            ]
        ),
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None)
@given(words=_words)
def test_whatever_is_said_the_store_is_whole(words: list[tuple[int, tuple[str, str | None]]]) -> None:
    """Figures are a recount, and what is shown is the log played over the machine's mentions."""
    batch = [KIRKUK, marked("⟦كركوك|IQ-KI⟧ ⟦سنجار|sinjar-district|government⟧", published=None)]
    with TemporaryDirectory() as folder, open_test_store(Path(folder) / "iraq.gpkg") as store:
        fill(store, batch)
        for number, (which, (action, value)) in enumerate(words):
            if action == "new run":
                fill(store, batch, rules=f"rules-{number}")
                continue
            say(store, mentions_of(store, batch[which % 2])[which // 2], action, value)  # type: ignore[arg-type]
        assert check_store(store.path) == []
