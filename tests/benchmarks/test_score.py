"""The scorer's rules, each on a sentence small enough to count by hand."""

import re

import pytest

from benchmarks.gold import GoldMention, GoldText
from benchmarks.score import Figures, compare, errors, figures, reliability
from pipeline.records import Level, Mention, Role
from tests.benchmarks.claims import claim_of

MARK = re.compile(r"⟦(?P<surface>[^|]+)\|(?P<place>[^|]+)\|(?P<role>\w+)(?P<optional>\?)?⟧")
DISTRICTS = {"hawija": "hawija-district", "amirli": "tuz-khurmatu-district"}
GOVERNORATES = {"hawija": "IQ-KI", "amirli": "IQ-SD"}
AREAS = {"kurdistan-region", "disputed-territories"}


def unit(place: str) -> tuple[Level, str | None, str | None]:
    if place in AREAS:
        return "area", None, None
    if place in DISTRICTS:
        return "town", GOVERNORATES[place], DISTRICTS[place]
    return "governorate", place, None


def parse(marked: str) -> tuple[str, list[GoldMention]]:
    """ "⟦Kirkuk|IQ-KI|place⟧ burns" → "Kirkuk burns" and its mentions; a question mark makes one optional."""
    text, mentions, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        start, at = len(text), mark.end()
        text += mark["surface"]
        level, governorate, district = unit(mark["place"])
        role: Role = mark["role"]  # type: ignore[assignment]
        mentions.append(
            GoldMention(
                start, len(text), mark["place"], level, governorate, district, role, bool(mark["optional"])
            )
        )
    return text + marked[at:], mentions


def claims(marked: str, *, confidence: float = 0.9) -> list[Mention]:
    text, mentions = parse(marked)
    return [claim_of(mention, text, confidence=confidence) for mention in mentions]


def scored(gold: str, said: str) -> Figures:
    return figures([compare(parse(gold)[1], claims(said))])


def kinds(gold: str, said: str) -> list[str]:
    text, mentions = parse(gold)
    annotated = GoldText("en-1", "en", "plain", text, None, tuple(mentions), "dev")
    return [error.kind for error in errors(annotated, compare(mentions, claims(said)))]


def test_the_same_span_in_the_same_governorate_is_right() -> None:
    found = scored("A fire in ⟦Kirkuk|IQ-KI|place⟧.", "A fire in ⟦Kirkuk|IQ-KI|place⟧.")
    assert (found.gold, found.predicted, found.correct, found.f1) == (1, 1, 1, 1.0)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("A fire in Kirkuk city.", "missed"),
        ("A fire in ⟦Kirkuk city|IQ-KI|place⟧.", "wrong span"),
        ("A fire in ⟦Kirkuk|IQ-DI|place⟧ city.", "wrong place"),
        ("A fire in ⟦Kirkuk|IQ-KI|government⟧ city.", "wrong role"),
        ("A ⟦fire|IQ-BA|place⟧ in ⟦Kirkuk|IQ-KI|place⟧ city.", "false positive"),
        ("A fire in ⟦Kirkuk|hawija|place⟧ city.", "wrong level"),
    ],
)
def test_each_kind_of_error_is_called_by_its_name(said: str, kind: str) -> None:
    assert kinds("A fire in ⟦Kirkuk|IQ-KI|place⟧ city.", said) == [kind]


def test_an_area_is_right_only_as_itself() -> None:
    gold = "Talks on the ⟦disputed areas|disputed-territories|place⟧."
    assert scored(gold, gold).correct == 1
    assert scored(gold, "Talks on the ⟦disputed areas|kurdistan-region|place⟧.").correct == 0


def test_a_place_in_another_persons_name_need_not_be_found_but_must_not_count() -> None:
    gold = "The club ⟦Erbil|IQ-AR|name⟧ won."
    assert scored(gold, "The club Erbil won.").predicted == 0
    assert scored(gold, "The club ⟦Erbil|IQ-AR|name⟧ won.").predicted == 0
    wrong = scored(gold, "The club ⟦Erbil|IQ-AR|place⟧ won.")
    assert (wrong.predicted, wrong.empty_texts, wrong.false_in_empty) == (1, 1, 1)


def test_saying_name_on_a_real_mention_is_a_miss() -> None:
    assert kinds("Snow in ⟦Erbil|IQ-AR|place⟧.", "Snow in ⟦Erbil|IQ-AR|name⟧.") == ["missed"]


def test_an_optional_mention_is_out_of_account_in_its_own_role_only() -> None:
    gold = "The council of ⟦Kirkuk|IQ-KI|place?⟧."
    assert scored(gold, "The council of Kirkuk.").gold == 0
    assert scored(gold, gold.replace("?", "")).predicted == 0
    assert scored(gold, "The council of ⟦Kirkuk|IQ-KI|government⟧.").predicted == 1


def test_each_gold_mention_is_matched_once() -> None:
    twice = claims("In ⟦Kirkuk|IQ-KI|place⟧.") * 2
    assert figures([compare(parse("In ⟦Kirkuk|IQ-KI|place⟧.")[1], twice)]).precision == 0.5


def test_a_town_and_its_sub_district_are_one_level() -> None:
    gold = [GoldMention(0, 6, "hawija", "subdistrict", "IQ-KI", "hawija-district", "place")]
    assert figures([compare(gold, claims("⟦Hawija|hawija|place⟧"))]).f1_level == 1.0


def test_a_second_level_that_is_right_too_is_accepted() -> None:
    gold = [GoldMention(0, 6, "hawija", "district", "IQ-KI", None, "place", also_level="town")]
    assert figures([compare(gold, claims("⟦Hawija|hawija|place⟧"))]).f1_level == 1.0


def test_a_district_that_gold_leaves_open_asks_nothing() -> None:
    gold = [GoldMention(0, 6, "hawija", "town", "IQ-KI", None, "place")]
    found = figures([compare(gold, claims("⟦Hawija|hawija|place⟧"))])
    assert (found.correct, found.district_accuracy) == (1, None)


def test_role_macro_f1_falls_with_misses_where_role_accuracy_does_not() -> None:
    gold = "⟦Baghdad|IQ-BG|government⟧ warns ⟦Erbil|IQ-AR|government⟧ over ⟦Kirkuk|IQ-KI|place⟧."
    said = "⟦Baghdad|IQ-BG|government⟧ warns Erbil over ⟦Kirkuk|IQ-KI|place⟧."
    found = scored(gold, said)
    assert found.role_accuracy == 1.0
    assert found.role_macro_f1 == pytest.approx((1.0 + 2 / 3) / 2)


def test_nothing_to_divide_by_is_none_not_nought() -> None:
    found = scored("Rain is expected.", "Rain is expected.")
    assert (found.precision, found.recall, found.f1, found.calibration_error) == (None, None, None, None)


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    gold, said = "⟦Kirkuk|IQ-KI|place⟧ and Ana", "⟦Kirkuk|IQ-KI|place⟧ and ⟦Ana|IQ-AN|place⟧"
    comparison = compare(parse(gold)[1], claims(said, confidence=0.9))
    assert figures([comparison]).calibration_error == pytest.approx(0.4)
    last = reliability([comparison])[-1]
    assert last is not None
    assert last.confidence == pytest.approx(0.9)
    assert (last.count, last.right) == (2, 0.5)


def test_full_confidence_falls_into_the_last_bin() -> None:
    comparison = compare([], claims("⟦Ana|IQ-AN|place⟧", confidence=1.0))
    assert [b is not None for b in reliability([comparison])] == [False] * 9 + [True]


def test_an_error_is_shown_with_its_surroundings() -> None:
    text, mentions = parse("A fire in ⟦Kirkuk|IQ-KI|place⟧.")
    annotated = GoldText("en-1", "en", "plain", text, None, tuple(mentions), "dev")
    (error,) = errors(annotated, compare(mentions, []))
    assert (error.context, error.gold) == ("A fire in ⟦Kirkuk⟧.", "IQ-KI (governorate in IQ-KI; place)")
