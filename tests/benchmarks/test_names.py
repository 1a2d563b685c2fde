"""The speed benchmark compares ways that do the same work; how fast they are is not tested."""

import pytest

from benchmarks.corpus import Report, reports
from benchmarks.names import check, ours, pyahocorasick, throughput
from benchmarks.tools import flashgeotext
from pipeline.recognise import Span
from pipeline.records import LANGS, Lang

PLAIN = "A fire in Kirkuk and Sinjar."


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_seed_makes_the_same_reports_and_another_seed_others(lang: Lang) -> None:
    first, again = list(reports(lang, 0.02)), list(reports(lang, 0.02))
    assert first == again
    assert first != list(reports(lang, 0.02, seed=1))
    assert 0.02e6 <= sum(len(report.text.encode()) for report in first) < 0.04e6


@pytest.mark.parametrize("lang", LANGS)
def test_our_way_finds_the_names_put_in_with_no_wrong_offset(lang: Lang) -> None:
    planted, exact, wrong = check(ours(), reports(lang, 0.05))
    assert wrong == 0
    assert exact / planted > 0.95


def test_a_name_behind_a_lam_loses_its_alif_and_one_with_marks_keeps_them() -> None:
    written = {r.text[a - 1 : b] for r in reports("ar", 0.3) for a, b in r.places if a}
    assert any(piece.startswith("لل") for piece in written)
    assert any("\u0640" in piece for piece in written)


def test_an_offset_that_cuts_no_spelling_out_is_counted() -> None:
    report = Report(PLAIN, ((10, 16),))

    def shifted(text: str) -> list[Span]:
        return [
            Span(s.start + 1, s.end + 1, s.pattern, s.first, s.last, s.head, s.tail) for s in ours()(text)
        ]

    assert check(ours(), [report]) == (1, 1, 0)
    assert check(shifted, [report]) == (1, 0, 2)


def test_the_peers_find_what_they_can() -> None:
    assert pyahocorasick()(PLAIN) == [(10, 16), (21, 27)]
    assert "IQ-KI" in str(flashgeotext()(PLAIN)) or "kirkuk" in str(flashgeotext()(PLAIN))


def test_every_way_is_measured_on_all_texts() -> None:
    seen: list[str] = []
    speeds = throughput({"one": seen.append, "other": str.split}, ["نينوى", "Sinjar"], rounds=2)
    assert set(speeds) == {"one", "other"}
    assert seen == ["نينوى", "Sinjar"] * 2
