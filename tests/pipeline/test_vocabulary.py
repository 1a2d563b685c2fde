"""The word files: the code finds in them what it needs, and each word fires when written as it is listed."""

import csv
import math
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DataError
from pipeline.fold import to_page, to_text
from pipeline.records import LANGS, ROLES, Lang
from pipeline.resolve.role import FILE, load_weights
from pipeline.vocabulary import PLURAL, TYPES, WORDS, chains, load_vocabulary
from tests.pipeline.steps import judged

VOCABULARY = load_vocabulary()
# A name that is a place's in each language, and words around it that are no cues.
NAMES: dict[Lang, str] = {"ar": "السماوة", "ckb": "شەقڵاوە", "kmr": "Zaxo", "en": "Chamchamal", "tr": "Zaho"}
CARRIERS: dict[Lang, str] = {
    "ar": "ثمة أمر {} ثمة أمر",
    "ckb": "ئەوجا {} هەر هێشتا",
    "kmr": "êdî {} êdî û",
    "en": "yet {} yet",
    "tr": "şöyle {} şöyle üğ",
}
TABLES = {"affixes", "list", "type_words", "left", "right"}
SHARED = {"locative", "person", "name", "abroad"}


def read(lang: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{lang}.toml").read_text(encoding="utf-8"))


def words_of_side(lang: Lang, side: str) -> Iterator[tuple[str, str]]:
    """A language and a side → each cue word as written with its class."""
    for name, words in read(lang)[side].items():
        yield from ((name, word.strip("*")) for word in words)


def cues_of_name(lang: Lang, phrase: str) -> set[str]:
    """A phrase that holds the language's name → the cues that fire for it."""
    text = CARRIERS[lang].format(phrase)
    return {
        cue
        for one in judged(text)
        for span in [one.subject.around.span]
        if text[span.start : span.end] == NAMES[lang]
        for cue in one.cues
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_has_the_tables_that_the_code_reads(lang: Lang) -> None:
    table = read(lang)
    assert set(table) - {"final", "topic"} == TABLES
    assert {"prefixes", "suffixes", "tails"} == set(table["affixes"])
    assert set(table["left"]) & set(table["right"]) >= SHARED
    assert {"institution", "land"} <= set(table["left"]) | set(table["right"])
    assert table["list"]["conjunctions"]


@pytest.mark.parametrize("lang", LANGS)
def test_type_words_are_of_known_levels(lang: Lang) -> None:
    known = {*TYPES, *(f"{name}{PLURAL}" for name in TYPES)}
    assert {name for side in read(lang)["type_words"].values() for name in side} <= known


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_written_as_people_write_it_and_folds_to_something(lang: Lang) -> None:
    table = read(lang)
    listed = [word for side in ("left", "right") for _, word in words_of_side(lang, side)]
    listed += [word for side in table["type_words"].values() for words in side.values() for word in words]
    assert [word for word in listed if not to_page(word) or word != word.strip()] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_cue_word_fires_as_it_is_listed(lang: Lang) -> None:
    grammar, name = VOCABULARY.grammars[lang], NAMES[lang]
    silent = [
        (side, cls, word)
        for side in ("left", "right")
        for cls, word in words_of_side(lang, side)
        if word not in grammar.links
        and f"{side}1:{cls}"
        not in cues_of_name(lang, f"{word} {name}" if side == "left" else f"{name} {word}")
    ]
    # A type word beside the name is taken for that first.
    assert [s for s in silent if not grammar.types_before.classes(to_text(to_page(s[2].split()[-1])))] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_type_word_fires_as_it_is_listed(lang: Lang) -> None:
    grammar = VOCABULARY.grammars[lang]
    for side, cues in (("before", grammar.types_before), ("after", grammar.types_after)):
        for name, words in read(lang)["type_words"].get(side, {}).items():
            assert [word for word in words if name not in cues.classes(to_text(to_page(word)))] == []


def test_letters_that_many_sorani_writers_write_once_may_be_written_once() -> None:
    grammar = VOCABULARY.grammars["ckb"]
    assert grammar.left.classes(to_text(to_page("سنورەکانی"))) == grammar.left.classes(
        to_text(to_page("سنوورەکانی"))
    )
    assert grammar.types_before.classes(to_text(to_page("ناحییەی"))) == ("subdistrict",)


def test_affixes_make_every_chain_with_at_most_one_of_a_group() -> None:
    made = {to_text(chain) for chain in chains([["و", "ف"], ["ب", "ل"]])}
    assert made == {"و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"}
    assert chains([]) == frozenset()


def test_a_place_abroad_is_known_in_any_language_and_behind_its_clitic() -> None:
    assert all(word in VOCABULARY.foreign for word in ("السعوديه", "وتركيا", "iran", "rojava"))
    assert all(word in VOCABULARY.capitals for word in ("انقره", "وانقره", "tahran"))
    assert "بغداد" not in VOCABULARY.foreign


def rows(name: str) -> list[dict[str, str]]:
    with (WORDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_exception_has_a_reading_and_a_reason() -> None:
    listed = rows("exceptions.csv")
    assert {row["reading"] for row in listed} == {"name", "none"}
    assert [row for row in listed if len(row["reason"]) < 5] == []
    assert len(VOCABULARY.exceptions) <= len(listed)


def test_every_weight_is_a_number_for_each_role_and_the_file_says_when_it_was_fitted() -> None:
    text = FILE.read_text(encoding="utf-8")
    table = tomllib.loads(text)["weights"]
    assert len(table) > 100
    assert all(
        len(row) == len(ROLES) and all(math.isfinite(number) for number in row) for row in table.values()
    )
    assert "Fitted 20" in text
    load_weights()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the word files, to damage."""
    return Path(shutil.copytree(WORDS, tmp_path / "words"))


def test_the_digest_tells_files_apart_and_is_the_same_for_the_same_files(folder: Path) -> None:
    other = Path(shutil.copytree(folder, folder.parent / "other"))
    with (other / "ar.toml").open("a", encoding="utf-8") as file:
        file.write("# a word was here\n")
    assert load_vocabulary(folder).digest == VOCABULARY.digest
    assert load_vocabulary(other).digest != VOCABULARY.digest


def test_all_faults_of_the_exceptions_are_told_at_once(folder: Path) -> None:
    with (folder / "exceptions.csv").open("a", encoding="utf-8") as file:
        file.write("برج بغداد,name,\nقلعة أربيل,maybe,a castle\n")
    with pytest.raises(DataError) as caught:
        load_vocabulary(folder)
    assert len(caught.value.faults) == 2
    assert caught.value.path == "exceptions.csv"


def test_a_word_file_that_is_missing_or_broken_is_named(folder: Path) -> None:
    (folder / "kmr.toml").write_text("[left\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"kmr\.toml"):
        load_vocabulary(folder)
    (folder / "kmr.toml").unlink()
    with pytest.raises(DataError, match=r"kmr\.toml"):
        load_vocabulary(folder)


def test_a_row_of_weights_that_is_too_short_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text('[weights]\n"always" = [0.1, 0.2]\n"list" = [0, 0, 0, 0]\n', encoding="utf-8")
    with pytest.raises(DataError, match="always: 2 numbers"):
        load_weights(path)
