"""The cues of a mention's reason → what they say, in words for a terminal.

Nothing in an article can act on the terminal: control characters are shown, not sent. Arabic stands in Latin
sentences between isolates (U+2068, U+2069), so that neither turns the other around.
"""

import re
from collections.abc import Sequence

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
_LEVELS = frozenset({"area", "governorate", "district", "subdistrict", "town"})
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


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
    said = f"{_WORDS.get(kind, plain(kind))} {_SIDES[side]}"
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
        return f"the text around it speaks of {_TOPICS.get(kind, plain(kind))}{f' ({told})' if told else ''}"
    if head == "weak":
        return f"the name alone is weak evidence ({plain(tail)})"
    return f"{plain(head)}: {isolated(visible(plain(tail)))}" if tail else plain(head)


def visible(text: str) -> str:
    """Text from outside → the same with its control and direction marks shown as ⟨U+202E⟩, never sent."""
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text)


def isolated(text: str) -> str:
    """Text → between first-strong isolates where it holds Arabic letters; else as it is."""
    return f"\u2068{text}\u2069" if _ARABIC.search(text) else text


def plain(part: str) -> str:
    """Part of an id, which joins its words by hyphens → the words."""
    return part.replace("-", " ")
