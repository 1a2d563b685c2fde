"""Step 1 of 6. Bytes → Article.

`read_path` reads whatever a path names, `read_stream` an open stream (standard input); both yield an
`Article` or a `Refusal` for every record, in the order of the input, and never raise for what it holds.
The formats are rows of one table, `FORMATS`; a format is chosen by content first and by ending second.
"""

from pipeline.read.door import Meter, find_files
from pipeline.read.fields import fields
from pipeline.read.formats import FORMATS, Format
from pipeline.read.reading import read_file, read_path, read_stream

__all__ = ["FORMATS", "Format", "Meter", "fields", "find_files", "read_file", "read_path", "read_stream"]
