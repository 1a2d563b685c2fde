"""The gazetteer and a level → the regions that can be chosen, and their figures under a selection."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.places import Gazetteer
from panels.view import Measure, View
from pipeline import store as stored
from pipeline.records import ROLES, RegionCount

Regions = Mapping[str, stored.RegionLevel]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted in each region of a view. Regions where nothing counts are absent.

    ``drawn`` are those of the map's level, ``areas`` those without a boundary; ``wider`` is the number of
    mentions that name a governorate as a whole, so that a map of districts cannot show them.
    """

    drawn: Mapping[str, RegionCount]
    areas: Mapping[str, RegionCount]
    wider: int

    @property
    def nothing(self) -> bool:
        """Whether no mention counts at any level."""
        return not (self.drawn or self.areas or self.wider)

    @property
    def mentions(self) -> int:
        """All mentions that count, on the map or not."""
        return _sum(self.drawn) + _sum(self.areas) + self.wider

    def of(self, region: str) -> RegionCount:
        """A region → its figures, zero where nothing counts."""
        return self.drawn.get(region) or self.areas.get(region) or RegionCount(region, 0, 0)


def choices(gazetteer: Gazetteer) -> Regions:
    """A gazetteer → the level of every region that can be chosen: what has a polygon, and the areas."""
    return {
        place.id: place.level
        for place in gazetteer.places.values()
        if place.level in ("area", "governorate") or (place.level == "district" and place.shape_id)
    }


def at_level(regions: Regions, level: str) -> list[str]:
    """Regions by level → the ids of one level."""
    return [region for region, its in regions.items() if its == level]


def by_name(regions: list[str], gazetteer: Gazetteer, lang: str) -> list[str]:
    """Ids → the same in the order of their names in a language."""
    return sorted(regions, key=lambda region: gazetteer.label(region, lang))


def figures(store: stored.Store, view: View) -> Figures:
    """An open store and a view → the figures of its regions."""
    drawn = _counts(store, view, view.level)
    wider = _sum(_counts(store, view, "governorate")) - _sum(drawn) if view.level == "district" else 0
    return Figures(drawn=drawn, areas=_counts(store, view, "area"), wider=wider)


def _sum(found: Mapping[str, RegionCount]) -> int:
    return sum(one.mentions for one in found.values())


def _counts(store: stored.Store, view: View, level: stored.RegionLevel) -> dict[str, RegionCount]:
    count = stored.count_stories if view.measure == "stories" else stored.counts
    found = count(store, view.selection, level=level)
    return {region: one for region, one in found.items() if one.mentions}


def left_out(store: stored.Store, view: View, region: str, level: stored.RegionLevel) -> dict[str, int]:
    """A region → its mentions of each role that the view does not count; roles without any are absent."""
    others = [role for role in ROLES if role not in view.selection.roles]
    found: dict[str, int] = {}
    for role in others:
        selection = replace(view.selection, roles=frozenset({role}))
        one = stored.counts(store, selection, level=level).get(region)
        if one and one.mentions:
            found[role] = one.mentions
    return found


def value(one: RegionCount, measure: Measure) -> int:
    """Figures of a region → the one that is measured."""
    return {"mentions": one.mentions, "articles": one.articles, "stories": one.stories}[measure]
