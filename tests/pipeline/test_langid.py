import json
import socket
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.langid import CODES, MIXED, UNDECIDED, find, find_language, language_of, tell_language, told
from pipeline.read.declared import declared_language
from pipeline.read.fields import make_article
from pipeline.records import UNTOLD, Article

GOLD = Path(__file__).parents[1] / "gold" / "dev.jsonl"


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
    assert find_language(text, declared=declared_language(declared, text)) == language


@pytest.mark.parametrize("declared", ["en-US", "English", "tr", "ckb"])
def test_a_declared_language_that_the_text_clearly_is_not_does_not_hold(declared: str) -> None:
    text = "أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين"
    assert find_language(text, declared=declared_language(declared, text)) == "ar"


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
    told = [(word, code) for code, signs in find._signs().items() for word in signs.words]
    assert [word for word, _ in told if not find._WORD.fullmatch(word)] == []
    assert [word for word, times in Counter(word for word, _ in told).items() if times > 1] == []


def test_no_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    find_language.__globals__["_model"].cache_clear()
    assert find_language("Two wounded in Kirkuk") == "en"


@given(st.text(max_size=300), st.none() | st.sampled_from(CODES))
def test_any_text_has_one_of_the_answers(text: str, declared: str | None) -> None:
    assert find_language(text, declared=declared) in {*CODES, MIXED, UNDECIDED}


@pytest.mark.parametrize("piece", ["و", "a@", "http://", ". ", "«", "\n", "ك\u064b", "Ø§"])
def test_a_text_of_millions_of_letters_is_looked_at_in_places(piece: str) -> None:
    assert find_language(piece * 2_000_000)


MIXTURES = st.lists(
    st.sampled_from(
        [
            "أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين.",
            "دوو کوژراو لە خانەقین، پۆلیس لێکۆڵینەوە دەکات.",
            "Li Kerkûkê du kes birîndar bûn û polîs lêkolîn dike.",
            "Kerkük'te iki kişi yaralandı, polis soruşturma başlattı.",
            "Two people were wounded in Kirkuk, and the police are looking for the men.",
            "استاندار کرمانشاه گفت: مرز خسروی فردا باز می‌شود",
            "Deux blessés à Kirkouk dans une attaque",
            "Kirkuk",
            "كركوك",
            "2024",
        ]
    ),
    max_size=6,
).map("\n".join)


@given(MIXTURES, st.sampled_from(CODES))
def test_a_declared_language_that_the_signs_put_first_is_what_the_model_would_leave_standing(
    text: str, declared: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "_leads", lambda *_: False)
        asked = find_language(text, declared=declared)
    assert find_language(text, declared=declared) == asked


def test_the_model_is_not_asked_where_letters_bear_out_what_is_declared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(find, "_model", lambda: pytest.fail("the model was asked"))
    assert find_language("Kerkük'te iki kişi", declared="tr") == "tr"


def article(text: str, *, language: str = "", published: str = "") -> Article:
    return make_article(
        text,
        title_end=0,
        body_start=0,
        origin="a.jsonl:1",
        encoding="utf-8",
        language=language,
        published=published,
    )


def test_an_article_is_read_with_what_was_declared_and_told_its_language_later() -> None:
    read = article("دوو کوژراو لە خانەقین", language="Kurdish")
    assert (read.language, read.declared) == (UNTOLD, "ckb")
    once = tell_language(read)
    assert (once.language, once.declared, once.flags) == ("ckb", None, ())


def test_the_language_is_no_part_of_what_makes_an_article_itself() -> None:
    read = article("دوو کوژراو لە خانەقین")
    assert read.id == tell_language(read).id == article(read.text, language="Kurdish").id


@pytest.mark.parametrize(
    ("declared", "flags"),
    [("English", ("language-misdeclared",)), ("Arabic", ()), ("Klingon", ()), ("", ())],
)
def test_a_language_that_was_declared_wrongly_is_flagged(declared: str, flags: tuple[str, ...]) -> None:
    read = article("أعلنت شرطة محافظة كركوك، اليوم الأحد، اعتقال ثلاثة مطلوبين", language=declared)
    assert (tell_language(read).language, tell_language(read).flags) == ("ar", flags)


def test_a_language_that_was_told_is_not_told_again() -> None:
    once = told(article("Two wounded in Kirkuk", language="tr"), "en")
    assert (once.language, once.flags) == ("en", ("language-misdeclared",))
    assert tell_language(once) is once
    assert told(once, "ar") is once
    assert language_of(once) == "en"


@pytest.mark.parametrize(
    ("published", "text", "day", "language", "flags"),
    [
        ("2024-06-05", "Kerkük'te iki kişi yaralandı", "2024-06-05", UNTOLD, ()),
        ("13/06/2024", "Kerkük'te iki kişi yaralandı", "2024-06-13", UNTOLD, ()),
        ("05/06/2024", "Kerkük'te iki kişi yaralandı", "2024-06-05", "tr", ("date-day-first",)),
        ("05/06/2024", "Two people were wounded in Kirkuk", "2024", "en", ("date-order",)),
        (
            "1403/02/23",
            "استاندار کرمانشاه گفت: مرز خسروی فردا باز می‌شود",
            "2024-05-12",
            "fa",
            ("date-persian",),
        ),
    ],
)
def test_a_reader_asks_for_the_language_only_where_the_date_hinges_on_it(
    published: str, text: str, day: str, language: str, flags: tuple[str, ...]
) -> None:
    read = article(text, published=published)
    assert (read.published, read.language, read.flags) == (day, language, flags)


def test_a_language_that_was_found_for_the_date_is_flagged_as_well_where_it_was_misdeclared() -> None:
    read = article("أعلنت شرطة محافظة كركوك، اليوم الأحد", language="English", published="05/06/2024")
    assert (read.language, read.declared) == ("ar", None)
    assert read.flags == ("date-day-first", "language-misdeclared")
