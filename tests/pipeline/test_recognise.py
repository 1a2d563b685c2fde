"""Every name is found with its exact span, whatever is typed around it, and never inside an ordinary word."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.places import Name, load_gazetteer
from pipeline.fold import to_page
from pipeline.lexicon import load_lexicon
from pipeline.records import LANGS, Lang
from pipeline.vocabulary import load_vocabulary
from tests.pipeline.steps import spans

GAZETTEER, LEXICON, VOCABULARY = load_gazetteer(), load_lexicon(), load_vocabulary()
SPELLED = {to_page(name.text) for name in GAZETTEER.names}
# Words that name no place, in the letters by which a language is told; {} is where the name goes.
CARRIERS: dict[Lang, str] = {
    "ar": "قال مصدر أمني اليوم ثم سكت {} وبعد ذلك انتهى كل شيء",
    "ckb": "سەرچاوەیەک گوتی ئەمڕۆ {} پاش ئەوە هیچ نەگوترا",
    "kmr": "Çavkaniyekê îro dît {} piştî wê û bêdeng bû",
    "en": "a witness said then {} after which nothing came",
    "tr": "bir kaynak bugün sonra {} ardından sessiz kaldı, öyle görünüyor",
}
# Official names that hold what the rules strip from a span: the shorter spelling is the answer there.
HOLD_MORE = {
    "إدارة سوران المستقلة",
    "إدارة زاخو المستقلة",
    "Herêma Kurdistanê",
    "Kampa Mexmûrê",
    "140. madde bölgeleri",
    "Sab' al-Bour",
}
# A name in its dress: what stands before it, the name as written, what stands behind it.
Dressed = tuple[str, str, str]
Dress = Callable[[str], Dressed]


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans(text)]


@cache
def official(lang: Lang, *, shortest: int = 3) -> tuple[Name, ...]:
    """Official names of a language but of facilities, whose span is the bare name of their town."""
    rows = (name for name in GAZETTEER.names if name.lang == lang and name.kind == "official")
    found_whole = (n for n in rows if not n.reason.startswith("type word") and n.text not in HOLD_MORE)
    return tuple(name for name in found_whole if len(to_page(name.text)) >= shortest)


def missed(lang: Lang, dress: Dress, *, shortest: int = 3) -> list[str]:
    """Dressed names in their carrier that are not found for their place with the exact span."""
    return [
        "|".join(dressed)
        for name in official(lang, shortest=shortest)
        if not _is_another(dressed := dress(name.text)) and not _is_exact(lang, name, dressed)
    ]


def _is_exact(lang: Lang, name: Name, dressed: Dressed) -> bool:
    text = CARRIERS[lang].format("".join(dressed))
    start = CARRIERS[lang].index("{}") + len(dressed[0])
    hit = next((s for s in spans(text) if (s.start, s.end) == (start, start + len(dressed[1]))), None)
    return hit is not None and name.place_id in {e.place_id for e in LEXICON.entries[hit.pattern]}


def _is_another(dressed: Dressed) -> bool:
    """Whether the name with a letter or two of its dress is a place's too (خورماڵە, بۆدێر), or a word: لەدوور."""
    before, name, behind = dressed
    if to_page("".join(dressed)) in VOCABULARY.grammars["ckb"].ordinary:
        return True
    return any(_names_other(name, longer) for longer in (before + name, *_starts(name, behind)))


def _starts(name: str, behind: str) -> Iterator[str]:
    return (name + behind[:cut] for cut in range(1, len(behind) + 1))


def _names_other(name: str, word: str) -> bool:
    return (folded := to_page(word)) in SPELLED and folded != to_page(name)


def behind(ending: str) -> Dress:
    return lambda name: ("", name, ending)


def before(prefix: str) -> Dress:
    return lambda name: (prefix, name, "")


def contracted(clitic: str) -> Dress:
    """ل and the article are written as one: للموصل holds لموصل."""
    return lambda name: (clitic, "ل" + name[2:] if name.startswith("ال") else name, "")


@pytest.mark.parametrize("lang", LANGS)
def test_every_official_name_is_found(lang: Lang) -> None:
    assert len(official(lang)) > 600
    assert missed(lang, behind("")) == []


@pytest.mark.parametrize("clitic", ["و", "ف", "ب", "ك", "وب", "فب", "وك", "فك"])
def test_arabic_clitics_stay_outside(clitic: str) -> None:
    assert missed("ar", before(clitic)) == []


@pytest.mark.parametrize("clitic", ["ل", "ول", "فل"])
def test_arabic_lam_swallows_the_alif_of_the_article(clitic: str) -> None:
    assert missed("ar", contracted(clitic)) == []


def test_arabic_marks_are_inside_and_marks_of_direction_outside() -> None:
    def vowelled(name: str) -> Dressed:
        return "", f"{name[:2]}\u0640\u064e{name[2:]}\u064f\u0651", ""

    def directed(name: str) -> Dressed:
        return "\u202b\u200f", f"{name[:2]}\u200d{name[2:]}", "\u200f\u202c"

    assert missed("ar", vowelled) == []
    assert missed("ar", directed) == []


@pytest.mark.parametrize("ending", ["دا", "یش", "یشدا", "یدا", "ی", "یان", "یاندا", "دان"])
def test_sorani_endings_chain_and_stay_outside(ending: str) -> None:
    assert missed("ckb", behind(ending), shortest=4) == []


@pytest.mark.parametrize("prefix", ["لە", "له", "بە", "بۆ", "تا", "و", "ولە"])
def test_sorani_prepositions_may_be_joined(prefix: str) -> None:
    assert missed("ckb", before(prefix)) == []


def test_sorani_of_old_fonts_is_read() -> None:
    assert missed("ckb", lambda name: ("", name.replace("ە", "ه"), "")) == []
    assert missed("ckb", lambda name: ("", name.replace("ە", "ه\u200c").rstrip("\u200c"), "")) == []


@pytest.mark.parametrize("ending", ["de", "re", "an", "ê"])
def test_kurmanji_endings_stay_outside(ending: str) -> None:
    assert missed("kmr", behind(ending), shortest=4) == []


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("ending", ["da", "ta", "den", "nın", "ya", "deki", "ı"])
def test_turkish_endings_stand_behind_an_apostrophe(apostrophe: str, ending: str) -> None:
    assert missed("tr", behind(apostrophe + ending)) == []


def test_turkish_capitals_are_read_with_and_without_their_dots() -> None:
    assert missed("tr", lambda name: ("", name.replace("i", "İ").upper(), "")) == []
    assert missed("tr", lambda name: ("", name.upper(), "")) == []
    assert missed("tr", lambda name: ("", name.replace("I", "ı").replace("İ", "i").lower(), "")) == []


@pytest.mark.parametrize("lang", ["en", "kmr", "tr"])
def test_case_says_nothing(lang: Lang) -> None:
    assert missed(lang, lambda name: ("", name.upper(), "")) == []
    assert missed(lang, lambda name: ("", name.lower().replace("i̇", "i"), "")) == []


@pytest.mark.parametrize(("left", "right"), [("", "'s"), ('"', '"'), ("(", ")"), ("/", "/"), ("«", "»")])
def test_quotes_and_marks_are_outside(left: str, right: str) -> None:
    assert missed("en", lambda name: (left, name, right)) == []


def test_words_run_together_still_hold_their_names() -> None:
    assert missed("kmr", lambda name: ("hiştin", name[0].upper() + name[1:], "")) == []
    assert missed("en", lambda name: ("", name, "And"), shortest=4) == []


@pytest.mark.parametrize(
    ("lang", "form"),
    [
        *(("ar", form) for form in ("{}ي", "{}ية", "{}يون", "{}ها", "س{}")),
        *(("ckb", form) for form in ("{}چی", "{}ستان", "س{}")),
        *(("kmr", form) for form in ("{}istan", "{}name")),
        *(("en", form) for form in ("{}i", "{}is", "{}ese")),
        *(("tr", form) for form in ("{}lü", "{}lılar", "{}ca")),
    ],
)
def test_a_nisba_or_a_longer_word_holds_no_name(lang: Lang, form: str) -> None:
    names = [name.text for name in official(lang, shortest=4) if b" " not in to_page(name.text)]
    strangers = [form.format(name) for name in names if not _is_spelling(form.format(name), name)]
    assert len(strangers) > 400
    assert [word for word in strangers if found(CARRIERS[lang].format(word))] == []


def _is_spelling(word: str, name: str) -> bool:
    """Whether a made-up word happens to be a spelling of another place, with or without a clitic."""
    return any(_names_other(name, word[cut:]) for cut in range(3))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وصلت المساعدات للموصل أمس", ["لموصل"]),
        ("وصلت المساعدات وللموصل أمس", ["لموصل"]),
        ("خرجوا بالموصل", ["الموصل"]),
        ("حريق لەحەویجە و لهحهویجه", ["حەویجە", "حهویجه"]),
        ("ئاگر لە كهركوك و ههولێر", ["كهركوك", "ههولێر"]),
        ("سەردانی هەولێری کرد", ["هەولێر"]),
        ("نێردرا بۆسەرشنگال لەوێ", ["شنگال"]),
        ("لە خانەقینیشەوە هاتن", ["خانەقین"]),
        ("ew hiştinKerkûk û çûn", ["Kerkûk"]),
        ("Kararı iptal etti.Babil yolu açıldı", ["Babil"]),
        ("Bağdat-Erbil yolu açıldı", ["Bağdat", "Erbil"]),
        ("Li Silêmaniyê û Helebceyê berf barî", ["Silêmani", "Helebce"]),
        ("Li Rutbê ba bû", ["Rutbê"]),
        ("Bağdat'ta Kerkük’ten gelen", ["Bağdat", "Kerkük"]),
        ("Baðdat ile Kerkük arasýnda", ["Baðdat", "Kerkük"]),
        ("Tuz Khurmatu, Tuz-Khurmatu, Tuzkhurmatu", ["Tuz Khurmatu", "Tuz-Khurmatu", "Tuzkhurmatu"]),
        ("Al-Anbar, el-Anbar, Alanbar, al Anbar", ["Al-Anbar", "el-Anbar", "Alanbar", "al Anbar"]),
        ("An-Nasiriyah and as-Samawah", ["An-Nasiriyah", "as-Samawah"]),
        ("قضاء تلعفر وقضاء تل عفر", ["تلعفر", "تل عفر"]),
        ("طريق خان النص نحو كربلاء المقدسة", ["كربلاء"]),
    ],
)
def test_spans_of_the_rules(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("تجول في أبو غريب", ["أبو غريب"]),
        ("سوق في طوز خورماتو اليوم", ["طوز خورماتو"]),
        ("Crowds in Salah al-Din today", ["Salah al-Din"]),
        ("rain in the Kurdistan Region", ["Kurdistan Region"]),
        ("مطر على إقليم كردستان العراق", ["إقليم كردستان"]),
        ("في المناطق المتنازع عليها", ["المناطق المتنازع عليها"]),
        ("في مناطق متنازع عليها", ["مناطق متنازع عليها"]),
        ("Herêma Kurdistanê germ e, ew dibêje", ["Herêma Kurdistan"]),
    ],
)
def test_of_overlapping_names_the_longest_stays(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("homoglyph", ["\u041airkuk", "Kirku\u043a", "\u0627r\u0628il"])
def test_a_name_with_a_letter_of_another_script_is_none(homoglyph: str) -> None:
    assert found(f"rain in {homoglyph} today") == []


def test_what_stands_in_the_word_around_a_name_is_told() -> None:
    text = "ثم وبكركوكَ، انتهى"
    (span,) = spans(text)
    assert (text[span.first : span.start], text[span.start : span.end]) == ("وب", "كركوكَ")
    text = "لە خانەقینیش دەبارێت"
    (span,) = spans(text)
    assert (text[span.start : span.end], text[span.end : span.last]) == ("خانەقین", "یش")


PIECES = [
    "كركوك",
    "وبكركوك",
    "للموصل",
    "تل",
    "عفر",
    "Kirkuk",
    "Kerkûkê",
    "hiştinKerkûk",
    "هەولێری",
    "ﷺ",
    "漢",
    "ß",
]
FILLERS = [" ", "، ", "-", "\n", "\u200f", "\u0640", "\u064e", "", ".", "'da ", "😀"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES + FILLERS), max_size=30).map("".join))
def test_spans_are_in_order_apart_and_fold_to_their_spelling(text: str) -> None:
    done = 0
    for span in spans(text):
        assert done <= span.start < span.end <= len(text)
        assert span.first <= span.start
        assert span.end <= span.last
        done = span.end
        spelling = LEXICON.patterns[span.pattern].strip()[span.pattern in LEXICON.contracted :]
        assert to_page(text[span.start : span.end]) == spelling


def test_a_sorani_word_that_looks_like_a_name_with_a_clitic_or_an_ending_is_none() -> None:
    assert found("لەوانەیە سبەی باران ببارێت و دوو ڕۆژ ماوەتەوە") == []
    assert found("لە ناحیەی وانە و لە ماوەت") == ["وانە", "ماوەت"]


def test_one_letter_stands_for_two_between_a_sorani_name_and_its_ending() -> None:
    assert found("وەفدێک سەردانی سلێمانیان کرد") == ["سلێمانی"]
    assert found("هەولێران نەبوو") == []
