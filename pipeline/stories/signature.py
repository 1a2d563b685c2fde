"""Step 5 of 6. An article → its signature: some 150 bytes by which its copies are known without its text.

Layout: the number of distinct shingles (uint16, little-endian, at most 65,535), one byte of each of SLOTS minima
(b-bit minwise hashing, Li and König 2010), then its numbers, a uint16 each. A short text has SHORT bytes instead,
which are equal only where its words and its day are.
"""

import hashlib
import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import rensa

from pipeline.records import Article
from pipeline.stories.words import FURNITURE, all_words, telling_words

SLOTS = 128  # bytes: _BANDS of four
SHINGLE = 3
"""Words of a shingle: with 2, reports of one kind look alike; with 4, an edited word costs too much."""
SHORTEST = 25
"""Telling words; of fewer, one edit or one stock phrase decides, so only the same words are a copy."""
MOST_NUMBERS = 48
SHORT = 8
HEAD = 2

_BANDS = 32
_SPREAD, _APART = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # odd, and else of no meaning
_SEED = 1
_AFTER_DIGITS = ":"  # of all folded letters, digits come first
_VERSION = 2
"""Counted up where the same article gets another signature or other buckets than before."""


def sign(article: Article) -> bytes:
    """An article → its signature, the same on every machine."""
    words = telling_words(article)
    if len(words) < SHORTEST:
        return _short(article)
    shingles = set(map(" ".join, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))
    minima = rensa.RMinHash(SLOTS, _SEED)
    minima.update(list(shingles))
    slots = np.array(minima.digest(), np.uint32).astype(np.uint8)
    head = struct.pack("<H", min(len(shingles), 0xFFFF))
    return head + slots.tobytes() + np.array(_numbers(words), "<u2").tobytes()


def _short(article: Article) -> bytes:
    """Few words → the hash of them all and of the day: the same ones of another day are other news."""
    words = all_words(article) or article.text
    told = f"{article.published}\n{words}"
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=SHORT).digest()


def _numbers(words: Sequence[str]) -> list[int]:
    """The numbers of a text, each with the word before it, as hashes; of many, those with the smallest."""
    found = {
        zlib.crc32(f"{words[at - 1] if at else ''} {word}".encode()) & 0xFFFF
        for at, word in enumerate(words)
        if word < _AFTER_DIGITS
    }
    return sorted(found)[:MOST_NUMBERS]


def buckets(signatures: Sequence[bytes]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """Signatures → the buckets they lie in, and beside each the place in the row of the signature that does.

    Two that share none are not looked at beside each other. Every band of four slots is a bucket of its own (LSH): of
    two texts that resemble each other by 0.4 half share one, by 0.5 nine in ten, by 0.1 one in three hundred. With
    three slots a band, more copies are found by 0.005, and at a million articles ten times as many lie beside each
    other that have nothing in common but a stock phrase. A short text has one bucket.
    """
    long = [at for at, one in enumerate(signatures) if len(one) != SHORT]
    short = [at for at, one in enumerate(signatures) if len(one) == SHORT]
    bands = np.frombuffer(b"".join(signatures[at][HEAD : HEAD + SLOTS] for at in long), "<u4")
    spread = bands.reshape(-1, _BANDS) * _SPREAD + np.arange(_BANDS, dtype=np.uint32) * _APART
    whole = np.frombuffer(b"".join(signatures[at][:4] for at in short), "<u4")
    at = np.repeat(np.array(long + short, np.intp), [_BANDS] * len(long) + [1] * len(short))
    return np.concatenate([spread.ravel(), whole]), at


def signing_digest() -> str:
    """The digest of everything that makes a signature: a store signed by another one is signed anew."""
    seal = hashlib.sha256(FURNITURE.read_bytes())
    seal.update(f"{_VERSION} {rensa.RMinHash.ALGORITHM_VERSION}".encode())
    return seal.hexdigest()
