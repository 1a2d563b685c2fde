"""The whole page, run as Streamlit runs it: addresses in, states, filters and languages out.

What a browser does with it (clicks on map and table, Back) is tested in tests/browser.
"""

import re
import sqlite3
from pathlib import Path
from typing import Any, Protocol

import pytest
from streamlit.testing.v1 import AppTest

from panels.labels import INTERFACE_LANGS, labels
from panels.reading import ARTICLES_A_PAGE
from tests.panels.conftest import MakeStore
from tests.panels.made import HOSTILE, bare, stored

ROOT = Path(__file__).parents[2]
EN = labels("en")


class Shown(Protocol):
    def __call__(self, path: Path, **address: str) -> AppTest: ...


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """A store and an address → the page after one run."""

    def run(path: Path, **address: str) -> AppTest:
        monkeypatch.setenv("IRAQ_MAP_STORE", str(path))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run


def markup(app: AppTest) -> str:
    """All markup of the page but its styles."""
    blocks: list[str] = [block.proto.body for block in app.get("html")]
    return "\n".join(block for block in blocks if not block.startswith("<style>"))


def text(app: AppTest) -> str:
    return bare(markup(app))


def address(app: AppTest) -> dict[str, Any]:
    return dict(app.query_params)


def by_key(elements: Any, key: str) -> Any:
    return next(element for element in elements if element.key == key)


def control(elements: Any, name: str) -> Any:
    """The control of that name: its key ends with how often it has been replaced."""
    return next(element for element in elements if re.fullmatch(rf"{name}_\d+", element.key or ""))


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_the_page_speaks_the_language_of_its_address(shown: Shown, news: Path, lang: str) -> None:
    app = shown(news, lang=lang, region="IQ-KI")
    words = labels(lang)
    assert words["page.title"] in text(app)
    assert words.text("summary.articles", n=3) in text(app)
    assert words["footer.disclaimer"] in text(app)
    assert f'<div dir="{words.dir}" lang="{lang}"' in markup(app)
    assert words["reading.read"] in [button.label for button in app.button]


def test_a_story_is_shown_once_with_the_outlets_that_tell_it(shown: Shown, make_store: MakeStore) -> None:
    told = "في ⟦كركوك|IQ-KI⟧ " + " ".join(f"كلمة{chr(0x628 + at)}{at}" for at in range(16) for _ in "ab")
    path = make_store(
        [
            stored(told, title=f"عنوان {source}", id=source, source=source, published=f"2026-05-2{at}")
            for at, source in enumerate(("second", "first", "third"), 1)
        ]
    )
    app = shown(path, region="IQ-KI", measure="stories")
    assert "3 articles · 1 story · 3 mentions of places" in text(app)
    assert "governorate · 3 mentions · 3 articles · 1 story" in text(app)
    assert "Stories by governorate" in text(app)
    assert text(app).count(EN["story.outlets"].format(n=3)) == 1
    assert '<a href="?measure=stories&amp;region=IQ-KI&amp;article=third"' in markup(app)
    assert [button.key for button in app.button if str(button.key).startswith("read_")] == ["read_second"]
    control(app.segmented_control, "measure_en").set_value("articles").run()
    assert "outlets" not in text(app)
    assert sum(str(button.key).startswith("read_") for button in app.button) == 3


def test_an_article_says_where_else_its_story_is_told(shown: Shown, make_store: MakeStore) -> None:
    short = "انفجار في ⟦كركوك|IQ-KI⟧"
    path = make_store([stored(short, id=one, source=one) for one in "ab"])
    said = text(shown(path, article="a"))
    assert "The same story in 1 other articleb · 2026-11-24 · Untitled" in said


def test_a_region_shows_its_sentences_and_those_of_its_districts_newest_first(
    shown: Shown, news: Path
) -> None:
    said = text(shown(news, region="IQ-KI"))
    sentences = ["هجوم في كركوك.", "وفي كركوك أيضا.", "لە کەرکووک ڕوویدا.", "A raid near Hawija"]
    assert sorted(sentences, key=said.index) == sentences  # the one without a date comes last
    assert "governorate · 4 mentions · 3 articles" in said
    assert "قالت بغداد" not in said


def test_a_click_on_read_opens_the_whole_article_and_back_closes_it(shown: Shown, news: Path) -> None:
    app = shown(news, region="IQ-KI")
    by_key(app.button, "read_arabic").click().run()
    assert address(app) == {"region": "IQ-KI", "article": "arabic"}
    assert "قالت بغداد إنها ترفض." in text(app)
    assert markup(app).count("<mark") == 4
    by_key(app.button, "back").click().run()
    assert address(app) == {"region": "IQ-KI"}


def test_what_does_not_count_is_said_and_counted_after_one_click(shown: Shown, news: Path) -> None:
    app = shown(news, region="IQ-BG")
    assert "2 of the 2 mentions of Baghdad are not counted: 1 names the government, 1 is a dateline." in text(
        app
    )
    assert "No mention of Baghdad counts under the present filters." in text(app)
    by_key(app.button, "include").click().run()
    assert address(app) == {"region": "IQ-BG", "roles": "dateline,government,place"}
    assert "governorate · 2 mentions · 1 article" in text(app)
    assert "not counted" not in text(app)


def test_a_filter_that_lets_nothing_through_can_be_removed_at_once(shown: Shown, news: Path) -> None:
    app = shown(news, langs="tr")
    assert EN["state.no_match_title"] in text(app)
    by_key(app.button, "reset_reading").click().run()
    assert address(app) == {}
    assert EN["reading.hint"] in text(app)


def test_filters_narrow_the_figures(shown: Shown, news: Path) -> None:
    assert "2 mentions · 1 article" in text(shown(news, region="IQ-KI", langs="ar"))
    assert "1 mention · 1 article" in text(shown(news, region="IQ-KI", langs="ckb"))
    assert "0 mentions · 0 articles" in text(shown(news, region="IQ-KI", govs="IQ-DI"))
    assert "2 mentions · 1 article" in text(shown(news, region="IQ-KI", q="هجوم"))


def test_what_is_chosen_in_the_filters_is_written_into_the_address(shown: Shown, news: Path) -> None:
    app = shown(news)
    control(app.multiselect, "govs_en").select("IQ-KI").run()
    control(app.text_input, "q").input(" هجوم ").run()
    assert address(app) == {"govs": "IQ-KI", "q": "هجوم"}
    control(app.toggle, "disputed").set_value(False).run()
    assert address(app)["disputed"] == "0"


def test_the_list_of_regions_chooses_one_and_follows_the_address(shown: Shown, news: Path) -> None:
    app = shown(news, lang="ar", region="IQ-KI")
    box = control(app.selectbox, "region_ar_governorate")
    assert (box.value, box.options[0]) == ("IQ-KI", "أربيل")
    box.select("IQ-DI").run()
    assert address(app) == {"lang": "ar", "region": "IQ-DI"}


def test_another_language_keeps_the_view(shown: Shown, news: Path) -> None:
    app = shown(news, region="IQ-KI", article="arabic")
    control(app.button_group, "lang").set_value("ckb").run()
    assert address(app) == {"region": "IQ-KI", "article": "arabic", "lang": "ckb"}
    assert labels("ckb")["article.back"] in [button.label for button in app.button]


def test_another_level_leaves_the_region_of_the_old_one(shown: Shown, news: Path) -> None:
    app = shown(news, region="IQ-KI", article="arabic")
    control(app.button_group, "level_en").set_value("district").run()
    assert address(app) == {"level": "district"}


def test_another_level_keeps_an_area(shown: Shown, news: Path) -> None:
    app = shown(news, region="kurdistan-region")
    control(app.button_group, "level_en").set_value("district").run()
    assert address(app) == {"level": "district", "region": "kurdistan-region"}


def test_without_districts_the_way_to_the_governorates_is_offered(
    shown: Shown, make_store: MakeStore
) -> None:
    app = shown(make_store([stored("في ⟦كركوك|IQ-KI⟧ و⟦ديالى|IQ-DI⟧")]), level="district")
    assert "All 2 mentions that count name governorates as a whole." in text(app)
    next(button for button in app.button if button.label == EN["state.level_todo"]).click().run()
    assert address(app) == {}


def test_a_disputed_district_is_noted_with_its_sentences(shown: Shown, news: Path) -> None:
    said = text(shown(news, region="hawija-district"))
    assert "The whole of Hawija is on a list of disputed areas." in said
    assert "A raid near Hawija" in said


def test_an_area_without_a_boundary_is_read_like_a_region(shown: Shown, news: Path) -> None:
    said = text(shown(news, region="kurdistan-region"))
    assert "area · 1 mention · 1 article" in said
    assert EN["note.kurdistan-region"] in said


def test_many_articles_come_in_pages(shown: Shown, make_store: MakeStore) -> None:
    many = [stored("في ⟦كركوك|IQ-KI⟧ اليوم", id=f"a{n:03}") for n in range(ARTICLES_A_PAGE * 2 + 1)]
    app = shown(make_store(many), region="IQ-KI", page="3")
    assert "Page 3 of 3" in text(app)
    assert markup(app).count("<mark") == 1
    next(button for button in app.button if button.label == EN["reading.earlier"]).click().run()
    assert address(app) == {"region": "IQ-KI", "page": "2"}


def test_a_page_beyond_the_last_is_the_last(shown: Shown, news: Path) -> None:
    assert "هجوم" in text(shown(news, region="IQ-KI", page="77"))


def test_an_article_that_is_not_there_is_said_so(shown: Shown, news: Path) -> None:
    app = shown(news, article="0123456789abcdef")
    assert EN["state.no_article_title"] in text(app)
    by_key(app.button, "back").click().run()
    assert address(app) == {}


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["lang", "level", "region", "article", "roles", "page"])
def test_a_hostile_address_is_named_and_never_shown(shown: Shown, news: Path, name: str, value: str) -> None:
    app = shown(news, **{name: value})
    assert EN[f"parameter.{name}"] in text(app)
    assert value not in markup(app)
    assert "beacon" not in markup(app)


def test_hostile_typed_words_stay_in_their_field(shown: Shown, news: Path) -> None:
    app = shown(news, q=HOSTILE[0])
    assert control(app.text_input, "q").value == HOSTILE[0]
    assert HOSTILE[0] not in markup(app)


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_no_store_yet_says_how_to_make_one(shown: Shown, tmp_path: Path, lang: str) -> None:
    app = shown(tmp_path / "none.gpkg", lang=lang)
    assert labels(lang)["state.missing_title"] in text(app)
    assert "python -m pipeline run seeds --store" in text(app)


def test_an_empty_store_is_not_a_store_where_nothing_was_found(shown: Shown, make_store: MakeStore) -> None:
    assert EN["state.empty_title"] in text(shown(make_store([])))
    assert EN["state.silent_title"] in text(shown(make_store([stored("لا مكان هنا")])))


def test_a_file_that_is_no_store_is_told_in_words(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "broken.gpkg"
    path.write_bytes(b"not a database" * 100)
    assert EN["state.damaged"] in text(shown(path))


def test_an_empty_file_is_a_store_still_to_be_made(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "empty.gpkg"
    path.touch()
    assert EN["state.missing"] in text(shown(path))


def test_another_database_is_no_store(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE x (y)")
    assert EN["state.damaged"] in text(shown(path))


def test_a_store_of_a_newer_version_says_so(shown: Shown, news: Path) -> None:
    with sqlite3.connect(news) as database:
        database.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    database.close()
    assert EN["state.newer"] in text(shown(news))
