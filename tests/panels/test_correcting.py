"""What an analyst says against the machine is kept, seen at once, and never overwrites what another said."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from panels.correcting import log_html
from panels.figures.lines import mention_line, place_line
from panels.labels import INTERFACE_LANGS, labels
from pipeline.store import Correction, correct, corrections, open_store
from pipeline.store import article as stored_article
from tests.panels.conftest import MakeStore
from tests.panels.made import GAZETTEER, HOSTILE, bare, stored
from tests.panels.test_dashboard import Shown, by_key, shown, text

__all__ = ["shown"]
EN = labels("en")
WORDS = "هجوم في ⟦كركوك|IQ-KI⟧ اليوم، وفي ⟦الموصل|mosul-district⟧ أمس"


@pytest.fixture
def opened(shown: Shown, make_store: MakeStore) -> tuple[AppTest, Path, str]:
    """The page of one article with two mentions, its store and its id."""
    one = stored(WORDS)
    path = make_store([one])
    return shown(path, region="IQ-KI", article=one.article.id), path, one.article.id


def said(path: Path) -> list[Correction]:
    with open_store(path, mode="read") as store:
        return corrections(store)


def press_save(app: AppTest, author: str = "Layla") -> None:
    by_key(app.text_input, "correct_author").input(author).run()
    by_key(app.button, "correct_save").click().run()
    assert not app.exception


def choose(elements: Any, key: str, value: object) -> None:
    by_key(elements, key).set_value(value).run()


def test_a_mention_that_is_none_is_rejected_and_no_longer_counts(opened: tuple[AppTest, Path, str]) -> None:
    app, path, article_id = opened
    press_save(app)
    assert [(one.author, one.surface, one.action) for one in said(path)] == [("Layla", "كركوك", "reject")]
    assert EN["correct.saved"] in text(app)
    assert EN["correct.log"] in text(app)
    with open_store(path, mode="read") as store:
        found = stored_article(store, article_id)
    assert found
    assert [one.corrected for one in found.mentions] == ["reject", None]


def test_a_mention_of_another_place_is_given_to_it(opened: tuple[AppTest, Path, str]) -> None:
    app, path, _ = opened
    choose(app.radio, "correct_action", "reassign")
    choose(app.selectbox, "correct_place", "tal-afar-district")
    press_save(app)
    assert [(one.action, one.value) for one in said(path)] == [("reassign", "tal-afar-district")]


def test_a_mention_in_another_role_is_given_it(opened: tuple[AppTest, Path, str]) -> None:
    app, path, article_id = opened
    choose(app.selectbox, f"correct_mention_{article_id}_0", WORDS.index("⟦الموصل") - len("⟦|IQ-KI⟧"))
    choose(app.radio, "correct_action", "role")
    choose(app.selectbox, "correct_role", "government")
    press_save(app)
    assert [(one.surface, one.action, one.value) for one in said(path)] == [("الموصل", "role", "government")]


def test_what_was_corrected_can_be_given_back_to_the_machine(opened: tuple[AppTest, Path, str]) -> None:
    app, path, _ = opened
    assert EN["correct.restore"] not in by_key(app.radio, "correct_action").options
    press_save(app)
    choose(app.radio, "correct_action", "restore")
    press_save(app)
    assert [one.action for one in said(path)] == ["reject", "restore"]


def test_the_form_stays_at_the_mention_and_says_what_became_of_it(opened: tuple[AppTest, Path, str]) -> None:
    app, path, article_id = opened
    at = WORDS.index("⟦الموصل") - len("⟦|IQ-KI⟧")
    choose(app.selectbox, f"correct_mention_{article_id}_0", at)
    press_save(app)
    box = by_key(app.selectbox, f"correct_mention_{article_id}_{said(path)[-1].sequence}")
    assert box.value == at
    assert EN["corrected.reject"] in box.options[1]


def test_a_correction_has_an_author(opened: tuple[AppTest, Path, str]) -> None:
    app, path, _ = opened
    assert by_key(app.button, "correct_save").disabled
    by_key(app.text_input, "correct_author").input("   ").run()
    assert by_key(app.button, "correct_save").disabled
    assert said(path) == []


def test_what_somebody_else_said_meanwhile_is_not_overwritten(opened: tuple[AppTest, Path, str]) -> None:
    app, path, article_id = opened
    by_key(app.text_input, "correct_author").input("Layla").run()
    with open_store(path, mode="write") as store:
        found = stored_article(store, article_id)
        assert found
        one = found.mentions[0]
        correct(store, mention_id=one.id, author="Azad", action="role", value="name", base_revision=0)
    by_key(app.button, "correct_save").click().run()
    assert EN["correct.conflict"] in text(app)
    assert [one.author for one in said(path)] == ["Azad"]


def test_a_store_that_cannot_be_written_says_so(
    opened: tuple[AppTest, Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, path, _ = opened
    by_key(app.text_input, "correct_author").input("Layla").run()
    with open_store(path, mode="write") as other:
        monkeypatch.setattr("pipeline.store.connection.WRITE_WAIT_MS", 50)
        other.db.execute("BEGIN IMMEDIATE")
        by_key(app.button, "correct_save").click().run()
        other.db.execute("ROLLBACK")
    assert EN["correct.locked"] in text(app)
    assert said(path) == []


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_a_line_of_the_form_says_words_place_and_role_in_the_language(lang: str) -> None:
    one = stored(WORDS)
    words = labels(lang)
    line = mention_line(one.mentions[0], one.article, labels=words, gazetteer=GAZETTEER)
    assert "كركوك" in line
    assert GAZETTEER.label("IQ-KI", lang) in line
    assert words["role.place"] in line
    place = place_line("tal-afar-district", labels=words, gazetteer=GAZETTEER)
    assert GAZETTEER.label("IQ-NI", lang) in place


def test_a_hostile_author_stays_text() -> None:
    said = [
        Correction(1, "2026-11-24T10:00:00Z", text, "a", 0, 1, text, "reassign", text, 0) for text in HOSTILE
    ]
    markup = log_html(said, labels=EN, gazetteer=GAZETTEER)
    assert "<script" not in markup
    assert "<img" not in markup
    assert bare(markup)
