"""Articles with their mentions ↔ Parquet, one row an article: what travels to other machines and back.

Every value comes back as it was, so that a store filled from parts equals one filled without. A part holds data
only: reading one runs nothing.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from pipeline.records import Article, Geocoded, Mention, Reason, Refusal

Row = Mapping[str, Any]

_TEXT, _TEXTS, _NUMBER = pa.string(), pa.list_(pa.string()), pa.int64()
_REASON = {
    "name": _TEXT,
    "name_lang": _TEXT,
    "clitic": _TEXT,
    "suffix": _TEXT,
    "cues": _TEXTS,
    "rejected": _TEXTS,
}
_MENTION = {
    "start": _NUMBER,
    "end": _NUMBER,
    "surface": _TEXT,
    "place_id": _TEXT,
    "level": _TEXT,
    "governorate": _TEXT,
    "district": _TEXT,
    "role": _TEXT,
    "literal": pa.bool_(),
    "confidence": pa.float64(),
    "reason": pa.struct(_REASON),
}
_ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
_TYPES = {"title_end": _NUMBER, "body_start": _NUMBER, "flags": _TEXTS}
_ARTICLE = {name: _TYPES.get(name, _TEXT) for name in _ARTICLE_FIELDS}
ARTICLES = pa.schema(_ARTICLE)
"""A part on its way out."""
GEOCODED = pa.schema(
    {
        **_ARTICLE,
        "mentions": pa.list_(pa.struct(_MENTION)),
        "signature": pa.binary(),
        "refused": _TEXT,
        "message": _TEXT,
    }
)
"""A part on its way back. Where the geocoder failed, ``refused`` is the code, and of the article stands the origin."""


def articles_to_part(articles: Sequence[Article]) -> bytes:
    """Articles → a part for a worker."""
    return _written([_article_row(article) for article in articles], ARTICLES)


def articles_from_part(part: bytes) -> list[Article]:
    """A part → the articles in it, in their order."""
    return [_article(row) for row in _rows(part)]


def geocoded_to_part(found: Sequence[Geocoded | Refusal]) -> bytes:
    """Articles with their mentions, and refusals → a part for the store."""
    return _written([_geocoded_row(one) for one in found], GEOCODED)


def geocoded_from_part(part: bytes) -> list[Geocoded | Refusal]:
    """A part → what `geocoded_to_part` was given."""
    return [_geocoded(row) for row in _rows(part)]


def _written(rows: list[dict[str, Any]], schema: pa.Schema) -> bytes:
    sink = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    return sink.getvalue()


def _rows(part: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = parquet.read_table(io.BytesIO(part)).to_pylist()
    return rows


def _article_row(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in _ARTICLE_FIELDS}


def _article(row: Row) -> Article:
    return Article(**{name: row[name] for name in _ARTICLE_FIELDS} | {"flags": tuple(row["flags"])})


def _geocoded_row(one: Geocoded | Refusal) -> dict[str, Any]:
    if isinstance(one, Refusal):
        return {"origin": one.origin, "refused": one.code, "message": one.message}
    found = {"mentions": [mention.as_dict() for mention in one.mentions], "signature": one.signature}
    return _article_row(one.article) | found


def _geocoded(row: Row) -> Geocoded | Refusal:
    if row["refused"] is not None:
        return Refusal(origin=row["origin"], code=row["refused"], message=row["message"])
    return Geocoded(_article(row), tuple(map(_mention, row["mentions"])), row["signature"])


def _mention(row: Row) -> Mention:
    reason = row["reason"]
    lists = {key: tuple(reason[key]) for key in ("cues", "rejected")}
    return Mention(**{**row, "reason": Reason(**{**reason, **lists})})
