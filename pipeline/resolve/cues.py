"""Step 4 of 6, the evidence. What stands around a span → the names of the cues that fire for it.

A cue is a short id, the same in every language; which words fire it is data (`words/*.toml`), and so is what it
weighs (`words/weights.toml`). Cues of a name that can stand for an authority (Baghdad, Erbil, the Region) have a
second weight, behind "a:", for such names alone; cues of a weak name one behind "w:".
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.fold import to_page, to_text
from pipeline.records import Level
from pipeline.resolve.context import Around
from pipeline.resolve.level import TypeWord, bare_forms
from pipeline.vocabulary import Cues, Vocabulary

AUTHORITIES = frozenset({"IQ-BG", "IQ-AR", "kurdistan-region"})
AUTHORITY = "a:"
WEAK = "w:"
_NEAR = 4
_QUOTES = frozenset("«“\"„‘'﴿")
_DATELINE_MARKS = frozenset("-–—/:|")
_SHORT_LINE = 45
_DATELINE_REACH = 45
_SHORT_NAME = 4
_LOCATIVE_SUFFIX = ("دا", "وه", "را", "da", "de")


@dataclass(frozen=True, slots=True)
class Subject:
    """A span with what was decided before its role: the unit, its level, the type word, what backs it.

    ``backed`` says which of its parents the article names elsewhere ("district", "governorate", "near"), ``alone``
    that it names no other place for certain.
    """

    around: Around
    place_id: str
    level: Level
    kind: TypeWord | None
    weak: bool
    why: str
    backed: frozenset[str]
    alone: bool


def fire(subject: Subject, text: str, vocabulary: Vocabulary, mates: Sequence[Subject]) -> dict[str, str]:
    """Subject, its text and the subjects of its list → ids of the cues that fire, each with the word that fired it.

    In a fixed order; the word is "" for cues that are no words.
    """
    fired = dict(_of_words(subject.around, vocabulary))
    without_words = itertools.chain(
        _of_name(subject),
        _of_affixes(subject.around),
        _of_list(mates),
        _of_shape(subject.around, text),
        _of_line(subject.around, text),
    )
    return fired | dict.fromkeys(without_words, "")


def variants(subject: Subject, cue: str) -> tuple[str, ...]:
    """A cue → the ids under which its weights for this subject stand: itself, and for what kind of name."""
    marks = [f"{AUTHORITY}{cue}"] if subject.place_id in AUTHORITIES else []
    return (cue, *marks, *([f"{WEAK}{cue}"] if subject.weak else []))


def _of_name(subject: Subject) -> Iterator[str]:
    yield "always"
    yield f"level:{subject.level}"
    yield f"place:{subject.place_id}" if subject.place_id in AUTHORITIES else "place:other"
    if subject.weak:
        yield f"weak:{_why_class(subject.why)}"
    if len(subject.around.entries[0].name) < _SHORT_NAME:
        yield "short"
    if subject.kind:
        yield "typed"
        yield "typed-list" if subject.kind.plural else f"typed:{subject.kind.level}"
    yield from (f"backed:{parent}" for parent in sorted(subject.backed))
    if subject.alone:
        yield "alone"
    yield f"lang:{subject.around.lang}"


def _why_class(why: str) -> str:
    """The reason on a weak name → one of a few classes."""
    for word in (
        "also",
        "ordinary",
        "personal",
        "surname",
        "party",
        "river",
        "letters",
        "English",
        "Turkish",
        "abbrev",
    ):
        if word in why:
            return word
    return "elsewhere"


def _of_words(around: Around, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    grammar = vocabulary.grammars[around.lang]
    left = _without_types(around.left, grammar.types_before, around.lang)
    yield from _classes(tuple(reversed(left)), grammar.left, "left", backwards=True)
    yield from _classes(around.right, grammar.right, "right", backwards=False)
    if around.mates:
        own = _without_types(around.own_left, grammar.types_before, around.lang)
        yield from _classes(tuple(reversed(own[-1:])), grammar.left, "own-left", backwards=True)
        yield from _classes(around.own_right[:1], grammar.right, "own-right", backwards=False)
    abroad = next((w for w in (*around.left, *around.right) if _is_in(w, vocabulary.foreign)), None)
    if abroad:
        yield "foreign-near", abroad
    capital = next(
        (w for w in (*around.left[-2:], *around.right[:2]) if _is_in(w, vocabulary.capitals)), None
    )
    if capital:
        yield "list:capital", capital


def _without_types(words: Sequence[str], types: Cues, lang: str) -> Sequence[str]:
    """Words before a name, less the type words beside it: شرطة محافظة كركوك is the police."""
    end = len(words)
    while end and any(types.classes(form) for form in bare_forms(words[end - 1])):
        end -= 1
    return words[:end] if lang != "en" or end == len(words) else words[: max(0, end - 1)]


def _classes(words: Sequence[str], cues: Cues, side: str, *, backwards: bool) -> Iterator[tuple[str, str]]:
    """Words from the nearest outwards → "side1:class" for a cue that touches the name, "side:class" for one near."""
    for distance in range(min(len(words), _NEAR)):
        for size in range(min(cues.longest, len(words) - distance), 0, -1):
            chunk = words[distance : distance + size]
            phrase = " ".join(reversed(chunk) if backwards else chunk)
            found = [cls for form in bare_forms(phrase) for cls in cues.classes(form)]
            if found:
                yield from ((f"{side}{'1' if distance == 0 else ''}:{cls}", phrase) for cls in found)
                break
    yield (f"{side}:any" if words else f"{side}:none"), ""


def _is_in(word: str, words: frozenset[str]) -> bool:
    return any(form in words for form in bare_forms(word))


def _of_affixes(around: Around) -> Iterator[str]:
    clitic, suffix = to_text(to_page(around.clitic)), to_text(to_page(around.suffix))
    if clitic:
        yield f"clitic:{clitic[-1]}" if around.lang == "ar" else "clitic:joined"
    if suffix:
        yield "suffix:locative" if suffix.endswith(_LOCATIVE_SUFFIX) else f"suffix:{around.lang}"


def _of_list(mates: Sequence[Subject]) -> Iterator[str]:
    if mates:
        yield "list"
        if any(not mate.weak for mate in mates):
            yield "list:strong"
        if all(mate.place_id in AUTHORITIES for mate in mates):
            yield "list:authorities"
        else:
            yield "list:places"


def _of_shape(around: Around, text: str) -> Iterator[str]:
    """Letter case, quotation marks, and words that look like the rest of a proper name."""
    span = around.span
    surface = text[span.start : span.end]
    before, after = text[: around.span.first][-2:], text[around.span.last :][:2]
    if any(char in _QUOTES for char in before):
        yield "quoted"
    if surface[:1].isascii() or surface[:1].isupper():
        yield from _of_case(surface, around, text)
    if around.sentence[0] == around.span.first or not text[around.sentence[0] : around.span.first].strip():
        yield "sentence-start"
    if after[:1] in ("'", "’", "´"):
        yield "apostrophe"


def _of_case(surface: str, around: Around, text: str) -> Iterator[str]:
    if surface[:1].islower():
        yield "case:lower"
    elif surface.isupper():
        yield "case:upper"
    else:
        yield "case:title"
    following = text[around.span.last :][:2]
    if following[:1] == " " and following[1:].isupper():
        yield "capital-after"
    preceding = text[around.sentence[0] : around.span.first].split()
    if preceding and preceding[-1][:1].isupper() and text[around.span.first - 1 : around.span.first] == " ":
        yield "capital-before" if len(preceding) > 1 else "capital-first-before"


def _of_line(around: Around, text: str) -> Iterator[str]:
    """Where in its line the span stands: datelines open, close or are a line."""
    first, last = around.line
    before = text[first : around.span.first].strip()
    after = text[around.span.last : last].strip()
    is_first = not text[:first].strip()
    if not before:
        yield "line:start"
        if is_first:
            yield "text:start"
        if not after.strip(" .:-–—"):
            yield "line:alone"
        yield from _of_dateline(after)
    elif len(before) <= _SHORT_LINE and before[-1] in _DATELINE_MARKS | {"("}:
        yield "line:after-mark" if before.count(" ") <= 2 else "line:after-long-mark"
        if before[-1] == "/":
            yield "line:after-slash"
        if not after:
            yield "line:end-after-mark"
    if not after and not text[last:].strip():
        yield "text:end"


def _of_dateline(after: str) -> Iterator[str]:
    """What follows a name that opens its line → how like a dateline it looks."""
    head = after[:_DATELINE_REACH]
    mark = next((i for i, char in enumerate(head) if char in _DATELINE_MARKS), None)
    if mark is None:
        return
    between = head[:mark].strip()
    if not between:
        yield "dateline:colon" if head[mark] == ":" else "dateline:mark"
    elif "(" in between or "«" in between or "," in between or any(c.isdigit() for c in between):
        yield "dateline:agency"
    elif between.count(" ") <= 1:
        yield "dateline:word"
