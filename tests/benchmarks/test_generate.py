"""Made corpora are the same for the same seed, and shaped as news is."""

import json
from itertools import islice, pairwise
from pathlib import Path
from statistics import mean, median

import pytest
from click.testing import CliRunner

from benchmarks.generate import SHARES, Made, articles, geocoded, main
from pipeline.langid import tell_language
from pipeline.read import read_path
from pipeline.records import LANGS, Article, Lang

MANY = 600


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(articles(MANY))


def test_the_same_seed_makes_the_same_articles_and_another_seed_others(made: list[Made]) -> None:
    assert list(articles(20)) == made[:20]
    assert list(islice(articles(10**9), 20)) == made[:20]
    assert list(articles(20, seed=1)) != made[:20]


def test_mentions_stand_where_names_were_put_in(made: list[Made]) -> None:
    for one in map(geocoded, made):
        ends = [0, *(mention.end for mention in one.mentions)]
        assert all(before <= mention.start for before, mention in zip(ends, one.mentions, strict=False))
        assert all(one.article.text[m.start : m.end] == m.surface for m in one.mentions)


def test_the_command_writes_what_the_pipeline_reads(made: list[Made], tmp_path: Path) -> None:
    file = tmp_path / "made.jsonl"
    file.write_text(CliRunner().invoke(main, ["--articles", "50"]).output, "utf-8")
    read = [tell_language(one) for one in read_path(file) if isinstance(one, Article)]
    assert [one.id for one in read] == [geocoded(one).article.id for one in made[:50]]
    assert mean(one.language == wanted.lang for one, wanted in zip(read, made, strict=False)) > 0.95


@pytest.mark.parametrize("lang", LANGS)
def test_languages_have_their_shares(made: list[Made], lang: Lang) -> None:
    assert mean(one.lang == lang for one in made) == pytest.approx(SHARES[lang] / 100, abs=0.06)


def test_lengths_and_places_are_spread_as_in_news(made: list[Made]) -> None:
    sizes = [len(one.text.encode()) for one in made]
    assert mean(sizes) > median(sizes) > 1_000
    assert 3 < mean(len(one.planted) for one in made) < 8
    places = [spot.place_id for one in made for spot in one.planted]
    ranked = sorted((places.count(place) for place in set(places)), reverse=True)
    assert ranked[0] > 5 * median(ranked)


def test_archives_come_in_the_order_of_time_unless_shuffled(made: list[Made]) -> None:
    days = [one.published for one in made if one.published]
    assert days == sorted(days)
    shuffled = [one.published for one in articles(100, shuffled=True) if one.published]
    assert any(later < earlier for earlier, later in pairwise(shuffled))


def test_one_language_alone_can_be_had() -> None:
    lines = CliRunner().invoke(main, ["--articles", "5", "--language", "ckb"]).output.splitlines()
    assert [json.loads(line)["language"] for line in lines] == ["ckb"] * 5
