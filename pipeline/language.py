"""A stretch of text → which of the five languages it is written in, by its letters alone.

Cheap and local: it decides which endings and cue words may be looked for around a mention. An article's language is
the reader's business (`pipeline/read`).
"""

import re

from pipeline.records import Lang

_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_SORANI = re.compile("[ەێۆڕڵ]")
_SORANI_TOO = re.compile("[گچپژڤ]")
_ARABIC_ONLY = re.compile("[ةأإضظطثذصىءؤ]")
_KURMANJI = re.compile("[êîûÊÎÛ]")
_TURKISH = re.compile("[ığöüİĞÖÜðýþ]")


def language_of(stretch: str) -> Lang:
    """Text → Lang. Arabic script without Kurdish letters is Arabic, Latin without marks is English."""
    if _ARABIC_SCRIPT.search(stretch):
        kurdish = 2 * len(_SORANI.findall(stretch)) + len(_SORANI_TOO.findall(stretch))
        return "ckb" if kurdish > len(_ARABIC_ONLY.findall(stretch)) else "ar"
    if stretch.isascii():
        return "en"
    kurmanji, turkish = len(_KURMANJI.findall(stretch)), len(_TURKISH.findall(stretch))
    if not kurmanji and not turkish:
        return "en"
    return "kmr" if kurmanji >= turkish else "tr"
