"""A region, a notice or a state of the store → the note that says so, as markup."""

from collections.abc import Sequence

from geo.places import UNAMI, Disputed, Gazetteer
from panels.figures.markup import Html, bdi, join, ltr, tag
from panels.labels import Labels


def note_html(region: str, *, labels: Labels) -> Html:
    """A region → what must be known about how it is drawn or named; nothing where nothing must."""
    key = f"note.{region}"
    if key not in labels:
        return Html()
    return _aside(tag("strong", labels["note.title"]), tag("p", labels[key]))


def disputed_html(region: str, *, labels: Labels, gazetteer: Gazetteer) -> Html:
    """A region → whether it or which of its districts is on the disputed list, whose list, of when."""
    listed = gazetteer.disputed_units(UNAMI)
    if region in listed:
        return _listed(listed[region], _extent(listed[region], labels, gazetteer), labels)
    inside = [unit for unit in listed if gazetteer.governorate_of(unit) == region]
    if not inside:
        return Html()
    districts = join((bdi(gazetteer.label(unit, labels.lang)) for unit in inside), labels["page.separator"])
    said = labels.html(
        "disputed.parts", n=len(inside), region=gazetteer.label(region, labels.lang), districts=districts
    )
    return _listed(listed[inside[0]], said, labels)


def _extent(row: Disputed, labels: Labels, gazetteer: Gazetteer) -> Html:
    region = gazetteer.label(row.place_id, labels.lang)
    if row.extent == "whole":
        return labels.html("disputed.whole", region=region)
    if row.part_id is None:
        return labels.html("disputed.part", region=region)
    return labels.html("disputed.part_named", region=region, part=gazetteer.label(row.part_id, labels.lang))


def _listed(row: Disputed, said: Html, labels: Labels) -> Html:
    source = tag("cite", row.source, dir="ltr", lang="en")
    return _aside(
        tag("p", said),
        tag("p", labels.html("disputed.date", day=ltr(row.source_date)), class_="quiet"),
        tag("p", labels.html("disputed.source", source=source), class_="quiet"),
        class_="note disputed",
    )


def list_html(*, labels: Labels, gazetteer: Gazetteer) -> Html:
    """What the hatching on the map shows, by whom and of when."""
    day = max(row.source_date for row in gazetteer.disputed_units(UNAMI).values())
    return tag("p", labels.html("disputed.list", day=ltr(day)), class_="quiet")


def notice_html(doubtful: Sequence[str], *, labels: Labels) -> Html:
    """Names of parameters that fell back to their default → one line that says so, without what came."""
    if not doubtful:
        return Html()
    names = join(
        (bdi(labels[f"parameter.{name}"]) for name in dict.fromkeys(doubtful)), labels["page.separator"]
    )
    return tag("p", labels.html("page.notice", names=names), class_="note notice", role="status")


def state_html(
    key: str, *, labels: Labels, said: Html | None = None, command: str | None = None, report: str = ""
) -> Html:
    """A state of the store or the view → its title, what it means, what to do next.

    ``key`` names the labels "state.KEY_title" and "state.KEY"; ``said`` stands for the latter where it takes
    values. ``command`` is to be typed in a terminal, ``report`` what the store itself said.
    """
    parts = [tag("h2", labels[f"state.{key}_title"]), tag("p", said or labels[f"state.{key}"])]
    if command:
        lead = f"state.{key}_todo"
        parts.append(tag("p", labels[lead if lead in labels else "state.run"]))
        parts.append(tag("pre", tag("code", command), dir="ltr"))
    if report:
        detail = tag("pre", report, dir="ltr", lang="en")
        parts.append(tag("details", tag("summary", labels["state.details"]), detail))
    return tag("section", *parts, class_="state")


def _aside(*parts: Html, class_: str = "note") -> Html:
    return tag("aside", *parts, class_=class_)
