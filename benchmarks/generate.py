"""A number and a seed → a corpus of so many made articles, as JSON Lines, or with their mentions for the store.

    python -m benchmarks.generate --articles 1000000 > million.jsonl

Streams, in constant memory; the same seed gives the same articles, and the first thousand of a million are those of a
thousand. Five languages in the shares below; lengths spread as those of news are (log-normal, about 2 KB of UTF-8 on
average); words and places by Zipf's law, over a vocabulary of invented words, so that a search index of them grows as
one of real text does. They come archive by archive, each of a few outlets and in the order of time, unless they are
asked for shuffled, which is harder for a store. For measuring speed and size only: no accuracy comes from here.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice

import click

from benchmarks.corpus import SEED, official_names, sentence, word_lists
from geo.places import load_gazetteer
from pipeline.records import LANGS, Article, Geocoded, Lang, Level, Mention, Reason, Role, article_id
from pipeline.stories import sign

SHARES: Mapping[Lang, int] = {"ar": 50, "ckb": 16, "kmr": 8, "en": 18, "tr": 8}
"""Percent of the articles."""
ROLES: Mapping[Role, int] = {"place": 72, "government": 20, "dateline": 5, "name": 3}
"""Percent of the mentions."""
FIRST_DAY, DAYS = date(2014, 6, 10), 4_500
ARCHIVE = 100_000
"""Articles of a few outlets, that come together in the order of time."""
OUTLETS = 6
"""Of an archive."""
ARCHIVES = 10
"""After so many the outlets come again."""
UNDATED = 0.03

_WORDS = 40_000  # of a language's invented vocabulary
_MEAN_LOG, _SPREAD_LOG = 5.0, 0.6  # of the number of words in an article: median 148, a few over 1,000
_SHORTEST, _LONGEST = 15, 3_000
_TEMPLATES = 0.45  # of the sentences are a template's, the rest invented words
_NAMING = 0.75  # of those templates name a place
_ZIPF = 1.05
_SHORT = 0.5  # of the invented words are made of two pieces, the rest of three
_SPOKEN_OF: Sequence[Level] = ("governorate", "district", "area", "town", "subdistrict")
_LETTERS = re.compile(r"\{\w+\}|[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Planted:
    """A spelling put into a text, and the place it stands for."""

    start: int
    end: int
    name: str
    place_id: str


@dataclass(frozen=True, slots=True)
class Made:
    """One made article: its title is ``text[:title_end]``, its body starts after the blank line behind it."""

    number: int
    text: str
    title_end: int
    lang: Lang
    source: str
    published: str | None
    planted: tuple[Planted, ...]

    @property
    def url(self) -> str:
        """An address that leads nowhere."""
        return f"https://{self.source.lower()}.example/{self.number}"

    def as_json(self) -> str:
        """The line that `python -m pipeline run` reads."""
        body = self.text[self.title_end + 2 :]
        fields = {"title": self.text[: self.title_end], "text": body, "source": self.source, "url": self.url}
        return json.dumps({**fields, "date": self.published or "", "language": self.lang}, ensure_ascii=False)


def articles(many: int, *, seed: int = SEED, shuffled: bool = False) -> Iterator[Made]:
    """How many and a seed → so many articles, one at a time; ``shuffled``: any outlet and day may follow any other."""
    dice = random.Random(seed)  # noqa: S311 - no secret depends on it
    langs = dice.choices(list(SHARES), weights=list(SHARES.values()), k=10_000)
    for number in range(many):
        at = dice.randrange(ARCHIVE * ARCHIVES) if shuffled else number
        yield _article(dice, number, langs[number % len(langs)], at)


def geocoded(made: Made, *, seed: int = SEED) -> Geocoded:
    """A made article → it as it comes to the store: signed, with a mention for each place, as if all had been found."""
    dice = random.Random(f"{seed}{made.number}")  # noqa: S311
    roles = dice.choices(list(ROLES), weights=list(ROLES.values()), k=len(made.planted))
    article = Article(
        id=article_id(made.text, made.source, made.url, made.published),
        text=made.text,
        title_end=made.title_end,
        body_start=made.title_end + 2,
        source=made.source,
        url=made.url,
        published=made.published,
        language=made.lang,
        author=None,
        origin=f"made.jsonl:{made.number + 1}",
        encoding="utf-8",
    )
    mentions = (_mention(made, spot, role) for spot, role in zip(made.planted, roles, strict=True))
    return Geocoded(article, tuple(mentions), sign(article))


def _mention(made: Made, spot: Planted, role: Role) -> Mention:
    gazetteer = load_gazetteer()
    return Mention(
        start=spot.start,
        end=spot.end,
        surface=made.text[spot.start : spot.end],
        place_id=spot.place_id,
        level=gazetteer.places[spot.place_id].level,
        governorate=gazetteer.governorate_of(spot.place_id),
        district=gazetteer.district_of(spot.place_id),
        role=role,
        literal=True if role == "place" else None,
        confidence=0.9,
        reason=Reason(spot.name, made.lang, cues=("role:place:in",)),
    )


def _article(dice: random.Random, number: int, lang: Lang, at: int) -> Made:
    """``at`` is its place in all the archives, one behind the other: what it was published by, and when."""
    outlet = at // ARCHIVE % ARCHIVES * OUTLETS + int(dice.paretovariate(1)) % OUTLETS
    source = f"Outlet{outlet:02}"
    day = FIRST_DAY + timedelta(days=at % ARCHIVE * DAYS // ARCHIVE)
    published = None if dice.random() < UNDATED else day.isoformat()
    title = _title(dice, lang)
    pieces, planted, at = [title, "\n\n"], [], len(title) + 2
    left = min(_LONGEST, max(_SHORTEST, int(dice.lognormvariate(_MEAN_LOG, _SPREAD_LOG))))
    while left > 0:
        for piece, name in _sentence(dice, lang):
            if name:
                planted.append(Planted(at, at + len(piece), name, _place_of(lang)[name]))
            pieces.append(piece)
            at += len(piece)
            left -= piece.count(" ")
    return Made(number, "".join(pieces), len(title), lang, source, published, tuple(planted))


def _title(dice: random.Random, lang: Lang) -> str:
    return " ".join(dice.choices(_vocabulary(lang), cum_weights=_weights(_WORDS), k=dice.randrange(4, 11)))


def _sentence(dice: random.Random, lang: Lang) -> Iterator[tuple[str, str]]:
    """The pieces of a sentence, each with the name that it is a spelling of, "" for all else."""
    if dice.random() < _TEMPLATES:
        words = word_lists()[lang]
        template = dice.choice(words["sentences" if dice.random() < _NAMING else "plain"])
        yield from sentence(dice, words, _names(lang), template)
    else:
        run = dice.choices(_vocabulary(lang), cum_weights=_weights(_WORDS), k=dice.randrange(6, 25))
        yield " ".join(run) + ". ", ""


@cache
def _weights(many: int) -> Sequence[float]:
    """Zipf's law over so many ranks, summed up."""
    return list(accumulate(1 / (rank + 2.7) ** _ZIPF for rank in range(many)))


@cache
def _vocabulary(lang: Lang) -> Sequence[str]:
    """Invented words: heads and tails of real ones, so that letters follow each other as they do in the language."""
    lists = word_lists()[lang]
    found = {word for key in lists for text in lists[key] for word in _LETTERS.findall(text)}
    real = sorted(word for word in found if not word.startswith("{"))
    halves = [(word[: (len(word) + 1) // 2], word[(len(word) + 1) // 2 :]) for word in real]
    dice = random.Random(lang)  # noqa: S311
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        (head, _), (middle, _), (_, tail) = (dice.choice(halves) for _ in range(3))
        words[head + tail if dice.random() < _SHORT else head + middle + tail] = None
    return list(words)


@cache
def _names(lang: Lang) -> Sequence[str]:
    """A language's names, each as often as it is spoken of: governorates before districts, by Zipf's law."""
    dice, places = random.Random(lang), load_gazetteer().places  # noqa: S311
    names = list(official_names(lang))
    dice.shuffle(names)
    names.sort(key=lambda name: _SPOKEN_OF.index(places[name.place_id].level))
    return [name.text for rank, name in enumerate(names, 1) for _ in range(1 + 2 * len(names) // rank)]


@cache
def _place_of(lang: Lang) -> Mapping[str, str]:
    return {name.text: name.place_id for name in official_names(lang)}


@click.command()
@click.option("--articles", "many", default=100_000, show_default=True, help="How many articles.")
@click.option("--seed", default=SEED, show_default=True, help="The same seed gives the same articles.")
@click.option("--language", type=click.Choice(LANGS), help="This language only; by default all five.")
def main(*, many: int, seed: int, language: str | None) -> None:
    """Write made articles to standard output, a JSON object a line."""
    made = (one for one in articles(many if language is None else 2**62, seed=seed))
    for one in islice((one for one in made if language in (None, one.lang)), many):
        print(one.as_json())


if __name__ == "__main__":
    main()
