"""The language of a stretch of text, by its letters alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.fold import fold
from pipeline.language import Languages
from pipeline.records import LANGS, Lang


def languages_of(text: str) -> Languages:
    return Languages(fold(text).kinds)


@pytest.mark.parametrize(
    ("lang", "stretch"),
    [
        ("ar", "قال مصدر أمني اليوم إن القوات انتشرت"),
        ("ar", "حريق قرب كركوك"),
        ("ar", "وصل الرئيس پوتين إلى العاصمة الأردنية أمس الأربعاء ظهرا"),
        ("ckb", "سەرچاوەیەکی ئەمنی ڕایگەیاند هێزەکان بڵاوبوونەوە"),
        ("ckb", "لە هەولێر"),
        ("kmr", "Çavkaniyeke ewlehiyê îro ragihand ku hêz belav bûn"),
        ("kmr", "Li Kerkûkê agir pê ket"),
        ("tr", "Güvenlik kaynakları bugün açıkladı"),
        ("tr", "Baðdat yönetimi dýþ ticaret verilerini açýkladý"),
        ("en", "Security sources said today that forces were deployed"),
        ("en", ""),
        ("en", "2024 – 12/05"),
        ("en", "漢字 😀"),
    ],
)
def test_the_language_of_a_stretch(lang: Lang, stretch: str) -> None:
    assert languages_of(stretch).at(0) == lang


@settings(deadline=None)
@given(st.text(alphabet=st.characters()))
def test_any_stretch_has_one_of_the_five_languages(stretch: str) -> None:
    assert languages_of(stretch).at(0) in LANGS


def test_a_text_of_two_languages_is_told_piece_by_piece() -> None:
    arabic, english = "قال المصدر إن القوات انتشرت " * 20, "the forces were deployed today " * 20
    languages = languages_of(arabic + english)
    assert languages.at(0) == "ar"
    assert languages.at(len(arabic + english) - 1) == "en"


def test_a_sorani_paragraph_within_an_arabic_report_is_sorani() -> None:
    arabic, sorani = "قال المصدر إن القوات انتشرت " * 20, "هێزەکان لە ناوچەکە بڵاوبوونەوە و گەڕان " * 20
    languages = languages_of(arabic + sorani)
    assert languages.at(5) == "ar"
    assert languages.at(len(arabic) + 300) == "ckb"
