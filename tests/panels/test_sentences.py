"""Sentences around mentions, in the punctuation of four languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panels.figures.sentences import LONGEST, REACH, excerpts, sentence
from pipeline.records import StoredMention
from tests.panels.made import mention, stored


def cut(written: str) -> list[str]:
    article = stored(written)
    text = article.article.text
    return [text[one.start : one.end] for one in excerpts(text, article.mentions)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("أولى. هجوم في ⟦كركوك|IQ-KI⟧. ثالثة.", "هجوم في كركوك."),
        ("ماذا جرى؟ جرى في ⟦كركوك|IQ-KI⟧! ثم انتهى.", "جرى في كركوك!"),
        ("هل ⟦كركوك|IQ-KI⟧ آمنة؟ نعم.", "هل كركوك آمنة؟"),
        ("ڕستەی یەکەم۔ لە ⟦کەرکووک|IQ-KI⟧ ڕوویدا۔ کۆتایی", "لە کەرکووک ڕوویدا۔"),
        ("First. It happened in ⟦Kirkuk|IQ-KI⟧… Then it ended.", "It happened in Kirkuk…"),
        ("واحد\nفي ⟦كركوك|IQ-KI⟧ اليوم\nثلاثة", "في كركوك اليوم"),
        ("واحد\u2029في ⟦كركوك|IQ-KI⟧ اليوم\r\nثلاثة", "في كركوك اليوم"),
        ("قال: «في ⟦كركوك|IQ-KI⟧.» ثم مضى.", "قال: «في كركوك.»"),
        (
            "Inflation of 3.5 percent in ⟦Kirkuk|IQ-KI⟧ was seen. End.",
            "Inflation of 3.5 percent in Kirkuk was seen.",
        ),
        ("Gen. J. Smith and Dr. Ali met in ⟦Kirkuk|IQ-KI⟧. End.", "Gen. J. Smith and Dr. Ali met in Kirkuk."),
        ("قال د. محمد في ⟦كركوك|IQ-KI⟧ إنه باق. ثم مضى.", "قال د. محمد في كركوك إنه باق."),
        ("www.site.iq wrote of ⟦Kirkuk|IQ-KI⟧. End.", "www.site.iq wrote of Kirkuk."),
        ("😀 هجوم في ⟦كركوك|IQ-KI⟧ 😀. ثالثة", "😀 هجوم في كركوك 😀."),
        ("⟦Kirkuk|IQ-KI⟧", "Kirkuk"),
    ],
)
def test_the_sentence_of_a_mention_is_cut_where_a_reader_would(written: str, expected: str) -> None:
    assert cut(written) == [expected]


def test_several_mentions_of_a_sentence_show_it_once() -> None:
    written = "أولى. بين ⟦ديالى|IQ-DI⟧ و⟦كركوك|IQ-KI⟧ ثم ⟦كركوك|IQ-KI⟧. وفي ⟦كركوك|IQ-KI⟧ أيضا."
    article = stored(written)
    assert [len(one.mentions) for one in excerpts(article.article.text, article.mentions)] == [3, 1]


def test_the_title_is_a_sentence_of_its_own() -> None:
    article = stored("وفي ⟦كركوك|IQ-KI⟧ أيضا", title="هجوم في ⟦كركوك|IQ-KI⟧")
    text = article.article.text
    assert [text[one.start : one.end] for one in excerpts(text, article.mentions)] == [
        "هجوم في كركوك",
        "وفي كركوك أيضا",
    ]


def test_a_sentence_without_end_is_cut_between_words_around_its_mention() -> None:
    article = stored("كلمة " * 500 + "⟦كركوك|IQ-KI⟧" + " كلمة" * 500)
    text = article.article.text
    (one,) = excerpts(text, article.mentions)
    assert one.cut_start
    assert one.cut_end
    assert LONGEST - 20 <= one.end - one.start <= LONGEST + 20
    assert set(text[one.start : one.end].split()) == {"كلمة", "كركوك"}


def test_a_short_sentence_is_not_called_cut() -> None:
    article = stored("أولى. هجوم في ⟦كركوك|IQ-KI⟧. ثالثة.")
    (one,) = excerpts(article.article.text, article.mentions)
    assert (one.cut_start, one.cut_end) == (False, False)


def test_mentions_far_apart_in_an_endless_line_are_all_shown() -> None:
    article = stored(("كلمة " * 3000).join(["⟦كركوك|IQ-KI⟧ "] * 4))
    found = excerpts(article.article.text, article.mentions)
    assert [len(one.mentions) for one in found] == [1, 1, 1, 1]


def test_a_mention_that_looks_like_an_end_is_not_cut() -> None:
    text = "In St. George. End"
    assert sentence(text, 3, 13) == (0, 14)


@given(some.text(some.sampled_from('اب .؟!۔…\n"»كA1 '), max_size=200), some.data())
def test_a_sentence_holds_its_span_and_cuts_no_word(text: str, data: some.DataObject) -> None:
    words = [n for n, sign in enumerate(text) if not sign.isspace()]
    if not words:
        return
    start = data.draw(some.sampled_from(words))
    first, last = sentence(text, start, start + 1)
    assert 0 <= first <= start < last <= len(text)
    assert first == 0 or text[first - 1].isspace()
    assert last == len(text) or text[last].isspace()
    assert "\n" not in text[first:last]


@given(some.lists(some.integers(0, 4 * REACH), min_size=1, max_size=20, unique=True))
def test_excerpts_hold_every_mention_once_and_do_not_overlap(offsets: list[int]) -> None:
    text = ("كلمة وكلمة " * REACH)[: 4 * REACH + 4]
    apart = [at for at, after in pairwise([*sorted(offsets), len(text)]) if at + 3 <= after]
    mentions = [StoredMention(n, "a", mention(at, text[at : at + 3], "IQ-KI")) for n, at in enumerate(apart)]
    found = excerpts(text, mentions)
    assert [stored.id for one in found for stored in one.mentions] == [stored.id for stored in mentions]
    assert all(
        one.start <= stored.mention.start and stored.mention.end <= one.end
        for one in found
        for stored in one.mentions
    )
