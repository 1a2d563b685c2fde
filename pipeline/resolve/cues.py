"""Step 4 of 6, the evidence. What stands around a span → the names of the cues that fire for it.

A cue is a short id, the same in every language; which words fire it is data (`words/*.toml`), and so is what it
weighs (`words/weights.toml`). Cues of a name that can stand for an authority (Baghdad, Erbil, the Region) have a
second weight, behind "a:", for such names alone; cues of a weak name one behind "w:".
"""

from collections.abc import Sequence

from pipeline.fold import Folded
from pipeline.recognise import Span
from pipeline.resolve.context import Around, last_words
from pipeline.resolve.level import TypeWord, Unit
from pipeline.resolve.outline import APOSTROPHES, of_line, of_shape
from pipeline.resolve.topic import Topics
from pipeline.spellings import Entry
from pipeline.vocabulary import Grammar, Vocabulary
from pipeline.wordlist import Cues, fold_word

AUTHORITIES = frozenset({"IQ-BG", "IQ-AR", "kurdistan-region"})
_NEAR = 4
_SHORT_NAME = 4
# Links a noun to what says more of it; behind a Sorani name also object, oblique case and nisba.
_IZAFE = "ي"
_AND = "و"
_LOCATIVE_SUFFIX = ("دا", "وه", "را", "da", "de")
_WHY = (
    "mostly",
    "kind word",
    "also",
    "common word",
    "ordinary",
    "personal",
    "surname",
    "party",
    "river",
    "letters",
    "English",
    "Turkish",
    "abbrev",
)
# Signs behind which a clause begins.
_OPENING = frozenset(',;:–—-(“"«')

# Cue id → the word that fired it, "" for what is no word.
Fired = dict[str, str]


class Subject:
    """A span with what was decided before its role: the unit, the type word, what backs it.

    ``entry`` is the spelling that spoke for the unit, ``weak`` as it says. ``backed`` says which of its parents the
    article names elsewhere ("district", "governorate", "near"), ``alone`` that it names no other place for certain.
    (Immutable; no NamedTuple, as `Around` is none.)
    """

    __slots__ = ("alone", "around", "backed", "entry", "kind", "place_id", "unit", "weak")

    def __init__(
        self,
        *,
        around: Around,
        place_id: str,
        unit: Unit,
        kind: TypeWord | None,
        entry: Entry,
        weak: bool,
        backed: Sequence[str],
        alone: bool,
    ) -> None:
        self.around, self.place_id, self.unit, self.kind = around, place_id, unit, kind
        self.entry, self.weak, self.backed, self.alone = entry, weak, backed, alone


def fire(
    subject: Subject,
    text: str,
    folded: Folded,
    vocabulary: Vocabulary,
    mates: Sequence[Subject],
    topics: Topics,
) -> Fired:
    """Subject, its text, what that folds to, its topics, its list's subjects → the cues that fire, in a fixed order."""
    fired: Fired = {}
    around, grammar = subject.around, vocabulary.grammars[subject.around.lang]
    if _is_administration(subject, grammar):
        # KRG is the government in every sentence: no word around it says more.
        fired["spelled:administration"] = ""
        _of_name(subject, fired)
        return fired
    _of_words(around, vocabulary, fired)
    _of_name(subject, fired)
    _of_affixes(around, fired)
    _of_list(mates, fired)
    if subject.place_id in AUTHORITIES:
        _of_clause(around, folded, grammar, fired)
    fired.update(topics.at(around.span.head, around.lang))
    if "left1:oil" in fired and "topic:sport" in fired:
        fired["club-word"] = fired["left1:oil"]
    of_shape(around, text, folded.kinds, fired)
    of_line(around, text, _spans_of_list(around, mates), fired)
    return fired


def _spans_of_list(around: Around, mates: Sequence[Subject]) -> list[Span]:
    """A span and those of its list, in the order of the text."""
    if not mates:
        return [around.span]
    return sorted((around.span, *(mate.around.span for mate in mates)), key=lambda span: span.first)


def _is_administration(subject: Subject, grammar: Grammar) -> bool:
    """Whether an authority is spelled as such and not as its land: KRG, Kurdistan Regional Government."""
    if subject.place_id not in AUTHORITIES:
        return False
    return subject.around.name.rpartition(" ")[2] in grammar.administrations


def _of_name(subject: Subject, fired: Fired) -> None:
    fired["always"] = ""
    fired[f"level:{subject.unit.level}"] = ""
    fired[f"place:{subject.place_id}" if subject.place_id in AUTHORITIES else "place:other"] = ""
    fired[f"lang:{subject.around.lang}"] = ""
    if subject.weak:
        fired[f"weak:{next((word for word in _WHY if word in subject.entry.why), 'elsewhere')}"] = ""
    if len(subject.around.entries[0].name) < _SHORT_NAME:
        fired["short"] = ""
    if subject.kind:
        fired["typed"] = ""
        fired["typed-list" if subject.kind.plural else f"typed:{subject.kind.level}"] = ""
    for parent in subject.backed:
        fired[f"backed:{parent}"] = ""
    if subject.alone:
        fired["alone"] = ""


def _of_words(around: Around, vocabulary: Vocabulary, fired: Fired) -> None:
    grammar = vocabulary.grammars[around.lang]
    _of_left(around, grammar, fired)
    _of_right(around.right, grammar, fired)
    if around.mates:
        own = _before_types(around.own_left, grammar)
        if own:
            _note(fired, "own-left1", *grammar.left.before(around.own_left, own))
        if around.own_right:
            _note(fired, "own-right1", *grammar.right.after(around.own_right, 0))
    _of_abroad(around, vocabulary, fired)
    # إقليم كردستان العراق, but not إقليم كردستان والعراق.
    if any(word[0] != _AND and "country" in grammar.right.classes(word) for word in around.right[:2]):
        fired["country-after"] = ""


def _of_left(around: Around, grammar: Grammar, fired: Fired) -> None:
    left = around.left
    end = _before_types(left, grammar)
    if left and left[-1] in grammar.links:
        _note(fired, "link", grammar.left.classes(left[-1]), left[-1])
    for distance in range(min(end, _NEAR)):
        classes, phrase = grammar.left.before(left, end - distance)
        _note(fired, "left" if distance else "left1", classes, phrase)
    if (
        around.lang == "ckb"
        and end
        and left[end - 1].endswith(_IZAFE)
        and not grammar.left.classes(left[end - 1])
    ):
        fired["left1:izafe"] = left[end - 1]
    fired["left:any" if end else "left:none"] = ""


def _of_right(right: list[str], grammar: Grammar, fired: Fired) -> None:
    start = _after_types(right, grammar.types_after)
    if start:
        _note(fired, "right1", *grammar.right.after(right, 0))
    for distance in range(start, min(len(right), start + _NEAR)):
        classes, phrase = grammar.right.after(right, distance)
        _note(fired, "right" if distance > start else "right1", classes, phrase)
        if distance == start + 1 and "right1:genitive" in fired:
            _note(fired, "owned", classes, phrase)
    fired["right:any" if right else "right:none"] = ""


def _note(fired: Fired, side: str, classes: tuple[str, ...], phrase: str) -> None:
    for name in classes:
        fired.setdefault(f"{side}:{name}", phrase)


def _before_types(words: list[str], grammar: Grammar) -> int:
    """Index behind the words before a name, less the type words beside it: شرطة محافظة كركوك is the police.

    Nor do links between a noun and the name count: Zanîngeha Teknîkî ya Kerkûkê.
    """
    types, end = grammar.types_before, len(words)
    while end and (words[end - 1] in grammar.links or types.before(words, end)[0]):
        end -= 1 if words[end - 1] in grammar.links else 1 + types.before(words, end)[1].count(" ")
    return end


def _after_types(words: list[str], types: Cues) -> int:
    """Index of the first word behind a name, less the type word beside it: Sincar ilçesi Polis Müdürü."""
    if words and types.after(words, 0)[0]:
        return 1 + types.after(words, 0)[1].count(" ")
    return 0


def _of_clause(around: Around, folded: Folded, grammar: Grammar, fired: Fired) -> None:
    """Whether an authority may be its clause's subject, and the sentence's verb, where verbs come last."""
    if not grammar.verbs_last:
        return
    words = last_words(folded, around.span.tail)
    classes = grammar.final.before(words, len(words))[0] if words else ()
    has_apostrophe = bool(around.after) and around.after[0] in APOSTROPHES
    is_subject = not has_apostrophe and _opens_clause(around, grammar)
    if is_subject:
        fired["subject"] = ""
    if around.after[:1] == ",":
        fired["comma-after"] = ""
    for name in classes:
        fired[f"subject-final:{name}" if is_subject else f"other-final:{name}"] = ""


def _opens_clause(around: Around, grammar: Grammar) -> bool:
    before = around.before.rstrip()
    return not around.left or before[-1:] in _OPENING or around.left[-1] in grammar.openers


def abroad_near(around: Around, vocabulary: Vocabulary) -> str | None:
    """The first place abroad among the words around a span, None where there is none."""
    return vocabulary.foreign.first_in(around.left) or vocabulary.foreign.first_in(around.right)


def _of_abroad(around: Around, vocabulary: Vocabulary, fired: Fired) -> None:
    abroad = abroad_near(around, vocabulary)
    if abroad is None:
        return
    fired["foreign-near"] = abroad
    capital = vocabulary.capitals.first_in([*around.left[-2:], *around.right[:2]])
    if capital is not None:
        fired["list:capital"] = capital


def _of_affixes(around: Around, fired: Fired) -> None:
    if around.clitic:
        fired[f"clitic:{fold_word(around.clitic)[-1:]}" if around.lang == "ar" else "clitic:joined"] = ""
    if around.suffix:
        suffix = fold_word(around.suffix)
        kind = (
            "locative" if suffix.endswith(_LOCATIVE_SUFFIX) else "izafe" if suffix == _IZAFE else around.lang
        )
        fired[f"suffix:{kind}"] = ""


def _of_list(mates: Sequence[Subject], fired: Fired) -> None:
    if not mates:
        return
    fired["list"] = ""
    if any(not mate.weak for mate in mates):
        fired["list:strong"] = ""
    fired["list:authorities" if all(m.place_id in AUTHORITIES for m in mates) else "list:places"] = ""
