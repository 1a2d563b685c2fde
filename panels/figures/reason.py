"""A mention → in words: which place, what the name stands for, how sure, and why nothing else."""

from collections.abc import Iterator, Sequence

from geo.places import Gazetteer
from panels.figures.marked import visible
from panels.figures.markup import Html, bdi, join, ltr, tag
from panels.figures.writing import lang_code
from panels.labels import Labels
from pipeline.records import Mention, Reason, StoredMention

Rows = Iterator[tuple[str, Html]]
_SIDES = {"left": "before", "right": "after"}


def summed_up(stored: StoredMention, *, labels: Labels, gazetteer: Gazetteer) -> str:
    """A mention → one line of plain text: the place, its level, what the name stands for, how sure."""
    mention = stored.mention
    return " · ".join(
        (
            _name(mention.place_id, labels, gazetteer),
            labels[f"level.{mention.level}"],
            labels[f"role.{mention.role}"],
            labels.text("why.percent", n=_percent(mention)),
        )
    )


def reason_html(stored: StoredMention, *, labels: Labels, gazetteer: Gazetteer) -> Html:
    """A mention → a list of terms: everything that is stored of how it was decided."""
    rows = [
        *_where(stored.mention, labels, gazetteer),
        *_what(stored, labels),
        *_matched(stored.mention.reason, labels),
        *_weighed(stored.mention.reason, labels, gazetteer),
    ]
    return tag("dl", *(tag("div", tag("dt", term), tag("dd", said)) for term, said in rows), class_="reason")


def _where(mention: Mention, labels: Labels, gazetteer: Gazetteer) -> Rows:
    name = bdi(_name(mention.place_id, labels, gazetteer))
    yield labels["why.place"], join([name, labels[f"level.{mention.level}"]], " · ")
    if mention.governorate and mention.governorate != mention.place_id:
        yield labels["why.lies_in"], bdi(_name(mention.governorate, labels, gazetteer))
    if mention.district and mention.district != mention.place_id:
        yield labels["why.drawn_in"], bdi(_name(mention.district, labels, gazetteer))


def _what(stored: StoredMention, labels: Labels) -> Rows:
    mention = stored.mention
    meaning = labels[f"role_meaning.{mention.role}"]
    if mention.literal is not None:
        meaning = labels["why.literal" if mention.literal else "why.associative"]
    yield labels["why.role"], join([labels[f"role.{mention.role}"], meaning], " · ")
    yield labels["why.confidence"], ltr(labels.text("why.percent", n=_percent(mention)))
    if stored.corrected is not None:
        yield labels["why.corrected"], _worded("corrected", stored.corrected, labels)


def _matched(reason: Reason, labels: Labels) -> Rows:
    name = tag("bdi", visible(reason.name), lang=lang_code(reason.name_lang))
    language = f"article_lang.{reason.name_lang}"
    yield labels["why.matched"], join([name, labels[language]], " · ") if language in labels else name
    for key, letters in (("why.clitic", reason.clitic), ("why.suffix", reason.suffix)):
        if letters:
            yield labels[key], bdi(visible(letters))


def _weighed(reason: Reason, labels: Labels, gazetteer: Gazetteer) -> Rows:
    if reason.cues:
        yield labels["why.cues"], _list(_cue(cue, labels) for cue in reason.cues)
    if reason.rejected:
        yield labels["why.rejected"], _list(_rejected(one, labels, gazetteer) for one in reason.rejected)


def _cue(cue: str, labels: Labels) -> Html:
    """A cue of the rules, "decision:[role:]cue[:word]" → what was decided by it, and what it is, in words."""
    decision, *parts = cue.split(":")
    if decision == "role":
        parts = parts[1:]
    return labels.html("why.rule", decision=_worded("decision", decision, labels), rule=_rule(parts, labels))


def _rule(parts: Sequence[str], labels: Labels) -> Html:
    side = _SIDES.get(parts[0].removeprefix("own-").removesuffix("1")) if len(parts) > 1 else None
    if side and f"cue_kind.{parts[1]}" in labels:
        word = bdi(visible(":".join(parts[2:])))
        return labels.html(f"cue.{side}", word=word, kind=labels[f"cue_kind.{parts[1]}"])
    for size in range(len(parts), 0, -1):
        key = "cue." + "_".join(parts[:size])
        if key in labels:
            return labels.html(key, word=bdi(visible(":".join(parts[size:]))))
    return tag("code", visible(":".join(parts)), dir="ltr")


def _rejected(candidate: str, labels: Labels, gazetteer: Gazetteer) -> Html:
    place_id, _, why = candidate.partition(":")
    place = _name(place_id, labels, gazetteer)
    if place_id in gazetteer.places:
        # Namesakes share their name: their level tells them apart.
        place = f"{place} ({labels[f'level.{gazetteer.places[place_id].level}']})"
    return labels.html("why.candidate", place=place, reason=_worded("rejected", why, labels))


def _worded(table: str, code: str, labels: Labels) -> Html:
    """A code of the rules → its words where the label files have them, else the code itself, as a code."""
    key = f"{table}.{code}"
    return bdi(labels[key]) if key in labels else tag("code", visible(code), dir="ltr")


def _list(items: Iterator[Html]) -> Html:
    return tag("ul", *(tag("li", item) for item in items))


def _name(place_id: str, labels: Labels, gazetteer: Gazetteer) -> str:
    """The place's name, or its id where the store knows a place that this gazetteer does not."""
    return gazetteer.label(place_id, labels.lang) if place_id in gazetteer.places else place_id


def _percent(mention: Mention) -> int:
    """Whole percent, rounded down: nothing here is certain, so 0.997 is 99."""
    return min(99, int(100 * mention.confidence))
