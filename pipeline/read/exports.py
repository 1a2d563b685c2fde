"""The lines of an export from Nexis or Factiva → its documents.

Nexis (Nexis Uni, Lexis+) ends each document by "End of Document": title, source, date, copyright, labelled
lines, "Body", the text, "Load-Date:", a classification. Factiva ends each by "Document" and a number: title,
"By …", "N words", date, source, its code, language, copyright, the text; or, with indexing, two-letter fields
in a table. Both as their users describe them, in exports made by their English pages.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.read.dates import read_date


@dataclass(frozen=True, slots=True)
class Part:
    """A document of an export; "" where it says nothing, ``body`` None where it has none.

    ``flags`` is ("truncated",) where the mark of its end is missing.
    """

    title: str
    body: str | None
    source: str = ""
    published: str = ""
    author: str = ""
    language: str = ""
    flags: tuple[str, ...] = ()


_NEXIS_END = re.compile(r"End of Document")
_NEXIS_BODY = re.compile(r"Body|Text")
_NEXIS_AFTER = re.compile(r"(?:Graphic|Classification)|(?:Load-Date|Language|Publication-Type|Subject):.*")
_NEXIS_LABEL = re.compile(
    r"(?P<label>Section|Length|Byline|Author|Highlight|Dateline|Language):\s*(?P<value>.*)"
)
_PAGE = re.compile(r"Page \d+ of \d+")

_FACTIVA_END = re.compile(r"(?:AN\t)?(?:Document|Dokument) [A-Z0-9]{4,12}\d{8}[a-z0-9]{6,12}")
_FACTIVA_WORDS = re.compile(r"[\d.,]+ (?:words|mots|Wörter|palabras)")
_FACTIVA_TIME = re.compile(r"\d{1,2}:\d{2}(?:\s?[AP]M)?(?:\s[A-Z]{2,5})?")
_FACTIVA_CODE = re.compile(r"[A-Z0-9]{2,10}")
_FACTIVA_LANGUAGE = re.compile(
    r"Arabic|Kurdish|Turkish|English|Persian|Farsi|Hebrew|French|German|Spanish|Italian|Portuguese|Russian"
    r"|Dutch|Swedish|Norwegian|Danish|Polish|Japanese|Chinese\b.*"
)
_FACTIVA_FIELD = re.compile(
    r"(?P<code>HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|ART|CO|IN|NS|RE|PUB|IPC|IPD|AN|SE|CLM|DLN)"
    r"(?:\t(?P<value>.*))?"
)
_RIGHTS = re.compile(r"(?:Copyright\b|\(c\)|©|All rights reserved).*", re.IGNORECASE)
_BYLINE = re.compile(r"By[ :]\s*(?P<name>\S.*)", re.IGNORECASE)
_HEADER = 8
"""Lines between the date and the text of a Factiva document at most."""
_NAME = 4
"""Words of an author's name at most, where no "By" stands before it."""


def split_export(lines: Sequence[str]) -> list[Part] | None:
    """The lines of a document, none of them blank → the documents in it; None where it is no export."""
    lines = [line.replace("\xa0", " ").strip() for line in lines]
    if any(map(_NEXIS_END.fullmatch, lines)) and any(map(_NEXIS_BODY.fullmatch, lines)):
        return [_nexis(part, whole=whole) for part, whole in _cut(lines, _NEXIS_END, _NEXIS_BODY)]
    if any(map(_FACTIVA_END.fullmatch, lines)):
        return [_factiva(part, whole=whole) for part, whole in _cut(lines, _FACTIVA_END, _FACTIVA_WORDS)]
    return None


def _cut(
    lines: Sequence[str], end: re.Pattern[str], sign: re.Pattern[str]
) -> Iterator[tuple[list[str], bool]]:
    """Lines → (those of a document, True); last (what follows, False) if it bears the sign of a document."""
    part: list[str] = []
    for line in lines:
        if end.fullmatch(line):
            yield part, True
            part = []
        else:
            part.append(line)
    if any(map(sign.fullmatch, part)):
        yield part, False


def _nexis(lines: Sequence[str], *, whole: bool) -> Part:
    start = _first(lines, _NEXIS_BODY)
    head = [line for line in lines[:start] if not _PAGE.fullmatch(line)]
    labels, body = _labels(lines[:start]), None
    if start is not None:
        rest = lines[start + 1 :]
        end = _first(rest, _NEXIS_AFTER)
        body = "\n".join([*_given(labels.get("Highlight")), *rest[:end]])
        labels |= _labels([] if end is None else rest[end:])
    title, source, published = _nexis_head(head)
    return Part(
        title=title,
        body=body,
        source=source,
        published=published,
        author=_without_by(labels.get("Byline") or labels.get("Author") or ""),
        language=labels.get("Language", ""),
        flags=() if whole else ("truncated",),
    )


def _nexis_head(head: Sequence[str]) -> tuple[str, str, str]:
    """The lines before the labels → title, source, date as written.

    The date stands alone in its line, the source and the title before it; before the first document lies the
    cover of the export, so they are sought from the end.
    """
    for place in range(len(head) - 1, 1, -1):
        if _is_day(head[place]):
            return head[place - 2], head[place - 1], head[place]
    plain = [line for line in head if not _NEXIS_LABEL.fullmatch(line) and not _RIGHTS.fullmatch(line)]
    return plain[0] if plain else "", plain[1] if len(plain) > 1 else "", ""


def _labels(lines: Sequence[str]) -> dict[str, str]:
    """Labelled lines → {label: value}; the last one wins, as a cover may have its own."""
    found = map(_NEXIS_LABEL.fullmatch, lines)
    return {match["label"]: match["value"].strip() for match in found if match}


def _factiva(lines: Sequence[str], *, whole: bool) -> Part:
    flags = () if whole else ("truncated",)
    if fields := _factiva_fields(lines):
        return _from_fields(fields, flags)
    words = _first(lines, _FACTIVA_WORDS)
    if words is None:
        return Part(title=lines[0] if lines else "", body=None, flags=flags)
    title, author = _factiva_title(lines[:words])
    published, source, language, start = _factiva_header(lines[words + 1 :])
    body = "\n".join(lines[words + 1 + start :])
    return Part(title, body, source, published, author, language, flags)


def _factiva_title(lines: Sequence[str]) -> tuple[str, str]:
    """The lines before the number of words → title, author; a section may stand before the title."""
    if not lines:
        return "", ""
    *before, last = lines
    if match := _BYLINE.fullmatch(last):
        return (before[-1] if before else ""), match["name"]
    if before and _is_name(last) and len(last.split()) < len(before[-1].split()):
        return before[-1], last
    return last, ""


def _factiva_header(lines: Sequence[str]) -> tuple[str, str, str, int]:
    """The lines after the number of words → date, source, language, and where the text starts."""
    published, source, language, start = "", "", "", 0
    for place, line in enumerate(lines[:_HEADER]):
        if not published and _is_day(line):
            published = line
        elif published and not source and not _FACTIVA_TIME.fullmatch(line):
            source = line
        elif _FACTIVA_LANGUAGE.fullmatch(line):
            language, start = line, place + 1
        elif _RIGHTS.fullmatch(line) or (not language and _FACTIVA_CODE.fullmatch(line)):
            start = place + 1
        elif language:
            break
    return published, source, language, start


def _factiva_fields(lines: Sequence[str]) -> dict[str, str]:
    """Lines of a table of fields → {code: its lines}; {} where there is no such table."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if match := _FACTIVA_FIELD.fullmatch(line):
            code = match["code"]
            fields.setdefault(code, []).extend(_given(match["value"]))
        elif code:
            fields[code].append(line)
    return {code: "\n".join(told) for code, told in fields.items()} if {"HD", "WC"} <= fields.keys() else {}


def _from_fields(fields: Mapping[str, str], flags: tuple[str, ...]) -> Part:
    body = "\n".join(fields[code] for code in ("LP", "TD") if fields.get(code))
    return Part(
        title=fields["HD"].replace("\n", " "),
        body=body,
        source=fields.get("SN", ""),
        published=fields.get("PD", ""),
        author=_without_by(fields.get("BY", "")),
        language=fields.get("LA", ""),
        flags=flags,
    )


def _first(lines: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((place for place, line in enumerate(lines) if pattern.fullmatch(line)), None)


def _given(value: str | None) -> list[str]:
    return [value] if value else []


def _is_day(line: str) -> bool:
    """Whether a line is a date to the day, and nothing else."""
    return len(line) < 60 and len(read_date(line) or "") == len("2024-01-05")


def _is_name(line: str) -> bool:
    """Whether a line is so short and capitalised that it is a person."""
    words = line.split()
    return (
        2 <= len(words) <= _NAME
        and all(word[0].isupper() for word in words)
        and line.replace(" ", "").isalpha()
    )


def _without_by(author: str) -> str:
    match = _BYLINE.fullmatch(author)
    return match["name"] if match else author
