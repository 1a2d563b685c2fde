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
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

import numpy as np

from pipeline.kinds import BREAK, DROPPED_SIGN, LINE_END, LIST_SIGN, NONE, SENTENCE_SIGN, kind_of

SPACE = " "
_SPACE = SPACE.encode()
OTHER = "\x01"
LATIN_END = 128  # folded bytes of Latin letters stand below it
_OTHER = OTHER.encode()

# Dropped signs that belong to the letter before them, and those that belong to none.
ATTACHED = "".join(map(chr, [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x640, 0x621]))
_FIRST_MARK = "\u02ff"
DETACHED = "".join(
    map(chr, [0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])
)

_LETTERS = {
    **dict.fromkeys("ٱ", "ا"),
    **dict.fromkeys("ىی", "ي"),
    **dict.fromkeys("کڪگڭ", "ك"),
    **dict.fromkeys("ةەھہۀۃ", "ه"),
    **dict(zip("ڕڵۆێۊıðþøđł", "رلويوigsodl", strict=True)),
    "æ": "ae",
    "œ": "oe",
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
    + "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\ufeff"
    + "،؛؟«»“”‘’´•·٪–—…\xa0"
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
    if letter in _ALPHABET or letter == OTHER:
        return letter
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    return OTHER if letter.isalnum() else SPACE


_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz0123456789ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژڤ" + SPACE)


def _build_page() -> str:
    """256 characters: ASCII in its own place, the rest above it; the last, all punctuation, where control codes are.

    So a control code folds to a space like the sign in its place, and ASCII text is its own page.
    """
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
# The same by code point, 0 off the page: quicker for all but short texts.
_BYTES = np.zeros(1 << 16, np.uint8)
_BYTES[[ord(char) for char in _BYTE_OF]] = list(_BYTE_OF.values())
_SHORT = 400
# Folded text decodes through the page as it stands; OTHER keeps its place.
_DECODING = _PAGE.replace("\ufffe", OTHER)


def _kind(char: str) -> int:
    return DROPPED_SIGN if char in ATTACHED or char in DETACHED else kind_of(char)


def _build_tables() -> tuple[bytes, bytes, bytes]:
    """The page → its folding, the bytes that are dropped, and the kind of each character."""
    table, dropped = bytearray(b" " * 256), bytearray()
    for char, byte in _BYTE_OF.items():
        folded = _fold_character(char)
        if folded == "":
            dropped.append(byte)
        else:
            table[byte] = _BYTE_OF[folded]
    return bytes(table), bytes(dropped), bytes(map(_kind, _PAGE))


_TABLE, _DROPPED, _KINDS = _build_tables()
# In ASCII text the page's signs are not there, and control codes are.
_ASCII_KINDS = bytes(_kind(chr(code)) for code in range(128)) + bytes([NONE] * 128)
# Kind → a byte of the page that is of it, for what is no letter.
_SIGNS = {LINE_END: b"\n", SENTENCE_SIGN: b".", LIST_SIGN: b",", BREAK: b":", NONE: b"+"}


class Folded:
    """Folded text, immutable: ``data`` is page bytes, ``length`` the number of code points of the original.

    ``kinds`` says of each code point of the original what it tells of its language and sentence. ``raw`` is the text
    on the page before it was folded; off the page it is None, and ``counts`` says how many folded letters each code
    point gave. (No dataclass: one is made for every article, and this one is made faster.)
    """

    __slots__ = ("_kinds_of_letters", "_letters", "_way_back", "counts", "data", "kinds", "length", "raw")

    def __init__(self, data: bytes, kinds: bytes, raw: bytes | None, counts: tuple[int, ...] = ()) -> None:
        self.data, self.kinds, self.raw, self.counts = data, kinds, raw, counts
        self.length = len(kinds)
        self._way_back: list[int] | None = None
        self._letters: str | None = None
        self._kinds_of_letters: bytes | None = None

    @property
    def moved(self) -> bool:
        """Whether any folded index differs from its offset in the original."""
        return self.raw is None or self.length != len(self.data)

    def origin(self, index: int) -> int:
        """Index of a folded letter (or the end) → offset into the original text."""
        if index >= len(self.data):
            return self.length
        if self.raw is not None:
            return index + bisect_right(self.drops(), index) if self.moved else index
        if self._way_back is None:
            self._way_back = [at for at, count in enumerate(self.counts) for _ in range(count)]
        return self._way_back[index]

    def drops(self) -> list[int]:
        """On the page: for each dropped sign how many letters were kept before it, never falling."""
        if self._way_back is None:
            kept = self.kinds.split(bytes((DROPPED_SIGN,)))
            self._way_back = list(accumulate(map(len, kept[:-1])))
        return self._way_back

    def letters(self) -> str:
        """``data`` as str, a character for each folded letter."""
        if self._letters is None:
            self._letters = to_text(self.data)
        return self._letters

    def kinds_of_letters(self) -> bytes:
        """The kind of each folded letter: ``kinds`` in folded indexes."""
        if self._kinds_of_letters is None:
            self._kinds_of_letters = self._moved_kinds() if self.moved else self.kinds
        return self._kinds_of_letters

    def _moved_kinds(self) -> bytes:
        if self.raw is not None:
            return self.kinds.replace(bytes((DROPPED_SIGN,)), b"")
        pairs = zip(self.counts, range(self.length), strict=True)
        return b"".join(self.kinds[at : at + 1] * count for count, at in pairs)


def _to_raw(text: str) -> bytes | None:
    """Text → one byte a code point, or None where a character off the page became several letters.

    Any other character off the page stands as one that folds alike.
    """
    if text.isascii():
        return text.encode("ascii")
    if len(text) > _SHORT:
        # The codec by itself, because the way to it by its name takes as long again.
        units = codecs.utf_16_le_encode(text, "surrogatepass")[0]
        raw = _BYTES.take(np.frombuffer(units, np.uint16)).tobytes()
        if 0 not in raw:
            return raw
    try:
        return codecs.charmap_encode(text, _STAND_IN, _ENCODING)[0]
    except UnicodeEncodeError:
        return None


def _stand_in(error: UnicodeError) -> tuple[bytes, int]:
    """A run of characters off the page → as many bytes that fold alike. Raises the error where there are none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    stands = [_alike(char) for char in error.object[error.start : error.end]]
    if not all(stands):
        raise error
    return b"".join(stands), error.end


_STAND_IN = "iraq-map-page"
codecs.register_error(_STAND_IN, _stand_in)


@lru_cache(maxsize=65536)
def _alike(char: str) -> bytes:
    """A character → a byte of the page that folds alike and is of its kind; none where it folds to several letters."""
    folded = _folded_bytes(char)
    if not folded:
        return _DROPPED[:1]
    if len(folded) > 1:
        return b""
    if folded == _SPACE:
        return _SIGNS.get(_kind(char), _SPACE)
    return folded.upper() if char.isupper() else folded


def fold(text: str) -> Folded:
    """Any text → Folded. Linear in the length of the text; never fails."""
    raw = _to_raw(text)
    if raw is None:
        pieces = [_folded_bytes(char) for char in text]
        kinds = bytes(map(_kind, text))
        return Folded(b"".join(pieces), kinds, None, tuple(map(len, pieces)))
    kinds = raw.translate(_ASCII_KINDS if text.isascii() else _KINDS)
    # Most texts drop nothing, and are folded faster for it.
    return Folded(
        raw.translate(_TABLE, _DROPPED) if DROPPED_SIGN in kinds else raw.translate(_TABLE), kinds, raw
    )


@lru_cache(maxsize=65536)
def _folded_bytes(char: str) -> bytes:
    """One code point, on the page or not → its folded bytes."""
    return bytes(_BYTE_OF[letter] for letter in _fold_character(char))


def with_signs(text: str, end: int) -> int:
    """End offset of a span in the original → the same, moved behind the signs that belong to its last letter."""
    while end < len(text) and (
        text[end] in ATTACHED or (text[end] > _FIRST_MARK and unicodedata.combining(text[end]))
    ):
        end += 1
    return end


def to_page(word: str) -> bytes:
    """A name or word as people write it → its folded bytes, single spaces, none around."""
    return b" ".join(fold(word).data.split())


def to_text(data: bytes) -> str:
    """Folded bytes → the same as str, for word lists and full-text search."""
    return codecs.charmap_decode(data, "strict", _DECODING)[0]


def words_of(text: str) -> list[str]:
    """Any text → its folded words. Letters of other scripts are kept (lower-cased), for search."""
    raw = _to_raw(text)
    if raw is None or _OTHER[0] in raw:
        return "".join(map(_searchable, text)).split()
    return codecs.charmap_decode(raw.translate(_TABLE, _DROPPED), "strict", _DECODING)[0].split()


def fold_words(text: str) -> str:
    """Any text → its folded words, separated by single spaces: what full-text search sees."""
    return " ".join(words_of(text))


@lru_cache(maxsize=65536)
def _searchable(char: str) -> str:
    folded = _fold_character(char)
    return unicodedata.normalize("NFKC", char).lower() if OTHER in folded else folded
