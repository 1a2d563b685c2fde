"""An article and its mentions → what a person reads in a terminal: the text with every mention marked, and
beneath each paragraph why each of its mentions was counted, in words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.cuewords import grouped, isolated, plain, visible
from pipeline.records import Article, Mention

Label = Callable[[str], str]
Paint = Callable[[str, str], str]

_LANGUAGES = {"ar": "Arabic", "ckb": "Sorani", "kmr": "Kurmanji", "en": "English", "tr": "Turkish"}
_ROLES = {
    "place": "the place itself",
    "government": "the authorities, not the place",
    "dateline": "where the report was filed",
    "name": "part of another name",
}
_REJECTED = {
    "level": "another level of the same name",
    "elsewhere": "a namesake; the article names places nearer to the one chosen",
}


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A mention and its number in the article, counted from 1."""

    number: int
    mention: Mention


def explain(
    article: Article, mentions: Sequence[Mention], *, label: Label, paint: Paint | None = None
) -> str:
    """An article and its mentions in the order of the text → what to print.

    ``label`` names a place id; ``paint`` colours a marked name by its role, None marks it with ⟦ ⟧.
    """
    numbered = [_Numbered(number, mention) for number, mention in enumerate(mentions, start=1)]
    lines = list(_heading(article))
    for start, end in _paragraphs(article.text):
        inside = [one for one in numbered if start <= one.mention.start < end]
        lines += ["", _marked(article.text, start, end, inside, paint)]
        for one in inside:
            lines += _reasoned(one, label)
    found = len(numbered)
    lines += ["", f"{found} mention{'' if found == 1 else 's'}"]
    return "\n".join(lines)


def _heading(article: Article) -> Iterator[str]:
    yield f"article {article.id}"
    facts = (article.source, article.published, _LANGUAGES.get(article.language), article.url)
    if known := [isolated(visible(fact)) for fact in facts if fact]:
        yield " · ".join(known)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The half-open spans of the lines that are not blank."""
    for match in re.finditer(r"[^\r\n]+", text):
        if match.group().strip():
            yield match.span()


def _marked(text: str, start: int, end: int, inside: Sequence[_Numbered], paint: Paint | None) -> str:
    parts, last = [], start
    for one in inside:
        mention = one.mention
        name = visible(text[mention.start : mention.end])
        marked = paint(name, mention.role) if paint else f"⟦{name}⟧"
        parts += [visible(text[last : mention.start]), f"{marked}{_raised(one.number)}"]
        last = mention.end
    return "".join([*parts, visible(text[last:end])])


def _reasoned(one: _Numbered, label: Label) -> Iterator[str]:
    """A mention → its lines: what it is, how sure, and why."""
    mention, reason = one.mention, one.mention.reason
    where = (
        f", in {label(mention.governorate)}" if mention.governorate not in {None, mention.place_id} else ""
    )
    yield (
        f"  {_raised(one.number)} {isolated(visible(mention.surface))} → {label(mention.place_id)}"
        f" ({mention.level}{where}; {mention.place_id})"
    )
    role = _ROLES[mention.role]
    if mention.literal is False:
        role = "an institution that stands there"
    yield f"      role {mention.role}: {role}; confidence {_floored(mention.confidence):.2f}"
    affixes = [f"after the joined {isolated(visible(reason.clitic))}"] if reason.clitic else []
    affixes += [f"before the ending {isolated(visible(reason.suffix))}"] if reason.suffix else []
    name = f"{isolated(reason.name)} in {_LANGUAGES.get(reason.name_lang, reason.name_lang)}"
    yield f"      name: {', '.join([name, *affixes])}"
    for decision, said in grouped(reason.cues):
        yield f"      {decision}: {'; '.join(said)}"
    if reason.rejected:
        yield f"      rather than: {'; '.join(_rejected(one, label) for one in reason.rejected)}"


def _floored(confidence: float) -> float:
    """A probability, rounded down to hundredths: nothing here is certain, so 0.997 is 0.99."""
    return min(99, int(100 * confidence)) / 100


def _rejected(candidate: str, label: Label) -> str:
    """ "erbil:level" → "Erbil, erbil (another level of the same name)"."""
    place_id, _, why = candidate.partition(":")
    reason = _REJECTED.get(why) or isolated(visible(plain(why)))
    return f"{label(place_id)}, {place_id} ({reason})" if why else f"{label(place_id)}, {place_id}"


def _raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
