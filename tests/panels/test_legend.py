"""The legend says what is counted, in which classes, how many regions each holds, and what hatching means."""

import re
from html.parser import HTMLParser

import pytest

from geo.places import load_gazetteer
from panels.figures.classes import NO_DATA, ZERO, Classes, classify
from panels.figures.legend import Measure, legend_html
from panels.labels import INTERFACE_LANGS, labels

SEED = classify({"IQ-KI": 3, "IQ-DI": 3, "IQ-NI": 1} | {f"other-{i}": 0 for i in range(16)})


def legend(
    classes: Classes = SEED,
    *,
    lang: str = "en",
    measure: Measure = "mentions",
    regions: int = 19,
    hatched: bool = True,
) -> str:
    return legend_html(
        classes,
        labels=labels(lang),
        level="governorate",
        measure=measure,
        total=classes.total,
        regions=regions,
        disputed=load_gazetteer() if hatched else None,
    )


class _Rows(HTMLParser):
    """The rows of a legend: the swatch's background, then what is written beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.ending: list[str] = []
        self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.rows.append([])
        elif tag == "i":
            self.rows[-1].append(str(dict(attrs)["style"]).removeprefix("background: "))
        elif tag in {"span", "small"}:
            self.rows[-1].append("")
        self._at = "p" if tag == "p" else self._at

    def handle_data(self, data: str) -> None:
        if self._at == "p":
            self.ending.append(data)
        elif self.rows:
            self.rows[-1][-1] += data


def read(html: str) -> tuple[list[list[str]], str]:
    parser = _Rows()
    parser.feed(html)
    return parser.rows, "".join(parser.ending)


def test_the_seed_article_in_english() -> None:
    rows, ending = read(legend(hatched=False))
    assert rows == [
        [SEED.colours[0], "1", "1 region"],
        [SEED.colours[1], "2 to 3", "2 regions"],
        [ZERO, "none", "16 regions"],
    ]
    assert ending.startswith("7 mentions in all. Classes hold about equally many regions")


def test_the_seed_article_in_arabic_counts_by_arabic_rules_in_latin_digits() -> None:
    rows, ending = read(legend(lang="ar", hatched=False))
    assert [row[1:] for row in rows] == [
        ["1", "منطقة واحدة"],
        ["من 2 إلى 3", "منطقتان"],
        ["لا شيء", "16 منطقة"],
    ]
    assert ending.startswith("7 إشارات في المجموع.")


def test_the_disputed_list_is_dated_and_its_part_is_named_apart() -> None:
    whole, part = read(legend())[0][-2:]
    assert whole[1] == "Disputed district (UNAMI list of 2009-04-22)"
    assert part[1] == "Disputed in part: Mandali (UNAMI list of 2009-04-22)"
    assert whole[0] != part[0]
    assert all(row[0].startswith("repeating-linear-gradient") for row in (whole, part))


def test_hatching_is_not_explained_while_it_is_off() -> None:
    assert "gradient" not in legend(hatched=False)


def test_regions_without_a_value_are_no_data_and_not_zero() -> None:
    rows, _ = read(legend(classify({"a": 2, "b": 0}), regions=5, hatched=False))
    assert rows[-2:] == [[ZERO, "none", "1 region"], [NO_DATA, "no data", "3 regions"]]


def test_locked_breaks_say_so_and_their_last_class_is_open() -> None:
    rows, ending = read(legend(classify({"a": 2}, breaks=(1, 5)), regions=1, hatched=False))
    assert [row[1] for row in rows] == ["1 to 4", "5 or more"]
    assert "Class breaks are held fixed." in ending


def test_nothing_counted_makes_no_class_and_says_nothing_of_a_method() -> None:
    rows, ending = read(legend(classify({"a": 0}), regions=1, hatched=False))
    assert [row[1] for row in rows] == ["none"]
    assert ending == "0 mentions in all."


def test_articles_say_that_one_counts_in_several_regions() -> None:
    html = legend(measure="articles")
    assert "Articles by governorate" in html
    assert "counts in each" in read(html)[1]


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_numbers_and_dates_stand_apart_from_the_direction_around_them(lang: str) -> None:
    html = legend(lang=lang)
    assert f'dir="{labels(lang).dir}" lang="{lang}"' in html
    written = re.sub(r"(?s:<style>.*?</style>)|<bdi dir=\"ltr\">[^<]*</bdi>|<[^>]*>", "", html)
    assert not re.search(r"\d", written)
