"""Step 4 of 6, the evidence. What stands around a span → the names of the cues that fire for it.

A cue is a short id, the same in every language; which words fire it is data (`words/*.toml`), and so is what it
weighs (`words/weights.toml`). Cues of a name that can stand for an authority (Baghdad, Erbil, the Region) have a
second weight, behind "a:", for such names alone; cues of a weak name one behind "w:".
"""

from collections.abc import Mapping, Sequence

from pipeline.fold import Folded
from pipeline.recognise import Span
from pipeline.resolve.beside import IZAFE, note, of_words
from pipeline.resolve.context import Around, last_words
from pipeline.resolve.outline import APOSTROPHES, of_line, of_shape
from pipeline.resolve.subject import AUTHORITIES, Fired, Subject
from pipeline.resolve.topic import Topics
from pipeline.vocabulary import Grammar, Vocabulary
from pipeline.wordlist import fold_word

_SHORT_NAME = 4
# Cues by which a name is where something happens or somebody goes: among goals and coaches too it is then no club.
_VENUE = (
    "left1:locative",
    "left1:land",
    "left1:institution",
    "left1:journey",
    "left1:capital",
    "right1:at",
    "right1:in",
    "right1:land",
    "right1:journey",
    "reached:journey",
    "typed",
)
_SPORT = "topic:sport"
# Cues that join a name to the authority it is named for, whatever the text is about: a prime minister at a concert.
_OFFICE = ("left1:authority", "right1:authority")
# Cues behind a list by which its dash is a way between places and opens no report: Erbil - Kerkük karayolunda.
_PATH = ("right1:locative", "right1:land", "right1:dealing")
_DATELINE = ("dateline:mark", "line:start", "text:start")
# Classes of words behind a name that make a place of it.
_LOCATING = ("at", "in", "locative", "land")
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
# Signs before which a phrase ends.
_ENDS_PHRASE = frozenset(("", *",:;.!?،؛؟)»”/"))
# Signs behind which a clause begins.
_OPENING = frozenset(',;:–—-(“"«')
# Cues by which what touches a name says where something is.
_LOCATED = ("left1:locative", "left1:institution", "left1:land")


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
        # KRG is the government in most sentences, and its land only where the next word says so: IKBY'deki okullar.
        fired["spelled:administration"] = ""
        if around.right:
            classes, phrase = grammar.right.after(around.right, 0)
            note(fired, "right1", tuple(name for name in classes if name in _LOCATING), phrase)
        _of_name(subject, fired)
        return fired
    of_words(around, vocabulary, fired)
    if _is_located_governorate(subject, fired):
        fired["governorate:located"] = ""
    _of_name(subject, fired)
    _of_affixes(around, fired)
    _of_list(mates, fired)
    if subject.place_id in AUTHORITIES:
        _of_clause(around, folded, grammar, fired)
    _of_topics(topics.at(around.span.head, around.lang), fired)
    if subject.unit.level == "area":
        _without_sport(fired)
    of_shape(around, text, folded.kinds, fired)
    of_line(around, text, _spans_of_list(around, mates), fired)
    if mates and any(cue in fired for cue in _PATH):
        for cue in _DATELINE:
            fired.pop(cue, None)
    return fired


def _without_sport(fired: Fired) -> None:
    """Leave out the cues of sport: a city's name may be its club's, an area's is none."""
    for cue in [cue for cue in fired if ":sport" in cue]:
        del fired[cue]


def _is_located_governorate(subject: Subject, fired: Fired) -> bool:
    """Whether what touches a weak name says where something is, and a whole governorate bears it: في صلاح الدين."""
    if not subject.weak or subject.unit.level != "governorate" or subject.place_id in AUTHORITIES:
        return False
    return any(cue in fired for cue in _LOCATED)


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


def _of_topics(told: Mapping[str, str], fired: Fired) -> None:
    """What the text around is about, less what the words that touch the name rule out.

    A word of sport behind it rules for the club: Sorani loses "in" one (لە دهۆک دۆڕا).
    """
    if "left1:oil" in fired and _SPORT in told:
        fired["club-word"] = fired["left1:oil"]
    if any(cue in fired for cue in _OFFICE):
        return
    if _SPORT in told and "right1:sport" not in fired and any(cue in fired for cue in _VENUE):
        told = {topic: word for topic, word in told.items() if not topic.startswith(_SPORT)}
    fired.update(told)


def _of_affixes(around: Around, fired: Fired) -> None:
    if around.clitic:
        fired[f"clitic:{fold_word(around.clitic)[-1:]}" if around.lang == "ar" else "clitic:joined"] = ""
    if around.suffix:
        fired[f"suffix:{_kind_of_suffix(around)}"] = ""


def _kind_of_suffix(around: Around) -> str:
    suffix = fold_word(around.suffix)
    if suffix.endswith(_LOCATIVE_SUFFIX):
        return "locative"
    if suffix != IZAFE:
        return around.lang
    # An izafe links to a word; before a comma, a colon or nothing it is a man's by-name (عەتا قەرەداغی: …).
    return "by-name" if around.after.lstrip()[:1] in _ENDS_PHRASE else "izafe"


def _of_list(mates: Sequence[Subject], fired: Fired) -> None:
    if not mates:
        return
    fired["list"] = ""
    if any(not mate.weak for mate in mates):
        fired["list:strong"] = ""
    fired["list:authorities" if all(m.place_id in AUTHORITIES for m in mates) else "list:places"] = ""
