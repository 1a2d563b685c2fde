"""What a reader of the page sees is read, and nothing else."""

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from pipeline.read.docx import read_docx
from pipeline.read.signatures import is_docx
from pipeline.read.source import Head, Source
from pipeline.records import Article
from tests.pipeline.read.documents import W, cell, docx, lines, package, paragraph, relations, run, table
from tests.pipeline.read.reading import only_article, only_refusal, read_bytes


def read(data: bytes) -> Article:
    return only_article(list(read_docx(Source(origin="a.docx", stream=io.BytesIO(data)))))


def text_of(body: str, **others: str) -> str:
    return read(docx(body, **others)).text


def test_a_document_saved_by_the_library_of_the_field_is_one_article(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_heading("هجوم قرب داقوق", level=1)
    document.add_paragraph("أفاد مصدر أمني في كركوك بوقوع هجوم.")
    document.add_paragraph("ولم تتبن أي جهة الهجوم.")
    document.core_properties.author = "An analyst"
    document.save(str(tmp_path / "a.docx"))
    article = only_article(read_bytes(tmp_path, (tmp_path / "a.docx").read_bytes(), "b.docx"))
    assert article.title == "هجوم قرب داقوق"
    assert article.body == "أفاد مصدر أمني في كركوك بوقوع هجوم.\nولم تتبن أي جهة الهجوم."
    assert (article.language, article.author, article.published) == ("ar", None, None)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (paragraph(run("Blast in Tuz")), "Blast in Tuz"),
        (paragraph(run("Blast. In Tuz."), style="Heading1"), "Blast. In Tuz."),
        (paragraph(run("A blast hit Tuz.")), ""),
    ],
)
def test_a_first_paragraph_is_a_title_by_its_style_or_as_it_is_short_and_no_sentence(
    first: str, title: str
) -> None:
    assert read(docx(first + paragraph(run("A blast hit Tuz Khurmatu on Sunday.")))).title == title


def test_runs_that_word_cut_in_two_are_one_word() -> None:
    assert text_of(paragraph(run("Kir"), run("kuk"))) == "Kirkuk"


def test_right_to_left_runs_stay_in_reading_order() -> None:
    body = paragraph(run("قُتل 3 في ", "<w:rtl/>"), run("Kirkuk"), run(" أمس", "<w:rtl/>"))
    assert text_of(body) == "قُتل 3 في Kirkuk أمس"


def test_deleted_and_moved_away_text_is_not_read_and_inserted_text_is() -> None:
    gone = "<w:del><w:r><w:delText>Mosul</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('Erbil')}</w:moveFrom>"
    new = f"<w:ins>{run('Kirkuk')}</w:ins><w:moveTo>{run(' Tuz')}</w:moveTo>"
    assert text_of(paragraph(gone, moved, new)) == "Kirkuk Tuz"


def test_a_deleted_row_of_a_table_is_not_read() -> None:
    assert text_of(table(["<w:trPr><w:del/></w:trPr>", cell("Mosul")], [cell("Kirkuk")])) == "Kirkuk"


@pytest.mark.parametrize(
    ("hidden", "text"), [("<w:vanish/>", "Tuz"), ('<w:vanish w:val="0"/>', "Mosul, Tuz")]
)
def test_hidden_text_is_not_read(hidden: str, text: str) -> None:
    assert text_of(paragraph(run("Mosul, ", hidden), run("Tuz"))) == text


def test_the_code_of_a_field_is_not_read_and_its_result_is() -> None:
    code = "<w:r><w:instrText>HYPERLINK mosul</w:instrText></w:r>"
    assert text_of(paragraph(code, f"<w:hyperlink>{run('Kirkuk')}</w:hyperlink>")) == "Kirkuk"


def test_a_row_of_short_cells_is_a_line_and_long_cells_are_read_one_by_one() -> None:
    short = table([cell("Kirkuk"), cell("3")], [cell("Tuz"), cell("5")])
    assert text_of(short) == "Kirkuk\t3\nTuz\t5"
    page = table([cell("Blast in Tuz", "A blast hit Tuz."), cell("Weather", "Rain in Erbil.")])
    assert text_of(page).split("\n") == ["Blast in Tuz", "", "A blast hit Tuz.", "Weather", "Rain in Erbil."]


def test_a_table_within_a_cell_is_read_once() -> None:
    assert text_of(table([f"<w:tc>{table([cell('Kirkuk'), cell('3')])}<w:p/></w:tc>"])) == "Kirkuk\t3"


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = paragraph(run("Before."), f"<w:r>{both}</w:r>") + paragraph(run("After."))
    assert text_of(body) == "Before.\nIn the box.\nAfter."


def notes(*texts: str) -> str:
    inner = "".join(
        f'<w:footnote w:id="{n}">{paragraph(run(t))}</w:footnote>' for n, t in enumerate(texts, 1)
    )
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph(run("___"))}</w:footnote>'
    return f'<w:footnotes xmlns:w="{W}">{separator}{inner}</w:footnotes>'


def test_a_footnote_follows_its_paragraph_and_one_that_nobody_refers_to_is_not_read() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = paragraph(run("Said a source."), mark) + paragraph(run("The end."))
    assert (
        text_of(body, footnotes=notes("By telephone.", "Unused."))
        == "Said a source.\nBy telephone.\nThe end."
    )


def test_a_footnote_that_refers_to_itself_has_an_end() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    own = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph(run("See"), mark)}</w:footnote></w:footnotes>'
    assert text_of(paragraph(run("Text."), mark), footnotes=own) == "Text.\nSee"


def test_breaks_and_tabs_are_kept() -> None:
    assert (
        text_of(paragraph(run("a"), "<w:r><w:br/></w:r>", run("b"), "<w:r><w:tab/></w:r>", run("c")))
        == "a\nb\tc"
    )


def test_the_main_part_is_the_one_the_package_states() -> None:
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations("/word/document2.xml"),
        "word/document2.xml": f'<w:document xmlns:w="{W}"><w:body>{lines(["Kirkuk"])}</w:body></w:document>',
    }
    assert read(package(parts)).text == "Kirkuk"


def test_strict_documents_are_read() -> None:
    parts = {"_rels/.rels": relations(), "word/document.xml": strict(lines(["Kirkuk"]))}
    assert read(package(parts)).text == "Kirkuk"


def strict(body: str) -> str:
    return f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{body}</w:body></w:document>'


@pytest.mark.parametrize(
    ("folder", "what"),
    [
        ("xl/workbook.xml", "seems to be a spreadsheet"),
        ("ppt/presentation.xml", "seems to be a presentation"),
    ],
)
def test_another_office_file_is_refused_by_what_it_is(tmp_path: Path, folder: str, what: str) -> None:
    data = package({"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(folder), folder: "<x/>"})
    refusal = only_refusal(read_bytes(tmp_path, data, "a.docx"))
    assert refusal.code == "format"
    assert what in refusal.message


def test_a_document_without_text_is_refused_as_empty(tmp_path: Path) -> None:
    assert only_refusal(read_bytes(tmp_path, docx("<w:p/>"), "a.docx")).code == "empty"


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("[Content_Types].xml", True),
        ("word/document.xml", True),
        ("a.docx", False),
        ("articles/1.html", False),
    ],
)
def test_a_word_document_is_known_by_the_first_member_of_its_archive(first: str, expected: bool) -> None:  # noqa: FBT001
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(first, docx(lines(["Kirkuk"])))
    assert is_docx(Head(file.getvalue())) is expected
