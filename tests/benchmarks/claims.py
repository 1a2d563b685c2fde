"""Gold mentions → what a tool would claim that finds them."""

from benchmarks.gold import GoldMention
from pipeline.records import Mention, Reason


def claim_of(gold: GoldMention, text: str, *, confidence: float) -> Mention:
    """A gold mention of a text → the mention that is right about it."""
    assert gold.level is not None
    return Mention(
        start=gold.start,
        end=gold.end,
        surface=text[gold.start : gold.end],
        place_id=gold.place_id,
        level=gold.level,
        governorate=gold.governorate,
        district=gold.district,
        role=gold.role,
        literal=None,
        confidence=confidence,
        reason=Reason(name="", name_lang="en"),
    )
