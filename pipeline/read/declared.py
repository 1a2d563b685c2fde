"""What a source says of its article's language → the code of one of ours. Whether that is true, `langid` tells."""

import re
from collections.abc import Mapping
from functools import cache

from pipeline.langid.find import has_arabic_letters
from pipeline.read.names import names, plain_name

_KURDISH = {"ku", "kur", "kurdish"}


def declared_language(declared: str, text: str) -> str | None:
    """The code of a declared language, None where it is none of ours; "ku" alone says Kurdish, not which."""
    whole, head = plain_name(declared), plain_name(re.split(r"[-_]", declared)[0])
    if head in _KURDISH:
        return "ckb" if has_arabic_letters(text) else "kmr"
    return _codes().get(whole) or _codes().get(head)


@cache
def _codes() -> Mapping[str, str]:
    return {plain_name(name): code for code, forms in names("languages").items() for name in forms}
