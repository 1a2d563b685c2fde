"""What a text is about is told by the words around a name, near and in the sentences beside it."""

from dataclasses import replace

import pytest

from pipeline.fold import fold
from pipeline.records import Lang
from pipeline.resolve.topic import Topics
from pipeline.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def told(text: str, lang: Lang = "en") -> dict[str, str]:
    return dict(Topics(fold(text), VOCABULARY).at(0, lang))


def test_a_match_is_told_by_its_words_and_by_how_many() -> None:
    assert told("They lost the match.") == {"topic:sport": "match"}
    assert told("A late goal won the match.") == {"topic:sport": "goal", "topic:sport:more": ""}


def test_one_text_may_have_several_topics() -> None:
    cues = told("After the match the minister spoke of the budget.")
    assert {"topic:sport", "topic:fiscal"} <= cues.keys()


def test_a_word_said_twice_is_one_word() -> None:
    assert "topic:sport:more" not in told("The match was no match.")


def test_the_next_sentence_counts_and_a_far_one_does_not() -> None:
    assert "topic:sport" in told("Nobody came. The match was over.")
    assert told("Nobody came. " + "It was dark. " * 60 + "The match was over.") == {}


def test_a_word_is_read_where_two_pieces_meet() -> None:
    for at in range(130, 160):
        text = "x" * (at - 1) + " goalkeeper " + "y " * 20
        assert told(text) == {"topic:sport": "goalkeeper"}, at


def test_the_answer_is_that_of_the_place_in_the_text() -> None:
    topics = Topics(fold("The match. " + "It was dark. " * 60 + "The budget."), VOCABULARY)
    assert set(topics.at(0, "en")) == {"topic:sport"}
    assert set(topics.at(780, "en")) == {"topic:fiscal"}
    assert set(topics.at(0, "en")) == {"topic:sport"}


@pytest.mark.parametrize(
    ("lang", "text", "topic"),
    [
        ("ar", "فاز الفريق في المباراة أمس", "sport"),
        ("ar", "وقال إن رواتب الموظفين تأخرت", "fiscal"),
        ("ckb", "یارییەکە بە یەکسانی کۆتایی هات", "sport"),
        ("kmr", "Di budçeya îsal de pere tune ye", "fiscal"),
        ("tr", "Maçın ikinci yarısında iki gol oldu", "sport"),
    ],
)
def test_each_language_has_its_words(lang: Lang, text: str, topic: str) -> None:
    assert f"topic:{topic}" in told(text, lang)


def test_a_language_without_words_of_topics_has_none() -> None:
    grammars = {**VOCABULARY.grammars, "en": replace(VOCABULARY.grammars["en"], topics=None)}
    assert dict(Topics(fold("The match."), replace(VOCABULARY, grammars=grammars)).at(0, "en")) == {}
