"""Step 4 of 6, one meaning a text. What else a text says by a weak name → how far it is a place here too.

A name that is said several times in one text mostly means the same each time: where محافظة المثنى is the governorate,
so is a bare المثنى, and where there is a Sadr who speaks, Sadr is no quarter. The other mentions of the place speak
with less than their full weight: the sentence itself has the first word.
"""

import math
from collections.abc import Sequence

from pipeline.resolve.role import Row
from pipeline.resolve.subject import AUTHORITIES, Subject

# How much of what the others say counts, and the most that one may say, in logarithms of odds. In 413 real excerpts
# (2026-11-24) 351 of 617 weak names were said more than once, 318 of them in one meaning. Twice as much wins three of
# 2,654 real mentions and loses one of 248 invented ones that put two meanings into one text.
_SHARE = 0.25
_MOST = 4.0


def echoes(subjects: Sequence[Subject], scores: Sequence[Row | None]) -> list[float]:
    """Subjects, their scores (None where a listed exception decides) → what others add to each, in log odds.

    Above 0 the others speak for a mention, below for none; 0.0 for a strong name, one that is said once, and the
    Region: its name is most often part of others' names (parties, unions) in the very texts that are about it.
    """
    said: dict[str, int] = {}
    for subject in subjects:
        said[subject.place_id] = said.get(subject.place_id, 0) + 1
    listens = [
        subject.weak and said[subject.place_id] > 1 and subject.place_id not in AUTHORITIES
        for subject in subjects
    ]
    if True not in listens:
        return [0.0] * len(subjects)
    leans = [0.0 if row is None else _lean(row) for row in scores]
    sums: dict[str, float] = {}
    for i, subject in enumerate(subjects):
        sums[subject.place_id] = sums.get(subject.place_id, 0.0) + leans[i]
    return [
        _SHARE * (sums[subject.place_id] - leans[i]) / said[subject.place_id] if listens[i] else 0.0
        for i, subject in enumerate(subjects)
    ]


def _lean(scores: Row) -> float:
    """Scores of the roles → the log odds of a mention, cut off on either side."""
    place, government, dateline, name = scores
    mention = math.log(math.exp(place - name) + math.exp(government - name) + math.exp(dateline - name))
    return max(-_MOST, min(_MOST, mention))
