"""Step 4 of 6. Spans → Mentions: which unit, at which level, in which role, how sure, and why.

A module a decision: ``level`` (type words), ``anchors`` (what is certain), ``place`` (namesakes), ``cues`` (the
evidence, with ``beside``, ``outline`` and ``topic``), ``role`` (what the name does in the sentence, and the
confidence), ``echo`` (what the text says elsewhere by the name). ``ordinary`` and ``exceptions`` are what no weight
decides, ``context`` is what all of them look at.
"""

from collections.abc import Mapping

from geo.places import Gazetteer
from pipeline.fold import Folded
from pipeline.language import Languages
from pipeline.lexicon import Lexicon
from pipeline.recognise import Span
from pipeline.records import ROLES, Mention, Reason, Role
from pipeline.resolve.anchors import Anchor, Anchors, anchor_of
from pipeline.resolve.context import Around, look_around
from pipeline.resolve.cues import fire
from pipeline.resolve.echo import echoes
from pipeline.resolve.exceptions import exception_of, others_of_name
from pipeline.resolve.level import TypeWord, type_word, unit_of
from pipeline.resolve.ordinary import is_ordinary
from pipeline.resolve.place import Choice, choose
from pipeline.resolve.role import Row, Weighed, Weights, probabilities
from pipeline.resolve.subject import AUTHORITIES, Fired, Subject
from pipeline.resolve.topic import Topics
from pipeline.spellings import Entry
from pipeline.vocabulary import ExceptionalPhrase, Vocabulary

_INSTITUTION = ("left1:institution", "right1:institution", "owned:institution")
_NAME = ROLES.index("name")
# To so many parts of one a confidence is told.
_PARTS = 10_000
# Less likely mentions of weak names are left out: below it every second one is wrong.
_SURE_ENOUGH = 0.6
# From how much on, in log odds, a reason says that the name is said elsewhere.
_WORTH_TELLING = 0.3


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
    echo = echoes(
        [one.subject for one in judged],
        [None if one.exception else weighed[i].scores for i, one in enumerate(judged)],
    )
    mentions = (
        _mention(text, one, weighed[i], probabilities(_heard(_shared(i, judged, weighed), echo[i])), echo[i])
        for i, one in enumerate(judged)
    )
    return [mention for mention in mentions if mention]


def _heard(scores: Row, echo: float) -> Row:
    """Scores of one span → the same with what the text says elsewhere by its name."""
    return scores[0], scores[1], scores[2], scores[_NAME] - echo


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
    found = [anchor_of(around, kinds[i], lexicon, vocabulary) for i, around in enumerate(arounds)]
    anchors = Anchors([anchor for anchor in found if anchor is not None])
    topics = Topics(folded, vocabulary)
    choices = [
        choose(
            lexicon.candidates[around.span.pattern],
            kinds[i],
            around.span.start,
            anchors,
            lexicon.gazetteer,
            day,
        )
        for i, around in enumerate(arounds)
    ]
    subjects = [
        _subject(around, choices[i], kinds[i], found[i], anchors, lexicon.gazetteer)
        for i, around in enumerate(arounds)
    ]
    exceptions = [exception_of(subject.around, vocabulary) for subject in subjects]
    others = others_of_name(subjects, exceptions) if any(exceptions) else ()
    fired = [
        fire(subject, text, folded, vocabulary, [subjects[j] for j in subject.around.mates], topics)
        for subject in subjects
    ]
    for i, subject in enumerate(subjects):
        if subject.place_id in others:
            fired[i]["another-of-name"] = ""
    return [Judged(subject, choices[i], fired[i], exceptions[i]) for i, subject in enumerate(subjects)]


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


def _mention(text: str, judged: Judged, weighed: Weighed, chances: Row, echo: float) -> Mention | None:
    """Judged → Mention, or None where the span is no mention at all: an ordinary word, a person, a place abroad."""
    subject, cues, exception = judged.subject, judged.cues, judged.exception
    span, unit = subject.around.span, subject.unit
    role: Role = "name" if exception else ROLES[chances.index(max(chances))]
    if is_ordinary(subject, cues):
        return None
    if role == "name" and (subject.weak or (exception and exception.reading == "none")):
        return None
    if subject.weak and 1.0 - chances[_NAME] < _SURE_ENOUGH:
        return None
    if exception:
        told: tuple[str, ...] = (f"role:name:exception:{exception.reason}",)
    else:
        told = (*weighed.told(cues, role), *_told_echo(role, echo))
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


def _told_echo(role: Role, echo: float) -> tuple[str, ...]:
    """The cue of what the text says elsewhere by the name, where that spoke for what was decided."""
    if role == "name":
        return ("role:name:same:name",) if echo < -_WORTH_TELLING else ()
    return (f"role:{role}:same:place",) if echo > _WORTH_TELLING else ()


def _level_cues(subject: Subject) -> tuple[str, ...]:
    if subject.kind is None:
        return ("level:highest-of-name",)
    return (f"level:type-word:{subject.kind.level}:{subject.kind.words}",)


def _is_literal(cues: Mapping[str, str]) -> bool:
    """False where the name locates an institution (شرطة ديالى), by the word that touches it."""
    return not any(cue in cues for cue in _INSTITUTION)
