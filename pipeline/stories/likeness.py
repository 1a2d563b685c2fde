"""Step 5 of 6. Signatures → whether they are of one story.

A copy is most of another text: cut, edited, with lines around it. So what counts is *containment*, the share of the
shorter text's shingles that the longer one has, and not resemblance, by which a report cut to half would be none.
Where the shorter one is a small part of the longer, it is a quotation and no copy. And a copy repeats the numbers: the
exchange rate of today is told in the words of yesterday.

Thresholds: between what `python -m benchmarks.stories` finds of copies (containment 0.63 and more) and of follow-ups
that repeat their background (0.55 and less), November 2026.
"""

import struct
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from pipeline.stories.signature import HEAD, MOST_NUMBERS, SHORT, SLOTS

LEAST_CONTAINED = 0.6
LEAST_ALIKE = 0.25
LEAST_NUMBERS = 3
"""Numbers of the text that has fewer; of one or two nothing follows."""
LEAST_REPEATED = 0.5
_WORDS = HEAD + SLOTS  # what of a signature is made of words
_CUT = struct.Struct(f"{_WORDS}s")  # cuts off what is longer, fills up what is short
_CHANCE = 1 / 256
"""Of two slots being the same byte without being the same minimum."""


def alike(signatures: Sequence[bytes], pairs: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Signatures, and pairs of their places → pair by pair, whether both are of one story. Symmetric, and final."""
    lengths = np.fromiter(map(len, signatures), np.intp, len(signatures))
    both = (lengths != SHORT)[pairs].all(axis=1)
    found: npt.NDArray[np.bool_] = np.zeros(len(pairs), np.bool_)
    found[both] = _near(signatures, pairs[both])
    enough = lengths >= _WORDS + 2 * LEAST_NUMBERS
    numbers = cache(lambda at: _numbers(signatures[at]))
    for at in np.flatnonzero(found & enough[pairs].all(axis=1)):
        found[at] = _repeated(*map(numbers, pairs[at].tolist()))
    for at in np.flatnonzero(~both):
        one, other = pairs[at].tolist()
        found[at] = signatures[one] == signatures[other]
    return found


def _near(signatures: Sequence[bytes], pairs: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Whether the words suffice, from the estimated resemblance and the two sizes; of long texts."""
    table = np.frombuffer(b"".join(map(_CUT.pack, signatures)), np.uint8).reshape(-1, _WORDS)
    sizes, slots = table[:, :HEAD].copy().view("<u2")[:, 0].astype(np.float64), table[:, HEAD:]
    one, other = pairs.T
    resemblance = (_share_set(slots[one] == slots[other]) - _CHANCE) / (1 - _CHANCE)
    shared = resemblance / (1 + resemblance) * (sizes[one] + sizes[other])
    contained = shared / np.minimum(sizes[one], sizes[other])
    near: npt.NDArray[np.bool_] = (resemblance >= LEAST_ALIKE) & (contained >= LEAST_CONTAINED)
    return near


def _share_set(bits: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Rows of bits → the share of each that is set. Counted in words of 64, a fifth of the time of their mean."""
    words = np.packbits(bits, axis=1).view(np.uint64)
    share: npt.NDArray[np.float64] = np.bitwise_count(words).sum(axis=1) / bits.shape[1]
    return share


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
