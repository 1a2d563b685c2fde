"""The owner's article, decided by hand: 25 mentions, of which 13 are governments."""

from collections import Counter
from pathlib import Path

from pipeline import geocode

TEXT = next((Path(__file__).parents[2] / "seeds").glob("000_*.txt")).read_text(encoding="utf-8")

BY_HAND = {
    ("IQ-DI", "place"): 3,
    ("IQ-KI", "place"): 3,
    ("IQ-NI", "place"): 1,
    ("IQ-BG", "government"): 6,
    ("IQ-AR", "government"): 5,
    ("kurdistan-region", "place"): 2,
    ("kurdistan-region", "government"): 2,
    ("disputed-territories", "place"): 3,
}


def test_the_seed_holds_exactly_the_mentions_found_by_hand() -> None:
    assert Counter((mention.place_id, mention.role) for mention in geocode(TEXT)) == BY_HAND


def test_every_offset_of_the_seed_cuts_out_its_surface() -> None:
    mentions = geocode(TEXT)
    assert all(TEXT[m.start : m.end] == m.surface for m in mentions)
    assert Counter(m.surface for m in mentions) == {
        "بغداد": 6,
        "أربيل": 5,
        "إقليم كردستان": 4,
        "ديالى": 3,
        "كركوك": 3,
        "المناطق المتنازع عليها": 2,
        "مناطق متنازع عليها": 1,
        "نينوى": 1,
    }


def test_the_regions_two_places_are_where_its_agencies_and_its_areas_are() -> None:
    region = [m for m in geocode(TEXT) if m.place_id == "kurdistan-region"]
    words = [(TEXT[: m.start].split()[-1], m.role) for m in region]
    assert words == [("وحكومة", "government"), ("حدود", "government"), ("في", "place"), ("في", "place")]


def test_the_governorates_are_told_by_their_type_words() -> None:
    typed = [
        m
        for m in geocode(TEXT)
        if any(cue.startswith("level:type-word:governorate") for cue in m.reason.cues)
    ]
    assert {m.place_id for m in typed} == {"IQ-DI", "IQ-KI", "IQ-NI"}
