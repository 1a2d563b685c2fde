"""Copies are told from quotations, follow-ups and reports of one pattern, in pairs."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from pipeline.stories import alike, sign
from tests.pipeline.stories.texts import ARABIC, OTHER, REPORT, article

RATES = (
    "The price of the dollar rose in the markets of Baghdad and Erbil on Sunday morning. The central exchanges"
    " recorded {0} dinars for 100 dollars, against {1} dinars on Saturday evening. Selling prices in the exchange"
    " shops of the local markets rose to {2} dinars, while the buying price reached {3} dinars for 100 dollars."
)
MORE = (
    " Officials of the province met the sheikhs of the villages and promised that watchtowers would be built before"
    " the end of the week, while hundreds followed the coffins through the town and closed the road to the capital"
    " for three hours. A member of parliament said he had collected signatures for a special session, and a"
    " spokesman of the joint command denied that any position had been given up since the beginning of the year."
)


def same(one: str, other: str) -> bool:
    return bool(alike([sign(article(one)), sign(article(other))], np.array([[0, 1]]))[0])


def swap_words(text: str) -> str:
    """Every fifteenth word another one."""
    return " ".join("indeed" if at % 15 == 7 else word for at, word in enumerate(text.split()))


@pytest.mark.parametrize("report", [REPORT, OTHER, ARABIC])
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: text.replace(". ", ".\n\n"),
        lambda text: text[: len(text) * 2 // 3],
        lambda text: text[len(text) // 3 :],
        swap_words,
        lambda text: f"{text}\nThe paper reaches its readers every morning with news from all provinces.",
    ],
)
def test_a_report_that_is_cut_edited_or_framed_is_a_copy(report: str, change: Callable[[str], str]) -> None:
    assert same(report, change(report))


def test_two_reports_are_none() -> None:
    assert not same(REPORT, OTHER)


def test_a_report_that_is_quoted_in_a_much_longer_one_is_none() -> None:
    """All of it stands there, and most of what stands there is not of it."""
    long = OTHER + MORE + " ".join(MORE.split()[::-1]) + " ".join(OTHER.split()[::-1])
    assert not same(REPORT[: REPORT.index("The area")], long + REPORT[: REPORT.index("The area")])


def test_a_follow_up_with_the_background_of_yesterday_is_none() -> None:
    background = REPORT[REPORT.index("The area") :]
    assert not same(REPORT, MORE + " " + background)


def test_a_paragraph_that_two_long_articles_share_makes_no_copy() -> None:
    shared = REPORT[REPORT.index("The area") :]
    assert not same(OTHER + " " + shared, MORE + " " + shared)


def test_the_same_words_with_other_numbers_are_none() -> None:
    sunday = RATES.format("152,250", "151,600", "153,250", "151,250")
    monday = RATES.format("152,400", "151,900", "153,500", "151,500")
    assert not same(sunday, monday)
    assert same(sunday, RATES.format("152250", "151600", "153250", "151250"))
    assert same(sunday, RATES.format("152,250", "151,600", "153,250", "151,300"))


def test_one_or_two_numbers_decide_nothing() -> None:
    assert same(f"{REPORT} They were 30 and 34.", f"{REPORT} They were 31 and 35.")


def test_of_very_many_numbers_a_copy_shows_its_share() -> None:
    table = " ".join(f"station {number} of the river" for number in range(300))
    assert same(table, table[: len(table) * 2 // 3])
    assert not same(table, " ".join(f"station {number} of the river" for number in range(300, 600)))


def test_it_is_symmetric_and_one_pair_does_not_change_another() -> None:
    texts = [REPORT, REPORT[:300], OTHER, OTHER[:300], MORE, ARABIC, "flash", "Flash!", ""]
    signatures = [sign(article(text)) for text in texts]
    pairs = np.array(list(product(range(len(texts)), repeat=2)))
    found = alike(signatures, pairs).tolist()
    assert found == alike(signatures, pairs[:, ::-1]).tolist()
    assert found == [
        bool(alike([signatures[one], signatures[other]], np.array([[0, 1]]))[0]) for one, other in pairs
    ]


def test_no_pairs_are_no_answers() -> None:
    assert alike([], np.zeros((0, 2), np.intp)).tolist() == []
