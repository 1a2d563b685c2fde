"""The signature of an article: the same everywhere, small, and of its words alone."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stories import buckets, sign, signing_digest
from pipeline.stories.signature import HEAD, MOST_NUMBERS, SHORT, SHORTEST, SLOTS
from tests.pipeline.stories.texts import ARABIC, OTHER, REPORT, article


def test_the_signature_of_a_known_text_is_known() -> None:
    """A library or a machine that signs otherwise is noticed: stores would not match what is signed anew."""
    assert sign(article(REPORT)).hex()[:32] == "5700e7c799a03b21186b43f4bdab9113"
    assert sign(article(ARABIC)).hex()[:32] == "2e00fbfed0f7ff94ecfaa09ef5f5f357"


def test_title_source_and_day_are_no_part_of_it() -> None:
    changed = article("ERBIL (AP) — " + REPORT, title="Another", source="AP", published=None)
    assert sign(changed) == sign(article(REPORT))


def test_it_is_small_and_grows_by_numbers_only() -> None:
    assert len(sign(article(REPORT * 50))) == HEAD + SLOTS
    assert len(sign(article(f"{REPORT} In 2017 there were 12 of them."))) == HEAD + SLOTS + 2 * 2
    many = " ".join(f"item {number}" for number in range(500))
    assert len(sign(article(many))) == HEAD + SLOTS + 2 * MOST_NUMBERS


def buckets_of(signatures: Sequence[bytes]) -> list[list[int]]:
    """The buckets of each."""
    numbers, at = buckets(signatures)
    return [numbers[at == place].tolist() for place in range(len(signatures))]


def test_a_text_has_a_bucket_a_band_and_shares_none_with_another() -> None:
    one, other = buckets_of([sign(article(REPORT)), sign(article(OTHER))])
    assert len(set(one)) == 32
    assert not set(one) & set(other)


def test_the_same_slots_in_another_band_are_another_bucket() -> None:
    slots = bytes(range(4)) * (SLOTS // 4)
    (found,) = buckets_of([b"\x64\x00" + slots])
    assert len(set(found)) == 32


def test_a_copy_shares_a_bucket_with_what_it_is_a_copy_of() -> None:
    cut = article(REPORT[: len(REPORT) * 2 // 3])
    one, other = buckets_of([sign(article(REPORT)), sign(cut)])
    assert set(one) & set(other)


def words(many: int) -> str:
    return " ".join(REPORT.replace(",", "").replace(".", "").split()[:many])


def test_few_words_are_signed_with_title_and_day() -> None:
    flash = sign(article(words(SHORTEST - 1), title="Flash"))
    assert len(flash) == SHORT
    assert flash == sign(article(words(SHORTEST - 1).upper() + "!", title="Flash", source="AP"))
    assert flash != sign(article(words(SHORTEST - 1), title="Other"))
    assert flash != sign(article(words(SHORTEST - 1), title="Flash", published="2026-05-21"))
    assert len(sign(article(words(SHORTEST)))) > SHORT


def test_texts_of_no_words_differ_by_their_signs() -> None:
    assert sign(article("🙂")) != sign(article("—"))


def test_letters_of_other_scripts_tell_too() -> None:
    russian = "и " + " ".join(f"слово{chr(0x430 + at)}" for at in range(30))
    greek = "η " + " ".join(f"λεξη{chr(0x3B1 + at % 24)}{at}" for at in range(30))
    assert sign(article(russian))[HEAD:] != sign(article(greek))[HEAD:]


def test_the_digest_says_what_signs() -> None:
    assert len(signing_digest()) == 64
    assert signing_digest() == signing_digest()


@given(st.text(max_size=400))
def test_any_text_can_be_signed_and_lies_in_buckets(text: str) -> None:
    signature = sign(article(text))
    assert signature == sign(article(text))
    assert len(buckets_of([signature])[0]) == (1 if len(signature) == SHORT else 32)


@pytest.mark.parametrize("shorts", [[], [0], [1], [0, 2]])
def test_buckets_tell_whose_they_are(shorts: list[int]) -> None:
    texts = ["flash" if at in shorts else f"{REPORT} {at}" for at in range(3)]
    signatures = [sign(article(text)) for text in texts]
    assert buckets_of(signatures) == [buckets_of([one])[0] for one in signatures]
