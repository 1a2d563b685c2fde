"""What a source says of its own encoding → the name as written: HTML and XML in their heads, HTTP in a header.

What the name means, and whether to believe it, is `decide_encoding`'s business.
"""

import re

HEAD = 4096
"""Bytes in which a declaration is looked for: browsers look at 1024, and pages of content systems need more."""

_XML = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_META = re.compile(rb"""<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADER = re.compile(r"""\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)


def declared_in_markup(head: bytes) -> str | None:
    """The first bytes of an HTML or XML file → the encoding it names, None where it names none."""
    start = head[:HEAD]
    found = _XML.match(start) or _META.search(_COMMENT.sub(b"", start))
    return found[1].decode("ascii", "replace") if found else None


def declared_in_header(content_type: str) -> str | None:
    """A Content-Type header → its charset, None where it has none: "text/html; charset=windows-1256"."""
    found = _HEADER.search(content_type)
    return found[1] if found else None
