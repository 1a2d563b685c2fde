"""Step 4 of 6. Spans → Mentions: which unit, at which level, in which role, how sure, and why.

A module a decision: ``level`` (type words), ``place`` (namesakes), ``cues`` (the evidence), ``role`` (what the name
does in the sentence, and the confidence). ``context`` is what all of them look at.
"""

from collections.abc import Mapping

from geo.places import Gazetteer
from pipeline.fold import Folded
from pipeline.language import Languages
from pipeline.lexicon import Lexicon
from pipeline.recognise import Span
from pipeline.records import ROLES, Mention, Reason, Role
from pipeline.resolve.context import Around, look_around
from pipeline.resolve.cues import AUTHORITIES, Fired, Subject, abroad_near, fire
from pipeline.resolve.level import TypeWord, type_word, unit_of
from pipeline.resolve.place import Anchor, Anchors, Choice, choose
from pipeline.resolve.role import Row, Weighed, Weights, probabilities
from pipeline.resolve.topic import Topics
from pipeline.spellings import Entry
from pipeline.vocabulary import ExceptionalPhrase, Grammar, Vocabulary
from pipeline.wordlist import fold_word

_INSTITUTION = ("left1:institution", "right1:institution", "owned:institution")
_NAME = ROLES.index("name")
# To so many parts of one a confidence is told.
_PARTS = 10_000
# Type words behind which a weak name is no longer in doubt.
_CERTAIN_KINDS = ("governorate", "district")
# What makes a place of the bare word for a kind of place.
_NAMING = frozenset(("list:strong", "left1:mayor", "right1:mayor"))
# Classes of words for the head of a unit → its level.
_HEADS = {"governor": "governorate", "mayor": "district"}


class Judged:
    """A subject, the cues that fired for it, the exception that covers it if any: what weights are fitted on."""

    __slots__ = ("choice", "cues", "exception", "subject")

    def __init__(
        self, subject: Subject, choice: Choice, cues: Fired, exception: ExceptionalPhrase | None
    ) -> None:
        self.subject, self.choice, self.cues, self.exception = subject, choice, cues, exception


def resolve(
    text: str,
    folded: Folded,
    languages: Languages,
    spans: list[Span],
    *,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    weights: Weights,
    day: str | None,
) -> list[Mention]:
    """Text, what it folds to, its languages and spans → the mentions among them, in the order of the text.

    ``day`` is None for today.
    """
    judged = judge(text, folded, languages, spans, lexicon=lexicon, vocabulary=vocabulary, day=day)
    weighed = [weights.weigh(one.subject, one.cues) for one in judged]
    mentions = (
        _mention(text, one, weighed[i], probabilities(_shared(i, judged, weighed)))
        for i, one in enumerate(judged)
    )
    return [mention for mention in mentions if mention]


def _shared(index: int, judged: list[Judged], weighed: list[Weighed]) -> Row:
    """Scores of one span → those it shares with its list: in بين بغداد وأربيل both are governments or both places."""
    subject = judged[index].subject
    mates = subject.around.mates
    if not mates or not all(judged[i].subject.place_id in AUTHORITIES for i in (index, *mates)):
        return weighed[index].scores
    rows = [weighed[i].scores for i in (index, *mates)]
    place, government, dateline, name = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return place, government, dateline, name


def judge(
    text: str,
    folded: Folded,
    languages: Languages,
    spans: list[Span],
    *,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    day: str | None,
) -> list[Judged]:
    """As `resolve` → for each span the chosen unit and the evidence, before any weight is laid on it."""
    arounds = look_around(text, folded, languages, spans, lexicon, vocabulary)
    kinds = [type_word(around, vocabulary) for around in arounds]
    found = [_anchor(around, kinds[i], lexicon, vocabulary) for i, around in enumerate(arounds)]
    anchors = Anchors([anchor for anchor in found if anchor is not None])
    topics = Topics(folded, vocabulary)
    subjects, choices = [], []
    for i, around in enumerate(arounds):
        kind, candidates = kinds[i], lexicon.candidates[around.span.pattern]
        choice = choose(candidates, kind, around.span.start, anchors, lexicon.gazetteer, day)
        choices.append(choice)
        subjects.append(_subject(around, choice, kind, found[i], anchors, lexicon.gazetteer))
    return [
        Judged(
            subject,
            choices[i],
            fire(subject, text, folded, vocabulary, [subjects[j] for j in subject.around.mates], topics),
            _exception(subject.around, vocabulary),
        )
        for i, subject in enumerate(subjects)
    ]


def _anchor(around: Around, kind: TypeWord | None, lexicon: Lexicon, vocabulary: Vocabulary) -> Anchor | None:
    """A span and its type word → where the article is for certain: by a strong name, or a weak one so called.

    محافظة بابل and قائممقام القاسم are as certain as a strong name, but where a place abroad stands beside them.
    """
    span = around.span
    unit = lexicon.certain[span.pattern]
    if unit is not None:
        return Anchor(span.start, unit[0], unit[1])
    level = kind.level if kind else _governed(around, vocabulary.grammars[around.lang])
    if level not in _CERTAIN_KINDS or abroad_near(around, vocabulary):
        return None
    units = {unit_of(c, lexicon.gazetteer) for c in lexicon.candidates[span.pattern]}
    called = [one for one in units if one.level == level]
    return Anchor(span.start, called[0].governorate, called[0].district) if len(called) == 1 else None


def _governed(around: Around, grammar: Grammar) -> str | None:
    """A span → the level of unit whose head is named beside it: the governor of Maysan, Hît Kaymakamı."""
    left, right = around.own_left, around.own_right
    before = grammar.left.before(left, len(left))[0] if left else ()
    behind = grammar.right.after(right, 0)[0] if right else ()
    return next((level for head, level in _HEADS.items() if head in before or head in behind), None)


def _subject(
    around: Around,
    choice: Choice,
    kind: TypeWord | None,
    own: Anchor | None,
    anchors: Anchors,
    gazetteer: Gazetteer,
) -> Subject:
    entry = _entry_of(around, choice.place_id)
    unit = unit_of(choice.place_id, gazetteer)
    backed = anchors.backing(own, at=around.span.start, governorate=unit.governorate, district=unit.district)
    return Subject(
        around=around,
        place_id=choice.place_id,
        unit=unit,
        kind=kind,
        entry=entry,
        weak=entry.weak,
        backed=backed,
        alone=anchors.others(own) == 0,
    )


def _entry_of(around: Around, place_id: str) -> Entry:
    """The spelling that spoke for the chosen place, in the text's language if it has one.

    Where the place came from its seat's name it is one of the seat's.
    """
    if len(around.entries) == 1:
        return around.entries[0]
    entries = [entry for entry in around.entries if entry.place_id == place_id] or around.entries
    return next((entry for entry in entries if entry.lang == around.lang), entries[0])


def _exception(around: Around, vocabulary: Vocabulary) -> ExceptionalPhrase | None:
    """The listed phrase that the span is part of, if any.

    It may have an ending behind the span, or a preposition that Sorani joins to a word (لەباکووری کوردستان).
    """
    name = around.name
    for word in (name + fold_word(around.suffix), name) if around.suffix else (name,):
        phrases = vocabulary.phrases_with.get(word.partition(" ")[0])
        if phrases:
            before = around.own_left[-2:]
            lefts = (before, [one.removeprefix("له").removeprefix("به") for one in before])
            stretches = "|".join(f" {' '.join((*left, word, *around.own_right[:2]))} " for left in lefts)
            listed = next((vocabulary.exceptions[phrase] for phrase in phrases if phrase in stretches), None)
            if listed:
                return listed
    return None


def _mention(text: str, judged: Judged, weighed: Weighed, chances: Row) -> Mention | None:
    """Judged → Mention, or None where the span is no mention at all: an ordinary word, a person, a place abroad."""
    subject, cues, exception = judged.subject, judged.cues, judged.exception
    span, unit = subject.around.span, subject.unit
    role: Role = "name" if exception else ROLES[chances.index(max(chances))]
    if is_common_noun(subject, cues):
        return None
    if role == "name" and (subject.weak or (exception and exception.reading == "none")):
        return None
    told = (f"role:name:exception:{exception.reason}",) if exception else weighed.told(cues, role)
    sure = chances[_NAME] if role == "name" else 1.0 - chances[_NAME]
    surface = text[span.start : span.end]
    literal = _is_literal(cues) if role == "place" else None
    confidence = int(sure * judged.choice.certainty * _PARTS + 0.5) / _PARTS
    # Records by position: by keyword they take three times as long, and millions are made.
    reason = Reason(
        subject.entry.name,
        subject.entry.lang,
        subject.around.clitic,
        subject.around.suffix,
        (*_level_cues(subject), *told),
        judged.choice.rejected,
    )
    return Mention(
        span.start,
        span.end,
        surface,
        subject.place_id,
        unit.level,
        unit.governorate,
        unit.district,
        role,
        literal,
        confidence,
        reason,
    )


def is_common_noun(subject: Subject, cues: Mapping[str, str]) -> bool:
    """Whether a spelling that is also an ordinary word is written as one, where only a type word makes a place of it.

    Small, in a text that knows capitals: a şivan is a shepherd. Or the bare word for a kind of place: المدينة is the
    city, whichever was named, unless it has a qaimaqam, is listed among places or its district is named elsewhere.
    """
    if not subject.weak or subject.kind:
        return False
    if "case:lower-among-capitals" in cues:
        return True
    is_backed = "district" in subject.backed or not _NAMING.isdisjoint(cues)
    return "weak:kind word" in cues and not is_backed


def _level_cues(subject: Subject) -> tuple[str, ...]:
    if subject.kind is None:
        return ("level:highest-of-name",)
    return (f"level:type-word:{subject.kind.level}:{subject.kind.words}",)


def _is_literal(cues: Mapping[str, str]) -> bool:
    """False where the name locates an institution (شرطة ديالى), by the word that touches it."""
    return not any(cue in cues for cue in _INSTITUTION)
