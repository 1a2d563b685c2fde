import pytest

from pipeline.read.dates import read_date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-5-1", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024-05-01T23:30:00Z", "2024-05-01"),
        ("2024-05-01 23:30:00+03:00", "2024-05-01"),
        ("Wed, 01 May 2024 10:00:00 GMT", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("13/05/2024", "2024-05-13"),
        ("5/5/2024", "2024-05-05"),
        ("12 أيار 2024", "2024-05-12"),
        ("الأحد، 12 مايو 2024", "2024-05-12"),
        ("١٢ كانون الثاني ٢٠٢٤", "2024-01-12"),
        ("10 Mayıs 2024 14:33", "2024-05-10"),
        ("12ی ئایار 2024", None),
    ],
)
def test_a_day_is_read_as_it_was_written(written: str, day: str | None) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024", "2024"), ("2024-05", "2024-05"), ("May 2024", "2024-05"), ("Sun, May 2024", "2024-05")],
)
def test_what_was_not_written_is_not_made_up(written: str, day: str) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "May 1",
        "05/06/2024",
        "01.02.2024",
        "13/05/24",
        "2024-02-30",
        "2024-13-01",
        "0001-01-01",
        "1714521600",
        "2024-05-01garbage",
        "9" * 400,
    ],
)
def test_what_cannot_be_read_for_sure_is_no_date(written: str) -> None:
    assert read_date(written) is None
