"""What a character tells of the language it is written in, and of its case: its kind, one byte.

The fold takes both from a letter, so they are kept beside it (`Folded.kinds`).
"""

DROPPED_SIGN = b"-"
LATIN, LATIN_CAPITAL = b"a", b"A"
KURMANJI, KURMANJI_CAPITAL = b"e", b"E"
TURKISH, TURKISH_CAPITAL = b"t", b"T"
# ەێۆڕڵ, گ, other letters that Arabic lacks, letters that Kurdish lacks, and those of both.
SORANI, GAF, KURDISH, ARABIC, BOTH = b"k", b"g", b"p", b"o", b"r"
NONE = b" "

_KIND_OF = {
    **dict.fromkeys(map(chr, [*range(0x620, 0x660), *range(0x66E, 0x6DC), *range(0xFB50, 0xFEFD)]), BOTH),
    **dict.fromkeys("êîû", KURMANJI),
    **dict.fromkeys("ÊÎÛ", KURMANJI_CAPITAL),
    **dict.fromkeys("ığöüðýþ", TURKISH),
    **dict.fromkeys("İĞÖÜÐÝÞ", TURKISH_CAPITAL),
    **dict.fromkeys("ةأإضظطثذصىءؤ", ARABIC),
    **dict.fromkeys("چپژڤ", KURDISH),
    **dict.fromkeys("ەێۆڕڵ", SORANI),
    "گ": GAF,
}


def kind_of(char: str) -> bytes:
    """A character → its kind, NONE for what is no letter of the five languages' scripts and has no case."""
    cased = LATIN_CAPITAL if char.isupper() else LATIN if char.islower() else NONE
    return _KIND_OF.get(char, cased)
