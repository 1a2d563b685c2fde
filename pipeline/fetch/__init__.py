"""Apart from the six steps, and never part of a run: feeds on the web → pages kept as evidence (WARC).

The only code that asks the network, and only when `python -m pipeline fetch` is typed. What it keeps is read by
`python -m pipeline run` like any other file.
"""

from pipeline.fetch.address import Reach
from pipeline.fetch.feeds import FetchReport, fetch_feeds
from pipeline.fetch.http import Limits

__all__ = ["FetchReport", "Limits", "Reach", "fetch_feeds"]
