"""Articles and mentions for the store's tests, from sentences with the answer inside.

``وب⟦كركوك|IQ-KI|place⟧`` is a mention of the governorate; the gazetteer below says what else is known of it.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from pipeline.records import Article, Geocoded, Level, Mention, Reason, Refusal, Role, article_id
from pipeline.store import (
    BatchResult,
    Geography,
    PlaceRow,
    Store,
    add_batch,
    begin_run,
    finish_run,
    open_store,
)

_MARK = re.compile(r"⟦([^|⟧]*)\|([^|⟧]*)(?:\|([^|⟧]*))?⟧")


def _square(lon: float, lat: float) -> dict[str, object]:
    ring = [(lon, lat), (lon + 1, lat), (lon + 1, lat + 1), (lon, lat + 1), (lon, lat)]
    return {"type": "Polygon", "coordinates": [ring]}


PLACES = (
    PlaceRow(
        "IQ-KI", "governorate", "IQ-KI", None, 35.4, 44.3, {"en": "Kirkuk", "ar": "كركوك", "ckb": "کەرکووک"}
    ),
    PlaceRow("IQ-NI", "governorate", "IQ-NI", None, 36.3, 43.1, {"en": "Nineveh", "ar": "نينوى"}),
    PlaceRow("IQ-SU", "governorate", "IQ-SU", None, 35.5, 45.4, {"en": "Sulaymaniyah"}),
    PlaceRow("IQ-HA", "governorate", "IQ-HA", None, 35.2, 45.9, {"en": "Halabja"}),
    PlaceRow("hawija-district", "district", "IQ-KI", "hawija-district", 35.3, 43.7, {"en": "Hawija"}),
    PlaceRow("sinjar-district", "district", "IQ-NI", "sinjar-district", 36.3, 41.8, {"en": "Sinjar"}),
    PlaceRow("halabja-district", "district", "IQ-HA", "halabja-district", 35.2, 45.9, {"en": "Halabja"}),
    # Newer than the layer, and drawn in a district of another governorate.
    PlaceRow(
        "said-sadiq-district", "district", "IQ-SU", "halabja-district", 35.3, 45.9, {"en": "Said Sadiq"}
    ),
    PlaceRow("abbasi", "subdistrict", "IQ-KI", "hawija-district", 35.3, 43.6, {"en": "Abbasi"}),
    PlaceRow("disputed-territories", "area", None, None, 35.4, 44.2, {"en": "Disputed territories"}),
)
_PLACE = {place.id: place for place in PLACES}
SHAPES: dict[str, dict[str, object]] = {
    "IQ-KI": _square(44, 35),
    "IQ-NI": _square(42, 36),
    "IQ-HA": _square(45.5, 35),
    "hawija-district": _square(43, 35),
    "sinjar-district": {"type": "MultiPolygon", "coordinates": [_square(41, 36)["coordinates"]]},
}
GEOGRAPHY = Geography("gazetteer-1", PLACES, SHAPES)


def open_test_store(path: Path) -> Store:
    return open_store(path, mode="write", geography=GEOGRAPHY)


def marked(
    sentence: str,
    *,
    title: str = "",
    source: str | None = "Shafaq",
    published: str | None = "2026-02-23",
    language: str = "ar",
    origin: str = "news.jsonl:1",
    url: str | None = None,
) -> Geocoded:
    """``⟦surface|place_id|role⟧`` (role place where none is given) → the article and its mentions."""
    text, title_end = title + "\n" if title else "", len(title)
    start = len(text)
    mentions: list[Mention] = []
    position = 0
    for match in _MARK.finditer(sentence):
        text += sentence[position : match.start()]
        mentions.append(mention(len(text), match[1], match[2], match[3] or "place"))
        text += match[1]
        position = match.end()
    text += sentence[position:]
    id_ = article_id(text, source, url, published)
    article = Article(
        id_,
        text,
        title_end,
        start,
        source,
        url,
        published,
        language,
        "A. Writer",
        origin,
        "utf-8",
        ("mended",),
    )
    return Geocoded(article, tuple(mentions))


def mention(start: int, surface: str, place_id: str, role: str) -> Mention:
    place = _PLACE[place_id]
    return Mention(
        start,
        start + len(surface),
        surface,
        place_id,
        cast("Level", place.level),
        place.governorate,
        place.district,
        cast("Role", role),
        True if role == "place" else None,
        0.9,
        Reason(surface, "ar", clitic="وب", cues=("role:place:in",), rejected=("kirkuk:lower level",)),
    )


def fill(
    store: Store, batch: Sequence[Geocoded], *, rules: str = "rules-1", refusals: Sequence[Refusal] = ()
) -> BatchResult:
    """One run of one batch."""
    run = begin_run(store, code_version="test", rules=rules)
    result = add_batch(store, run, batch, refusals)
    finish_run(store, run)
    return result
