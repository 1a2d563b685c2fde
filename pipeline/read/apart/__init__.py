"""Formats whose parsers nobody should trust → read in a child process that may die.

`read_apart` hands an open file to a child and takes back, one by one, what it found there. The child has
limits of memory and time, no network, no environment, and can write nothing; when it dies or hangs, the file
it was reading is refused with what was read before kept, and the next file gets a new child. Simple formats
(plain text, JSON, CSV) need none of this and stay in the process itself.
"""

from pipeline.read.apart.children import LIMITS, close_children, read_apart, walls
from pipeline.read.apart.walls import Limits

__all__ = ["LIMITS", "Limits", "close_children", "read_apart", "walls"]
