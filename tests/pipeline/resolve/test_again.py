"""A weak name that a text once calls a town or somebody's name means the same where it stands bare."""

import pytest

from tests.pipeline.steps import judged


def again(text: str, surface: str) -> list[set[str]]:
    """For each span of a surface, the cues that come from elsewhere in the text."""
    return [
        {cue for cue in one.cues if cue.startswith("again:")}
        for one in judged(text)
        if text[one.subject.around.span.start : one.subject.around.span.end] == surface
    ]


@pytest.mark.parametrize(
    ("text", "surface", "second"),
    [
        ("Wana sub-district is poor. Wana has no doctor.", "Wana", {"again:typed"}),
        ("They fled to Balad. Balad was shelled.", "Balad", {"again:located"}),
        ("Dr Rania was ill. Rania stayed at home.", "Rania", {"again:person"}),
    ],
)
def test_a_bare_name_gets_what_is_said_of_it_elsewhere(text: str, surface: str, second: set[str]) -> None:
    assert again(text, surface) == [set(), second]


def test_what_is_said_further_down_counts_as_well() -> None:
    assert again("Wana has no doctor. Wana sub-district is poor.", "Wana") == [{"again:typed"}, set()]


def test_a_name_that_says_itself_what_it_is_needs_no_other() -> None:
    assert again("Dr Rania was ill. They fled to Rania.", "Rania") == [set(), set()]


def test_a_strong_name_is_what_it_is() -> None:
    assert again("The city of Kirkuk is old. Kirkuk has no river.", "Kirkuk") == [set(), set()]


def test_a_word_in_small_letters_is_another_word() -> None:
    assert again("The town of Hit is old. A wave hit the pier.", "hit") == [set()]


def test_without_capitals_a_name_and_a_word_are_not_told_apart() -> None:
    assert again("وصل إلى قضاء بلد، وهو بلد قديم.", "بلد") == [set(), set()]
