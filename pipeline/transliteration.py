"""Between steps 2 and 3. A folded Latin name → its other transliterations, by rule, so that nobody lists them.

English has no one way to write Arabic and Kurdish names: Suleimania and Sulaymaniyah, Fallouja and Fallujeh, Baquoba
and Baqubah. A rule is a set of spellings of one sound. A variant differs from the name in one sound: with more it
comes near other names and words, and other listed spellings of the name are a sound or two away already.
"""

import re
from collections.abc import Iterator

# Shorter names have too many neighbours that are words or persons' names.
SHORTEST = 6
# Spellings of one sound at the end of a name, the longer first.
_ENDINGS = (
    (b"iyyah", b"iyya", b"iyah", b"iya", b"iah", b"ia"),
    (b"iyan", b"ian", b"yan"),
    (b"ah", b"a", b"eh"),
)
# Spellings of one sound within a name. Its first letter stays, for a variant is told from a word by its head.
_SOUNDS = (
    (b"ou", b"oo", b"u"),
    (b"u", b"o"),
    (b"ee", b"i"),
    (b"i", b"e"),
    (b"ai", b"ay", b"ei", b"ey"),
    (b"aw", b"au"),
    (b"q", b"k"),
    (b"dh", b"d", b"th"),
    (b"j", b"dj"),
    (b"a", b"e"),
)
_DOUBLED = re.compile(rb"([bdfhj-np-tvz])\1")
_SINGLE = re.compile(rb"(?<=[aeiou])([bdfjklmnrst])(?=[aeiou])")


def transliterations(name: bytes) -> Iterator[bytes]:
    """Folded Latin name → the spellings that differ from it in one sound, some of them more than once."""
    if len(name) < SHORTEST:
        return
    for endings in _ENDINGS:
        ending = next((e for e in endings if name.endswith(e)), None)
        if ending:
            yield from (name[: -len(ending)] + other for other in endings if other != ending)
    for sound in _SOUNDS:
        for said in sound:
            yield from _replaced(name, said, [other for other in sound if other != said])
    for twice in _DOUBLED.finditer(name):
        yield name[: twice.start()] + name[twice.start() + 1 :]
    for once in _SINGLE.finditer(name):
        yield name[: once.start()] + once[1] + name[once.start() :]


def _replaced(name: bytes, said: bytes, others: list[bytes]) -> Iterator[bytes]:
    """A name with a spelling of a sound replaced by another one, at one of its places after the first letter."""
    at = name.find(said, 1)
    while at >= 0:
        yield from (name[:at] + other + name[at + len(said) :] for other in others)
        at = name.find(said, at + 1)
