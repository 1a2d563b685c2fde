"""Classes → the legend beside the map, as markup: what is counted, the classes, the regions in each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from geo.places import Gazetteer
from panels.figures.classes import NO_DATA, ZERO, Classes
from panels.figures.hatch import hatch_background
from panels.figures.markup import Html, join, ltr, tag
from panels.labels import Labels

Level = Literal["governorate", "district"]
Measure = Literal["mentions", "articles", "stories"]

_STYLE = Html(Path(__file__).with_suffix(".css").read_text(encoding="utf-8"))


def legend_html(
    classes: Classes,
    *,
    labels: Labels,
    level: Level,
    measure: Measure,
    total: int,
    regions: int,
    disputed: Gazetteer | None,
) -> Html:
    """Classes and the words → one figure, its style with it.

    ``total`` is the number of what is counted under the whole selection, on this map or not. ``regions`` is
    how many the map draws: those without a value have no data. ``disputed`` is the gazetteer whose list is
    hatched, None where the layer is off.
    """
    rows = [
        *_class_rows(classes, labels),
        *_other_rows(classes, labels, regions),
        *(_disputed_rows(labels, disputed) if disputed else ()),
    ]
    return tag(
        "figure",
        tag("style", _STYLE),
        tag("figcaption", labels[f"legend.{measure}_{level}"]),
        tag("ul", *rows),
        tag("p", _method(classes, labels, measure, total)),
        class_="legend",
        dir=labels.dir,
        lang=labels.lang,
    )


def _class_rows(classes: Classes, labels: Labels) -> Iterator[Html]:
    for index, colour in enumerate(classes.colours):
        yield _row(
            colour, _span(classes.span(index), labels), regions=_regions(classes.counts[index], labels)
        )


def _other_rows(classes: Classes, labels: Labels, regions: int) -> Iterator[Html]:
    unknown = regions - len(classes.values)
    for colour, key, count in ((ZERO, "zero", classes.zeros), (NO_DATA, "no_data", unknown)):
        if count:
            yield _row(colour, labels.html(f"legend.{key}"), regions=_regions(count, labels))


def _disputed_rows(labels: Labels, gazetteer: Gazetteer) -> Iterator[Html]:
    """One row for the districts listed whole, and one for each listed in part, with the part's name."""
    listed = gazetteer.disputed_units().values()
    date = ltr(max(row.source_date for row in listed))
    yield _row(hatch_background("whole"), labels.html("legend.disputed_whole", date=date))
    for row in listed:
        if row.extent == "part":
            place = gazetteer.label(row.part_id or row.place_id, labels.lang)
            yield _row(hatch_background("part"), labels.html("legend.disputed_part", date=date, place=place))


def _span(span: tuple[int, int | None], labels: Labels) -> Html:
    low, high = span
    if high is None:
        return labels.html("legend.from_up", low=low)
    return ltr(f"{low:,}") if low == high else labels.html("legend.from_to", low=low, high=high)


def _regions(count: int, labels: Labels) -> Html:
    return labels.html("legend.regions", n=count)


def _method(classes: Classes, labels: Labels, measure: Measure, total: int) -> Html:
    how = [labels.html("legend.locked" if classes.locked else "legend.quantiles")] if classes.breaks else []
    return join([labels.html(f"legend.total_{measure}", n=total), *how], " ")


def _row(background: str, meaning: Html, *, regions: Html | None = None) -> Html:
    swatch = tag("i", style=f"background: {background}", aria_hidden="true")
    return tag("li", swatch, tag("span", meaning), *([tag("small", regions)] if regions else []))
