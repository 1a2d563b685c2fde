"""What the benchmarks of the readers measure has floors here: behaviour, not time."""

from collections import Counter

import pytest

from benchmarks import dates, encodings, languages
from pipeline.langid import find_language
from pipeline.read.mojibake import is_mojibake


def test_there_are_enough_dates_of_every_kind() -> None:
    groups = Counter(case.group for case in dates.cases())
    assert groups.total() >= 150
    assert min(groups.values()) >= 2


@pytest.mark.parametrize("case", list(dates.cases()), ids=lambda case: f"{case.group}: {case.written}")
def test_a_date_of_the_benchmark_is_read_right(case: dates.Case) -> None:
    assert dates.ours(case) == case.day


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        ("2024-05-01", "2024-05-01", "right"),
        ("", "", "right"),
        ("2024-05-01", "2024-05", "too fine"),
        ("2024", "2024-05", "wrong"),
        ("2024-05-01", "", "wrong"),
        ("", "2024", "missed"),
    ],
)
def test_a_part_made_up_is_told_from_a_wrong_day(got: str, expected: str, kind: str) -> None:
    assert dates.outcome(got, expected) == kind


def test_there_are_enough_texts_of_every_language_and_length() -> None:
    texts = Counter((one.language, one.length) for one in languages.samples())
    for language in ("ar", "ckb", "kmr", "fa", "tr", "en"):
        assert sum(texts[language, length] for length in languages.LENGTHS) >= 40
        assert min(texts[language, length] for length in languages.LENGTHS) >= 12
    assert sum(count for (language, _), count in texts.items() if language == "mul") >= 20


@pytest.mark.parametrize(("length", "floor"), [("headline", 0.95), ("lead", 0.99), ("article", 0.99)])
def test_the_share_of_languages_told_right_stays_above_its_floor(length: str, floor: float) -> None:
    texts = [one for one in languages.samples() if one.length == length]
    assert languages.right(languages.confusion(find_language, texts)) >= floor * len(texts)


def test_the_annotated_texts_of_other_writers_stay_above_their_floor() -> None:
    texts = list(languages.annotated())
    assert languages.right(languages.confusion(find_language, texts)) >= 0.995 * len(texts)


def test_half_a_line_is_enough_to_tell_a_language() -> None:
    texts = [one for one in languages.pieces() if one.length == "up to 45 letters"]
    assert languages.right(languages.confusion(find_language, texts)) >= 0.98 * len(texts)


def test_no_encoding_of_the_languages_is_decided_wrong_or_refused() -> None:
    counted = encodings.count(encodings.ours, encodings.cases(places=6))
    assert counted == {encodings.RIGHT: counted.total()}
    assert counted.total() > 400


def test_no_encoding_of_another_language_is_taken_for_one_of_ours() -> None:
    counted = encodings.count(encodings.ours, encodings.others(), refusal_is_right=True)
    assert counted == {encodings.RIGHT: counted.total()}


def test_broken_texts_are_flagged_and_sound_ones_are_not() -> None:
    broken = [is_mojibake(text) for _, _, text in encodings.broken()]
    assert sum(broken) >= 0.99 * len(broken)
    assert not any(is_mojibake(one.text) for one in languages.samples())


def test_the_tables_have_a_row_for_every_kind() -> None:
    lines = list(dates.table({"ours": dates.count(dates.ours)}))
    assert all(any(case.group in line for line in lines) for case in dates.cases())
    rows = list(languages.confusion_table(Counter({("ar", "ckb"): 3})))
    assert rows[1].split() == ["ar", ".", "3", *"......"]
