"""A number of articles → invented stories with their copies: what the telling of copies is measured on.

A story is a base report of made sentences: stock phrases of the news (`benchmarks.corpus`), which unlike stories
share, and sentences of invented words. Outlets take it over: another title and dateline, words edited, the end or
the middle cut, lines of their own around it, lines broken elsewhere. A *follow-up* shares background sentences with
a story and is another one. The same seed gives the same articles.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from benchmarks.corpus import SEED, reports
from pipeline.records import LANGS, Article, Lang, article_id

OUTLETS = 40
SENTENCES = range(2, 30)
COPIES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 14)
"""How many outlets carry a story, each as likely."""
_SHARE_STOCK = 0.25  # of the sentences are stock phrases
_SHARE_FOLLOWED = 0.15  # of the stories have a follow-up
_BACKGROUND = (0.25, 0.5)  # of a follow-up is the story's
_MOST_EDITED = 0.08  # of the words of a copy
_SHARE_CUT = 0.5  # of the copies lose some of their end
_LEAST_KEPT = 0.4  # of the sentences, where the end was cut
_STOCK_MEGABYTES = 0.4
_VOCABULARY = 12_000

_Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """An article and the story it is of."""

    article: Article
    story: str


@dataclass(frozen=True, slots=True)
class _Base:
    """A report before outlets take it over."""

    lang: Lang
    title: str
    sentences: tuple[str, ...]
    day: int


def told(articles: int, *, seed: int = SEED) -> Iterator[Told]:
    """How many are wanted → at least so many articles, the last story whole, in the order of stories."""
    dice = random.Random(f"copies{seed}")  # noqa: S311 - no secret depends on it
    made = number = 0
    while made < articles:
        lang = LANGS[number % len(LANGS)]
        base = _base(dice, lang)
        bases = [base]
        if dice.random() < _SHARE_FOLLOWED:
            bases.append(_follow_up(dice, base))
        for one in bases:
            number += 1
            for _ in range(dice.choice(COPIES)):
                made += 1
                yield Told(_copy(dice, one, origin=f"made:{made}"), f"story-{number}")


def _base(dice: random.Random, lang: Lang) -> _Base:
    sentences = tuple(_sentence(dice, lang) for _ in range(dice.choice(SENTENCES)))
    return _Base(lang, _title(dice, lang), sentences, dice.randrange(1, 300))


def _follow_up(dice: random.Random, base: _Base) -> _Base:
    """The story of another day with the background of this one behind its news."""
    old = max(1, round(len(base.sentences) * dice.uniform(*_BACKGROUND)))
    news = tuple(_sentence(dice, base.lang) for _ in range(len(base.sentences) - old))
    return replace(
        base, title=_title(dice, base.lang), sentences=news + base.sentences[-old:], day=base.day + 1
    )


def _copy(dice: random.Random, base: _Base, *, origin: str) -> Article:
    """A base → what one outlet prints of it."""
    outlet = dice.randrange(OUTLETS)
    frames = _frames()[base.lang]
    lines = _paragraphs(dice, [_edited(dice, one, base.lang) for one in _cut(dice, base.sentences)])
    lines[0] = dice.choice(frames["datelines"]).format(place=dice.choice(_words(base.lang))) + lines[0]
    lines += _furniture(dice, frames, outlet, base.lang)
    title = base.title if dice.random() < 0.3 else _title(dice, base.lang)
    published = f"2026-{base.day // 28 + 1:02}-{base.day % 28 + 1:02}"
    body = "\n".join(lines)
    return article_of(
        title, body, source=f"outlet-{outlet}", published=published, lang=base.lang, origin=origin
    )


def article_of(title: str, body: str, *, source: str, published: str, lang: str, origin: str) -> Article:
    """What an outlet prints under a title on a day → the article that a reader would make of it."""
    text = f"{title}\n{body}"
    return Article(
        id=article_id(text, source, None, published),
        text=text,
        title_end=len(title),
        body_start=len(title) + 1,
        source=source,
        url=None,
        published=published,
        language=lang,
        author=None,
        origin=origin,
        encoding="utf-8",
    )


def _cut(dice: random.Random, sentences: Sequence[str]) -> list[str]:
    kept = list(sentences)
    if dice.random() < _SHARE_CUT:
        kept = kept[: max(2, round(len(kept) * dice.uniform(_LEAST_KEPT, 1)))]
    if len(kept) > 5 and dice.random() < 0.2:
        del kept[dice.randrange(1, len(kept))]
    return kept


def _edited(dice: random.Random, sentence: str, lang: Lang) -> str:
    """A sentence with some of its words replaced, left out or doubled by another."""
    share = dice.uniform(0, _MOST_EDITED)
    words = []
    for word in sentence.split():
        if dice.random() >= share:
            words.append(word)
        else:
            words += dice.choice([[], [_word(dice, lang)], [word, _word(dice, lang)]])
    return " ".join(words)


def _paragraphs(dice: random.Random, sentences: Sequence[str]) -> list[str]:
    size = dice.choice((1, 2, 3, 100))
    return [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]


def _furniture(dice: random.Random, frames: _Words, outlet: int, lang: Lang) -> Iterator[str]:
    """What stands under every report of an outlet, and the titles of others that it points to."""
    for at, line in enumerate(frames["known"]):
        if (outlet >> at) & 1:
            yield line.format(title=_title(dice, lang))
    if outlet % 2:
        yield frames["own"][outlet % len(frames["own"])]


def _title(dice: random.Random, lang: Lang) -> str:
    return " ".join(_word(dice, lang) for _ in range(dice.randrange(5, 11)))


def _sentence(dice: random.Random, lang: Lang) -> str:
    if dice.random() < _SHARE_STOCK:
        return dice.choice(_stock(lang))
    words = [_word(dice, lang) for _ in range(dice.randrange(8, 24))]
    if dice.random() < 0.4:
        words.insert(dice.randrange(len(words)), str(dice.randrange(2, 2000)))
    return " ".join(words) + "."


def _word(dice: random.Random, lang: Lang) -> str:
    """An invented word; few are frequent and many are rare, as in any language (Zipf)."""
    words = _words(lang)
    return words[int(len(words) ** dice.random()) - 1]


@cache
def _words(lang: Lang) -> tuple[str, ...]:
    """Beginnings and ends of the language's words, put together anew."""
    dice = random.Random(lang)  # noqa: S311
    real = sorted({word.strip(".,،؛:«»\"'") for sentence in _stock(lang) for word in sentence.split()})
    real = [word for word in real if word.isalpha()]
    made = dict.fromkeys(real)
    while len(made) < _VOCABULARY:
        one, other = dice.choice(real), dice.choice(real)
        made[one[: max(1, len(one) // 2)] + other[len(other) // 2 :]] = None
    words = list(made)
    dice.shuffle(words)
    return tuple(words)


@cache
def _stock(lang: Lang) -> tuple[str, ...]:
    found = (report.text for report in reports(lang, _STOCK_MEGABYTES))
    return tuple(f"{one.strip()}." for text in found for one in text.split(". ") if one.strip())


@cache
def _frames() -> Mapping[str, _Words]:
    document = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return cast("Mapping[str, _Words]", document)
