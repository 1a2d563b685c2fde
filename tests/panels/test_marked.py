"""The text of an article, shown as it was given, with its mentions marked."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as some

from panels.figures.marked import marked, paragraphs, visible, within
from panels.figures.markup import Html, escape, join, tag
from pipeline.records import StoredArticle, StoredMention
from tests.panels.made import HOSTILE, bare, mention, stored


def shown(article: StoredArticle, *, start: int = 0, end: int | None = None) -> Html:
    text = article.article.text
    return marked(
        text,
        article.mentions,
        start=start,
        end=len(text) if end is None else end,
        title=lambda one: one.mention.place_id,
    )


def marks(markup: str) -> list[tuple[str, str]]:
    return re.findall(r'<mark class="role-(\w+)"[^>]*>(.*?)</mark>', markup)


@pytest.mark.parametrize(
    "written",
    [
        "هجوم في وب⟦كركوك|IQ-KI|place⟧ اليوم",
        "Attack in ⟦Kirkuk|IQ-KI|place⟧'s centre",
        "لە ⟦کەرکووک|IQ-KI|place⟧دا",
        "😀😀 ⟦كركوك|IQ-KI|place⟧ 👨‍👩‍👧",
        "⟦كركوك|IQ-KI|place⟧",
        "a&b<c> ⟦Erbil|IQ-AR|place⟧ &amp;",
    ],
)
def test_exactly_the_mention_is_marked(written: str) -> None:
    article = stored(written)
    markup = shown(article)
    surface = article.mentions[0].mention.surface
    assert [unescape(text) for _, text in marks(markup)] == [surface]
    assert bare(markup) == article.article.text


def test_each_mention_has_the_colour_of_its_role() -> None:
    article = stored(
        "⟦بغداد|IQ-BG|dateline⟧ - بين ⟦بغداد|IQ-BG|government⟧ و⟦أربيل|IQ-AR|government⟧ في ⟦كركوك|IQ-KI⟧"
    )
    assert marks(shown(article)) == [
        ("dateline", "بغداد"),
        ("government", "بغداد"),
        ("government", "أربيل"),
        ("place", "كركوك"),
    ]


def test_nothing_stands_between_the_letters_of_a_word_and_its_mark() -> None:
    assert 'وب<mark class="role-place" title="IQ-KI">كركوك</mark>' in shown(stored("وب⟦كركوك|IQ-KI⟧"))


def test_marks_take_the_focus_only_where_it_shows_something() -> None:
    article = stored("في ⟦كركوك|IQ-KI⟧")
    end = len(article.article.text)
    focused = marked(
        article.article.text, article.mentions, start=0, end=end, title=lambda _: "", in_focus=True
    )
    assert 'tabindex="0"' in focused
    assert "tabindex" not in shown(article)


def test_what_an_analyst_rejected_is_marked_as_such() -> None:
    rejected = StoredMention(1, "a", mention(0, "كركوك", "IQ-KI"), corrected="reject")
    markup = marked("كركوك", [rejected], start=0, end=5, title=lambda _: "")
    assert 'class="role-place rejected"' in markup


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_those_characters(hostile: str) -> None:
    markup = shown(stored(f"{hostile}⟦{hostile.replace('|', '')}|IQ-KI⟧{hostile}"))
    assert set(re.findall(r"</?(\w+)", markup)) <= {"mark", "span"}
    assert "http://beacon.invalid" not in re.sub(r">[^<]*<", "><", f">{markup}<")


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\x00", "\x1b", "\x7f", "\u0085"])
def test_signs_that_act_on_the_text_around_them_are_shown_by_their_code(sign: str) -> None:
    assert visible(f"a{sign}b") == f'a<span class="control" dir="ltr">U+{ord(sign):04X}</span>b'


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\n", "\t", "ـ", "ً"])
def test_signs_that_the_writing_needs_stay(sign: str) -> None:
    assert visible(f"ا{sign}ب") == f"ا{sign}ب"


def test_a_stretch_marks_only_what_lies_within_it() -> None:
    article = stored("⟦كركوك|IQ-KI⟧ ثم ⟦ديالى|IQ-DI⟧ ثم ⟦نينوى|IQ-NI⟧")
    second = article.mentions[1].mention
    assert marks(shown(article, start=second.start - 2, end=second.end + 4)) == [("place", "ديالى")]


def test_a_mention_inside_another_is_not_marked_twice() -> None:
    text = "مدينة كركوك"
    both = [
        StoredMention(1, "a", mention(0, text, "kirkuk")),
        StoredMention(2, "a", mention(6, "كركوك", "IQ-KI")),
    ]
    assert [one.id for one in within(both, 0, len(text))] == [1]
    assert bare(marked(text, both, start=0, end=len(text), title=lambda _: "")) == text


@given(some.text(max_size=60), some.data())
def test_any_text_with_any_spans_reads_the_same_after_marking(text: str, data: some.DataObject) -> None:
    cuts = sorted(data.draw(some.lists(some.integers(0, len(text)), max_size=8, unique=True)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    mentions = [StoredMention(n, "a", mention(a, text[a:b], "IQ-KI")) for n, (a, b) in enumerate(spans)]
    markup = marked(text, mentions, start=0, end=len(text), title=lambda _: "x")
    assert markup == join(
        [
            *(
                part
                for (a, b), before in zip(spans, [0, *(end for _, end in spans)], strict=False)
                for part in (
                    visible(text[before:a]),
                    tag("mark", visible(text[a:b]), class_="role-place", title="x"),
                )
            ),
            visible(text[spans[-1][1] if spans else 0 :]),
        ]
    )
    assert len(marks(markup.replace("\n", " "))) == len(spans)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ا\n\nب", ["ا", "ب"]),
        ("  ا  \r\n\t\r\n ب", ["ا", "ب"]),
        ("", []),
        (" \n ", []),
        ("واحد", ["واحد"]),
    ],
)
def test_paragraphs_are_lines_without_white_space_around_them(text: str, lines: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == lines


def test_paragraphs_begin_where_they_are_asked_to() -> None:
    assert [*paragraphs("title\nsource\nbody", 6)] == [(6, 12), (13, 17)]


def test_markup_is_escaped_once_and_text_always() -> None:
    assert escape(escape("<b>")) == "&lt;b&gt;"
    assert tag("p", "<b>", tag("i", "x"), title='"', hidden=None) == '<p title="&quot;">&lt;b&gt;<i>x</i></p>'


def test_markup_that_was_joined_by_hand_is_text_again() -> None:
    by_hand = tag("i", "x") + "<script>"
    assert tag("p", by_hand) == "<p>&lt;i&gt;x&lt;/i&gt;&lt;script&gt;</p>"
