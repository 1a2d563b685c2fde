"""Step 5 of 6. Articles → which of them tell one story: copies of a report across outlets, under other titles.

Pure, and without a store: ``sign`` makes a signature of an article, ``buckets`` says beside which others it must be
looked at, ``alike`` whether two are of one story. Stories are what is connected by that (`pipeline.store.joining`), so
the order in which articles come does not matter.
"""

from pipeline.stories.likeness import alike
from pipeline.stories.signature import buckets, sign, signing_digest

__all__ = ["alike", "buckets", "sign", "signing_digest"]
