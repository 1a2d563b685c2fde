"""The fold: spellings that differ only by typing meet, and every folded letter knows where it came from."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.fold import ATTACHED, DETACHED, OTHER, Folded, fold, fold_words, to_page, to_text, with_signs

# A letter of no name, off the page.
STRANGER = "漢"
# It becomes two letters, which takes a text the general way.
GENERAL = "ﻻ"
ZERO_WIDTH, JOINER, RIGHT_TO_LEFT, ISOLATE = "\u200c", "\u200d", "\u200f", "\u2067"
FATHA, SHADDA, TATWEEL, HAMZA = "\u064e", "\u0651", "\u0640", "\u0621"
ACUTE = "\u0301"

ON_PAGE = st.text(
    alphabet="abzAZ019 .,'-:\n\tçğıİÇŞşîûê"
    "ءآأؤإئابةتكلمنهوىيپچگڤکیەۆێڵھ٠٩" + FATHA + SHADDA + TATWEEL + ZERO_WIDTH + RIGHT_TO_LEFT + "،«»–’"
)
ANYTHING = st.text(alphabet=st.characters(exclude_characters=OTHER)) | ON_PAGE


def generally(text: str) -> Folded:
    """Text → its folding by the general way, without the letter that forces it there."""
    folded = fold(text + GENERAL)
    assert folded.raw is None
    return Folded(folded.data[:-2], folded.kinds[:-1], None, folded.counts[:-1])


def folded(text: str) -> str:
    return to_text(fold(text).data)


def origins(text: str) -> list[int]:
    """Where each folded letter came from, and the end."""
    made = fold(text)
    return [made.origin(index) for index in range(len(made.data) + 1)]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("أربيل إربيل آربيل ٱربيل", "اربيل اربيل اربيل اربيل"),
        ("كركوك کرکوک ڪرڪوڪ گرگوگ", "كركوك كركوك كركوك كركوك"),
        ("ديالى ديالي دیالی", "ديالي ديالي ديالي"),
        ("البصرة البصره", "البصره البصره"),
        ("كەركووك كهركووك کەرکووک كة", "كهركووك كهركووك كهركووك كه"),
        ("مؤتمر رئيس", "موتمر رييس"),
        ("ئاکرێ ئازادی", "ياكري يازادي"),
        ("هەڵەبجە ڕانیە سۆران", "ههلهبجه رانيه سوران"),
        ("كَرْكُوكُ كـــركوك شيء", "كركوك كركوك شي"),
        ("\ufedb\ufeae\ufedb\ufeee\ufeda \ufefb", "كركوك لا"),
        ("Kerkûk Şengal Silêmanî Çemçemal", "kerkuk sengal silemani cemcemal"),
        ("SELAHADDİN SELAHADDIN Selahaddin selahaddın", "selahaddin selahaddin selahaddin selahaddin"),
        ("Baðdat Þengal Kýrmýzý Ýl", "bagdat sengal kirmizi il"),
        ("Straße ﬁ Œ Æ ø đ ł", "strasse fi oe ae o d l"),
        ("Kerku\u0302k Kerk\u00fbk", "kerkuk kerkuk"),
        ("٢٠٢٤ ۲۰۲۴ 2024 ²", "2024 2024 2024 2"),
        ("a\u00a0b\tc", "a b c"),
        ("Tuz-Xurmatû al’Anbar", "tuz xurmatu al anbar"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("a😀b", "a b"),
        ("a\0b", "a b"),
        ("a\ud800b", "a b"),
        ("", ""),
    ],
)
def test_spellings_that_differ_by_typing_fold_alike(written: str, same: str) -> None:
    assert folded(written) == same


@pytest.mark.parametrize("homoglyph", ["\u041airkuk", "Kir\u043auk", "\u039airkuk", "Kirku\u043a"])
def test_a_letter_of_another_script_stays_a_stranger(homoglyph: str) -> None:
    assert folded(homoglyph) != folded("Kirkuk")
    assert folded(homoglyph).count(OTHER) == 1


def test_kurdish_letters_that_tell_words_apart_are_kept_apart() -> None:
    assert len({folded(letter) for letter in "پچژڤبجزف"}) == 8


@settings(deadline=None)
@given(ANYTHING)
@example("ı İ ş\u0327 ﷺ" + ZERO_WIDTH + HAMZA)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = fold(text).data
    assert fold(to_text(once)).data == once


@settings(deadline=None)
@given(ON_PAGE)
@example("بَـغداد – Kerkûk’ta" + RIGHT_TO_LEFT)
def test_the_fast_way_and_the_general_way_agree(text: str) -> None:
    fast, general = fold(text), generally(text)
    assert fast.raw is not None
    assert (fast.data, fast.length) == (general.data, general.length)
    indexes = range(len(fast.data) + 1)
    assert [fast.origin(i) for i in indexes] == [general.origin(i) for i in indexes]
    assert fast.kinds == general.kinds
    assert fast.kinds_of_letters() == general.kinds_of_letters()


@settings(deadline=None)
@given(ANYTHING)
def test_the_way_back_never_turns_and_ends_with_the_text(text: str) -> None:
    way = origins(text)
    assert way == sorted(way)
    assert all(0 <= offset < len(text) for offset in way[:-1])
    assert way[-1] == len(text)


@settings(deadline=None)
@given(ANYTHING)
def test_each_folded_letter_comes_from_the_code_point_that_it_points_to(text: str) -> None:
    made = fold(text)
    for index, letter in enumerate(made.data):
        assert letter in fold(text[made.origin(index)]).data


@settings(deadline=None)
@given(ANYTHING, ANYTHING)
def test_texts_fold_one_by_one_as_they_fold_together(one: str, other: str) -> None:
    assert fold(one + other).data == fold(one).data + fold(other).data


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("كَركوك", [0, 2, 3, 4, 5, 6]),
        ("ﷺ", [0] * 18 + [1]),
        ("aßc", [0, 1, 1, 2, 3]),
        ("İıI", [0, 1, 2, 3]),
        ("سوء.", [0, 1, 3, 4]),
        (f"لە{ZERO_WIDTH}کوێ", [0, 1, 3, 4, 5, 6]),
        ("😀a", [0, 1, 2]),
        ("", [0]),
        (TATWEEL, [1]),
    ],
)
def test_the_way_back(text: str, way: list[int]) -> None:
    assert origins(text) == way


@pytest.mark.parametrize("sign", [FATHA, SHADDA, TATWEEL, HAMZA, ACUTE, FATHA + SHADDA + TATWEEL])
def test_tashkeel_tatweel_and_hamza_belong_to_the_letter_before_them(sign: str) -> None:
    assert with_signs(f"ديالى{sign} شرق", len("ديالى")) == len(f"ديالى{sign}")


@pytest.mark.parametrize("sign", [ZERO_WIDTH, JOINER, RIGHT_TO_LEFT, ISOLATE, "'", "»", " "])
def test_marks_of_direction_and_width_belong_to_no_letter(sign: str) -> None:
    assert with_signs(f"ديالى{sign}شرق", len("ديالى")) == len("ديالى")


def test_signs_are_taken_up_to_the_end_of_the_text_and_none_beyond() -> None:
    assert with_signs("هيت" + FATHA, 3) == 4
    assert with_signs("هيت", 3) == 3
    assert with_signs("هيت" + FATHA + ZERO_WIDTH + FATHA, 3) == 4


@pytest.mark.parametrize("sign", [*ATTACHED, *DETACHED])
def test_a_dropped_sign_leaves_no_letter_and_parts_no_word(sign: str) -> None:
    assert folded(f"كر{sign}كوك Ker{sign}kuk") == "كركوك kerkuk"


@pytest.mark.parametrize("stranger", ["", STRANGER, GENERAL])
def test_each_letter_keeps_the_language_and_case_that_the_fold_takes_from_it(stranger: str) -> None:
    made = fold(f"enKerkûk، گوڕ چـى{stranger}")
    assert made.kinds[:17] == b"aaAaaaea, grk p-o"
    assert made.kinds_of_letters()[:16] == b"aaAaaaea, grk po"


@pytest.mark.parametrize("around", ["", "كركوك", STRANGER, GENERAL])
def test_what_is_no_letter_is_kept_for_what_it_does_in_a_sentence(around: str) -> None:
    signs = "7١ \n.؟،/:»+\x1f"
    assert fold(around + signs).kinds[len(around) :] == b"00 \n..,,::~ "


def test_folded_text_knows_whether_offsets_moved() -> None:
    assert not fold("Kerkûk û كركوك").moved
    assert fold("كَركوك").moved
    assert not fold("Kerkûk " + STRANGER).moved
    assert fold("Kerkûk " + GENERAL).moved


@settings(deadline=None)
@given(ANYTHING)
def test_full_text_search_sees_single_spaced_words(text: str) -> None:
    words = fold_words(text)
    assert words == " ".join(words.split())


@settings(deadline=None)
@given(ON_PAGE)
def test_full_text_search_folds_a_text_like_any_other_reader(text: str) -> None:
    assert fold_words(text) == " ".join(folded(text).split())
    assert fold_words(f"{text} {STRANGER}") == f"{fold_words(text)} {STRANGER}".strip()


def test_full_text_search_keeps_the_letters_of_other_scripts() -> None:
    assert fold_words("Москва – كركوكُ, 東京!") == "москва كركوك 東京"


def test_a_name_is_put_on_the_page_without_spaces_around() -> None:
    assert to_text(to_page("  Tuz   Khurmatu\n")) == "tuz khurmatu"
    assert to_page("أربيل") == to_page("اربيل")
    assert to_page(" -- ") == b""


def test_a_million_characters_fold_either_way() -> None:
    text = "في كركوك وبغداد " * 62_500
    assert fold(text).origin(10**6 - 1) == 10**6 - 1
    assert fold(text + GENERAL).origin(10**6) == 10**6
