"""What a character tells of the language it is written in, of its case, and of the sentence: its kind, a byte.

The fold takes all three from it, so they are kept beside it (`Folded.kinds`).
"""

# Each is the code of a letter, so that kinds can be read in a test.
DROPPED_SIGN = ord("-")
LATIN, LATIN_CAPITAL = b"aA"
KURMANJI, KURMANJI_CAPITAL = b"eE"
TURKISH, TURKISH_CAPITAL = b"tT"
# ەێۆڕڵ, گ, other letters that Arabic lacks, letters that Kurdish lacks, and those of both.
SORANI, GAF, KURDISH, ARABIC, BOTH = b"kgpor"
# What is no letter: digits, space, ends of lines, signs that may end a sentence, that stand between the places of a
# list, that no list goes beyond; and all else, letters of other scripts among it.
DIGIT, SPACE, LINE_END, SENTENCE_SIGN, LIST_SIGN, BREAK, NONE = b"0 \n.,:~"

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
    **dict.fromkeys("\n\r", LINE_END),
    **dict.fromkeys(".!?؟۔؛", SENTENCE_SIGN),
    **dict.fromkeys("،,/&-–", LIST_SIGN),
    **dict.fromkeys(':()[]«»“”—"', BREAK),
}


def kind_of(char: str) -> int:
    """A character → its kind, NONE for what is no letter of the five languages' scripts and has no case."""
    if char in _KIND_OF:
        return _KIND_OF[char]
    if char.isupper() or char.islower():
        return LATIN_CAPITAL if char.isupper() else LATIN
    return SPACE if char.isspace() else DIGIT if char.isdigit() else NONE
