"""One meaning a text: what the other mentions of a name say of a weak one."""

import pytest

from pipeline.geocoding import geocode
from pipeline.records import Mention
from pipeline.resolve.echo import echoes
from pipeline.resolve.role import Row
from tests.pipeline.steps import judged

PLACE: Row = (5.0, 0.0, 0.0, 0.0)
NO_PLACE: Row = (0.0, 0.0, 0.0, 9.0)
UNSURE: Row = (0.0, 0.0, 0.0, 1.0)
# Babil is a governorate and a word of antiquity; Erbil is nothing else.
THRICE = "بابل ثم بابل ثم بابل"


def heard(text: str, scores: list[Row | None]) -> list[float]:
    return echoes([one.subject for one in judged(text)], scores)


def found(text: str) -> list[Mention]:
    return [mention for mention in geocode(text) if mention.role != "name"]


def test_what_is_a_place_elsewhere_speaks_for_a_place_and_what_is_none_against() -> None:
    up, *_ = heard(THRICE, [UNSURE, PLACE, PLACE])
    down, *_ = heard(THRICE, [UNSURE, NO_PLACE, NO_PLACE])
    assert up > 0.25 > -0.25 > down


def test_more_of_the_same_say_more_and_never_more_than_a_bound() -> None:
    one, *_ = heard("بابل ثم بابل", [UNSURE, PLACE])
    two, *_ = heard(THRICE, [UNSURE, PLACE, PLACE])
    many, *_ = heard(" ثم ".join(["بابل"] * 40), [UNSURE, *([(90.0, 0.0, 0.0, 0.0)] * 39)])
    assert 0 < one < two < many < 1.25


def test_those_that_disagree_say_nothing_together() -> None:
    said, *_ = heard(THRICE, [UNSURE, (4.0, -90.0, -90.0, 0.0), (-4.0, -90.0, -90.0, 0.0)])
    assert said == pytest.approx(0.0)


def test_a_listed_exception_says_nothing_of_the_others() -> None:
    assert heard("بابل ثم بابل", [UNSURE, None])[0] == 0.0


@pytest.mark.parametrize("text", ["بابل ثم الحلة", "أربيل ثم أربيل", "کوردستان و کوردستان"])
def test_a_name_said_once_a_strong_name_and_the_region_do_not_listen(text: str) -> None:
    assert heard(text, [UNSURE, PLACE]) == [0.0, 0.0]


def test_the_reason_says_that_the_name_is_a_place_elsewhere() -> None:
    text = "انطلقت الحملة في محافظة بابل أمس. وقال السكان في بابل إنها تأخرت. بابل تنتظر المزيد."
    last = found(text)[-1]
    assert text[last.start :].startswith("بابل تنتظر")
    assert "role:place:same:place" in last.reason.cues
