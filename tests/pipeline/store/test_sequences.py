"""Whatever happens to a store, and in whatever order, its figures are those counted anew from its articles."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import ROLES, Geocoded
from pipeline.store import Action, Store, article, canonical_dump, check_store, correct
from pipeline.store.correcting import ACTIONS
from tests.pipeline.store.building import PLACES, fill, marked, mention, open_test_store

WIRE = " ".join(f"كلمة{chr(0x628 + at)}{at}" for at in range(40))
MARKED = "⟦مكان|IQ-KI⟧ ⟦مكان|IQ-KI⟧ ⟦مكان|IQ-KI⟧"

# Of the first five texts each is a copy of the wire; days and sources differ, and a date may be none or half.
ARTICLES = [
    marked(
        f"{MARKED} {WIRE} {at}" if at < 5 else f"{MARKED} نفط {at}",
        title=f"عنوان {at}",
        source=("Rudaw", "Shafaq", None)[at % 3],
        published=("2025-12-31", "2026-02-23", "2026-02", None)[at % 4],
    )
    for at in range(8)
]

Found = tuple[int, str, list[tuple[str, str]]]
"""Which article, the language told, and place and role of its mentions."""

_PLACES = st.sampled_from([place.id for place in PLACES])
_found = st.tuples(
    st.integers(0, len(ARTICLES) - 1),
    st.sampled_from(["ar", "ckb", "und"]),
    st.lists(st.tuples(_PLACES, st.sampled_from(ROLES)), max_size=3),
)
_batch = st.lists(_found, min_size=1, max_size=4)
_correction = st.tuples(st.integers(0, len(ARTICLES) - 1), st.sampled_from(ACTIONS))
_events = st.lists(st.one_of(_batch, _batch, _correction), min_size=1, max_size=7)

_VALUES: dict[str, str] = {"reassign": "sinjar-district", "role": "government"}


def found_in(at: int, language: str, found: Sequence[tuple[str, str]]) -> Geocoded:
    """An article as a run found it: with other places and in another language than before, it may be."""
    one = ARTICLES[at]
    given_ = zip(one.mentions, found, strict=False)
    mentions = tuple(mention(m.start, m.surface, place, role) for m, (place, role) in given_)
    return Geocoded(replace(one.article, language=language), mentions)


def say(store: Store, at: int, action: Action) -> None:
    """A correction of the article's first mention, where it is there and has one."""
    stored = article(store, ARTICLES[at].article.id)
    if stored and stored.mentions:
        first = stored.mentions[0]
        correct(
            store,
            mention_id=first.id,
            author="Nisreen",
            action=action,
            value=_VALUES.get(action),
            base_revision=first.revision,
        )


def figures(store: Store) -> list[str]:
    """What is counted, and the stories, without how it came to be so."""
    return [line for line in canonical_dump(store) if line.startswith(('["region"', '["count"', '["story"'))]


@settings(max_examples=40, deadline=None)
@given(events=_events)
def test_after_any_runs_and_corrections_the_figures_are_those_counted_anew(
    events: list[list[Found] | tuple[int, Action]],
) -> None:
    with TemporaryDirectory() as folder, open_test_store(Path(folder) / "iraq.gpkg") as store:
        for number, event in enumerate(events):
            if isinstance(event, list):
                fill(store, [found_in(*one) for one in event], rules=f"rules-{number}")
            else:
                say(store, *event)
        assert check_store(store.path) == []


@settings(max_examples=20, deadline=None)
@given(batches=st.lists(_batch, min_size=1, max_size=6))
def test_a_store_geocoded_again_and_again_counts_as_one_filled_once_with_what_was_found_last(
    batches: list[list[Found]],
) -> None:
    last: dict[int, Geocoded] = {}
    with TemporaryDirectory() as folder, open_test_store(Path(folder) / "a" / "iraq.gpkg") as store:
        for number, batch in enumerate(batches):
            fill(store, [found_in(*one) for one in batch], rules=f"rules-{number}")
            last |= {one[0]: found_in(*one) for one in reversed(batch)}
        with open_test_store(Path(folder) / "b" / "iraq.gpkg") as once:
            fill(once, list(last.values()))
            assert figures(store) == figures(once)
