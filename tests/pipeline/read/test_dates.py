import tomllib
from calendar import month_name
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.read import dates as module
from pipeline.read.calendars import CALENDARS, days_of
from pipeline.read.dates import LONGEST, Dated, epoch_day, hinges_on_language, read_date, read_dated
from pipeline.read.datewords import plain
from pipeline.records import LANGS
from tests.pipeline.read.reading import only_article, read_bytes

TODAY = date(2026, 11, 24)
WORDS = tomllib.loads((Path(module.__file__).parent / "dates.toml").read_text("utf-8"))
ARABIC_DIGITS, PERSIAN_DIGITS = (str.maketrans("0123456789", own) for own in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-5-1", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024-05-01T23:30:00Z", "2024-05-01"),
        ("Wed, 01 May 2024 10:00:00 GMT", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("13/05/2024", "2024-05-13"),
        ("5/5/2024", "2024-05-05"),
        ("الأحد، 12 مايو 2024", "2024-05-12"),
        ("١٢ كانون الثاني ٢٠٢٤", "2024-01-12"),
        ("12 كانون الثاني/يناير 2024", "2024-01-12"),
        ("12 جانفي 2024", "2024-01-12"),
        ("12ی ئایار 2024", "2024-05-12"),
        ("١٢ی کانوونی دووەمی ٢٠٢٤", "2024-01-12"),
        ("12ê Çileya Paşîn a 2024an", "2024-01-12"),
        ("10 Mayıs 2024 Cuma 14:33", "2024-05-10"),
        ("۱۲ مه ۲۰۲۴", "2024-05-12"),
    ],
)
def test_a_day_is_read_as_it_was_written(written: str, day: str) -> None:
    assert read_dated(written, today=TODAY) == Dated(day)


@pytest.mark.parametrize("zone", ["Z", "+03:00", "-1100", " +14:00", " GMT", " AST"])
@pytest.mark.parametrize("time", ["00:00:01", "12:00", "23:59:59.999"])
def test_the_day_stays_as_written_whatever_the_hour_and_the_zone(time: str, zone: str) -> None:
    assert read_date(f"2024-05-01T{time}{zone}") == "2024-05-01"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("05/2024", "2024-05"),
        ("May 2024", "2024-05"),
        ("Sun, May 2024", "2024-05"),
        ("أيار ٢٠٢٤", "2024-05"),
        ("ساڵی ٢٠٢٤", "2024"),
        ("Gulana 2024an", "2024-05"),
    ],
)
def test_what_was_not_written_is_not_made_up(written: str, day: str) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "yesterday",
        "قبل يومين",
        "May 1",
        "13/05/24",
        "2024-02-30",
        "2024-13-01",
        "2024-05-00",
        "0001-01-01",
        "9999-12-31",
        "1714521600",
        "2024-05-01garbage",
        "2024-05-01T99:99",
        "12-13 May 2024",
        "12 May 2024, updated 13 May 2024",
        "12 أيار/يونيو 2024",
        "9" * 400,
        "1 May 2024" + " " * LONGEST,
    ],
)
def test_what_cannot_be_read_for_sure_is_no_date_and_flagged(written: str) -> None:
    assert read_dated(written, today=TODAY) == Dated(None, ("date-unread",))


@pytest.mark.parametrize("written", ["", "  ", "\n"])
def test_a_missing_date_stays_missing_without_a_flag(written: str) -> None:
    assert read_dated(written) == Dated(None)


@pytest.mark.parametrize(
    ("written", "language", "day", "flags"),
    [
        ("05/06/2024", None, "2024", ("date-order",)),
        ("05/06/2024", "en", "2024", ("date-order",)),
        ("05/06/2024", "tr", "2024-06-05", ("date-day-first",)),
        ("05/06/2024", "ar", "2024-06-05", ("date-day-first",)),
        ("05/13/2024", "ar", "2024-05-13", ()),
        ("٠٥/٠٦/٢٠٢٤", None, "2024-06-05", ("date-day-first",)),
        ("Wed, 05/06/2024", None, "2024-06-05", ()),
        ("Mon, 05/06/2024", "ar", "2024-05-06", ()),
        ("Mon, 01 May 2024", None, "2024-05-01", ("date-weekday",)),
        ("2026-11-26", None, "2026-11-26", ()),
        ("2026-11-27", None, "2026-11-27", ("date-future",)),
        ("2027", None, "2027", ("date-future",)),
        ("2026", None, "2026", ()),
    ],
)
def test_what_had_to_be_decided_is_flagged(
    written: str, language: str | None, day: str, flags: tuple[str, ...]
) -> None:
    assert read_dated(written, language=language, today=TODAY) == Dated(day, flags)


@pytest.mark.parametrize(
    ("written", "language", "day", "flags"),
    [
        # Hijri: a day more or less, so a month where all three days lie in one.
        ("12 رمضان 1445 هـ", None, "2024-03", ("date-hijri",)),
        ("22 رمضان 1445", None, "2024", ("date-hijri",)),
        ("رجب 1445", None, "2024", ("date-hijri",)),
        ("رمضان 2024", None, None, ("date-hijri", "date-unread")),
        ("1445/9/12", None, None, ("date-unread",)),
        ("1445 هـ", None, None, ("date-hijri", "date-unread")),
        # Persian: reckoned, so sure.
        ("۲۳ اردیبهشت ۱۴۰۳", None, "2024-05-12", ("date-persian",)),
        ("1403/02/23", "fa", "2024-05-12", ("date-persian",)),
        ("1403/02/23", None, None, ("date-unread",)),
        # Kurdish: sure where the equinox falls on 21 March, as in 2023; in 2024 it was the 20th.
        ("15 خاکەلێوەی 2723", None, "2023-04-04", ("date-kurdish",)),
        ("15 خاکەلێوەی 2724", None, "2024-04", ("date-kurdish",)),
        ("12 گوڵانی 2024", None, None, ("date-kurdish", "date-unread")),
        # Two at once: the Gregorian day is the one meant.
        ("١٢ رمضان ١٤٤٥هـ الموافق ٢٢ آذار ٢٠٢٤", None, "2024-03-22", ("date-hijri",)),
        ("12 رمضان 1445 هـ الموافق 22 أيار 2024", None, "2024-05-22", ("date-hijri", "date-calendars")),
    ],
)
def test_other_calendars_are_converted_only_as_far_as_they_are_sure(
    written: str, language: str | None, day: str | None, flags: tuple[str, ...]
) -> None:
    assert read_dated(written, language=language, today=TODAY) == Dated(day, flags)


WRITTEN = st.lists(
    st.sampled_from(
        [
            *(
                "1",
                "5",
                "13",
                "29",
                "31",
                "05",
                "06",
                "٠٥",
                "1403",
                "1445",
                "1390",
                "2024",
                "2723",
                "24",
                "۱۴۰۳",
            ),
            *("/", "/", "-", ".", " ", " ", ",", "T10:00", "Mon", "Wednesday", "الأربعاء"),
            *("May", "أيار", "رمضان", "اردیبهشت", "خاکەلێوەی", "Mayıs", "هـ", "م", "ش", "الموافق"),
        ]
    ),
    max_size=9,
).map("".join)


@given(WRITTEN | st.from_regex(r"\d{1,2}([-/.])\d{1,2}\1(13|14|20)\d\d( \w{0,3})?", fullmatch=True))
@example("05/06/2024")
@example("1403/02/23")
@example("05/05/2024")
def test_a_date_that_hinges_on_no_language_is_the_same_in_all(written: str) -> None:
    read = read_dated(written, today=TODAY)
    if not hinges_on_language(read):
        assert {read_dated(written, language=one, today=TODAY) for one in (*LANGS, "fa", "mul")} == {read}


@pytest.mark.parametrize(
    ("number", "unit", "day"),
    [(1714521600, "s", "2024-05-01"), (1714521600000, "ms", "2024-05-01"), (1714510800, "s", "2024-05-01")],
)
def test_seconds_of_an_export_are_the_day_it_was_in_baghdad(number: int, unit: str, day: str) -> None:
    assert epoch_day(number, unit=unit) == day


@pytest.mark.parametrize("number", [1e30, -1e30, float("nan"), float("inf"), 1714521600000.0, -9e9])
def test_seconds_that_are_no_day_of_a_report_are_no_date(number: float) -> None:
    assert epoch_day(number, unit="s") is None


def test_a_month_written_in_any_language_is_that_month_with_day_and_without() -> None:
    names = [(name, f"2024-{int(n):02}") for n, row in WORDS["months"]["gregorian"].items() for name in row]
    assert [name for name, month in names if read_date(f"{name} 2024") != month] == []
    assert [name for name, month in names if read_date(f"9 {name} 2024") != f"{month}-09"] == []


@given(DAYS)
def test_a_date_formatted_in_any_language_is_read_back(day: date) -> None:
    names = WORDS["months"]["gregorian"][str(day.month)]
    forms = [f"{day.day} {name} {day.year}" for name in names]
    forms += [day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.day}'ê {names[0]}ê {day.year}an"]
    forms += [f"{month_name[day.month]} {day.day}, {day.year}", f"{day:%a, %d %b %Y} 10:00:00 +0300"]
    for form, digits in product(forms, ({}, ARABIC_DIGITS, PERSIAN_DIGITS)):
        assert read_date(form.translate(digits)) == day.isoformat(), form


@given(DAYS, st.sampled_from(["hijri", "persian", "kurdish"]))
def test_a_date_of_another_calendar_is_never_finer_than_what_it_can_mean(day: date, calendar: str) -> None:
    shift = {"hijri": 579, "persian": 621, "kurdish": -700}[calendar]
    year = day.year - shift
    days = days_of(calendar, year, day.month, min(day.day, 28))
    name = WORDS["months"][calendar][str(day.month)][0]
    found = read_date(f"{min(day.day, 28)} {name} {year}")
    if days is None:
        assert found is None
    else:
        first, last = days
        assert found is None or (first.isoformat().startswith(found) and last.isoformat().startswith(found))
        assert last - first <= timedelta(days=2)


@given(st.sampled_from(sorted(CALENDARS)), st.integers(), st.none() | st.integers(), st.integers())
def test_no_numbers_break_a_calendar(calendar: str, year: int, month: int | None, day: int) -> None:
    days = days_of(calendar, year, month, day if month else None)
    assert days is None or days[0] <= days[1]


@given(st.text(max_size=60) | st.text(alphabet="0123456789٠٥۱/-.:TZ +هـمayأيار,", max_size=40))
def test_no_text_breaks_the_reader_and_no_answer_is_malformed(written: str) -> None:
    found = read_dated(written, language="ar", today=TODAY)
    if found.day is None:
        assert not written.strip() or found.flags[-1] == "date-unread"
    else:
        assert len(found.day) in {4, 7, 10}
        assert date.fromisoformat((found.day + "-01-01")[:10]).year in CALENDARS["gregorian"].years


def test_an_article_carries_how_its_date_and_its_language_were_decided(tmp_path: Path) -> None:
    data = '{"text": "Kerkük\'te iki kişi yaralandı, polis açıkladı", "date": "05/06/2024", "language": "ar"}'
    article = only_article(read_bytes(tmp_path, data.encode(), "a.jsonl"))
    assert (article.published, article.language) == ("2024-06-05", "tr")
    assert article.flags == ("date-day-first", "language-misdeclared")


def test_no_word_means_two_things_but_where_the_year_decides() -> None:
    kinds = {"weekdays": WORDS["weekdays"], "eras": WORDS["eras"], "beside": {"0": WORDS["beside"]["words"]}}
    months = {f"months {calendar}": table for calendar, table in WORDS["months"].items()}
    meanings: dict[str, set[tuple[str, str]]] = {}
    for kind, table in {**kinds, **months}.items():
        for key, words in table.items():
            for word in words:
                meanings.setdefault("".join(plain(word).split()), set()).add((kind, key))
    twice = {word: means for word, means in meanings.items() if len(means) > 1}
    assert all(
        {kind for kind, _ in means} == {"months gregorian", "months kurdish"} for means in twice.values()
    ), twice
