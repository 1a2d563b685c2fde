"""Other transliterations of a Latin name: one sound at a time, the first letter kept."""

import pytest

from pipeline.fold import to_page, to_text
from pipeline.transliteration import SHORTEST, transliterations


def spelled(name: str) -> set[str]:
    return {to_text(variant) for variant in transliterations(to_page(name))}


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("Sulaymaniya", {"sulaimaniya", "suleymaniya", "sulaymania", "sulaymaniyah", "soulaymaniya"}),
        ("Falluja", {"fallouja", "faluja", "fallujah", "falludja"}),
        ("Baquba", {"bakuba", "baqouba", "baqubah"}),
        ("Khanaqin", {"khanaqeen", "khanakin"}),
        ("Tal Afar", {"tel afar"}),
        ("Muqdadiyah", {"mukdadiyah", "moqdadiyah", "muqdadia"}),
    ],
)
def test_a_name_is_spelled_with_each_writing_of_one_sound(name: str, variants: set[str]) -> None:
    assert variants <= spelled(name)


def test_two_sounds_are_never_changed_at_once() -> None:
    assert "fallouja" in spelled("Falluja")
    assert "faloujah" not in spelled("Falluja")


@pytest.mark.parametrize("name", ["Kut", "Hit", "Balad", "Zakho", "Anah"])
def test_a_short_name_has_no_spellings_by_rule(name: str) -> None:
    assert len(name) < SHORTEST
    assert spelled(name) == set()


@pytest.mark.parametrize("name", ["Anbaro", "Erbil Dam", "Iskandariya"])
def test_the_first_letter_and_the_name_itself_are_never_among_them(name: str) -> None:
    made = spelled(name)
    assert made
    assert to_text(to_page(name)) not in made
    assert {variant[0] for variant in made} == {name[0].lower()}
