"""An article and its mentions → what a person reads in a terminal: the text with every mention marked, and
beneath each paragraph why each of its mentions was counted, in words.

Nothing in an article can act on the terminal: control characters are shown, not sent. Arabic stands in Latin
sentences between isolates (U+2068, U+2069), so that neither turns the other around.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
_WORDS = {
    # Classes of the words' data (pipeline/words): what a word beside the name is.
    "locative": "a word of place",
    "upon": "the word “upon”",
    "hosting": "a verb for what a place sees or suffers",
    "time": "a word of time",
    "from": "a word of origin",
    "to": "a word of direction",
    "land": "a word for its land or people",
    "institution": "an institution that stands there",
    "authority": "a word for an authority",
    "outside": "a word for being outside its rule",
    "dealing": "a word of dealings between authorities",
    "between": "the word “between”",
    "addressing": "a verb addressed to an authority",
    "speaking": "a verb that authorities do",
    "duty": "a word for what is asked of an authority",
    "journey": "a word of travel",
    "person": "a word beside a person's name",
    "given": "a given name, or a word of that spelling",
    "name": "a word of another proper name",
    "sport": "a word of sport",
    "oil": "a word that clubs and offices share, as “oil”",
    "counts": "a word before figures by place",
    "today": "the word “today”, as in outlets' names",
    "abroad": "a word for places abroad",
    "river": "a word for a river",
    "wide": "a word for a wider region",
    "money": "a word for money",
    "happening": "what happens in a place",
    "clause": "a word that opens a clause",
    "article": "the article",
    "country": "the country's name",
    "with": "the word “with”",
    "genitive": "an ending for “of”",
    "dative": "an ending for “to”",
    "bound": "a word for what belongs to it",
    "tied": "a word that ties more to it",
    "capital": "the word “capital”",
    "outlet": "the name of an outlet",
    "agency": "the name of an agency",
    "izafe": "a noun tied to it",
    "accusative": "an ending of the object",
    "at": "an ending for “at” or “in”",
    "in": "an ending for “in” or “of”",
    "claiming": "a verb of saying or claiming",
    "subject": "a word behind the subject of a sentence",
    "any": "other words",
    "none": "no word at all",
}
_SIDES = {
    "left1": "just before it",
    "left": "before it",
    "right1": "just after it",
    "right": "after it",
    "link": "passed over just before it",
    "owned": "after its genitive",
    "acted": "after its accusative",
    "reached": "after its dative",
    "own-left": "before it within its list",
    "own-right": "after it within its list",
}
_SENTENCES = {
    "level:highest-of-name": "no type word, so the highest level that bears the name",
    "list": "it stands in a list of places",
    "list:strong": "another of its list is beyond doubt",
    "list:places": "its list names places",
    "list:authorities": "its list names seats of government only",
    "list:capital": "a foreign capital stands beside it",
    "backed:district": "the article names its district",
    "backed:governorate": "the article names its governorate",
    "backed:near": "the article names places near it",
    "same:place": "elsewhere in the text the name is a place",
    "same:name": "elsewhere in the text the name is no place",
    "backed:itself": "the article names it elsewhere as a governorate",
    "club-word": "among words of sport it follows one that clubs and offices share",
    "alone": "the article names no other place for certain",
    "another-of-name": "the article names another place of that name",
    "governorate:located": "what touches it says where something is",
    "typed": "a type word says what it is",
    "typed-list": "a type word governs its list",
    "short": "the name is short",
    "quoted": "it opens a quotation or a name in quotes",
    "enclosed": "it stands alone in brackets or quotation marks",
    "enclosed-with": "brackets or quotation marks hold it with another word",
    "number-after": "a figure follows",
    "number-before": "a figure stands before it, as a day before a month",
    "apostrophe": "an apostrophe follows",
    "subject": "it may be the subject of its clause",
    "comma-after": "a comma follows",
    "sentence-start": "it opens its sentence",
    "line:start": "it opens its line",
    "line:alone": "it stands alone in its line",
    "line:dots": "dots follow it at the head of a line, as in a headline",
    "text:start": "it opens the text",
    "text:end": "it closes the text",
    "line:after-slash": "it follows a slash at the head of a line",
    "dateline:colon": "a colon follows, as in a dateline",
    "dateline:mark": "a dash or slash follows, as in a dateline",
    "dateline:agency": "an agency or a day follows, as in a dateline",
    "dateline:quote": "a colon and what somebody says follow",
    "dateline:word": "a word and a dash follow, as in a dateline",
    "line:after-place": "it is a further place of a dateline",
    "line:row": "it is the first column of a table or the heading of a list",
    "spelled:administration": "it is spelled as the administration, not as its land",
    "suffix:locative": "its ending says “in” or “from”",
    "foreign-near": "a place abroad is named beside it",
    "country-after": "the country's name follows",
    "place:other": "not a name that usually speaks for a government",
}
_TOPICS = {
    "sport": "sport",
    "fiscal": "budgets and talks",
    "event": "events and daily life",
    "past": "antiquity",
    "travel": "travel and culture",
    "scripture": "prophets and legends",
}
_SEVERAL = "more"
_REJECTED = {
    "level": "another level of the same name",
    "elsewhere": "a namesake; the article names places nearer to the one chosen",
}
_LEVELS = frozenset({"area", "governorate", "district", "subdistrict", "town"})
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


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


def grouped(cues: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Cue ids → [(decision, each cue in words)], in the order in which the decisions first occur."""
    said: dict[str, list[str]] = {}
    for cue in cues:
        decision = cue.split(":", 1)[0]
        words = said.setdefault(decision, [])
        if (sentence := cue_in_words(cue)) not in words:
            words.append(sentence)
    return list(said.items())


def cue_in_words(cue: str) -> str:
    """A cue id, "decision:cue" → what it says; parts that no table knows are shown as they are."""
    if cue in _SENTENCES:
        return _SENTENCES[cue]
    decision, _, rest = cue.partition(":")
    if decision == "role":
        rest = rest.partition(":")[2]
    for prefix in ("a:", "w:"):
        rest = rest.removeprefix(prefix)
    if rest in _SENTENCES:
        return _SENTENCES[rest]
    head, _, tail = (rest or cue).partition(":")
    return _side(head, tail) or _other(head, tail)


def _side(side: str, what: str) -> str:
    """A cue of a word beside the name, "left1" and "authority:بين" → what it says; "" where it is none."""
    if side not in _SIDES:
        return ""
    kind, _, words = what.partition(":")
    said = f"{_WORDS.get(kind, _plain(kind))} {_SIDES[side]}"
    return f"{said} ({isolated(visible(words))})" if words else said


def _other(head: str, tail: str) -> str:
    kind, _, words = tail.partition(":")
    if head in {"type-word", "typed"} and kind in _LEVELS:
        return f"the type word{' ' + isolated(visible(words)) if words else ''} makes it a {kind}"
    if head == "level" and kind in _LEVELS:
        return f"it is a {kind}"
    if head == "place":
        return "a name that often speaks for a government"
    if head == "clitic":
        return f"joined to {isolated(visible(tail))}"
    if head == "topic":
        told = "in several words" if words == _SEVERAL else isolated(visible(words))
        return f"the text around it speaks of {_TOPICS.get(kind, _plain(kind))}{f' ({told})' if told else ''}"
    if head == "weak":
        return f"the name alone is weak evidence ({_plain(tail)})"
    return f"{_plain(head)}: {isolated(visible(_plain(tail)))}" if tail else _plain(head)


def _rejected(candidate: str, label: Label) -> str:
    """ "erbil:level" → "Erbil, erbil (another level of the same name)"."""
    place_id, _, why = candidate.partition(":")
    reason = _REJECTED.get(why) or isolated(visible(_plain(why)))
    return f"{label(place_id)}, {place_id} ({reason})" if why else f"{label(place_id)}, {place_id}"


def visible(text: str) -> str:
    """Text from outside → the same with its control and direction marks shown as ⟨U+202E⟩, never sent."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text)


def isolated(text: str) -> str:
    """Text → between first-strong isolates where it holds Arabic letters; else as it is."""
    return f"\u2068{text}\u2069" if _ARABIC.search(text) else text


def _plain(part: str) -> str:
    return part.replace("-", " ")


def _raised(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
