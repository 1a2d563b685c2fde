"""Copies are told from lookalikes as well as was promised, and the measure counts pairs right."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.copies import told
from benchmarks.stories import LOOKALIKES, accuracy_lines, cost_lines, found_stories, lookalikes, pairs
from pipeline.records import LANGS


def f1_by_hand(folder: Path) -> float:
    hand = [one for one, _ in lookalikes(folder)]
    return pairs({one.article.id: one.story for one in hand}, found_stories([one.article for one in hand])).f1


@pytest.mark.parametrize("folder", [LOOKALIKES, LOOKALIKES / "test"], ids=["seen", "for testing"])
def test_lookalikes_are_told_from_copies(folder: Path) -> None:
    assert f1_by_hand(folder) >= 0.9


def test_made_copies_are_found() -> None:
    made = list(told(1000))
    said = found_stories([one.article for one in made])
    found = pairs({one.article.id: one.story for one in made}, said)
    assert found.f1 >= 0.95
    assert found.precision >= 0.97


def test_the_order_in_which_copies_come_changes_no_story() -> None:
    articles = [one.article for one in told(300)]
    assert found_stories(articles, seed=1) == found_stories(articles, seed=2)


def test_the_articles_written_by_hand_are_what_is_said_of_them() -> None:
    """In each language enough that are no copies, in several kinds, and copies of some."""
    for folder, articles in ((LOOKALIKES, 16), (LOOKALIKES / "test", 8)):
        hand = lookalikes(folder)
        assert Counter(one.article.language for one, _ in hand) == dict.fromkeys(LANGS, articles)
        assert len({one.article.id for one, _ in hand}) == len(hand)
        stories = Counter(one.story for one, _ in hand)
        kinds = {kind for _, kind in hand}
        assert len(kinds - {"copy"}) >= 3
        copies = [one for one, kind in hand if kind == "copy"]
        assert all(stories[one.story] > 1 for one in copies)
        assert len(hand) - len(copies) == len(stories)


def test_made_articles_are_the_same_each_time_and_their_stories_known() -> None:
    made = list(told(200))
    assert made == list(told(200))
    assert len(made) >= 200
    assert 50 < len({one.story for one in made}) < 150
    assert {one.article.language for one in made} == set(LANGS)


@pytest.mark.parametrize(
    ("true", "said", "figures"),
    [
        ("aabb", "aabb", (1.0, 1.0, 1.0)),
        ("aaaa", "abcd", (1.0, 0.0, 0.0)),
        ("abcd", "aaaa", (0.0, 1.0, 0.0)),
        ("aaab", "aacb", (1.0, 1 / 3, 0.5)),
        ("aab", "aaa", (1 / 3, 1.0, 0.5)),
        ("", "", (1.0, 1.0, 1.0)),
    ],
)
def test_pairs_are_counted(true: str, said: str, figures: tuple[float, float, float]) -> None:
    found = pairs(dict(enumerate(true)), dict(enumerate(said)))  # type: ignore[arg-type]
    assert (found.precision, found.recall, found.f1) == figures


def test_the_report_has_a_line_a_language_and_names_what_was_confused() -> None:
    lines = list(accuracy_lines(100))
    assert [line.split(",")[1].split()[0] for line in lines if line.startswith("made copies")] == [
        *LANGS,
        "all",
    ]
    assert sum(line.startswith("lookalikes") for line in lines) == 2


def test_the_cost_is_told_beside_that_of_storing() -> None:
    lines = list(cost_lines(100))
    assert lines[1].split()[:3] == ["articles", "geocode", "store"]
    assert int(lines[2].split()[0]) >= 100
