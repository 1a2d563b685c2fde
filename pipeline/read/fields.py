"""The fields of one record, under the names their sources give them → Article.

CSV and JSON share it; names.toml holds the names.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pipeline.errors import ReadRefused
from pipeline.langid import find_language, told
from pipeline.read.dates import Dated, hinges_on_language, read_dated
from pipeline.read.declared import declared_language
from pipeline.read.encoding import GUESSED
from pipeline.read.mojibake import is_mojibake
from pipeline.read.names import names, plain_name
from pipeline.records import UNTOLD, Article, article_id

_MENDED = re.compile("[\0\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    return {field: tuple(plain_name(name) for name in theirs) for field, theirs in names("fields").items()}


def fields() -> tuple[str, ...]:
    """Our fields that a source can give, in the order of names.toml."""
    return tuple(_forms())


def map_names(theirs: Iterable[str], *, columns: Mapping[str, str] | None = None) -> dict[str, str]:
    """The names a source uses → {our field: its name}; fields it lacks are absent.

    ``columns`` are those the user has named, {our field: the source's name}: they win, and no other field takes
    a name they took.
    """
    given: dict[str, str] = {}
    for name in theirs:
        given.setdefault(plain_name(name), name)
    wished = {field: plain_name(name) for field, name in (columns or {}).items()}
    named = {field: given[form] for field, form in wished.items() if form in given}
    for field, forms in _forms().items():
        free = [form for form in forms if form in given and form not in wished.values()]
        if free and field not in wished:
            named[field] = given[free[0]]
    return named


def article_from_record(
    record: Mapping[str, object],
    *,
    origin: str,
    encoding: str,
    columns: Mapping[str, str] | None = None,
) -> Article:
    """A record under its own field names → Article. Raises ReadRefused "text" or "empty".

    ``columns`` as in `map_names`.
    """
    given = map_names(record, columns=columns)
    if not {"text", "title"} & given.keys():
        raise ReadRefused(
            origin=origin,
            code="text",
            what="no field holds a text",
            to_do='name the field "text" (and "title"), or say which it is: --column text=NAME',
        )
    flags: list[str] = []
    values = {field: _value(record[name], field, origin, flags) for field, name in given.items()}
    text, title_end, body_start = join(values.pop("title", ""), values.pop("text", ""))
    if not title_end < len(text):
        flags.append("title-only")
    return make_article(
        text,
        title_end=title_end,
        body_start=body_start,
        origin=origin,
        encoding=encoding,
        flags=flags,
        **values,
    )


def _value(value: object, field: str, origin: str, flags: list[str]) -> str:
    """A field's value → text, "" where it is missing; what is no text is flagged, never turned into some."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if field == "published" and isinstance(value, int):
        return str(value)
    if field == "text":
        raise ReadRefused(
            origin=origin,
            code="text",
            what=f"its text is no string but {type(value).__name__}",
            to_do="give the text as one string",
        )
    flags.append(f"{field}-ignored")
    return ""


def join(title: str, body: str) -> tuple[str, int, int]:
    """Title and body → (text, title_end, body_start), the title standing once though the body repeat it."""
    title = _SPACE.sub(" ", title).strip()
    if not title or not body.strip():
        text = title or body
        return text, len(title), len(title)
    start = body.lstrip()
    after = start[len(title) : len(title) + 1]
    if start.startswith(title) and not after.isalnum():
        rest = start[len(title) :]
        return start, len(title), len(start) - len(rest.lstrip())
    return f"{title}\n\n{body}", len(title), len(title) + 2


def make_article(
    text: str,
    *,
    title_end: int,
    body_start: int,
    origin: str,
    encoding: str,
    source: str = "",
    url: str = "",
    published: str = "",
    language: str = "",
    author: str = "",
    flags: Sequence[str] = (),
) -> Article:
    """The parts of an article as read → Article, with its id and date; "" means not given.

    Its language is still to be told, but where the date hinges on it.

    NUL and lone surrogates become U+FFFD, one for one, so that offsets hold. Raises ReadRefused "empty".
    """
    if not text.replace("\0", "").strip():
        raise ReadRefused(
            origin=origin, code="empty", what="holds no text", to_do="nothing to read, leave it out"
        )
    whole, outlet, link, writer = (mend(part) for part in (text, source.strip(), url.strip(), author.strip()))
    declared = declared_language(language, whole) if language else None
    dated, spoken = _dated(published, whole, declared)
    marks = [*flags, *_mended_flags(text), *_decoding_flags(whole, encoding, flags), *dated.flags]
    article = Article(
        id=article_id(whole, outlet or None, link or None, dated.day),
        text=whole,
        title_end=title_end,
        body_start=body_start,
        source=outlet or None,
        url=link or None,
        published=dated.day,
        language=UNTOLD,
        author=writer or None,
        origin=origin,
        encoding=encoding,
        flags=tuple(marks),
        declared=declared,
    )
    return article if spoken is None else told(article, spoken)


def _dated(published: str, text: str, declared: str | None) -> tuple[Dated, str | None]:
    """A date as written and its text → the date, and the language if it had to be found for that."""
    dated = read_dated(published)
    if not hinges_on_language(dated):
        return dated, None
    spoken = find_language(text, declared=declared)
    return read_dated(published, language=spoken), spoken


def mend(text: str) -> str:
    """NUL and lone surrogates → U+FFFD, one for one."""
    return _MENDED.sub("\ufffd", text)


def _mended_flags(text: str) -> list[str]:
    broken = set(_MENDED.findall(text))
    flags = ["nul-replaced"] if "\0" in broken else []
    return flags + (["surrogate-replaced"] if broken - {"\0"} else [])


def _decoding_flags(text: str, encoding: str, flags: Sequence[str]) -> list[str]:
    """How the encoding is known, where the reader has not said so, and whether the text came broken already."""
    guessed = encoding in GUESSED and not {"encoding-declared", "encoding-guessed"} & set(flags)
    return (["encoding-guessed"] if guessed else []) + (["mojibake"] if is_mojibake(text) else [])
