"""The paragraphs of the pages of a document → those of its text, without what stands on every page.

Running titles, page numbers, and the day and address that a browser prints around a page; the address is kept
as such.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.read.page import Block
from pipeline.read.visual import to_letters

_PAGE_NUMBER = re.compile(
    r"(?:page|sayfa|rûpel|صفحة|الصفحة|لاپەڕە)?\W*\d{1,4}(?:\W*(?:of|من|لە|ji|/|-|–)\W*\d{1,4})?\W*",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}\b.*")
_ADDRESS = re.compile(r"(?P<url>(?:https?|file)://[^\s…]+)(?P<cut>…|\.\.\.)?(?: \d+/\d+)?")
_SHORT = 120
"""Letters of a running title at most."""
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Sequence[Block]]) -> tuple[list[Block], str]:
    """Pages → the paragraphs of their text, and the web address printed in a margin, "" where there is none."""
    repeated = _repeated(pages)
    kept: list[Block] = []
    url = ""
    for page in pages:
        for block in page:
            if block.edge and (match := _ADDRESS.fullmatch(to_letters(block.text, sorani=False))):
                url = url or _web(match)
            elif not (block.edge and (_key(block) in repeated or _is_furniture(block, page))):
                kept.append(block)
    return kept, url


def _web(match: re.Match[str]) -> str:
    """The address of a page on the web, "" of a file, and where the printer cut it."""
    return "" if match["cut"] or match["url"].startswith("file") else match["url"]


def _repeated(pages: Sequence[Sequence[Block]]) -> set[str]:
    """What stands in a margin of most pages, numbers aside."""
    edges = ([block for block in page if block.edge and len(block.text) <= _SHORT] for page in pages)
    counts = Counter(key for edge in edges for key in {_key(block) for block in edge})
    return {key for key, count in counts.items() if count > 1 and count * 2 >= len(pages)}


def _is_furniture(block: Block, page: Sequence[Block]) -> bool:
    """Whether a paragraph in a margin is a number, a time of printing, or the title of the page in small."""
    text = block.text
    if _PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text):
        return True
    return any(_key(block) == _key(other) for other in page if other.size > block.size)


def _key(block: Block) -> str:
    return _DIGITS.sub("#", to_letters(block.text, sorani=False))
