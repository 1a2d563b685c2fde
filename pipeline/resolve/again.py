"""Step 4 of 6, one sense a text. What is said beside a weak name in one place of a text → cues where it stands bare.

A name that is also a person's or a place abroad is called a town or somebody's name once, and nothing after that:
"Wana is a sub-district … they took Wana". Only letters that know capitals tell such a name from an ordinary word.
"""

from collections.abc import Mapping, Sequence

from pipeline.resolve.cues import Fired, Subject
from pipeline.resolve.outline import initial_of

# Cue beside a name → the cue that it fires where the name stands again.
_SENSES = {
    "typed": "again:typed",
    "left1:locative": "again:located",
    "left1:land": "again:located",
    "left1:journey": "again:located",
    "left1:person": "again:person",
    "right1:person": "again:person",
}


def say_again(text: str, subjects: Sequence[Subject], fired: Sequence[Fired]) -> None:
    """Text, its subjects, what fired for each → bare weak names get what is said of them elsewhere as cues."""
    bearers: dict[str, list[int]] = {}
    for i, subject in enumerate(subjects):
        span = subject.around.span
        if subject.weak and initial_of(text, span).isupper():
            bearers.setdefault(text[span.start : span.end], []).append(i)
    for indexes in bearers.values():
        if len(indexes) > 1:
            said = [_senses(fired[i]) for i in indexes]
            for i in [i for i, own in zip(indexes, said, strict=True) if not own]:
                fired[i].update((sense, "") for senses in said for sense in senses)


def _senses(fired: Mapping[str, str]) -> list[str]:
    return [_SENSES[cue] for cue in fired if cue in _SENSES]
