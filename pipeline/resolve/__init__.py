"""Step 4 of 6. Spans → Mentions: which unit, at which level, in which role, how sure, and why.

A module a decision: ``level`` (type words), ``place`` (namesakes), ``cues`` (the evidence), ``role`` (what the name
does in the sentence, and the confidence). ``context`` is what all of them look at.
"""

from collections.abc import Mapping, Sequence

from pipeline.fold import Folded
from pipeline.language import Languages
from pipeline.lexicon import Lexicon
from pipeline.recognise import Span
from pipeline.records import ROLES, Mention, Reason, Role
from pipeline.resolve.again import say_again
from pipeline.resolve.context import Around, look_around
from pipeline.resolve.cues import AUTHORITIES, Fired, Subject, abroad_near, fire
from pipeline.resolve.echo import echoes
from pipeline.resolve.level import TypeWord, fits, type_word, unit_of
from pipeline.resolve.place import Anchor, Anchors, Choice, choose
from pipeline.resolve.role import Row, Weighed, Weights, probabilities
from pipeline.resolve.topic import Topics
from pipeline.spellings import Entry
from pipeline.vocabulary import ExceptionalPhrase, Vocabulary
from pipeline.wordlist import fold_word

_INSTITUTION = ("left1:institution", "right1:institution", "owned:institution")
_NAME = ROLES.index("name")
# To so many parts of one a confidence is told.
_PARTS = 10_000
# From how much on, in log odds, a reason says that the name is said elsewhere.
_WORTH_TELLING = 0.3
# Type words behind which a weak name is no longer in doubt.
_CERTAIN_KINDS = ("governorate", "district", "subdistrict")
_RANKS = frozenset({"district", "subdistrict"})


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
    found = [_anchor(around, kinds[i], lexicon, vocabulary) for i, around in enumerate(arounds)]
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
    called = _called(arounds, kinds, choices, lexicon, vocabulary)
    subjects = [
        _subject(around, choices[i], kinds[i], found[i], anchors, called, lexicon)
        for i, around in enumerate(arounds)
    ]
    exceptions = [_exception(subject.around, vocabulary) for subject in subjects]
    others = _others_of_name(subjects, exceptions) if any(exceptions) else ()
    fired = [
        fire(subject, text, folded, vocabulary, [subjects[j] for j in subject.around.mates], topics)
        for subject in subjects
    ]
    say_again(text, subjects, fired)
    for i, subject in enumerate(subjects):
        if subject.place_id in others:
            fired[i]["another-of-name"] = ""
    return [Judged(subject, choices[i], fired[i], exceptions[i]) for i, subject in enumerate(subjects)]


def _others_of_name(subjects: list[Subject], exceptions: list[ExceptionalPhrase | None]) -> set[str]:
    """The places whose name stands for another one somewhere in the text: Iran's Kurdistan."""
    return {
        subject.place_id
        for subject, exception in zip(subjects, exceptions, strict=True)
        if exception and exception.reading == "none"
    }


def _anchor(around: Around, kind: TypeWord | None, lexicon: Lexicon, vocabulary: Vocabulary) -> Anchor | None:
    """A span and its type word → where the article is for certain: by a strong name, or a weak one so called.

    محافظة بابل and ناحية القاسم are as certain as a strong name, but where a place abroad stands beside them.
    """
    span = around.span
    unit = lexicon.certain[span.pattern]
    if unit is not None:
        return Anchor(span.start, unit[0], unit[1])
    if kind is None or kind.level not in _CERTAIN_KINDS or abroad_near(around, vocabulary):
        return None
    units = {unit_of(c, lexicon.gazetteer) for c in lexicon.candidates[span.pattern]}
    called = [one for one in units if one.level == kind.level]
    return Anchor(span.start, called[0].governorate, called[0].district) if len(called) == 1 else None


def _called(
    arounds: list[Around],
    kinds: list[TypeWord | None],
    choices: list[Choice],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
) -> dict[str, int]:
    """Spans, their type words and units → names that the text somewhere calls by a type word of the unit's level.

    Each with the offset where it first does. Where «ناحية زمار» stood, a bare زمار is no pipe player.
    """
    called: dict[str, int] = {}
    for around, kind, choice in zip(arounds, kinds, choices, strict=True):
        if (
            kind is not None
            and fits(kind, unit_of(choice.place_id, lexicon.gazetteer).level)
            and not abroad_near(around, vocabulary)
        ):
            called.setdefault(around.name, around.span.start)
    return called


def _subject(
    around: Around,
    choice: Choice,
    kind: TypeWord | None,
    own: Anchor | None,
    anchors: Anchors,
    called: Mapping[str, int],
    lexicon: Lexicon,
) -> Subject:
    entry = _entry_of(around, choice.place_id)
    unit = unit_of(choice.place_id, lexicon.gazetteer)
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
        called=called.get(around.name, around.span.start) != around.span.start,
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
    """The listed phrase that the span is part of, if any: of «كركوك ناو – كركوك» the first name alone is.

    It may have an ending behind the span, or a preposition that Sorani joins to a word (لەباکووری کوردستان).
    """
    name = around.name
    for word in (name + fold_word(around.suffix), name) if around.suffix else (name,):
        phrases = vocabulary.phrases_with.get(word.partition(" ")[0])
        if phrases:
            before, after = around.own_left[-2:], around.own_right[:2]
            bare = [one.removeprefix("له").removeprefix("به") for one in before]
            listed = _holding(phrases, before, word, after)
            if listed is None and bare != before:
                listed = _holding(phrases, bare, word, after)
            if listed is not None:
                return vocabulary.exceptions[listed]
    return None


def _holding(phrases: Sequence[str], left: list[str], word: str, right: list[str]) -> str | None:
    """Phrases, a space on either side → the first that the word is part of where it stands between its neighbours."""
    start = len(" ".join(left)) + bool(left)
    end = start + len(word) + 2
    stretch = f" {' '.join((*left, word, *right))} "
    for phrase in phrases:
        if stretch.find(phrase, max(0, end - len(phrase)), start + len(phrase)) >= 0:
            return phrase
    return None


def _mention(text: str, judged: Judged, weighed: Weighed, chances: Row, echo: float) -> Mention | None:
    """Judged → Mention, or None where the span is no mention at all: an ordinary word, a person, a place abroad."""
    subject, cues, exception = judged.subject, judged.cues, judged.exception
    span, unit = subject.around.span, subject.unit
    role: Role = "name" if exception else ROLES[chances.index(max(chances))]
    if subject.weak and (_is_common_noun(subject, cues) or _is_of_another_language(subject)):
        return None
    if role == "name" and (subject.weak or (exception and exception.reading == "none")):
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


def _is_common_noun(subject: Subject, cues: Mapping[str, str]) -> bool:
    """Whether a weak spelling is written as the ordinary word that it also is: small, in a text that knows capitals.

    A şivan is a shepherd; only a type word makes a place of it.
    """
    return subject.kind is None and "case:lower-among-capitals" in cues


def _is_of_another_language(subject: Subject) -> bool:
    """Whether a weak spelling is none in the language around it: Arabic دورة, a course, is no Dora (Sorani دۆرە).

    A type word of its rank tells that it is a copied spelling; districts and sub-districts are called by each other's.
    English is told by what it lacks, so it is left out.
    """
    around, kind, level = subject.around, subject.kind, subject.unit.level
    if around.lang == "en" or (kind and (kind.level == level or _RANKS.issuperset((kind.level, level)))):
        return False
    return all(entry.lang != around.lang for entry in around.entries)


def _level_cues(subject: Subject) -> tuple[str, ...]:
    if subject.kind is None:
        return ("level:highest-of-name",)
    return (f"level:type-word:{subject.kind.level}:{subject.kind.words}",)


def _is_literal(cues: Mapping[str, str]) -> bool:
    """False where the name locates an institution (شرطة ديالى), by the word that touches it."""
    return not any(cue in cues for cue in _INSTITUTION)
