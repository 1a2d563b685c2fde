"""English "at Taji" and "such as Samawah" hold a preposition and a name; At-Taji and As Samawah an article."""

import pytest

from pipeline.prepositions import is_preposition, with_prepositions


@pytest.mark.parametrize(
    "text",
    [
        "They slept ⟦at Taji for a month.",
        "Towns such ⟦as Samawah were flooded.",
        "⟦At Taji the gates were shut.",
        "He left. ⟦At Tarmiyah he turned back.",
        "The order read: “⟦As Suwayrah goes, so goes Kut.”",
    ],
)
def test_a_small_or_opening_word_with_a_space_is_a_preposition(text: str) -> None:
    start = text.index("⟦")
    assert is_preposition(text.replace("⟦", ""), start)


@pytest.mark.parametrize(
    "text",
    [
        "The base of ⟦At Taji was shut.",
        "Near ⟦at-Taji a mine exploded.",
        "The road to ⟦As-Samawah is long.",
        "⟦At-Tarmiyah lies on the river.",
        "They left ⟦Taji at night.",
    ],
)
def test_with_a_hyphen_or_a_capital_within_the_sentence_it_is_an_article(text: str) -> None:
    start = text.index("⟦")
    assert not is_preposition(text.replace("⟦", ""), start)


def test_patterns_that_begin_like_a_preposition_are_told_by_their_index() -> None:
    assert with_prepositions((b" at taji", b" ataturk", b" as samawah", b" taji", b" al taji")) == {0, 2}
