"""What is read beside the map: sentences by article, the whole article, and why each mention is what it is."""

import re
import tomllib

import pytest

from panels.figures.reading import article_html, excerpts_html
from panels.figures.reason import reason_html, summed_up
from panels.figures.writing import direction, lang_code
from panels.labels import INTERFACE_LANGS, labels
from pipeline.records import Reason, StoredArticle, StoredMention
from pipeline.resolve.role import FILE, is_told
from tests.panels.made import GAZETTEER, HOSTILE, bare, mention, stored

EN, AR = labels("en"), labels("ar")
OWN_TAGS = {
    *("article", "a", "bdi", "code", "dd", "details", "div", "dl", "dt", "h2", "h3", "li", "mark", "ol", "p"),
    *("span", "strong", "summary", "ul"),
}


def read(article: StoredArticle, lang: str = "en") -> str:
    return excerpts_html(article, labels=labels(lang), gazetteer=GAZETTEER)


def whole(article: StoredArticle, lang: str = "en") -> str:
    return article_html(article, labels=labels(lang), gazetteer=GAZETTEER)


def why(reason: Reason, lang: str = "en") -> str:
    one = StoredMention(1, "a", mention(0, "كركوك", "IQ-KI", reason=reason))
    return bare(re.sub("</d[td]>", " ", reason_html(one, labels=labels(lang), gazetteer=GAZETTEER)))


def test_sentences_come_with_title_source_date_and_language() -> None:
    markup = read(stored("هجوم في ⟦كركوك|IQ-KI⟧ اليوم", title="عنوان الخبر"))
    assert '<h3 dir="rtl" lang="ar">عنوان الخبر</h3>' in markup
    assert '<bdi>Al-Mada</bdi> · <bdi dir="ltr">2026-11-24</bdi> · Arabic' in markup
    assert re.search(r'<p dir="rtl" lang="ar">هجوم في <mark [^>]*>كركوك</mark> اليوم</p>', markup)


def test_what_the_source_did_not_say_is_said_to_be_unknown() -> None:
    markup = read(stored("في ⟦كركوك|IQ-KI⟧", source=None, published=None, language="und"))
    assert "Untitled" in markup
    assert "source not named · no date · language undecided" in markup


def test_a_cut_sentence_shows_that_it_goes_on() -> None:
    markup = read(stored("كلمة " * 400 + "⟦كركوك|IQ-KI⟧" + " كلمة" * 400))
    assert ">… كلمة" in markup
    assert "كلمة …<" in markup


@pytest.mark.parametrize(
    ("language", "way", "code"),
    [
        ("ar", "rtl", "ar"),
        ("ckb", "rtl", "ckb"),
        ("kmr", "ltr", "ku"),
        ("en", "ltr", "en"),
        ("tr", "ltr", "tr"),
        ("mul", "auto", None),
        ("und", "auto", None),
    ],
)
def test_text_is_set_in_the_direction_of_its_language(language: str, way: str, code: str | None) -> None:
    assert (direction(language), lang_code(language)) == (way, code)
    attributes = f'dir="{way}"' + (f' lang="{code}"' if code else "")
    assert f"<p {attributes}>" in read(stored("⟦Kirkuk|IQ-KI⟧", language=language))


def test_the_whole_article_is_shown_and_every_mention_marked_in_its_role() -> None:
    article = stored(
        "المدى\nبين ⟦بغداد|IQ-BG|government⟧ و⟦أربيل|IQ-AR|government⟧\n\nفي ⟦كركوك|IQ-KI⟧ شرطة ⟦ديالى|IQ-DI⟧",
        title="عنوان في ⟦كركوك|IQ-KI⟧",
    )
    markup = whole(article)
    assert re.findall(r'<mark class="role-(\w+)"', markup) == ["place", *["government"] * 2, *["place"] * 2]
    assert all(line in bare(markup) for line in article.article.text.split("\n"))


def test_the_reasons_of_a_paragraph_follow_it_in_the_order_of_its_marks() -> None:
    markup = whole(stored("في ⟦كركوك|IQ-KI⟧ و⟦ديالى|IQ-DI⟧\nلا شيء\nفي ⟦نينوى|IQ-NI⟧"))
    paragraphs = re.findall(r'<div class="para">(.*?)(?=<div class="para">|</article>)', markup)
    names = [re.findall(r'<li><strong class="role-place"><bdi>(.*?)</bdi>', one) for one in paragraphs]
    assert names == [[], ["كركوك", "ديالى"], [], ["نينوى"]]  # the first is the title
    assert "Why these places: 2 mentions" in bare(markup)


def test_the_line_of_the_source_is_not_read_twice_unless_a_place_is_named_in_it() -> None:
    body = "المدى\nفي ⟦كركوك|IQ-KI⟧"
    apart = stored(body, title="عنوان", source="المدى", body_start=12)
    assert apart.article.body == "في كركوك"
    assert bare(whole(apart)).count("المدى") == 1
    named = stored("⟦بغداد|IQ-BG|name⟧ اليوم\nنص", title="عنوان", source="x", body_start=18)
    assert named.article.body == "نص"
    assert '<mark class="role-name"' in whole(named)


def test_the_roles_that_are_marked_are_explained_with_their_numbers() -> None:
    markup = bare(whole(stored("⟦بغداد|IQ-BG|government⟧ ⟦بغداد|IQ-BG|government⟧ ⟦كركوك|IQ-KI⟧")))
    assert "Place 1 · what happens there" in markup
    assert "Government 2 · the name stands for the authority" in markup
    assert "Dateline" not in markup


def test_an_article_without_places_says_so() -> None:
    assert EN["article.none"] in whole(stored("لا مكان هنا"))


def test_where_an_article_came_from_can_be_checked() -> None:
    markup = whole(
        stored("x", author="A. Writer", flags=("nul-replaced",), url="https://example.org/a?b=1&c=2")
    )
    assert "By <bdi>A. Writer</bdi>" in markup
    assert "news.jsonl:1" in markup
    assert "nul-replaced" in markup
    assert (
        'href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow"'
        in markup
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "http://",
        "http://[bad",
        "//example.org",
        "https://example.org/\u202eexe",
        " javascript:alert(1)",
    ],
)
def test_an_address_that_is_not_one_of_the_web_is_no_link(url: str) -> None:
    assert "<a " not in whole(stored("x", url=url))


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_any_field_stays_text(hostile: str, lang: str) -> None:
    reason = Reason(
        hostile, hostile, hostile, hostile, (f"role:{hostile}", hostile), (f"{hostile}:{hostile}", hostile)
    )
    article = stored(
        hostile, title=hostile, source=hostile, url=hostile, author=hostile, origin=hostile, flags=(hostile,)
    )
    evil = StoredMention(1, "a", mention(0, hostile, hostile, reason=reason), corrected=hostile)
    markup = whole(StoredArticle(article.article, (evil,)), lang) + read(
        StoredArticle(article.article, (evil,)), lang
    )
    assert set(re.findall(r"<(\w+)", markup)) <= OWN_TAGS
    assert not re.search(r"<[^>]* on\w+=", re.sub(r'="[^"]*"', "", markup))


def test_a_reason_says_what_was_decided_in_words() -> None:
    reason = Reason(
        "كركوك",
        "ar",
        clitic="و",
        cues=(
            "level:type-word:governorate:محافظتي",
            "role:place:left1:locative:في",
            "role:place:list:places",
        ),
        rejected=("kirkuk-district:level", "kirkuk:elsewhere"),
    )
    said = why(reason)
    assert "Place Kirkuk · governorate" in said
    assert "Stands for Place · the place itself" in said
    assert "Confidence 93 %" in said
    assert "Name matched كركوك · Arabic" in said
    assert "Letters before the name, set aside و" in said
    assert "which level: “محافظتي” says that a governorate is meant" in said
    assert "what the name stands for: “في” before the name: a word of place or direction" in said
    assert "it stands in a list of places" in said
    assert "Kirkuk (district): another unit of this name is meant" in said


def test_a_reason_is_told_in_the_language_of_the_interface() -> None:
    said = why(Reason("كركوك", "ar", cues=("role:place:own-right1:speaking:قالت",)), "ar")
    assert "«قالت» بعد الاسم: جهة تقول أو تقرر" in said
    assert not re.search("[A-Za-z]", said)


def test_a_rule_without_words_is_named_by_its_code() -> None:
    assert "which place: some-new-rule:x" in why(Reason("كركوك", "ar", cues=("place:some-new-rule:x",)))


def test_a_place_that_the_gazetteer_does_not_know_is_named_by_its_id() -> None:
    assert "new-place: another unit" in why(Reason("كركوك", "ar", rejected=("new-place:level",)))


def test_a_district_newer_than_the_map_tells_where_it_is_drawn() -> None:
    one = StoredMention(1, "a", mention(0, "جلولاء", "jalawla-district"))
    said = bare(reason_html(one, labels=EN, gazetteer=GAZETTEER))
    assert "Lies inDiyala" in said
    assert "Drawn inKhanaqin" in said


@pytest.mark.parametrize(
    ("action", "said"), [("reject", "Rejected: this is no"), ("reassign", "Given to another")]
)
def test_what_an_analyst_corrected_is_said(action: str, said: str) -> None:
    one = StoredMention(1, "a", mention(0, "كركوك", "IQ-KI"), corrected=action)
    assert f"Corrected by an analyst{said}" in bare(reason_html(one, labels=EN, gazetteer=GAZETTEER))


def test_a_mention_is_summed_up_in_a_line() -> None:
    one = StoredMention(1, "a", mention(0, "كركوك", "IQ-KI"))
    assert summed_up(one, labels=AR, gazetteer=GAZETTEER) == "كركوك · محافظة · المكان · 93٪"


@pytest.mark.parametrize("lang", INTERFACE_LANGS)
def test_every_cue_that_can_be_told_is_told_in_words(lang: str) -> None:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))["weights"]
    cues = {cue.removeprefix("a:").removeprefix("w:") for cue in table}
    told = [cue for cue in sorted(cues) if is_told(cue)]
    assert len(told) > 200
    assert [cue for cue in told if "<code" in reason_markup(f"role:place:{cue}", lang)] == []


def reason_markup(cue: str, lang: str) -> str:
    reason = Reason("كركوك", "ar", cues=(cue,))
    one = StoredMention(1, "a", mention(0, "كركوك", "IQ-KI", reason=reason))
    return reason_html(one, labels=labels(lang), gazetteer=GAZETTEER)
