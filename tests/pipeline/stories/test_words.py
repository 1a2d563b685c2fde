"""What outlets put around a report is left out of the comparison, and nothing else."""

import pytest

from pipeline.fold import words_of
from pipeline.stories.words import telling_words
from tests.pipeline.stories.texts import ARABIC, REPORT, article

PLAIN = words_of(REPORT)


def test_the_words_are_those_of_the_body_folded() -> None:
    assert telling_words(article("Şêx Mihemed li Kerkûkê axivî.")) == [
        "sex",
        "mihemed",
        "li",
        "kerkuke",
        "axivi",
    ]


def test_a_title_does_not_tell() -> None:
    assert telling_words(article(REPORT, title="Harvest of blood in the fields of Daquq")) == PLAIN


@pytest.mark.parametrize(
    "dateline",
    [
        "KIRKUK (AP) — ",
        "BAGHDAD - ",
        "Shafaq News / ",
        "Kirkuk/ Shafaq News/ ",
        "By our correspondent in Kirkuk: ",
    ],
)
def test_a_dateline_does_not_tell(dateline: str) -> None:
    assert telling_words(article(dateline + REPORT)) == PLAIN


def test_an_arabic_dateline_does_not_tell() -> None:
    assert telling_words(article("كركوك/ شفق نيوز/ " + ARABIC)) == words_of(ARABIC)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Three soldiers wounded by a bomb near Tuz Khurmatu on Monday",
        "© 2026 Rafidain Post. All rights reserved to the publisher.",
        "Follow us on Telegram and never miss the news of your city",
        "اقرأ أيضاً: ارتفاع أسعار الدولار في بغداد وأربيل",
        "جميع الحقوق محفوظة لوكالة الشمال للأنباء",
        "زیاتر بخوێنەوە: نرخی دۆلار لە بەغدا دابەزی",
        "Bêtir bixwîne: Dolar îro li Bexdayê daket",
        "Devamını oku: Bağdat'ta dolar bugün düştü",
        "Politics",
        "Home | Iraq | World",
    ],
)
def test_furniture_does_not_tell_before_behind_or_within(line: str) -> None:
    first, rest = REPORT[: REPORT.index("The area")], REPORT[REPORT.index("The area") :]
    assert telling_words(article(f"{first}\n{line}\n{rest}\n\n{line}")) == PLAIN


def test_a_sentence_that_holds_a_phrase_of_furniture_goes_with_its_line_only_if_the_line_is_short() -> None:
    assert telling_words(article(REPORT + " Read more in the evening edition.")) == words_of(
        REPORT + " Read more in the evening edition."
    )


@pytest.mark.parametrize("written", ["152,250", "152.250", "152٬250", "١٥٢٢٥٠", "١٥٢٬٢٥٠", "152250"])
def test_a_number_is_one_word_however_its_thousands_are_parted(written: str) -> None:
    assert telling_words(article(f"the dollar reached {written} dinars")) == [
        "the",
        "dollar",
        "reached",
        "152250",
        "dinars",
    ]


def test_a_comma_between_other_digits_parts_them() -> None:
    assert telling_words(article("he scored in minutes 52,67 and 3.5 later")).count("52") == 1


@pytest.mark.parametrize("body", ["", "\n\n \n", "—", "/ / / "])
def test_a_body_without_words_tells_nothing(body: str) -> None:
    assert telling_words(article(body)) == []
