"""Bad Word documents and PDFs."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from pypdf import PdfReader, PdfWriter

from tests.pipeline.read.documents import OFFICE, PACKAGE, W, docx, lines, package, relations
from tests.pipeline.read.pdfs import Drawn, pdf
from tests.trust.badinputs.case import Bad, file, refused, taken

MEGABYTE = 1 << 20
BODY = lines(["Blast in Tuz", "A blast hit Tuz Khurmatu on Sunday."])
GOOD = docx(BODY)
PAGE = (Drawn("A blast hit Tuz Khurmatu.", x=72, y=700),)
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))


def entities(declared: str, use: str) -> bytes:
    return docx(
        lines(["Title"]) + f"<w:p><w:r><w:t>{use}</w:t></w:r></w:p>", before=f"<!DOCTYPE d [{declared}]>"
    )


def long_document(size: int) -> bytes:
    """A document whose text is so many spaces."""
    return docx(f"<w:p><w:r><w:t>{' ' * size}</w:t></w:r></w:p>")


def lying(data: bytes, size: int) -> bytes:
    """A document that states a smaller size of its text in both places."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo("word/document.xml").file_size
    return data.replace(struct.pack("<I", true), struct.pack("<I", size))


def with_members(**members: bytes) -> bytes:
    """A good document with more members under names that do harm where they are unpacked."""
    names = {
        "up": "../../../../up.txt",
        "macro": "word/vbaProject.bin",
        "rels": "word/_rels/settings.xml.rels",
    }
    return package({**parts(), **{names[name]: data for name, data in members.items()}})


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    data = io.BytesIO(GOOD)
    with zipfile.ZipFile(data, "a") as archive:
        change(archive)
    return data.getvalue()


def overlap(archive: zipfile.ZipFile) -> None:
    """Ten thousand members that all lie where the text lies."""
    place = archive.getinfo("word/document.xml").header_offset
    for number in range(10_000):
        info = zipfile.ZipInfo(f"word/media/{number}.xml")
        info.header_offset, info.file_size, info.compress_size, info.CRC = place, 10 * MEGABYTE, 1000, 0
        archive.filelist.append(info)
    double(archive, "word/last.xml")  # makes the archive write its directory anew


def double(archive: zipfile.ZipFile, name: str = "word/document.xml") -> None:
    archive.writestr(name, b"<other/>")


def link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("word/media/link.png")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def deflated(size: int, times: int) -> bytes:
    """So many zero bytes, packed so many times, without ever holding them."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(size // MEGABYTE)) + packer.flush()
    return data if times == 1 else zlib.compress(data, 9)


def raw_pdf(*objects: bytes, trailer: bytes = b"", tail: bytes = b"") -> bytes:
    """Numbered objects → a PDF; its table of places is left to be found out, as readers do."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + tail + b"trailer\n<</Root 1 0 R" + trailer + b">>\nstartxref\n0\n%%EOF\n"


def one_page(content: bytes, *, filters: bytes = b"", more: bytes = b"") -> bytes:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<" + more + b">>>>",
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        form + b"\nstream\n/X Do\nendstream",
    )


FONT = b"/Font<</F 5 0 R>>"


def encrypted(user: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(PAGE))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


DOCUMENTS: Mapping[str, Bad] = {
    "36 DOCX that unpacks to 100 MB": file("a.docx", lambda: long_document(100 * MEGABYTE), refused("too-large")),
    "36 DOCX packed 1000 times": file("a.docx", lambda: long_document(10 * MEGABYTE), refused("too-large")),
    "36 DOCX that lies about its size": file(
        "a.docx", lambda: lying(long_document(100 * MEGABYTE), 1000), refused("damaged")
    ),
    "37 DOCX with an external entity": file(
        "a.docx", lambda: entities('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"), refused("entities")
    ),
    "37 DOCX with a billion laughs": file(
        "a.docx", lambda: entities(f'<!ENTITY a "ha">{LAUGHS}', "&j;"), refused("entities")
    ),
    "37 DOCX with an external DTD": file(
        "a.docx", lambda: docx(BODY, before='<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x">'), refused("entities")
    ),
    "37 DOCX with a macro": file("a.docx", lambda: with_members(macro=b"\xd0\xcf\x11\xe0"), taken()),
    "37 DOCX with a template from elsewhere": file(
        "a.docx",
        lambda: with_members(
            rels=f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/attachedTemplate" '
            'Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'.encode()
        ),
        taken(),
    ),
    "37 DOCX whose text lies elsewhere": file(
        "a.docx", lambda: package({**parts(), "_rels/.rels": relations("http://127.0.0.1:9/x")}), refused("format")
    ),
    "37 DOCX with a member ../../x": file("a.docx", lambda: with_members(up=b"x"), taken()),
    "37 DOCX of overlapping members": file("a.docx", lambda: changed(overlap), taken()),
    "37 DOCX with a link as a member": file("a.docx", lambda: changed(link), taken()),
    "37 DOCX with its text twice": file("a.docx", lambda: changed(double), refused("damaged")),
    "37 DOCX nested 100,000 times": file("a.docx", lambda: docx("<w:ins>" * 10**5), refused("depth")),
    "37 DOCX of broken XML": file("a.docx", lambda: docx("<w:p><w:r></w:p>"), refused("damaged")),
    "38 PK and junk": file("a.docx", lambda: b"PK\x03\x04" + b"junk" * 99, refused("archive")),
    "38 RTF named .docx": file("a.docx", lambda: b"{\\rtf1 Kirkuk}", refused("binary")),
    "38 old Word document": file("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), refused("binary")),
    "38 text named .docx": file("a.docx", lambda: b"A blast hit Tuz.", refused("damaged")),
    "38 spreadsheet named .docx": file(
        "a.docx", lambda: package({"[Content_Types].xml": "<x/>", "_rels/.rels": relations("xl/workbook.xml")}),
        refused("format"),
    ),
    "38 DOCX cut in half": file("a.docx", lambda: GOOD[: len(GOOD) // 2], refused("damaged")),
    "38 DOCX with an empty body": file("a.docx", lambda: docx(""), refused("empty")),
    "39 DOCX of deleted text alone": file(
        "a.docx", lambda: docx(f'<w:p xmlns:w="{W}"><w:del><w:r><w:t>Mosul</w:t></w:r></w:del></w:p>'), refused("empty")
    ),
    "40 PDF of 1 GiB, packed twice": file(
        "a.pdf", lambda: one_page(deflated(1 << 30, 2), filters=b"/Filter[/FlateDecode/FlateDecode]"), refused("memory")
    ),
    "41 PDF whose pages contain themselves": file(
        "a.pdf",
        lambda: raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"),
        refused("no-text"),
    ),
    "41 PDF of a million words drawn": file(
        "a.pdf", lambda: one_page(b"BT /F 9 Tf (Kirkuk is far) Tj ET\n" * 400_000, more=FONT), refused("too-large")
    ),
    "41 PDF whose picture shows itself": file(
        "a.pdf", lambda: one_page(b"/X Do", more=b"/XObject<</X 6 0 R>>"), refused("no-text")
    ),
    "41 PDF whose table of places goes round": file(
        "a.pdf", lambda: pdf(PAGE).replace(b"/Info 7 0 R", b"/Prev 9 /Info 7 0 R").replace(b"/Prev 9", prev(pdf(PAGE))),
        refused("depth"),
    ),
    "41 PDF cut in half": file("a.pdf", lambda: pdf(PAGE)[:900], refused("truncated")),
    "41 PDF of junk": file("a.pdf", lambda: b"%PDF-1.7\n" + b"junk " * 9999 + b"%%EOF", refused("damaged")),
    "42 PDF that is scanned": file("a.pdf", lambda: pdf([], image=True), refused("no-text")),
    "42 PDF with a password": file("a.pdf", lambda: encrypted("secret"), refused("encrypted")),
    "42 PDF with an empty password": file("a.pdf", lambda: encrypted(""), taken()),
    "42 PDF of 2,000 pages": file("a.pdf", lambda: pdf(*[PAGE] * 2000), taken("pages-cut")),
    "43 PDF with Arabic drawn backwards": file(
        "a.pdf", lambda: pdf([Drawn(list("قال المصدر في المدينة القديمة"), x=72, y=700)]), taken("reversed")
    ),
    "43 PDF whose font has no letters": file(
        "a.pdf", lambda: pdf([Drawn("\ue001\ue002\ue003" * 9, x=72, y=700)]), refused("garbled")
    ),
}  # fmt: skip


def prev(data: bytes) -> bytes:
    """A reference to the table of places itself as to the one before it."""
    return b"/Prev %d" % data.index(b"xref\n")
