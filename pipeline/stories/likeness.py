"""Step 5 of 6. Signatures → whether they are of one story.

A copy is most of another text: cut, edited, with lines around it. So what counts is *containment*, the share of the
shorter text's shingles that the longer one has, and not resemblance, by which a report cut to half would be none.
Where the shorter one is a small part of the longer, it is a quotation and no copy. And a copy repeats the numbers: the
exchange rate of today is told in the words of yesterday.

Thresholds: between what `python -m benchmarks.stories` finds of copies (containment 0.63 and more) and of follow-ups
that repeat their background (0.55 and less), November 2026.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.stories.signature import HEAD, MOST_NUMBERS, SHORT, SLOTS

LEAST_CONTAINED = 0.6
LEAST_ALIKE = 0.25
LEAST_NUMBERS = 3
"""Numbers of the text that has fewer; of one or two nothing follows."""
LEAST_REPEATED = 0.5
_CHANCE = 1 / 256
"""Of two slots being the same byte without being the same minimum."""


def alike(ones: Sequence[bytes], others: Sequence[bytes]) -> list[bool]:
    """Two rows of signatures → pair by pair, whether both are of one story. It is symmetric, and final."""
    found = [one == other for one, other in zip(ones, others, strict=True)]
    long = [
        at
        for at, (one, other) in enumerate(zip(ones, others, strict=True))
        if not found[at] and len(one) != SHORT and len(other) != SHORT
    ]
    numbers: dict[bytes, frozenset[int]] = {}
    for at, near in zip(long, _near([ones[at] for at in long], [others[at] for at in long]), strict=True):
        if near:
            pair = (
                numbers.get(one) or numbers.setdefault(one, _numbers(one)) for one in (ones[at], others[at])
            )
            found[at] = _repeated(*pair)
    return found


def _near(ones: Sequence[bytes], others: Sequence[bytes]) -> list[bool]:
    """Whether the words suffice, from the estimated resemblance and the two sizes."""
    same = (_slots(ones) == _slots(others)).mean(axis=1)
    resemblance = (same - _CHANCE) / (1 - _CHANCE)
    size, other_size = _sizes(ones), _sizes(others)
    shared = resemblance / (1 + resemblance) * (size + other_size)
    contained = shared / np.minimum(size, other_size)
    near: list[bool] = ((resemblance >= LEAST_ALIKE) & (contained >= LEAST_CONTAINED)).tolist()
    return near


def _slots(signatures: Sequence[bytes]) -> npt.NDArray[np.uint8]:
    data = b"".join(one[HEAD : HEAD + SLOTS] for one in signatures)
    return np.frombuffer(data, np.uint8).reshape(-1, SLOTS)


def _sizes(signatures: Sequence[bytes]) -> npt.NDArray[np.float64]:
    return np.frombuffer(b"".join(one[:HEAD] for one in signatures), "<u2").astype(np.float64)


def _numbers(signature: bytes) -> frozenset[int]:
    return frozenset(np.frombuffer(signature[HEAD + SLOTS :], "<u2").tolist())


def _repeated(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether the text with fewer numbers shares at least half of them with the other.

    Of a text with very many, a signature holds those with the smallest hashes: there only these are looked at.
    """
    if MOST_NUMBERS in (len(one), len(other)):
        known = min(max(numbers) for numbers in (one, other) if len(numbers) == MOST_NUMBERS)
        one, other = (frozenset(number for number in numbers if number <= known) for numbers in (one, other))
    fewest = min(len(one), len(other))
    return fewest < LEAST_NUMBERS or len(one & other) >= LEAST_REPEATED * fewest
