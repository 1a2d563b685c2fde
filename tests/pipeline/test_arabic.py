"""Arabic: figures in a list, brackets, roads, the capital, broken lines, datelines with a hyphen, what is certain.

What fires is looked at, not what it weighs: weights are fitted anew with every annotated text.
"""

import pytest

from pipeline.geocoding import geocode
from tests.pipeline.steps import judged


def cues(text: str, index: int = 0) -> set[str]:
    return set(judged(text)[index].cues)


def excepted(text: str) -> list[bool]:
    return [one.exception is not None for one in judged(text)]


@pytest.mark.parametrize(
    "text",
    [
        "دهوك 13، أربيل 16، كركوك 19",
        "دهوك: 13، أربيل: 16، كركوك: 19",
        "دهوك (13)، أربيل (16)، كركوك (19)",
        "دهوك 13.5%، أربيل 16 درجة، وكركوك 19 مئوية",
        "Duhok 13, Erbil: 16 and Kirkuk (19)",
        "النجف الأشرف وكربلاء المقدسة والبصرة",
    ],
)
def test_figures_and_epithets_do_not_break_a_list(text: str) -> None:
    assert [len(one.subject.around.mates) for one in judged(text)] == [2, 2, 2]


@pytest.mark.parametrize("text", ["كركوك 13. أربيل 16", "كركوك وصلها الوفد 13، أربيل 16", "كركوك؛ أربيل"])
def test_sentences_and_other_words_break_a_list(text: str) -> None:
    assert [len(one.subject.around.mates) for one in judged(text)] == [0, 0]


@pytest.mark.parametrize("figure", ["13", ": 13", "(13)", "١٣"])
def test_a_figure_behind_a_name_is_a_cue(figure: str) -> None:
    assert "number-after" in cues(f"بلغت في كركوك {figure} والبقية تأتي")


def test_no_figure_is_none() -> None:
    assert "number-after" not in cues("بلغت في كركوك ذروتها عام 2003")


@pytest.mark.parametrize("text", ["قال لـ(ديالى برس) أمس", "قال لـ«ديالى برس» أمس", 'قال لـ"ديالى برس" أمس'])
def test_brackets_with_another_word_make_a_name(text: str) -> None:
    assert "enclosed-with" in cues(text)


def test_brackets_with_the_name_alone_or_a_whole_clause_do_not() -> None:
    assert "enclosed" in cues("في ناحية الرشاد (كركوك) أمس", 1)
    assert not cues("في الحويجة (كركوك التي شهدت أمس اشتباكات) أمس", 1) & {"enclosed", "enclosed-with"}
    assert not cues("في كركوك أمس") & {"enclosed", "enclosed-with"}


@pytest.mark.parametrize(
    "text",
    [
        "وقع انفجار في العاصمة بغداد ظهرا",
        "وصل إلى العاصمة العراقية بغداد ظهرا",
        "الطريق بين بغداد وكركوك مغلق",
        "القطار بين بغداد والبصرة",
        "تبعد عن بغداد ستين كيلومترا",
        "شن هجوما على بغداد",
        "هز بغداد انفجار عنيف",
        "ضربت عاصفة أربيل وهزت بغداد",
    ],
)
def test_roads_distances_attacks_and_the_capital_are_words_of_place(text: str) -> None:
    assert "left1:locative" in cues(text, -1)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("الخلاف بين بغداد وأربيل", "left1:between"),
        ("يتعين على بغداد الدفع", "left1:addressing"),
        ("مسؤول في بغداد", "left1:authority"),
        ("حكومة الإقليم في أربيل", "left1:authority"),
        ("بيان صادر عن بغداد", "left1:dealing"),
        ("سلم إقليم كردستان النفط", "left1:speaking"),
        ("بغداد سترفض الطلب", "right1:speaking"),
        ("بغداد تستضيف المعرض", "right1:hosting"),
        ("وتعادل كركوك مع ضيفه", "left1:sport"),
        ("كركوك اليوم السبت", "right1:time"),
        ("حكومة نينوى المحلية", "right1:institution"),
    ],
)
def test_what_stands_beside_a_name_says_what_it_does(text: str, cue: str) -> None:
    assert cue in cues(text)


def test_the_country_joined_by_and_is_a_neighbour_and_no_epithet() -> None:
    assert "country-after" in cues("زار إقليم كردستان العراق أمس")
    assert "country-after" not in cues("الخلاف بين إقليم كردستان والعراق")


@pytest.mark.parametrize("text", ["كربلاء-وكالات: بدأ المؤتمر", "الأنبار-خاص: بدأ المؤتمر"])
def test_a_hyphen_joins_a_dateline_to_its_agency(text: str) -> None:
    assert "dateline:mark" in cues(text)


@pytest.mark.parametrize(
    "text",
    [
        "بغداد: «لن نقبل بأي تصدير خارج القانون». وأكد المتحدث",
        'أربيل: "ننتظر صرف رواتب شهرين"',
        'Baghdad: "We will not pay before the revenues are handed over."',
    ],
)
def test_what_is_quoted_behind_a_colon_is_said_by_the_name(text: str) -> None:
    assert "dateline:quote" in cues(text)


@pytest.mark.parametrize(
    "text", ["بغداد: «المدى»\nأعلنت الوزارة", "بغداد: بدأ المؤتمر", "بغداد - «لن نقبل بأي تصدير»"]
)
def test_an_outlet_behind_a_colon_says_nothing(text: str) -> None:
    assert "dateline:quote" not in cues(text)


def test_oil_before_a_city_may_be_the_name_of_a_club() -> None:
    assert "left1:oil" in cues("فاز نفط البصرة بهدفين")
    assert "left1:oil" not in cues("فاز فريق البصرة بهدفين")


def test_prophets_are_a_topic_of_their_own() -> None:
    assert "topic:scripture" in cues("قال الواعظ إن يونس أرسل إلى نينوى")
    assert "topic:scripture" not in cues("قال المحافظ إن الأمطار هطلت على نينوى")


def test_dots_behind_the_name_make_a_headline() -> None:
    assert "line:dots" in cues("أربيل.. حريق كبير في سوق")
    assert "line:dots" not in cues("أربيل تشهد حريقا في سوق..")


def test_a_hyphen_within_a_latin_name_is_no_dateline() -> None:
    assert "dateline:mark" not in cues("Baghdad-based experts said the harvest was poor")


def test_a_line_broken_at_a_link_opens_nothing() -> None:
    assert not {"line:alone", "line:start"} & cues("ضبط كمية في\nالبصرة\n، اليوم الثلاثاء")
    assert {"line:alone", "line:start"} <= cues("البصرة\nضبطت الشرطة كمية اليوم")


@pytest.mark.parametrize(
    "text",
    ["قال لـ(كركوك ناو) أمس", "منسوب نهر ديالى", "إقليم كردستان إيران", "فندق الرشيد", "حكاية هارون الرشيد"],
)
def test_a_listed_phrase_is_no_place(text: str) -> None:
    assert excepted(text) == [True]


def test_a_weak_name_behind_its_type_word_backs_its_neighbours() -> None:
    (hilla,) = (
        one for one in judged("في محافظة بابل شمال المسيب") if one.subject.place_id == "musayyib-district"
    )
    assert "backed:governorate" in hilla.cues
    (alone,) = (one for one in judged("في بابل شمال المسيب") if one.subject.place_id == "musayyib-district")
    assert "backed:governorate" not in alone.cues


def test_a_governorate_is_meant_before_a_resort_of_its_name_whatever_stands_near() -> None:
    places = [one.subject.place_id for one in judged("أربيل 16، صلاح الدين 21، بغداد 23")]
    assert places == ["IQ-AR", "IQ-SD", "IQ-BG"]


@pytest.mark.parametrize(("text", "kind"), [("في شوارع المدينة", "kind word"), ("أمطار في بابل", "mostly")])
def test_how_weak_a_name_is_depends_on_why(text: str, kind: str) -> None:
    assert f"weak:{kind}" in cues(text)


@pytest.mark.parametrize(
    "text",
    [
        "في محافظة دهوك، وأعلنت أنقرة أن العملية انتهت",
        "في «دهوك»، وأعلنت أنقرة أن العملية انتهت",
        "في دهوك , وأعلنت أنقرة أن العملية انتهت",
    ],
)
def test_the_verb_of_a_further_clause_is_not_the_names(text: str) -> None:
    assert not [cue for cue in cues(text) if cue.startswith(("right:speaking", "right1:"))]
    assert "right1:speaking" in cues(text.replace(" , و", " ").replace("، و", " "))


def test_behind_a_list_a_clause_is_heard_as_before() -> None:
    assert "right1:speaking" in cues("بغداد وأربيل، ووقعت الاتفاق")


def test_what_stands_before_a_clause_joined_by_and_is_not_the_names() -> None:
    assert not [cue for cue in cues("نال ستة مقاعد، والأنبار هويتنا ثلاثة") if cue.startswith("left1:")]
    assert "left1:land" in cues("نال ستة مقاعد الأنبار")


@pytest.mark.parametrize(
    "text",
    [
        "شارك في دورة تدريبية",
        "أغار على بلدتي دير سريان والقنطرة",
        "ريف محافظة دير الزورالشرقي",
        "عن دور الأسرة",
    ],
)
def test_an_arabic_word_is_no_weak_name_that_sorani_alone_spells_so(text: str) -> None:
    assert judged(text)
    assert not geocode(text)


def test_a_type_word_of_its_level_tells_a_copied_spelling() -> None:
    assert [mention.place_id for mention in geocode("في قضاء دير شمالي البصرة")] == ["dair-district", "IQ-BA"]
    assert [mention.place_id for mention in geocode("في دير شمالي البصرة")] == ["IQ-BA"]


def test_a_word_that_looks_like_a_clitic_and_a_name_holds_none() -> None:
    assert judged("عائلة كوردية في السويد") == []
    assert [one.subject.place_id for one in judged("في وردية قرب سنجار")][:1] == ["wardiya-sinjar"]


def test_a_place_behind_another_and_to_ends_a_range() -> None:
    assert "range" in cues("تمتد من خانقين إلى سحيلة", 1)
    assert "range" not in cues("من خانقين انتقل القائد إلى سحيلة", 1)


@pytest.mark.parametrize(
    ("text", "is_located"),
    [
        ("ضبط موظفين في صلاح الدين", True),
        ("محافظ صلاح الدين يوجه", True),
        ("كتب صلاح الدين رسالة", False),
        ("سوق في ناحية العلم", False),
        ("في كركوك", False),
    ],
)
def test_a_weak_governorate_is_located_by_what_touches_it(text: str, *, is_located: bool) -> None:
    assert ("governorate:located" in cues(text)) is is_located


def test_today_behind_a_name_is_no_word_of_another_name() -> None:
    assert {"right1:today"} == {cue for cue in cues("كركوك اليوم أهدأ") if cue.startswith("right1:")}


def test_of_an_outlet_and_its_place_the_outlet_alone_is_excepted() -> None:
    assert excepted("كركوك ناو – كركوك") == [True, False]
    assert excepted("كركوك - كركوك ناو") == [False, True]
