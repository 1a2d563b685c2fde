"""Every text in every language: the same keys and values, nothing empty, nothing left in English."""

import re
import string
from itertools import pairwise

import pytest

from geo.places import UNAMI, load_gazetteer
from panels.figures.markup import Html
from panels.labels import INTERFACE_LANGS, Labels, labels, plural
from panels.regions import choices
from panels.view import ARTICLE_LANGUAGES, LEVELS, MEASURES, PARAMETERS
from pipeline.records import ROLES

TRANSLATED = [lang for lang in INTERFACE_LANGS if lang != "en"]
# The forms that a count must have; Arabic adds "zero" and "many" where they differ from "other".
FORMS = {"en": {"one", "other"}, "ar": {"one", "two", "few", "other"}, "ckb": {"one", "other"}}

# Latin words that stand in every language: names, codes and keys.
INTERNATIONAL = re.compile(r"CC BY(?: [\d.]+)?(?: IGO)?|GeoNames|Tab|Enter|UNAMI|Leaflet|[\d.]+")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
# What would act in a Markdown-capable argument of a widget; a colon or a tilde alone does nothing.
MARKDOWN = re.compile(r"[*_`\[\]$#<>\\]|:\w+:|~~")


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name is not None}


def wanted(words: Labels, key: str) -> set[str]:
    return set().union(*(placeholders(form) for form in words.words[key].values()))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_language_has_the_keys_of_english_and_no_other(lang: str) -> None:
    assert labels(lang).words.keys() == labels("en").words.keys()


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_label_takes_the_same_values_in_every_language(lang: str) -> None:
    different = [key for key in labels("en").words if wanted(labels(lang), key) != wanted(labels("en"), key)]
    assert different == []


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_no_label_is_empty_or_has_space_at_its_ends(lang: str) -> None:
    forms = [(key, form) for key, its in labels(lang).words.items() for form in its.values()]
    loose = [key for key, form in forms if not form or form != form.strip()]
    assert loose == ["page.separator"]


@pytest.mark.parametrize("lang", TRANSLATED)
def test_nothing_is_left_in_english(lang: str) -> None:
    left = {
        key: form
        for key, forms in labels(lang).words.items()
        for form in forms.values()
        if key != "meta.dir" and re.search("[A-Za-z]", INTERNATIONAL.sub("", PLACEHOLDER.sub("", form)))
    }
    assert left == {}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_nothing_reads_the_same_as_in_english(lang: str) -> None:
    english = labels("en")
    same = [
        key
        for key, forms in labels(lang).words.items()
        if forms["other"] == english[key] and re.search("[A-Za-z]", PLACEHOLDER.sub("", forms["other"]))
    ]
    assert same == []


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_what_is_counted_has_every_form_of_its_language(lang: str) -> None:
    counted = {key for key, forms in labels("en").words.items() if len(forms) > 1}
    assert [key for key in counted if not FORMS[lang] <= labels(lang).words[key].keys()] == []
    assert {key for key, forms in labels(lang).words.items() if len(forms) > 1} == counted


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_no_label_has_markdown_in_it(lang: str) -> None:
    marked = {
        key: form
        for key, forms in labels(lang).words.items()
        for form in forms.values()
        if MARKDOWN.search(PLACEHOLDER.sub("", form))
    }
    assert marked == {}


def test_sorani_is_not_written_with_arabic_letters_for_its_own() -> None:
    arabic_only = re.compile("[كيىةأإآؤ]")
    found = {
        key: form
        for key, forms in labels("ckb").words.items()
        for form in forms.values()
        if arabic_only.search(form)
    }
    assert found == {}


def test_arabic_is_not_written_with_kurdish_or_persian_letters() -> None:
    foreign = re.compile("[کیەۆێڕڵڤپچژگ]")
    found = {
        key: form
        for key, forms in labels("ar").words.items()
        for form in forms.values()
        if key != "meta.name" and foreign.search(form)
    }
    assert found == {}


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_every_closed_list_has_its_words(lang: str) -> None:
    words = labels(lang)
    wanted_keys = [
        *(f"levels.{level}" for level in LEVELS),
        *(f"measure.{measure}" for measure in MEASURES),
        *(f"{table}.{role}" for table in ("role", "role_meaning", "others") for role in ROLES),
        *(f"level.{level}" for level in ("area", "governorate", "district", "subdistrict", "town")),
        *(f"article_lang.{language}" for language in ARTICLE_LANGUAGES),
        *(f"parameter.{name}" for name in PARAMETERS),
    ]
    assert [key for key in wanted_keys if key not in words] == []


def test_what_the_gazetteer_notes_of_a_drawn_region_is_said_in_the_dashboard() -> None:
    """All but what the disputed note says already, seats, and hints for those who edit the rows."""
    gazetteer = load_gazetteer()
    unsaid = ("seat:", "vocalised", "also the river")
    noted = [
        region
        for region in choices(gazetteer)
        if (note := gazetteer.places[region].note) and note != "disputed" and not note.startswith(unsaid)
    ]
    listed = gazetteer.disputed_units(UNAMI)
    missing = [
        region
        for region in noted
        if f"note.{region}" not in labels("en") and not (region in listed and not listed[region].note)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
        (1111, "1,111 مقالًا"),
    ],
)
def test_arabic_counts_as_arabic_does(n: int, said: str) -> None:
    assert labels("ar").text("summary.articles", n=n) == said


@pytest.mark.parametrize(
    ("lang", "one", "many"), [("en", "1 article", "2 articles"), ("ckb", "یەک وتار", "2 وتار")]
)
def test_english_and_sorani_tell_one_from_many(lang: str, one: str, many: str) -> None:
    words = labels(lang)
    assert (words.text("summary.articles", n=1), words.text("summary.articles", n=2)) == (one, many)


def test_arabic_categories_come_round_every_hundred() -> None:
    assert [plural("ar", n) for n in (200, 203, 211, 1000, 1003, 1011)] == ["other", "few", "many"] * 2


def test_values_are_escaped_and_isolated_in_markup() -> None:
    said = labels("en").html("article.author", author="<b>{x}</b>")
    assert said == "By <bdi>&lt;b&gt;{x}&lt;/b&gt;</bdi>"
    assert isinstance(said, Html)


def test_numbers_read_left_to_right_in_markup() -> None:
    assert labels("ar").html("summary.articles", n=1234) == '<bdi dir="ltr">1,234</bdi> مقالًا'


def test_markup_that_is_put_in_stays_markup() -> None:
    assert labels("en").html("article.author", author=Html("<i>x</i>")) == "By <i>x</i>"


def test_a_key_that_no_file_has_is_an_error_by_name() -> None:
    with pytest.raises(KeyError, match="no such"):
        labels("en")["no such"]


def test_languages_differ_in_direction() -> None:
    assert [labels(lang).dir for lang in INTERFACE_LANGS] == ["ltr", "rtl", "rtl"]
    assert all(
        labels(one)["meta.name"] != labels(other)["meta.name"] for one, other in pairwise(INTERFACE_LANGS)
    )
