"""Texts with the answer inside → stored articles: "وب⟦كركوك|IQ-KI|place⟧" is a mention of Kirkuk."""

import re
from html import unescape
from typing import Any, cast

from geo.places import load_gazetteer
from pipeline.records import Article, Mention, Reason, Role, StoredArticle, StoredMention

GAZETTEER = load_gazetteer()
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>window.hit = 1</script>",
    "![x](http://beacon.invalid/p.png)",
    "[x](javascript:alert(1)) :red[x] $x$ {{7*7}} ${7*7} `x` ]]>",
    "</mark></p><style>*{display:none}</style>",
    '"><svg onload=alert(1)>',
    "a\u202eexe.txt\u2066b",
)

_MARK = re.compile(r"⟦([^|⟧]*)\|([^|⟧]*)(?:\|([^⟧]*))?⟧")


def mention(
    start: int, surface: str, place_id: str, role: str = "place", *, reason: Reason | None = None
) -> Mention:
    known = place_id in GAZETTEER.places
    return Mention(
        start=start,
        end=start + len(surface),
        surface=surface,
        place_id=place_id,
        level=GAZETTEER.places[place_id].level if known else "town",
        governorate=GAZETTEER.governorate_of(place_id) if known else None,
        district=GAZETTEER.district_of(place_id) if known else None,
        role=cast("Role", role),
        literal=True if role == "place" else None,
        confidence=0.93,
        reason=reason or Reason(name=surface, name_lang="ar"),
    )


def stored(written: str, *, title: str = "", **fields: Any) -> StoredArticle:
    """A body (and a title) with marks, and fields of the article → the article with its mentions."""
    text = f"{title}\n{written}" if title else written
    plain, mentions, at = "", [], 0
    for number, match in enumerate(_MARK.finditer(text), start=1):
        plain += text[at : match.start()]
        found = mention(len(plain), match[1], match[2], match[3] or "place")
        mentions.append(StoredMention(id=number, article_id="a1", mention=found))
        plain += match[1]
        at = match.end()
    plain += text[at:]
    title_end = plain.index("\n") if title else 0
    known: dict[str, Any] = {
        "id": "a1",
        "text": plain,
        "title_end": title_end,
        "body_start": title_end + 1 if title else 0,
        "source": "Al-Mada",
        "url": None,
        "published": "2026-11-24",
        "language": "ar",
        "author": None,
        "origin": "news.jsonl:1",
        "encoding": "utf-8",
    }
    return StoredArticle(article=Article(**(known | fields)), mentions=tuple(mentions))


def bare(markup: str) -> str:
    """Markup → the text that a reader sees, without tags."""
    return unescape(re.sub(r"<[^>]*>", "", markup))
