"""HTML and XML as bytes → text: what its letters are, what a reader of the page would not see, its paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement, HTMLParser, defs, document_fromstring

from pipeline.errors import ReadRefused
from pipeline.read.door import read_up_to
from pipeline.read.encoding import decide_encoding, decode
from pipeline.read.signatures import markup_start
from pipeline.read.source import MAX_TEXT, Source, too_long

_MAX_ELEMENTS = 50_000
_MAX_SIDE_BY_SIDE = 5_000
"""Elements of a page, and within one of them, at most: the time of extraction grows as the square of the latter."""
_XML_ENCODING = re.compile(r"""\s*<\?xml[^>]{0,500}?\bencoding\s*=\s*["']\s*([\w.:-]+)""", re.IGNORECASE)
_META_CHARSET = re.compile(r"""<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)

"""Codecs whose declaration is believed. One of Western Europe says no more than that nobody changed it."""

_PARAGRAPHS = defs.block_tags - {"del", "ins", "li"} | {"body", "caption", "head", "list", "main", "quote"}
_LINES = frozenset({"br", "item", "lb", "li", "row", "tr"})
_CELLS = frozenset({"cell", "td", "th"})
_UNSEEN = frozenset(
    {
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
    }
    | {"title"}
)
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACES = re.compile(" {2,}")
_AROUND_BREAK = re.compile(r" *\n *")
_BREAKS = re.compile(r"\n{3,}")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)"
    r"|font-size\s*:\s*[01](?:\.\d*)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|(?:^|;)\s*color\s*:\s*(?:transparent|(?:#fff|#ffffff|white)\b(?!.*\bbackground))"
    r"|(?:text-indent|left|top)\s*:\s*-\d{4,}",
    re.IGNORECASE | re.DOTALL,
)
"""Styles under which nobody sees a text. Rules of style sheets are not followed."""
_LONGEST_STYLE = 1000


def read_bytes(source: Source) -> bytes:
    """All of a source. Raises ReadRefused "size" beyond MAX_TEXT."""
    data = read_up_to(source.stream, MAX_TEXT)
    if len(data) > MAX_TEXT:
        raise too_long(source.origin)
    return data


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page or feed as text; ``flags`` says if its encoding is known by its own word alone."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode_markup(data: bytes, *, origin: str, declared: str | None = None) -> Decoded:
    """A whole page or feed → its text. Raises ReadRefused.

    ``declared`` is what came with it, as the header of an answer; else its own first lines are asked.
    """
    decided = decide_encoding(data, whole=True, origin=origin, declared=declared or _declared(data))
    text = decode(data, encoding=decided.encoding, origin=origin)
    return Decoded(text, decided.encoding, decided.flags)


def _declared(data: bytes) -> str | None:
    """The encoding that a page or feed declares for itself."""
    opening = markup_start(data)
    found = _XML_ENCODING.match(opening) or _META_CHARSET.search(opening)
    return found[1] if found else None


def parse_page(text: str, *, origin: str) -> HtmlElement:
    """HTML → its tree. Raises ReadRefused: no-text, depth or too-large.

    Control letters, which no tree can hold, become U+FFFD, and a form feed the space it is.
    """
    parser = HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        tree = document_fromstring(_CONTROLS.sub("\ufffd", text.replace("\f", " ")).encode(), parser=parser)
    except (ValueError, AssertionError, LxmlError) as error:
        raise no_text(origin) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise too_deep(origin)
    _check_size(tree, origin)
    _mend(tree)
    return tree


def _check_size(tree: HtmlElement, origin: str) -> None:
    """Raise ReadRefused "too-large" for a page whose extraction would take minutes."""
    within = [len(element) for element in tree.iter()]
    if len(within) > _MAX_ELEMENTS or max(within) > _MAX_SIDE_BY_SIDE:
        what = f"more than {_MAX_ELEMENTS:,} elements, or {_MAX_SIDE_BY_SIDE:,} side by side"
        to_do = "save the article's text as .txt"
        raise ReadRefused(origin=origin, code="too-large", what=what, to_do=to_do)


def _mend(tree: HtmlElement) -> None:
    """Replace control letters that were written as references: lxml takes them in, and gives them to no tree."""
    if not _CONTROLS.search("".join(chain(tree.itertext(), tree.xpath("//@*")))):
        return
    for element in tree.iter():
        element.text = element.text and _CONTROLS.sub("\ufffd", element.text)
        element.tail = element.tail and _CONTROLS.sub("\ufffd", element.tail)
        for name, value in element.attrib.items():
            element.set(name, _CONTROLS.sub("\ufffd", value))


def drop_hidden(tree: HtmlElement) -> bool:
    """Take out of a tree what its own attributes hide from a reader → whether there was text in it."""
    hidden = [element for element in tree.iter() if _is_hidden(element)]
    had_text = any(element.text_content().strip() for element in hidden if element.tag not in _UNSEEN)
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    return had_text


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in {"html", "body"}:  # hidden until a script runs, which it never does here
        return False
    return "hidden" in element.attrib or bool(_HIDING.search((element.get("style") or "")[:_LONGEST_STYLE]))


def to_text(root: HtmlElement) -> str:
    """A tree → its text as a reader sees it: an empty line between paragraphs, a line an item, row or break.

    Letters are left as they are; runs of HTML's white space become one space.
    """
    text = _SPACES.sub(" ", "".join(_pieces(root)))
    return _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", text)).strip()


def _pieces(root: HtmlElement) -> Iterator[str]:
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        edge = "\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else ""
        if event == "start":
            yield edge
            if tag in _UNSEEN and element is not root and not _is_heading(element):
                walk.skip_subtree()
            elif element.text:
                yield _SPACE.sub(" ", element.text)
        else:
            yield edge or (" " if tag in _CELLS else "")
            if element.tail and element is not root:
                yield _SPACE.sub(" ", element.tail)


def _is_heading(element: HtmlElement) -> bool:
    """trafilatura calls a heading "head", and gives it the level it had."""
    return element.tag == "head" and "rend" in element.attrib


def no_text(origin: str) -> ReadRefused:
    """The refusal of a page on which no article stands."""
    return ReadRefused(
        origin=origin,
        code="no-text",
        what="no article text was found on the page",
        to_do="save the article's text as .txt, if there is one",
    )


def too_deep(origin: str) -> ReadRefused:
    """The refusal of what is nested beyond what parsers take."""
    return ReadRefused(
        origin=origin, code="depth", what="nested too deeply", to_do="save the article's text as .txt"
    )
