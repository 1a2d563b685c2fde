"""The frozen records that pass between the stages, and nothing else.

Offsets everywhere are half-open code-point offsets into the text **as given**:
``text[start:end] == surface``. A browser counts UTF-16 units; convert at its door, not here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Level = Literal["area", "governorate", "district", "subdistrict", "town"]
Role = Literal["place", "government", "dateline", "name"]
Lang = Literal["ar", "ckb", "kmr", "en", "tr"]

LEVELS: tuple[Level, ...] = ("area", "governorate", "district", "subdistrict", "town")
ROLES: tuple[Role, ...] = ("place", "government", "dateline", "name")
LANGS: tuple[Lang, ...] = ("ar", "ckb", "kmr", "en", "tr")
UNTOLD = ""
"""The language of an article of which nobody has told it yet."""


def article_id(text: str, source: str | None, url: str | None, published: str | None) -> str:
    """What makes an article itself → its id: 32 hex digits, the first half of a SHA-256.

    The four are hashed as one JSON array, so that no two divisions of the same letters meet.
    """
    content = json.dumps([text, source, url, published])
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Article:
    """One report as read (step 1), before anything was decided about places.

    A reader leaves ``language`` UNTOLD, but where a date hinges on it, and says in ``declared`` what the source claims;
    `pipeline.langid` tells it before the article is stored or shown.

    ``text`` holds everything the reader will see and the geocoder reads, verbatim: the title is
    ``text[:title_end]`` and the body starts at ``body_start`` (0 and 0 where there is no title).
    ``id`` is the hash of the content (``article_id``), so the same article read twice is one.
    ``published`` is YYYY, YYYY-MM or YYYY-MM-DD, None where the source gave none: never guessed.
    ``language`` is one of LANGS, "fa" (Persian), "mul" where mixed, "und" where undecided or another.
    ``declared`` is one of LANGS or "fa", None where the source names none of them, and as soon as the language is told.
    ``origin`` names file and record for errors and evidence, e.g. "news.jsonl:12".
    ``flags`` says what the reader had to mend, e.g. ("nul-replaced",), and whether the language was misdeclared.
    """

    id: str
    text: str
    title_end: int
    body_start: int
    source: str | None
    url: str | None
    published: str | None
    language: str
    author: str | None
    origin: str
    encoding: str
    flags: tuple[str, ...] = ()
    declared: str | None = None

    @property
    def title(self) -> str:
        """The title as written, "" where there is none."""
        return self.text[: self.title_end]

    @property
    def body(self) -> str:
        """The text without its title."""
        return self.text[self.body_start :]


class Reason(NamedTuple):
    """Why a mention was decided as it was: short, machine-readable, put into words by `explain`.

    ``name`` is the gazetteer spelling that matched and ``name_lang`` its language; ``clitic`` the letters
    stripped before the span and ``suffix`` those after it; ``cues`` the cue rows that fired, each
    "decision:cue-id" (e.g. "role:government:between-and", "level:type-word:district");
    ``rejected`` the other candidates, each "place_id:why". (A NamedTuple, like Mention, because millions are made.)
    """

    name: str
    name_lang: str
    clitic: str = ""
    suffix: str = ""
    cues: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The JSON object that stands in a mention."""
        return {
            "name": self.name,
            "name_lang": self.name_lang,
            "clitic": self.clitic,
            "suffix": self.suffix,
            "cues": list(self.cues),
            "rejected": list(self.rejected),
        }


class Mention(NamedTuple):
    """One mention of an Iraqi place in a text (steps 2 to 4).

    ``governorate`` is a governorate id or None (areas); ``district`` the id of the layer's district polygon
    in which it is drawn, or None (areas, governorates); a district newer than the layer stands in
    ``place_id``. ``literal`` is None for roles other than place. ``confidence`` is 0 to 1.
    """

    start: int
    end: int
    surface: str
    place_id: str
    level: Level
    governorate: str | None
    district: str | None
    role: Role
    literal: bool | None
    confidence: float
    reason: Reason

    def as_dict(self) -> dict[str, object]:
        """The JSON object of the command `geocode`."""
        return {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "place_id": self.place_id,
            "level": self.level,
            "governorate": self.governorate,
            "district": self.district,
            "role": self.role,
            "literal": self.literal,
            "confidence": self.confidence,
            "reason": self.reason.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """One input that was not taken, with the reason: a row of the failures table.

    ``code`` is a short word ("empty", "encoding", "binary", "json", "missing", …), ``message`` one line that names
    file, record and what to do.
    """

    origin: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Geocoded:
    """An article with its mentions in the order of the text, ready for the store.

    ``signature`` tells its copies (step 5); empty where it is still to be made.
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an analyst has chosen to see; every view of the store takes one.

    Empty sets and None mean "no restriction", but for ``roles``: it lists the roles that count
    (default: place only). ``since`` and ``until`` are inclusive days YYYY-MM-DD; an article without a
    date is left out as soon as either is given. ``query`` is typed text for the full-text search.
    """

    roles: frozenset[str] = frozenset({"place"})
    governorates: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class RegionCount:
    """The figures of one region under a selection: exact, zero only where nothing counts.

    ``stories`` are 0 as well where they were not asked for: articles that tell one story count as one.
    """

    region_id: str
    articles: int
    mentions: int
    stories: int = 0


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention as the store holds it; ``id`` is its row. ``corrected`` tells what an analyst changed.

    ``corrected`` is "reject" (no longer counted), "reassign" or "role", None where the machine's word stands.
    ``revision`` is the sequence of the last correction of this mention, 0 if there was none: what
    `correct` is given as ``base_revision``.
    """

    id: int
    article_id: str
    mention: Mention
    corrected: str | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with all its current mentions, in the order of the text."""

    article: Article
    mentions: tuple[StoredMention, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as one of several that tell a story: enough to name it and to open it."""

    article_id: str
    source: str | None
    published: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell one story, of those asked for: the first of them, how many they are, and the others.

    The first is the earliest dated. ``outlets`` counts the sources; articles that name none have one together.
    ``copies`` follow in the order of their days, and are not all where there are very many.
    """

    first: StoredArticle
    articles: int
    outlets: int
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a store holds as a whole; ``silent`` counts articles processed with nothing found."""

    articles: int
    mentions: int
    silent: int
    failures: int
    stories: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    first_day: str | None = None
    last_day: str | None = None
    undated: int = 0
    last_run: str | None = None
    rules: str | None = None
