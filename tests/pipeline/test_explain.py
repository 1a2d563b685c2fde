import pytest

from pipeline.cuewords import cue_in_words, grouped, isolated, visible
from pipeline.explain import explain
from pipeline.geocoding import geocode
from pipeline.records import Article, Mention, Reason, Role

LRI, PDI = "\u2068", "\u2069"
NAMES = {"IQ-KI": "Kirkuk", "kirkuk": "Kirkuk", "IQ-DI": "Diyala"}


def article(text: str) -> Article:
    return Article("0" * 32, text, 0, 0, "واع", None, "2024-05-01", "ar", None, "a.txt", "utf-8")


def mention(
    text: str,
    surface: str,
    *,
    role: Role = "place",
    literal: bool | None = True,
    reason: Reason | None = None,
) -> Mention:
    start = text.index(surface)
    return Mention(
        start=start,
        end=start + len(surface),
        surface=surface,
        place_id="IQ-KI",
        level="governorate",
        governorate="IQ-KI",
        district=None,
        role=role,
        literal=literal,
        confidence=0.9,
        reason=reason or Reason("كركوك", "ar"),
    )


def told(text: str, *mentions: Mention) -> list[str]:
    return explain(article(text), mentions, label=lambda place_id: NAMES.get(place_id, place_id)).splitlines()


def test_each_paragraph_is_followed_by_the_reasons_of_its_mentions() -> None:
    text = "حريق في كركوك.\r\n\r\nلا شيء."
    lines = told(text, mention(text, "كركوك"))
    assert lines[1] == f"{LRI}واع{PDI} · 2024-05-01 · Arabic"
    assert lines[3:7] == [
        "حريق في ⟦كركوك⟧¹.",
        f"  ¹ {LRI}كركوك{PDI} → Kirkuk (governorate; IQ-KI)",
        "      role place: the place itself; confidence 0.90",
        f"      name: {LRI}كركوك{PDI} in Arabic",
    ]
    assert lines[-4:] == ["", "لا شيء.", "", "1 mention"]


def test_a_painter_replaces_the_marks() -> None:
    text = "Fire in Kirkuk."
    painted = explain(
        article(text), [mention(text, "Kirkuk")], label=str, paint=lambda name, role: f"<{role}>{name}</>"
    )
    assert "Fire in <place>Kirkuk</>¹." in painted


def test_what_was_stripped_and_what_was_rejected_is_said() -> None:
    text = "وبكركوك"
    reason = Reason("كركوك", "ar", clitic="وب", rejected=("kirkuk:level", "IQ-DI:too far", "x"))
    lines = told(text, mention(text, "كركوك", reason=reason))
    assert f"      name: {LRI}كركوك{PDI} in Arabic, after the joined {LRI}وب{PDI}" in lines
    assert lines[-3] == (
        "      rather than: Kirkuk, kirkuk (another level of the same name); Diyala, IQ-DI (too far); x, x"
    )


def test_an_institution_is_told_from_the_place_itself() -> None:
    text = "مطار كركوك"
    lines = told(text, mention(text, "كركوك", literal=False))
    assert "      role place: an institution that stands there; confidence 0.90" in lines


def test_a_text_can_do_nothing_to_the_terminal() -> None:
    text = "\x1b[2J\u202egnihtemos\x07 in Kirkuk\x1b]0;title\x07"
    printed = "\n".join(told(text, mention(text, "Kirkuk")))
    assert not set("\x1b\x07\u202e") & set(printed)
    assert "⟨U+001B⟩[2J⟨U+202E⟩gnihtemos⟨U+0007⟩ in ⟦Kirkuk⟧¹" in printed


def test_only_arabic_is_isolated() -> None:
    assert isolated("كركوك") == f"{LRI}كركوك{PDI}"
    assert isolated("Kirkuk") == "Kirkuk"
    assert visible("كركوك\u200c\tKirkuk\n") == "كركوك\u200c\tKirkuk\n"


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("level:highest-of-name", "no type word, so the highest level that bears the name"),
        ("level:type-word:district", "the type word makes it a district"),
        ("level:type-word:governorate:محافظة", f"the type word {LRI}محافظة{PDI} makes it a governorate"),
        ("role:government:left1:between:بين", f"the word “between” just before it ({LRI}بين{PDI})"),
        ("role:place:left:locative", "a word of place before it"),
        ("role:government:a:list:authorities", "its list names seats of government only"),
        ("role:government:place:IQ-BG", "a name that often speaks for a government"),
        ("role:place:clitic:ب", f"joined to {LRI}ب{PDI}"),
        ("role:dateline:line:alone", "it stands alone in its line"),
        ("role:place:left1:new-class", "new class just before it"),
        ("role:place:never-heard-of", "never heard of"),
        ("role:place:never:heard-of", "never: heard of"),
        ("role:place:foreign-near", "a place abroad is named beside it"),
        ("bare", "bare"),
    ],
)
def test_a_cue_is_put_into_words_and_an_unknown_one_is_not_lost(cue: str, words: str) -> None:
    assert cue_in_words(cue) == words


def test_cues_are_grouped_by_decision_and_said_once() -> None:
    cues = ("level:highest-of-name", "role:place:list", "role:place:a:list", "role:place:short")
    assert grouped(cues) == [
        ("level", ["no type word, so the highest level that bears the name"]),
        ("role", ["it stands in a list of places", "the name is short"]),
    ]


def test_every_mention_of_a_real_sentence_is_explained_without_a_bare_id() -> None:
    text = "بحث محافظ كركوك مع الحكومة الاتحادية في بغداد أوضاع قضاءي الحويجة وداقوق."
    lines = told(text, *geocode(text))
    said = [line for line in lines if line.startswith(("      role: ", "      level: "))]
    assert len(said) >= 4
    assert not [line for line in said if ":" in line.split(": ", 1)[1]]


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("role:name:topic:sport:match", "the text around it speaks of sport (match)"),
        ("role:name:topic:scripture:Jonah", "the text around it speaks of prophets and legends (Jonah)"),
        (
            "role:name:right1:oil:petrol",
            "a word that clubs and offices share, as “oil” just after it (petrol)",
        ),
        ("role:government:dateline:quote", "a colon and what somebody says follow"),
        ("role:name:topic:fiscal:more", "the text around it speaks of budgets and talks (in several words)"),
        ("role:government:left:money:barrels", "a word for money before it (barrels)"),
        ("role:place:link:article:the", "the article passed over just before it (the)"),
        (
            "role:government:spelled:administration",
            "it is spelled as the administration, not as its land",
        ),
        ("role:place:line:row", "it is the first column of a table or the heading of a list"),
    ],
)
def test_topics_and_the_form_of_a_line_are_told_in_words(cue: str, words: str) -> None:
    assert cue_in_words(cue) == words
