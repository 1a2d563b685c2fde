"""Mentions and places → plain lines, as the choices of a form hold them."""

from geo.places import Gazetteer
from panels.labels import Labels
from pipeline.records import Article, StoredMention

_AROUND = 18
# Isolate a text of unknown direction within a plain line, as <bdi> does in markup.
_ISOLATE, _END = "\u2068", "\u2069"


def mention_line(one: StoredMention, article: Article, *, labels: Labels, gazetteer: Gazetteer) -> str:
    """A mention → a plain line: the words around it, the place, its role and what was corrected."""
    mention = one.mention
    start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
    words = " ".join(article.text[start:end].split())
    role = (
        labels[f"corrected.{one.corrected}"] if one.corrected == "reject" else labels[f"role.{mention.role}"]
    )
    return (
        f"{_isolated(f'… {words} …')} · {_isolated(gazetteer.label(mention.place_id, labels.lang))} · {role}"
    )


def place_line(place_id: str, *, labels: Labels, gazetteer: Gazetteer) -> str:
    """A place → a plain line: its name, its level, and the governorate it lies in."""
    governorate = gazetteer.governorate_of(place_id)
    parts = [gazetteer.label(place_id, labels.lang), labels[f"level.{gazetteer.places[place_id].level}"]]
    if governorate and governorate != place_id:
        parts.append(gazetteer.label(governorate, labels.lang))
    return " · ".join(map(_isolated, parts))


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_END}"
