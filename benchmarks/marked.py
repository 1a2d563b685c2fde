"""Texts with their places marked by hand → annotated texts: what somebody's own reporting is measured on.

A file holds any number of texts, each under a line "=== LANG [YYYY-MM-DD]"; the day is the report's. A place is marked
where it stands: ⟦Kirkuk⟧, or with its role ⟦Baghdad|government⟧ (default: place), or with role and gazetteer id
⟦Rashad|place|rashad⟧, which is asked for where places of several governorates bear the name; "-" for the id says that
the gazetteer lacks the place. "?" before the role: may be left out ("optional" in tests/gold/README.md). Level
and district are asked only of a place marked with its id.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from benchmarks.gold import GoldMention, GoldText
from geo.places import Gazetteer, load_gazetteer
from pipeline.errors import DataError
from pipeline.fold import fold
from pipeline.language import Languages
from pipeline.lexicon import load_lexicon
from pipeline.recognise import find
from pipeline.records import LANGS, ROLES, Lang, Role
from pipeline.resolve.level import at_level, highest, unit_of
from pipeline.vocabulary import load_vocabulary

_HEAD = re.compile(r"^=== *(\w+)(?: +(\d{4}-\d{2}-\d{2}))? *$", re.MULTILINE)
_MARK = re.compile(r"⟦([^⟦⟧|]*)(?:\|(\??)([^⟦⟧|]*))?(?:\|([^⟦⟧|]*))?⟧")
# The id of a place that the gazetteer lacks: nothing found there can be right.
_LACKING = "-"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark as written: the offset of its surface in the text without marks; ``place_id`` "" where it was left out."""

    start: int
    surface: str
    role: str
    optional: bool
    place_id: str


def load_marked(path: Path) -> list[GoldText]:
    """File of marked texts → annotated texts, their ids "FILE:LINE"; DataError with every fault."""
    written = path.read_text(encoding="utf-8-sig")
    heads = list(_HEAD.finditer(written))
    if not heads:
        raise DataError(path=path.name, faults=['no line "=== LANG" under which a text begins'])
    texts, faults = [], []
    for head, behind in zip(heads, [*heads[1:], None], strict=True):
        end = behind.start() if behind else len(written)
        lang, day = head[1], head[2]
        line = written.count("\n", 0, head.start()) + 1
        body = written[head.end() : end].strip("\n")
        marks = list(_marks(body))
        found = list(_faults(lang, marks))
        faults += [f"line {line}: {fault}" for fault in found]
        if not found:
            mentions = tuple(_mention(mark, day) for mark in marks)
            plain = _MARK.sub(r"\1", body)
            texts.append(
                GoldText(f"{path.name}:{line}", cast("Lang", lang), "", plain, day, mentions, part="dev")
            )
    if faults:
        raise DataError(path=path.name, faults=faults)
    return texts


def _marks(body: str) -> Iterator[_Mark]:
    signs = 0
    for mark in _MARK.finditer(body):
        yield _Mark(mark.start() - signs, mark[1], mark[3] or "place", bool(mark[2]), mark[4] or "")
        signs += len(mark[0]) - len(mark[1])


def _faults(lang: str, marks: Iterable[_Mark]) -> Iterator[str]:
    """The language of a text and its marks → what is wrong with them."""
    if lang not in LANGS:
        yield f"no language {lang!r}: one of {', '.join(LANGS)}"
    gazetteer = load_gazetteer()
    for mark in marks:
        if mark.role not in ROLES:
            yield f"{mark.surface}: no role {mark.role!r}: one of {', '.join(ROLES)}"
        if mark.place_id and mark.place_id != _LACKING and mark.place_id not in gazetteer.places:
            yield f"{mark.surface}: no place {mark.place_id!r} in the gazetteer: its id, or {_LACKING!r}"
        bearers = _bearers(mark.surface)
        if not mark.place_id and len({unit_of(place, gazetteer).governorate for place in bearers}) > 1:
            yield f"{mark.surface}: several places bear the name: add the id, one of {', '.join(bearers)}"


def _mention(mark: _Mark, day: str | None) -> GoldMention:
    gazetteer = load_gazetteer()
    place_id = mark.place_id or _highest(_bearers(mark.surface), day, gazetteer)
    end, role = mark.start + len(mark.surface), cast("Role", mark.role)
    if place_id == _LACKING:
        return GoldMention(mark.start, end, _LACKING, None, _LACKING, None, role, mark.optional)
    unit = unit_of(place_id, gazetteer)
    level, district = (unit.level, unit.district) if mark.place_id else (None, None)
    return GoldMention(mark.start, end, place_id, level, unit.governorate, district, role, mark.optional)


def _highest(bearers: Iterable[str], day: str | None, gazetteer: Gazetteer) -> str:
    there = at_level(bearers, None, gazetteer, day)
    return highest(there, gazetteer) if there else _LACKING


def _bearers(surface: str) -> tuple[str, ...]:
    """A name as written → the places that bear it, none where the gazetteer lacks it."""
    folded, lexicon = fold(surface), load_lexicon()
    spans = find(surface, folded, Languages(folded.kinds), lexicon, load_vocabulary())
    whole = (span for span in spans if (span.start, span.end) == (0, len(surface)))
    return next((lexicon.candidates[span.pattern] for span in whole), ())
