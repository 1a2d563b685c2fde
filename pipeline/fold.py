"""Step 2 of 6. Text → folded text, with the way back to the original offsets.

Names and text go through this one fold, so that spellings which differ only by typing meet: hamza carriers,
Arabic and Persian kaf and ya, ta marbuta and Kurdish ە, tashkeel, tatweel, Latin diacritics, case, Turkish ı and İ.

Folded text is bytes, one byte a letter, on the *page*: the 256 characters that the news of the five languages is
made of. Everything that is no letter or digit is a space; a letter of another script is OTHER, which no name holds
(a Cyrillic ka in "Kirkuk" stays a stranger). Text wholly on the page is folded by two C calls; other text takes a
general path with the same result (`tests/pipeline/test_fold.py` holds the two together).

Decided here: a Kurdish initial ئ is a ya like every other ئ; ء is dropped and belongs, like tashkeel and tatweel, to
the letter before it; bidi and zero-width marks are dropped and belong to no letter; mojibake ð þ ý are the Turkish
ğ ş ı that they stand for; one code point may become many (ﷺ, ß), each pointing back to it.
"""

import codecs
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

SPACE = " "
OTHER = "\x01"

# Dropped signs that belong to the letter before them, and those that belong to none.
ATTACHED = "".join(map(chr, [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x640, 0x621]))
DETACHED = "".join(
    map(chr, [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
)

_LETTERS = {
    **dict.fromkeys("ٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    **dict.fromkeys("کڪگڭ", "ك"),
    **dict.fromkeys("ةەھہۀۃ", "ه"),
    "ڕ": "ر",
    "ڵ": "ل",
    "ۆ": "و",
    "ێ": "ي",
    "ۊ": "و",
    "ı": "i",
    "ð": "g",
    "þ": "s",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
}
# Before decomposition: what would otherwise lose its meaning with its accent.
_EARLY = {"ý": "i", "Ý": "i"}

_PAGE_CHARACTERS = (
    "\t\n\r"
    + "".join(map(chr, range(0x20, 0x7F)))
    + "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
    + "پچژگڤکیەۆێڕڵھڪٱڭ"
    + "٠١٢٣٤٥٦٧٨٩"
    + "çğıöşüâîûêÇĞİÖŞÜÂÎÛÊéèáíóúñÉāīūĀĪŪðþýÐÝ"
    + "ًٌٍَُِّْٰـ"
    + "،؛؟«»“”‘’´•·٪–—…\u200c\u200d\u200e\u200f\u202a\u202b\u202c\xa0\ufeff"
)


def _fold_character(char: str) -> str:
    """One code point → its folded letters; "" where it is dropped, a space where it is no letter or digit."""
    if char in ATTACHED or char in DETACHED:
        return ""
    if char in _EARLY:
        return _EARLY[char]
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    letters = [
        _LETTERS.get(p, p) for p in parts if not unicodedata.combining(p) and p not in ATTACHED + DETACHED
    ]
    if not letters:
        return "" if unicodedata.combining(char) else SPACE
    folded = "".join(_on_alphabet(letter) for word in letters for letter in word)
    return folded if folded.strip() else SPACE


def _on_alphabet(letter: str) -> str:
    if letter in _ALPHABET:
        return letter
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    return OTHER if letter.isalnum() else SPACE


_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz0123456789ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژڤ" + SPACE)


def _build_page() -> str:
    """256 characters: ASCII in its own place, the rest where the control codes are and above 0x7E."""
    page = ["\ufffe"] * 256
    free = [i for i in (*range(2, 32), *range(0x7F, 256)) if i not in (9, 10, 13)]
    for char in _PAGE_CHARACTERS:
        slot = ord(char) if ord(char) < 0x7F else free.pop()
        page[slot] = char
    # CPython builds its fast encoding map only where byte 0 is NUL.
    page[0], page[1] = "\0", OTHER
    return "".join(page)


_PAGE = _build_page()
_ENCODING = codecs.charmap_build(_PAGE)
_BYTE_OF = {char: byte for byte, char in enumerate(_PAGE) if char != "\ufffe"}
# Folded text decodes through the page as it stands; OTHER keeps its place.
_DECODING = _PAGE.replace("\ufffe", OTHER)


def _build_tables() -> tuple[bytes, bytes, npt.NDArray[np.bool_]]:
    table, dropped = bytearray(b" " * 256), bytearray()
    for char, byte in _BYTE_OF.items():
        folded = OTHER if char == OTHER else _fold_character(char)
        if folded == "":
            dropped.append(byte)
        else:
            table[byte] = _BYTE_OF[folded]
    keep = np.ones(256, np.bool_)
    keep[list(dropped)] = False
    return bytes(table), bytes(dropped), keep


_TABLE, _DROPPED, _KEEP = _build_tables()


@dataclass(frozen=True)
class Folded:
    """Folded text: ``data`` is page bytes, ``length`` the number of code points of the original.

    ``raw`` holds what the way back is computed from, when somebody asks for it: the page bytes before
    folding, or (off the page) how many folded letters each code point gave. None where nothing moved.
    """

    data: bytes
    raw: bytes | npt.NDArray[np.int64] | None
    length: int

    @cached_property
    def origins(self) -> npt.NDArray[np.int64] | None:
        """Folded index → code point of the original, never falling; None where they are the same."""
        if self.raw is None:
            return None
        if isinstance(self.raw, bytes):
            return np.flatnonzero(_KEEP[np.frombuffer(self.raw, np.uint8)])
        return np.repeat(np.arange(self.length), self.raw)

    def origin(self, index: int) -> int:
        """Index of a folded byte (or the end) → offset into the original text."""
        if index >= len(self.data):
            return self.length
        return index if self.origins is None else int(self.origins[index])

    def index(self, offset: int) -> int:
        """Offset into the original text → index of the first folded byte at or after it."""
        return offset if self.origins is None else int(np.searchsorted(self.origins, offset))


def fold(text: str) -> Folded:
    """Any text → Folded. Linear in the length of the text; never fails."""
    try:
        raw = codecs.charmap_encode(text, "strict", _ENCODING)[0]
    except UnicodeEncodeError:
        return _fold_general(text)
    data = raw.translate(_TABLE, _DROPPED)
    if len(data) == len(raw):
        return Folded(data, None, len(text))
    return Folded(data, raw, len(text))


def _fold_general(text: str) -> Folded:
    """The same for text with characters outside the page, a code point at a time."""
    pieces = [_folded_bytes(char) for char in text]
    data = b"".join(pieces)
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    return Folded(data, lengths, len(text))


@lru_cache(maxsize=65536)
def _folded_bytes(char: str) -> bytes:
    return bytes(_BYTE_OF[letter] for letter in _fold_character(char))


def span_end(text: str, folded: Folded, last: int) -> int:
    """Index of a span's last folded byte → end offset in the original, its attached signs included."""
    end = folded.origin(last) + 1
    while end < len(text) and (text[end] in ATTACHED or unicodedata.combining(text[end])):
        end += 1
    return end


def to_page(word: str) -> bytes:
    """A name or word as people write it → its folded bytes, single spaces, none around."""
    return b" ".join(fold(word).data.split())


def to_text(data: bytes) -> str:
    """Folded bytes → the same as str, for word lists and full-text search."""
    return codecs.charmap_decode(data, "strict", _DECODING)[0]


def fold_words(text: str) -> str:
    """Any text → its folded words, separated by single spaces: what full-text search sees.

    Letters of other scripts are kept (lower-cased), so that they can be searched as well.
    """
    try:
        raw = codecs.charmap_encode(text, "strict", _ENCODING)[0]
    except UnicodeEncodeError:
        return " ".join("".join(map(_searchable, text)).split())
    return " ".join(to_text(raw.translate(_TABLE, _DROPPED)).split())


@lru_cache(maxsize=65536)
def _searchable(char: str) -> str:
    folded = _fold_character(char)
    return folded.replace(OTHER, char.lower()) if folded == OTHER else folded
