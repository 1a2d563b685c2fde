"""Step 6 of 6. Records ↔ rows: the one place that knows the order of columns."""

import json
import re
from functools import lru_cache
from typing import Any

from pipeline.records import Article, Mention, Reason, StoredMention

Row = tuple[Any, ...]

ARTICLE_COLUMNS = (
    "id, day, published, source, url, language, author, origin, encoding, flags, title_end, body_start, text"
)
MENTION_COLUMNS = (
    "start_offset, end_offset, surface, place_id, level, governorate, district, role,"
    " literal, confidence, reason"
)

_REASONS = 20_000  # whose text is remembered
_FULL_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


def day_of(published: str | None) -> str:
    """A published date → its day; '' where there is none or only a year or month: never guessed."""
    return published if published and _FULL_DAY.fullmatch(published) else ""


def day_number(day: str) -> int:
    """YYYY-MM-DD → the number of the derived tables; '' is 0. Raises ValueError on anything else."""
    if day and not _FULL_DAY.fullmatch(day):
        raise ValueError(f"{day!r} is no day of the form YYYY-MM-DD")
    return int(day.replace("-", "") or 0)


def period_text(number: int) -> str:
    """A month or day of the derived tables → YYYY-MM or YYYY-MM-DD."""
    text = str(number)
    return "-".join(part for part in (text[:4], text[4:6], text[6:]) if part)


def article_row(article: Article) -> Row:
    """Article → the values of ARTICLE_COLUMNS."""
    return (
        article.id,
        day_of(article.published),
        article.published,
        article.source,
        article.url,
        article.language,
        article.author,
        printable(article.origin),
        article.encoding,
        json.dumps(article.flags, ensure_ascii=False),
        article.title_end,
        article.body_start,
        article.text,
    )


def article_from(row: Row) -> Article:
    """The values of ARTICLE_COLUMNS → Article."""
    (
        id_,
        _,
        published,
        source,
        url,
        language,
        author,
        origin,
        encoding,
        flags,
        title_end,
        body_start,
        text,
    ) = row
    return Article(
        id=id_,
        text=text,
        title_end=title_end,
        body_start=body_start,
        source=source,
        url=url,
        published=published,
        language=language,
        author=author,
        origin=origin,
        encoding=encoding,
        flags=tuple(json.loads(flags)),
    )


def mention_row(mention: Mention) -> Row:
    """Mention → the values of MENTION_COLUMNS."""
    return (
        mention.start,
        mention.end,
        mention.surface,
        mention.place_id,
        mention.level,
        mention.governorate,
        mention.district,
        mention.role,
        mention.literal,
        mention.confidence,
        _reason_text(mention.reason),
    )


def mention_from(row: Row) -> Mention:
    """The values of MENTION_COLUMNS → Mention."""
    start, end, surface, place_id, level, governorate, district, role, literal, confidence, reason = row
    known: dict[str, Any] = json.loads(reason)
    known |= {key: tuple(known.get(key, ())) for key in ("cues", "rejected")}
    return Mention(
        start=start,
        end=end,
        surface=surface,
        place_id=place_id,
        level=level,
        governorate=governorate,
        district=district,
        role=role,
        literal=None if literal is None else bool(literal),
        confidence=confidence,
        reason=Reason(**known),
    )


def stored_mention_from(row: Row) -> StoredMention:
    """fid, article id, corrected, revision, then the mention's columns → StoredMention."""
    fid, article_id, corrected, revision, *facts = row
    return StoredMention(fid, article_id, mention_from(tuple(facts)), corrected, revision or 0)


def printable(text: str) -> str:
    """File names may hold bytes that are no text; written out, they can be stored and shown."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@lru_cache(_REASONS)
def _reason_text(reason: Reason) -> str:
    """Without what is empty: millions of them lie in a store, and most are said again and again."""
    facts = {key: value for key, value in reason.as_dict().items() if value or key.startswith("name")}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
