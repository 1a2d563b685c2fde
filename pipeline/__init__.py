"""How an article becomes a colour on the map, in the order of the modules that do it.

1. `pipeline.read`      bytes → Article: text as given, title, source, day
   `pipeline.langid`    Article → its language, told from its text and from what the source declares
2. `pipeline.fold`      text → folded text, with the way back to the original offsets
3. `pipeline.recognise` folded text × names of places → spans
4. `pipeline.resolve`   spans → Mentions: which place, which level, which role, how sure, and why
   (2 to 4 are one pure function, `pipeline.geocode`, made in `pipeline.geocoding`)
5. `pipeline.stories`   articles → which of them are copies of one report: "1 story, 14 outlets"
6. `pipeline.store`     Mentions → rows and counts in one GeoPackage, which the dashboard reads

`pipeline.run` keeps the order, `pipeline.workers` spreads 2 to 5, and telling languages, over processes,
`pipeline.cluster` over machines, `python -m pipeline` is the command line. Importing this package loads none of them.
Where 2 to 4 were compiled (`pipeline.compiled`) they are found there first.
"""

import sys
from typing import TYPE_CHECKING

from pipeline import compiled

if TYPE_CHECKING:
    from pipeline.geocoding import geocode

__version__ = "0.1.0"
__all__ = ["__version__", "geocode"]

if found := compiled.current():
    __path__.insert(0, str(found / "pipeline"))
    sys.path.append(str(found))  # what the compiled modules share stands beside the package


def __getattr__(name: str) -> object:
    """`pipeline.geocode`, loaded with its gazetteer when it is first asked for."""
    if name == "geocode":
        from pipeline.geocoding import geocode  # noqa: PLC0415  kept cheap: see above

        return geocode
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
