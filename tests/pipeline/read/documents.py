"""Word documents made for tests: the parts of the package as given, nothing else."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def lines(texts: Iterable[str]) -> str:
    return "".join(paragraph(run(text)) for text in texts)


def cell(*texts: str) -> str:
    return f"<w:tc>{lines(texts)}</w:tc>"


def table(*rows: Iterable[str]) -> str:
    return "".join(["<w:tbl>", *(f"<w:tr>{''.join(row)}</w:tr>" for row in rows), "</w:tbl>"])


def document(body: str, *, before: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}{before}<w:document xmlns:w="{W}" xmlns:mc="mc"><w:body>{body}</w:body></w:document>'.encode()
    )


def relations(target: str = "word/document.xml") -> str:
    one = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'


def package(parts: Mapping[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def docx(body: str, *, before: str = "", **others: str) -> bytes:
    """A Word document of this body; ``others`` are more parts in its folder, footnotes="…"."""
    return package(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(),
            "word/document.xml": document(body, before=before),
            **{f"word/{name}.xml": text for name, text in others.items()},
        }
    )
