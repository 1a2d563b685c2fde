"""Typed words find what is meant, and nothing that is typed is an error."""

import apsw
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.fold import fold_words
from pipeline.records import Selection
from pipeline.store import Store, Terms, articles_in, count_search, counts, open_store, search, typed_terms
from pipeline.store.schema import SEARCH
from pipeline.store.terms import MAX_TERMS, fts_expression
from tests.pipeline.store.building import fill, marked


def finds(store: Store, query: str) -> list[str]:
    return [found.article.text for found in search(store, query, Selection())]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("كركوك", "وصل وكركوك بخير"),
        ("كركوك", "هجوم بكركوك"),
        ("كركوك", "قال فبكركوك أمس"),
        ("كركوك", "كَرْكُوك وحدها"),
        ("كركوك", "کەرکوک نا، کرکوک"),
        ("الموصل", "عاد للموصل"),
        ("الموصل", "عاد وللموصل وغيرها"),
        ("الموصل", "في بالموصل"),
        ("أربيل", "اربيل عاصمة"),
        ("Kirkûk", "Li KIRKUK hat"),
        ("musul", "Musul'da patlama"),
        ("tal afar", "In Tal Afar, and Tal Afar only"),
        ("Москва", "Я люблю москва"),
        ("2026", "عام ٢٠٢٦"),
    ],
)
def test_a_word_is_found_as_it_may_be_written(store: Store, query: str, text: str) -> None:
    fill(store, [marked(text)])
    assert finds(store, query) == [text]


@pytest.mark.parametrize(
    ("query", "text"),
    [("كركوك", "كركوكي الأصل"), ("كركوك", "المكركوك"), ("kirkuk", "Kirkukis"), ("كركوك نفط", "كركوك ماء")],
)
def test_another_word_is_not_found(store: Store, query: str, text: str) -> None:
    fill(store, [marked(text)])
    assert finds(store, query) == []


def test_a_star_finds_all_that_begin_so(store: Store) -> None:
    fill(store, [marked("وكركوكي الأصل")])
    assert finds(store, "كركوك*") == ["وكركوكي الأصل"]


def test_words_in_quotes_follow_each_other(store: Store) -> None:
    fill(store, [marked("صلاح الدين"), marked("الدين صلاح")])
    assert finds(store, '"صلاح الدين"') == ["صلاح الدين"]
    assert len(finds(store, "صلاح الدين")) == 2


def test_title_and_body_are_both_searched(store: Store) -> None:
    fill(store, [marked("ماء", title="نفط")])
    assert len(finds(store, "نفط ماء")) == 1


def test_every_spelling_of_a_term_is_looked_for(store: Store) -> None:
    """What a gazetteer knows of other scripts comes in here."""

    def across_scripts(query: str) -> Terms:
        return tuple((*spellings, "كركوك") for spellings in typed_terms(query))

    fill(store, [marked("في ⟦كركوك|IQ-KI⟧")])
    assert finds(store, "Kirkuk") == []
    with open_store(store.path, mode="read", expand=across_scripts) as reader:
        assert finds(reader, "Kirkuk") == ["في كركوك"]
        assert counts(reader, Selection(query="Kirkuk"), level="governorate")["IQ-KI"].articles == 1


@pytest.mark.parametrize("query", ["", "   ", "!?", '"', '""', "* *", "\u200e"])
def test_nothing_searchable_typed_is_no_restriction(store: Store, query: str) -> None:
    fill(store, [marked("⟦كركوك|IQ-KI⟧")])
    assert typed_terms(query) == ()
    assert counts(store, Selection(query=query), level="governorate")["IQ-KI"].articles == 1


def test_a_whole_text_typed_is_cut_to_a_question() -> None:
    assert len(typed_terms("word " * 10_000)) == MAX_TERMS


@pytest.mark.parametrize("spelling", ['a" OR "b', "NEAR(a b)", "a\0b", "-a", "title:a", "a*b", "*", '"', ""])
def test_a_spelling_from_elsewhere_cannot_break_out(store: Store, spelling: str) -> None:
    expression = fts_expression([[spelling, "word"]])
    assert expression is not None
    store.db.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,)).fetchall()


_hostile = st.one_of(
    st.text(max_size=80),
    st.text(alphabet='"*-:(){}^+ANDORNEAR\0كو\u202e🔥\ud800', max_size=60),
    st.lists(st.sampled_from(['"', "NEAR(", "AND", "OR", "NOT", "*", "title:", "كركوك", "-", "\0"])).map(
        " ".join
    ),
)


@settings(max_examples=300, deadline=None)
@given(query=_hostile)
@example('كركوك "')
@example("http://a")
@example("x" * 10_000)
def test_no_text_is_an_error(query: str) -> None:
    index = apsw.Connection(":memory:")
    index.execute(SEARCH)
    expression = fts_expression(typed_terms(query))
    if expression is not None:
        index.execute("SELECT rowid FROM search WHERE search MATCH ?", (expression,)).fetchall()


@settings(max_examples=100, deadline=None)
@given(text=st.text(min_size=1, max_size=40))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    """As far as they fit into a question: every term asks for a word the text has."""
    words = set(fold_words(text).replace("\x01", " ").split())
    for spellings in typed_terms(text.replace('"', " ").replace("*", " ")):
        assert set(spellings[0].split()) <= words


def test_articles_of_a_region_are_searched_as_well(store: Store) -> None:
    fill(store, [marked("نفط ⟦كركوك|IQ-KI⟧"), marked("ماء ⟦كركوك|IQ-KI⟧")])
    found = articles_in(store, "IQ-KI", Selection(query="ماء"))
    assert [stored.article.text for stored in found] == ["ماء كركوك"]
    assert count_search(store, "ماء", Selection()) == 1
