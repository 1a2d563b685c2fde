"""URL ↔ view: what the address bar says, checked against closed lists, and the address that says it again.

Pure: no streamlit. Whatever is not on the list falls back to its default and is named in the notices by the
parameter's own name; the value that came is kept nowhere.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, cast

from panels.labels import INTERFACE_LANGS
from pipeline.records import LANGS, ROLES, Selection

MapLevel = Literal["governorate", "district"]
Measure = Literal["mentions", "articles", "stories"]

LEVELS: tuple[MapLevel, ...] = ("governorate", "district")
MEASURES: tuple[Measure, ...] = ("mentions", "articles", "stories")
ARTICLE_LANGUAGES = (*LANGS, "fa", "mul", "und")
PARAMETERS = (
    "lang",
    "level",
    "measure",
    "region",
    "article",
    "disputed",
    "roles",
    "govs",
    "langs",
    "q",
    "page",
)
LONGEST_VALUE = 400
LONGEST_QUERY = 200
LONGEST_ARTICLE_ID = 128
_ARTICLE_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_ARTICLE_ID}}}")
_PAGE = re.compile(r"[1-9][0-9]{0,4}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

Parameters = Mapping[str, Sequence[str]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class View:
    """What is to be seen: the interface's language, the map, what is read beside it, and what counts.

    ``region`` is a governorate or district of the level shown, or an area; ``article`` the one read whole.
    ``page`` counts from 1 through the articles of the region.
    """

    lang: str = "en"
    level: MapLevel = "governorate"
    measure: Measure = "mentions"
    region: str | None = None
    article: str | None = None
    disputed: bool = True
    selection: Selection = field(default_factory=Selection)
    page: int = 1


@dataclass(slots=True)
class _Reading:
    """The parameters of one address, each asked for once; ``doubtful`` collects the names that fell back."""

    parameters: Parameters
    doubtful: list[str] = field(default_factory=list)

    def one(self, name: str, allowed: Iterable[str], default: str) -> str:
        value = self._only(name)
        if value is None:
            return default
        if value in allowed:
            return value
        return self._doubt(name, default)

    def some(self, name: str, allowed: Iterable[str], default: frozenset[str]) -> frozenset[str]:
        """Values between commas; those not on the list are dropped, the default stands where none is left."""
        value = self._only(name)
        if value is None:
            return default
        asked = frozenset(value.split(","))
        known = asked & frozenset(allowed)
        return known if known == asked else self._doubt(name, known or default)

    def matching(self, name: str, pattern: re.Pattern[str]) -> str | None:
        value = self._only(name)
        return value if value is None or pattern.fullmatch(value) else self._doubt(name, None)

    def typed(self, name: str) -> str:
        value = self._only(name) or ""
        plain = len(value) <= LONGEST_QUERY and not _UNPRINTABLE.search(value)
        return value.strip() if plain else self._doubt(name, "")

    def _only(self, name: str) -> str | None:
        values = self.parameters.get(name, ())
        if not values:
            return None
        if len(set(values)) > 1 or len(values[0]) > LONGEST_VALUE:
            return self._doubt(name, None)
        return values[0]

    def _doubt(self, name: str, instead: _T) -> _T:
        self.doubtful.append(name)
        return instead


def parse(parameters: Parameters, *, regions: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """Query parameters, and every region that can be chosen by its level → the view, and what fell back.

    ``region`` decides the level where the address names none; a region of the other level is doubtful.
    Names that are not ours are passed over.
    """
    reading = _Reading(parameters)
    region = reading.one("region", regions, "") or None
    of_region = regions[region] if region and regions[region] in LEVELS else LEVELS[0]
    level = reading.one("level", LEVELS, of_region)
    if region and regions[region] not in (level, "area"):
        region = None
        reading.doubtful.append("region")
    view = View(
        lang=reading.one("lang", INTERFACE_LANGS, INTERFACE_LANGS[0]),
        level=cast("MapLevel", level),
        measure=cast("Measure", reading.one("measure", MEASURES, MEASURES[0])),
        region=region,
        article=reading.matching("article", _ARTICLE_ID),
        disputed=reading.one("disputed", ("0", "1"), "1") == "1",
        selection=_selection(reading, regions),
        page=int(reading.matching("page", _PAGE) or 1),
    )
    return view, tuple(reading.doubtful)


def _selection(reading: _Reading, regions: Mapping[str, str]) -> Selection:
    governorates = [region for region, level in regions.items() if level == "governorate"]
    return Selection(
        roles=reading.some("roles", ROLES, frozenset({"place"})),
        governorates=reading.some("govs", governorates, frozenset()),
        languages=reading.some("langs", ARTICLE_LANGUAGES, frozenset()),
        query=reading.typed("q"),
    )


_DEFAULTS = {
    "lang": "en",
    "level": "governorate",
    "measure": "mentions",
    "disputed": "1",
    "roles": "place",
    "page": "1",
}


def address(view: View) -> dict[str, str]:
    """A view → the query parameters that bring it back; defaults are left out, lists are sorted."""
    selection = view.selection
    said = {
        "lang": view.lang,
        "level": view.level,
        "measure": view.measure,
        "region": view.region or "",
        "article": view.article or "",
        "disputed": "1" if view.disputed else "0",
        "roles": ",".join(sorted(selection.roles)),
        "govs": ",".join(sorted(selection.governorates)),
        "langs": ",".join(sorted(selection.languages)),
        "q": selection.query,
        "page": str(view.page),
    }
    return {name: value for name, value in said.items() if value != _DEFAULTS.get(name, "")}
