import json
import socket
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import language
from pipeline.read.language import MIXED, UNDECIDED, find_language
from pipeline.records import LANGS

GOLD = Path(__file__).parents[2] / "gold" / "dev.jsonl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("وصل وفد من حكومة إقليم كردستان إلى بغداد", "ar"),
        ("عاجل: انفجار في ديالى", "ar"),
        ("دوو کوژراو لە خانەقین", "ckb"),
        ("سه‌رۆكی حكومه‌تی هه‌رێمی كوردستان له‌ هه‌ولێر پێشوازی له‌ شاندێك كرد", "ckb"),
        ("سةرؤكى هةريَمى كوردستان لةطةلَ سةرؤكوةزيران كؤدةبيَتةوة", "ckb"),
        ("جۆ بایدن لەگەڵ سەرۆک وەزیران کۆدەبێتەوە", "ckb"),
        ("Li Kerkûkê du kes birîndar bûn", "kmr"),
        ("Li Kerkuke du kes birindar bun u polis lekolin dike ku ew ji ku hatine", "kmr"),
        ("Kerkük'te iki kişi yaralandı", "tr"),
        ("BAĞDAT'TA PATLAMA: ÜÇ ÖLÜ", "tr"),
        ("Two wounded in Kirkuk", "en"),
        ("THE BLAST IN KIRKUK KILLED THREE OF THE GUARDS", "en"),
    ],
)
def test_the_five_languages_are_told_apart(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "وزیر خارجه ایران روز یکشنبه در بغداد با نخست وزیر عراق دیدار کرد و درباره امنیت مرزها گفتگو کرد.",
        "نیروهای امنیتی در کرکوک چند تن از اعضای داعش را بازداشت کردند، رسانه‌های عراق گزارش دادند.",
        "استاندار کرمانشاه گفت: مرز خسروی فردا باز می‌شود",
        "سفر رئیس اقلیم کردستان به تهران هفته آینده انجام می‌شود",
    ],
)
def test_persian_is_taken_neither_for_sorani_nor_for_arabic(text: str) -> None:
    assert find_language(text) == "fa"


@pytest.mark.parametrize(
    "text",
    [
        "ل دهوکێ سێ کەس د رویدانەکێ دا بریندار بوون و گەهاندنە نەخۆشخانێ.",
        "سەرۆکێ حکومەتێ گۆت ئەڤ کارە دێ هەتا مەها بهێت ب دوماهی هێت.",
    ],
)
def test_kurmanji_in_arabic_letters_is_no_sorani(text: str) -> None:
    assert find_language(text) == "kmr"


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوفد إلى بغداد لبحث الموازنة العامة.\nشاندەکە گەیشتە بەغدا بۆ گفتوگۆ لەسەر بودجە.",
        "شاندەکە گەیشتە بەغدا بۆ گفتوگۆ لەسەر بودجە. The delegation came to Baghdad for talks on the budget.",
        "Şande gihîşt Bexdayê da ku li ser budçeyê biaxive.\nHeyet bütçeyi görüşmek üzere Bağdat'a ulaştı.",
    ],
)
def test_two_languages_with_a_fair_share_each_are_a_mixed_text(text: str) -> None:
    assert find_language(text) == "mul"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "وقّعت جامعة كركوك مذكرة تفاهم مع جامعة غازي (Gazi Üniversitesi) وتتضمن تبادل الطلبة والأساتذة.",
            "ar",
        ),
        (
            "Wezîr got «Türkiye'ye gidiyoruz» û paşê li Hewlêrê bi rojnamevanan re axivî û bersiva pirsên wan da.",
            "kmr",
        ),
        (
            "The paper كركوك اليوم said in Kirkuk on Sunday that the council would meet again before the holiday.",
            "en",
        ),
    ],
)
def test_a_name_or_a_quotation_makes_no_mixed_text(text: str, language: str) -> None:
    assert find_language(text) == language


def test_a_language_in_the_later_half_of_a_long_text_is_seen() -> None:
    arabic = "أعلنت دائرة الموارد المائية في كركوك عن خفض حصص الري بنسبة الثلث. "
    english = "The head of water resources in Kirkuk said that shares had been cut by a third. "
    assert find_language(arabic * 200 + english * 200) == "mul"
    assert find_language(arabic * 400) == "ar"


@pytest.mark.parametrize(
    "text",
    [
        "عراقی وزیر اعظم نے بغداد میں ایرانی سفیر سے ملاقات کی اور سرحدی امور پر تبادلہ خیال کیا",
        "Kərkükdə iki nəfər yaralandı",
        "Deux blessés à Kirkouk dans une attaque",
        "2024",
        "😀😀",
        "",
    ],
)
def test_what_is_none_of_the_five_is_undecided(text: str) -> None:
    assert find_language(text) == "und"


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("ar", "Kirkuk", "ar"),
        ("العربية", "Kirkuk", "ar"),
        ("en-US", "كركوك", "en"),
        ("Central Kurdish", "Kirkuk", "ckb"),
        ("ku", "کەرکووک", "ckb"),
        ("ku", "Kerkûk", "kmr"),
        ("fr", "Two people were wounded in Kirkuk", "en"),
        ("", "Two people were wounded in Kirkuk", "en"),
    ],
)
def test_a_declared_language_holds_if_it_is_one_of_ours(declared: str, text: str, language: str) -> None:
    assert find_language(text, declared=declared) == language


@pytest.mark.parametrize("declared", ["en-US", "English", "tr", "ckb"])
def test_a_declared_language_that_the_text_clearly_is_not_does_not_hold(declared: str) -> None:
    assert (
        find_language("أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين", declared=declared) == "ar"
    )


def test_links_and_addresses_do_not_speak() -> None:
    links = "https://example.org/the/news/of/the/day/in/english/about/kirkuk " * 20
    assert find_language(f"{links} انفجار في ديالى") == "ar"


def test_the_annotated_texts_are_told_apart_without_a_mistake() -> None:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    wrong = Counter(
        (row["id"], row["lang"], found)
        for row in rows
        if (found := find_language(row["text"])) != row["lang"]
    )
    assert not wrong


def test_every_word_that_tells_a_language_is_one_word_and_tells_no_other() -> None:
    told = [(word, code) for code, signs in language._signs().items() for word in signs.words]
    assert [word for word, _ in told if not language._WORD.fullmatch(word)] == []
    assert [word for word, times in Counter(word for word, _ in told).items() if times > 1] == []


def test_no_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    find_language.__globals__["_model"].cache_clear()
    assert find_language("Two wounded in Kirkuk") == "en"


@given(st.text(max_size=300), st.none() | st.text(max_size=8))
def test_any_text_has_one_of_the_answers(text: str, declared: str | None) -> None:
    assert find_language(text, declared=declared) in {*LANGS, "fa", MIXED, UNDECIDED}


@pytest.mark.parametrize("piece", ["و", "a@", "http://", ". ", "«", "\n", "ك\u064b", "Ø§"])
def test_a_text_of_millions_of_letters_is_looked_at_in_places(piece: str) -> None:
    assert find_language(piece * 2_000_000)
