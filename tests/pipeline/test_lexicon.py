"""Names → lexicon: what a rule can make of a name is made, and what a person listed wins."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from geo.places import Name, load_gazetteer
from pipeline.fold import to_page, to_text
from pipeline.geocoding import geocode
from pipeline.lexicon import build_lexicon, load_lexicon, readable
from pipeline.spellings import Entry
from pipeline.vocabulary import load_vocabulary
from pipeline.wordlist import fold_word

LEXICON = load_lexicon()
SPELLINGS: Mapping[str, tuple[Entry, ...]] = readable(LEXICON)


BY_RULE = "spelled by rule"


def places(spelling: str) -> set[str]:
    """A spelling as written → the places that it may mean, none where the lexicon lacks it."""
    return {entry.place_id for entry in SPELLINGS.get(fold_word(spelling), ())}


def row(text: str, *, place_id: str = "IQ-KI", lang: str = "en", reason: str = "") -> Name:
    return Name(place_id, text, lang, kind="variant", ambiguous=False, reason=reason, source="hand")


def made_of(*names: Name) -> Mapping[str, tuple[Entry, ...]]:
    """Names alone → the spellings of their lexicon."""
    return readable(build_lexicon(replace(load_gazetteer(), names=names), load_vocabulary()))


def named(*texts: str, lang: str = "en") -> set[str]:
    """Names of one place → their folded spellings, without other transliterations and two separators in a row."""
    made = made_of(*(row(text, lang=lang) for text in texts))
    return {key for key, found in made.items() if "  " not in key and found[0].why != BY_RULE}


@pytest.mark.parametrize(
    ("spelling", "place_id"),
    [
        ("كركوك", "IQ-KI"),
        ("Kerkûk", "IQ-KI"),
        ("KIRKUK", "IQ-KI"),
        ("کەرکووک", "IQ-KI"),
        ("كهركوك", "IQ-KI"),
        ("Nineveh", "IQ-NI"),
        ("Ninewa", "IQ-NI"),
        ("Ninova", "IQ-NI"),
        ("Shingal", "sinjar-district"),
        ("Şengal", "sinjar-district"),
        ("Sincar", "sinjar-district"),
        ("Mexmûr", "makhmur-district"),
        ("Hanekin", "khanaqin-district"),
        ("Xaneqîn", "khanaqin-district"),
        ("Thiqar", "IQ-DQ"),
        ("Zikar", "IQ-DQ"),
        ("Selahattin", "IQ-SD"),
        ("Salahudin", "IQ-SD"),
        ("Tuz Khormato", "tuz-khurmatu-district"),
        ("Tuzhurmatu", "tuz-khurmatu-district"),
        ("Tuz Xurmatû", "tuz-khurmatu-district"),
        ("Arbil", "IQ-AR"),
        ("Hewlêr", "IQ-AR"),
    ],
)
def test_the_spellings_of_the_field_are_known(spelling: str, place_id: str) -> None:
    assert place_id in places(spelling)


@pytest.mark.parametrize(
    "spelling",
    ["Al-Anbar", "el-Anbar", "al Anbar", "alAnbar", "An-Najaf", "Annajaf", "as-Samawah", "Assamawah"],
)
def test_a_latin_article_is_known_in_its_forms(spelling: str) -> None:
    assert places(spelling)


def test_a_rule_makes_of_a_name_with_an_article_its_other_forms() -> None:
    made = named("Al-Salman")
    assert {"al salman", "alsalman", "el salman", "elsalman", "as salman", "assalman"} == made


def test_a_name_of_several_words_is_known_as_one() -> None:
    assert named("Tuz Khurmatu") == {"tuz khurmatu", "tuzkhurmatu"}


def test_two_separators_in_a_row_are_one() -> None:
    assert "tuz  khurmatu" in made_of(row("Tuz Khurmatu"))


def test_a_name_listed_with_gaf_beside_kaf_is_typed_with_either() -> None:
    for spelling in ("سركران", "سرگران"):
        assert [mention.place_id for mention in geocode(f"في ناحية {spelling} شمالي كركوك")][:1] == [
            "sargaran"
        ]


def test_the_arabic_article_behind_lam_is_known() -> None:
    assert named("الموصل", lang="ar") == {"الموصل", "للموصل"}


def test_what_a_person_listed_wins_over_what_a_rule_made() -> None:
    made = made_of(row("Tuz Khurmatu"), row("Tuzkhurmatu", place_id="IQ-SD"))
    assert [entry.place_id for entry in made["tuzkhurmatu"]] == ["IQ-SD"]


@pytest.mark.parametrize(
    ("lang", "short", "longer"),
    [
        ("kmr", "Kerkûk", "Kerkûkê"),
        ("ar", "كربلاء", "كربلاء المقدسة"),
        ("ar", "عين الأسد", "قاعدة عين الأسد"),
        ("ar", "إقليم كردستان", "إقليم كردستان العراق"),
    ],
)
def test_a_spelling_that_only_adds_what_is_stripped_is_left_out(lang: str, short: str, longer: str) -> None:
    assert fold_word(short) in named(short, longer, lang=lang)
    assert fold_word(longer) not in named(short, longer, lang=lang)
    assert fold_word(longer) in named(longer, lang=lang)


def test_names_too_short_to_be_told_from_a_syllable_are_left_out() -> None:
    assert named("Ur", "Kirkuk") == {"kirkuk"}


def test_an_english_name_is_known_in_other_transliterations_which_need_evidence() -> None:
    made = made_of(row("Kirkuk"))
    assert {"kirkouk", "kirkok", "kirquk"} <= made.keys()
    assert all(entry.weak for key, found in made.items() if key != "kirkuk" for entry in found)
    assert not made["kirkuk"][0].weak


@pytest.mark.parametrize(
    "name",
    [row("Kirkuk", lang="tr"), row("Laylan", place_id="laylan"), replace(row("Kirkuk"), ambiguous=True)],
    ids=["another language", "a sub-district", "a weak name"],
)
def test_other_names_are_spelled_as_listed(name: Name) -> None:
    assert not any(entry.why == BY_RULE for found in made_of(name).values() for entry in found)


def test_a_facility_named_after_its_town_is_left_to_the_towns_name() -> None:
    dam = row("Mosul Dam", place_id="mosul-dam", reason="type word; found as Mosul")
    assert set(made_of(row("Mosul", place_id="mosul"), dam)) == {"mosul"}


def test_a_language_without_a_grammar_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Kirkouk.*fr"):
        named("Kirkouk", lang="fr")


def test_a_weak_name_keeps_its_reason() -> None:
    weak = [entry for entry in SPELLINGS[fold_word("بلد")] if entry.place_id == "balad-district"]
    assert weak
    assert all(entry.weak and entry.why for entry in weak)
    assert not any(entry.weak for entry in SPELLINGS[fold_word("كركوك")])


def test_patterns_are_sorted_folded_and_each_means_something() -> None:
    assert all(one < other for one, other in pairwise(sorted(LEXICON.patterns)))
    assert all(LEXICON.entries)
    assert all(len(pattern) >= 3 for pattern in LEXICON.patterns)
    assert len(LEXICON.patterns) == len(LEXICON.entries) == LEXICON.wide.stop
    assert all(to_text(LEXICON.patterns[i]).startswith("لل") for i in LEXICON.contracted)
    assert {i for i, pattern in enumerate(LEXICON.patterns) if b"  " in pattern} == set(LEXICON.wide)


def test_every_place_of_the_gazetteer_has_a_spelling_or_is_named_by_its_town() -> None:
    meant = {entry.place_id for found in LEXICON.entries for entry in found}
    nameless = set(LEXICON.gazetteer.places) - meant
    rows = [name for name in LEXICON.gazetteer.names if name.place_id in nameless]
    assert all(name.reason.startswith("type word") or len(to_page(name.text)) < 3 for name in rows)


def test_the_same_names_give_the_same_digest_and_others_another() -> None:
    gazetteer = load_gazetteer()
    few = replace(gazetteer, names=gazetteer.names[:50])
    again = replace(gazetteer, names=gazetteer.names[:50])
    less = replace(gazetteer, names=gazetteer.names[:20])
    digests = [build_lexicon(g, load_vocabulary()).digest for g in (few, again, less)]
    assert digests[0] == digests[1] != digests[2]
