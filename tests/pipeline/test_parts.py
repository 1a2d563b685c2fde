"""A part of the work comes back from another machine as it went."""

from collections.abc import Sequence

import pytest

from benchmarks.generate import articles, geocoded
from pipeline.cluster import geocode_part, part_rules
from pipeline.errors import ProjectError
from pipeline.parts import articles_from_part, articles_to_part, geocoded_from_part, geocoded_to_part
from pipeline.records import Article, Geocoded, Refusal
from pipeline.workers import geocode_article

BARE = Article(
    "0", "كركوك \U0001f600 Kirkuk", 0, 0, None, None, None, "und", None, "a.txt", "utf-8", ("x", "y")
)


@pytest.fixture(scope="module")
def made() -> Sequence[Geocoded]:
    return [*map(geocoded, articles(50)), Geocoded(BARE)]


def test_articles_come_back_as_they_went(made: Sequence[Geocoded]) -> None:
    sent = [one.article for one in made]
    assert articles_from_part(articles_to_part(sent)) == sent


def test_mentions_and_refusals_come_back_in_their_order(made: Sequence[Geocoded]) -> None:
    found = [
        *made,
        Refusal("a.txt:7", "internal", "a.txt:7: failed"),
        *map(geocode_article, [made[0].article]),
    ]
    assert geocoded_from_part(geocoded_to_part(found)) == found


def test_a_worker_finds_what_this_machine_finds(made: Sequence[Geocoded]) -> None:
    sent = [one.article for one in made]
    back = geocode_part(articles_to_part(sent), part_rules())
    assert geocoded_from_part(back) == [geocode_article(article) for article in sent]


def test_a_worker_with_other_rules_does_nothing() -> None:
    with pytest.raises(ProjectError, match="give all machines the same version"):
        geocode_part(articles_to_part([BARE]), "other rules")
