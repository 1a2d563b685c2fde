"""Sorani spelling: what the fold makes alike is told apart again, and what stands around a name is stripped."""

import pytest

from tests.pipeline.steps import spans


def surfaces(text: str) -> list[str]:
    """Text → the spans found in it, as written."""
    return [text[span.start : span.end] for span in spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "بەڕێز وەزیر و بەرێز پارێزگار هاتن",  # Mr, not Buhriz
        "نرخەکان زۆر بەرزن",  # high
        "ئاگری دارستانەکە کوژایەوە",  # the fire of, not Akre
        "داکۆکی لە مافەکان دەکات",  # defence, not Daquq
        "داكوكی لە مافەكان دەكەن",  # the same with Arabic letters
        "زاراوەی نوێ بۆ زمانەکە",  # term, not Zharawa
        "چاوی کوێر بوو",  # blind, not Kuwer
        "گووتی سبەی دێم",  # said, not Kut
    ],
)
def test_a_sorani_word_is_no_arabic_name_that_folds_alike(text: str) -> None:
    assert surfaces(text) == []


def test_old_letters_for_a_sorani_name_still_count() -> None:
    assert surfaces("له ههولێر و كهركوك و كەلار بوون") == ["ههولێر", "كهركوك", "كەلار"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("کەرکووکیشدا بارانە و خۆشە", "کەرکووک"),
        ("هەولێریان بەجێ هێشت و ڕۆیشتن", "هەولێر"),
        ("ئەوان لە سلێمانییەوە هاتن", "سلێمانی"),
        ("شارەکە شنگالە و بەس", "شنگال"),
        ("دیالەو بەغدا نزیکن", "دیالە"),
        ("لەکەرکووکەوە هاتن بۆ ماڵەوە", "کەرکووک"),
        ("لە ناحیەی قۆرەتوو کۆبوونەوە", "قۆرەتوو"),
    ],
)
def test_endings_and_joined_words_are_stripped(text: str, name: str) -> None:
    assert surfaces(text)[0] == name


@pytest.mark.parametrize("text", ["کەرکووکییەکان هاتن", "هەولێرییەک وتی", "هەڵەبجەیی و کۆیی"])
def test_a_nisba_is_no_name(text: str) -> None:
    assert surfaces(text) == []
