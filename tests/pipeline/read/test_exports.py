"""Exports of Nexis and Factiva in the layouts of their English pages, with invented reports."""

from pathlib import Path

import pytest

from pipeline.read.exports import Part, split_export
from pipeline.records import Article
from tests.pipeline.read.documents import cell, docx, lines, table
from tests.pipeline.read.reading import articles, read_bytes, refusals

COVER = [
    "User Name: An Analyst",
    "Date and Time: Friday, January 12, 2024 10:22:00 AM CET",
    "Job Number: 123456",
    "Documents (2)",
    "1. Two killed in blast near Tuz Khurmatu",
    "Client/Matter: -None-",
    "2. Kirkuk council meets",
    "Search Terms: kirkuk",
    "Narrowed by: Timeline Jan 01, 2024 to Jan 12, 2024",
]
NEXIS_ONE = [
    "Two killed in blast near Tuz Khurmatu",
    "Agence France Presse -- English",
    "January 5, 2024 Friday 9:51 AM GMT",
    "Copyright 2024 Agence France Presse All Rights Reserved",
    "Section: INTERNATIONAL NEWS",
    "Length:\xa0312 words",
    "Byline:\xa0By Ahmed Rasheed",
    "Highlight: Two people were killed.",
    "Dateline: BAGHDAD, Jan 5 2024",
    "Body",
    "A blast killed two people near Tuz Khurmatu on Friday.",
    "Police closed the road to Kirkuk.",
    "Graphic",
    "Smoke over Mosul in 2016.",
    "Load-Date: January 6, 2024",
    "Classification",
    "Language: ENGLISH",
    "Publication-Type: Newswire",
    "Subject: MOSUL (90%)",
    "End of Document",
]
NEXIS_TWO = [
    "Page 1 of 2",
    "Kirkuk council meets",
    "The Baghdad Post",
    "10 January 2024",
    "Length: 80 words",
    "Body",
    "The provincial council met in Kirkuk.",
    "Load-Date: January 11, 2024",
    "End of Document",
]
FACTIVA_ONE = [
    "World News",
    "Two killed in blast near Tuz Khurmatu",
    "By Ahmed Rasheed",
    "1,312 words",
    "5 January 2024",
    "18:42 GMT",
    "Reuters News",
    "LBA",
    "English",
    "Copyright 2024 Thomson Reuters. All Rights Reserved.",
    "BAGHDAD, Jan 5 (Reuters) - A blast killed two people near Tuz Khurmatu.",
    "Police closed the road to Kirkuk.",
    "Document LBA0000020240105ek15001xy",
]
FACTIVA_TWO = [
    "اجتماع مجلس كركوك",
    "80 words",
    "10 January 2024",
    "Asharq Al-Awsat",
    "ASHAWS",
    "Arabic",
    "(c) 2024 Saudi Research",
    "عقد مجلس محافظة كركوك اجتماعه.",
    "Document ASHAWS0020240110ek1a0000b",
]
SUMMARY = ["Search Summary", "Text: kirkuk", "Date: Last month", "© 2024 Factiva, Inc. All rights reserved."]


def read(folder: Path, body: str) -> list[Article]:
    return articles(read_bytes(folder, docx(body), "export.docx"))


def test_an_export_of_nexis_is_cut_into_its_articles(tmp_path: Path) -> None:
    one, two = read(tmp_path, lines([*COVER, *NEXIS_ONE, *NEXIS_TWO]))
    assert one.title == "Two killed in blast near Tuz Khurmatu"
    assert one.body == (
        "Two people were killed.\nA blast killed two people near Tuz Khurmatu on Friday."
        "\nPolice closed the road to Kirkuk."
    )
    assert (one.source, one.published) == ("Agence France Presse -- English", "2024-01-05")
    assert (one.author, one.language, one.flags) == ("Ahmed Rasheed", "en", ())
    assert one.origin.endswith("export.docx:1")
    assert (two.title, two.source) == ("Kirkuk council meets", "The Baghdad Post")
    assert (two.published, two.author, two.body) == (
        "2024-01-10",
        None,
        "The provincial council met in Kirkuk.",
    )
    assert two.origin.endswith("export.docx:2")


def test_an_export_of_factiva_is_cut_into_its_articles(tmp_path: Path) -> None:
    one, two = read(tmp_path, lines([*FACTIVA_ONE, *FACTIVA_TWO, *SUMMARY]))
    assert one.title == "Two killed in blast near Tuz Khurmatu"
    assert one.body.startswith("BAGHDAD, Jan 5 (Reuters)")
    assert one.body.endswith("Kirkuk.")
    assert (one.source, one.published) == ("Reuters News", "2024-01-05")
    assert (one.author, one.language) == ("Ahmed Rasheed", "en")
    assert (two.title, two.source, two.published) == ("اجتماع مجلس كركوك", "Asharq Al-Awsat", "2024-01-10")
    assert (two.body, two.language) == ("عقد مجلس محافظة كركوك اجتماعه.", "ar")


def test_an_export_of_factiva_with_indexing_is_read_from_its_fields(tmp_path: Path) -> None:
    rows = [
        [cell("HD"), cell("Blast near Tuz")],
        [cell("BY"), cell("By Ahmed Rasheed")],
        [cell("WC"), cell("90 words")],
        [cell("PD"), cell("5 January 2024")],
        [cell("SN"), cell("Reuters News")],
        [cell("SC"), cell("LBA")],
        [cell("LA"), cell("English")],
        [cell("LP"), cell("A blast hit Tuz.", "Two were killed.")],
        [cell("TD"), cell("Police closed the road.", "IN Kirkuk, all was quiet.")],
        [cell("RE"), cell("iraq : Iraq | mosul : Mosul")],
        [cell("AN"), cell("Document LBA0000020240105ek15001xy")],
    ]
    (one,) = read(tmp_path, table(*rows))
    assert (one.title, one.source, one.published) == ("Blast near Tuz", "Reuters News", "2024-01-05")
    assert (one.author, one.language) == ("Ahmed Rasheed", "en")
    assert one.body.split("\n") == [
        "A blast hit Tuz.",
        "Two were killed.",
        "Police closed the road.",
        "IN Kirkuk, all was quiet.",
    ]


@pytest.mark.parametrize("whole", [NEXIS_TWO, FACTIVA_TWO], ids=["nexis", "factiva"])
def test_a_last_document_that_was_cut_off_is_kept_and_flagged(tmp_path: Path, whole: list[str]) -> None:
    first, last = read(tmp_path, lines([*whole, *whole[:-1]]))
    assert (first.flags, last.flags) == ((), ("truncated",))
    assert first.text == last.text


def test_a_document_without_a_body_is_refused_alone_by_its_number(tmp_path: Path) -> None:
    picture = ["Smoke over Kirkuk", "Agence France Presse", "January 5, 2024", "End of Document"]
    found = read_bytes(tmp_path, docx(lines([*NEXIS_TWO, *picture, *NEXIS_ONE])), "export.docx")
    assert [one.origin.rpartition(":")[2] for one in articles(found)] == ["1", "3"]
    assert [(one.origin.rpartition(":")[2], one.code) for one in refusals(found)] == [("2", "text")]


def test_words_like_the_labels_of_an_export_in_a_text_are_text(tmp_path: Path) -> None:
    told = [*NEXIS_TWO[:6], "Author: unknown, says the leaflet.", "Body of evidence.", *NEXIS_TWO[6:]]
    (one,) = read(tmp_path, lines(told))
    assert one.author is None
    assert one.body.startswith("Author: unknown, says the leaflet.\nBody of evidence.")


@pytest.mark.parametrize(
    ("before", "title", "author"),
    [
        (["Title of three words", "By Ann Lee"], "Title of three words", "Ann Lee"),
        (["Title of three words", "Ann Lee"], "Title of three words", "Ann Lee"),
        (["World", "Blast in Tuz"], "Blast in Tuz", ""),
        (["World News", "Blast Kills Two"], "Blast Kills Two", ""),
        (["Blast in Tuz"], "Blast in Tuz", ""),
    ],
)
def test_title_and_author_of_factiva_are_told_apart(before: list[str], title: str, author: str) -> None:
    parts = split_export([*before, *FACTIVA_TWO[1:]])
    assert parts is not None
    assert (parts[0].title, parts[0].author) == (title, author)


@pytest.mark.parametrize(
    "lines_",
    [
        ["A letter", "The body", "of the document"],
        ["End of Document"],
        ["Body", "The end of document is near."],
        ["Document 12 of the court was read in Kirkuk."],
    ],
)
def test_an_ordinary_document_is_no_export(lines_: list[str]) -> None:
    assert split_export(lines_) is None


def test_a_document_without_a_date_still_has_its_title_and_source() -> None:
    (part,) = (
        split_export(["Blast in Tuz", "Wire", "Length: 9 words", "Body", "Text.", "End of Document"]) or []
    )
    assert part == Part("Blast in Tuz", "Text.", source="Wire")
