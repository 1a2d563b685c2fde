"""The evidence: which cues fire for a name, by the words, the line and the spelling. No weight is laid on it here."""

import pytest

from tests.pipeline.steps import judged


def fired(marked: str) -> dict[str, str]:
    """Text with one name in brackets → the cues that fire for it."""
    start = marked.index("⟦")
    text = marked.replace("⟦", "").replace("⟧", "")
    return next(one.cues for one in judged(text) if one.subject.around.span.start == start)


@pytest.mark.parametrize(
    "text",
    [
        "⟦Samawah⟧, Iraq, June 2 (AFP) A harbour was found.",
        "⟦Samawah⟧, June 2 (AFP) A harbour was found.",
        "⟦الموصل⟧ 14 تشرين الثاني (وكالة الأفق) – رمم متطوعون مكتبة.",
        "⟦Basra⟧ (Iraq), Aug. 5 (AFP) – A harbour was found.",
        "⟦Erbil⟧, Iraq, Jan. 3 — The airport opened.",
    ],
)
def test_country_and_day_may_stand_between_a_dateline_and_its_agency(text: str) -> None:
    assert {"line:start", "dateline:agency"} <= fired(text).keys()


@pytest.mark.parametrize(
    "text",
    [
        "CAMP BUCCA, ⟦Basra⟧, Iraq – The gates were shut.",
        "ERBIL, ⟦Kurdistan Region⟧ – The gates were shut.",
        "Erbil, ⟦Baghdad⟧, London – The gates were shut.",
    ],
)
def test_a_dateline_may_have_a_further_place(text: str) -> None:
    assert "line:after-place" in fired(text)


def test_a_comma_alone_makes_no_further_place_of_a_dateline() -> None:
    assert "line:after-place" not in fired("However, ⟦Baghdad⟧ — under pressure — refused.")


@pytest.mark.parametrize(
    "text",
    [
        "وكالة الأفق - ⟦الناصرية⟧ والسماوة\nجف النهر.",
        "وكالة الأفق - الناصرية و⟦السماوة⟧\nجف النهر.",
        "الأفق نيوز- ⟦ميسان⟧/ العمارة\nجف النهر.",
    ],
)
def test_a_list_that_ends_its_line_behind_a_mark_is_one_dateline(text: str) -> None:
    assert {"line:after-mark", "line:end-after-mark"} <= fired(text).keys()


@pytest.mark.parametrize(
    "caption",
    [
        "⟦سنجار⟧ تنتظر عودة أهلها (سالم يوسف- الأناضول)",
        "⟦Sinjar⟧ waits for its people (Salim Yusuf – AFP)",
        "⟦ميسان⟧ تعاني من 3 مشكلات.. نائب عنها: الحل قريب",
    ],
)
def test_a_caption_or_a_headline_with_a_figure_is_no_dateline(caption: str) -> None:
    assert not any(cue.startswith("dateline:") for cue in fired(caption))


@pytest.mark.parametrize("row", ["⟦Erbil⟧ 1,974 2,030", "⟦Erbil⟧ | 940 | piped", "⟦Erbil⟧: 12 (3%)"])
def test_the_first_column_of_a_table_is_no_dateline(row: str) -> None:
    cues = fired(f"Families Camps\n{row}\nDuhok 660")
    assert "line:row" in cues
    assert not any(cue.startswith("dateline:") for cue in cues)


@pytest.mark.parametrize(
    "text",
    [
        "Engineers from the ⟦Kurdistan Regional Government⟧ arrived.",
        "In the ⟦KRG⟧ nobody slept.",
        "⟦IKBY⟧ maaşları ödedi, öğretmenler sevindi.",
    ],
)
def test_no_word_around_a_name_of_the_administration_says_more(text: str) -> None:
    cues = fired(text)
    assert "spelled:administration" in cues
    assert not any(cue.startswith(("left", "right", "line", "topic")) for cue in cues)


def test_only_the_ending_of_the_administration_tells_its_land() -> None:
    cues = fired("⟦IKBY⟧'de maaşlar ödendi, öğretmenler sevindi.")
    assert [cue for cue in cues if cue.startswith(("left", "right", "line", "topic"))] == ["right1:at"]


def test_a_way_between_two_places_opens_no_report() -> None:
    assert "dateline:mark" not in fired("⟦Erbil⟧ - Kerkük karayolunda kaza oldu.")
    assert "dateline:mark" in fired("⟦Erbil⟧ - Kentte fırınlar kapandı.")


def test_a_place_where_a_match_is_played_is_no_club() -> None:
    text = "Takım maçtan sonra {} kaldı, taraftarlar gol sevinci yaşadı."
    assert "topic:sport" not in fired(text.format("⟦Bağdat⟧'ta"))
    assert "topic:sport" in fired(text.format("⟦Bağdat⟧"))
    assert "topic:sport" in fired("زاخۆ لە ⟦دهۆک⟧ی بردەوە و هاندەران گۆڵیان ژمارد.")


def test_an_authority_is_one_whatever_the_text_is_about() -> None:
    text = "⟦Kürdistan Bölgesi⟧ {} konserde türkü söyledi, müze ve otel gezdi."
    assert "topic:travel" not in fired(text.format("Başbakanı"))
    assert "topic:travel" in fired(text.format("çocukları"))


def test_the_land_of_the_region_is_judged_by_its_words() -> None:
    assert "left1:locative" in fired("It snowed in the ⟦Kurdistan Region⟧ all day.")


def test_the_article_is_passed_over_and_told() -> None:
    cues = fired("Boats sank near the ⟦Zab⟧ in spring.")
    assert cues["link:article"] == "the"
    assert cues["left1:locative"] == "near"


@pytest.mark.parametrize("text", ["⟦Kirkuk⟧\n- Arab list: 3", "⟦Diyala⟧:\n\n• The road is closed."])
def test_a_place_alone_over_the_points_of_a_list_is_its_heading(text: str) -> None:
    cues = fired("The seats:\n" + text)
    assert "line:row" in cues
    assert not cues.keys() & {"line:alone", "line:start", "dateline:colon"}


def test_a_dash_of_a_dateline_is_no_point_of_a_list() -> None:
    assert "line:alone" in fired("The seats:\n⟦Kirkuk⟧\n— Reuters. Shops were shut.")


@pytest.mark.parametrize("text", ["He left ⟦al-Qaim⟧.", "He left ⟦as-Suwayrah⟧.", "He left ⟦al Mahmoudiya⟧."])
def test_a_small_article_does_not_make_a_word_of_a_name(text: str) -> None:
    assert "case:title" in fired(text)


def test_a_small_letter_behind_the_article_does() -> None:
    assert "case:lower-among-capitals" in fired("A wave ⟦hit⟧ the pier.")
    assert "case:lower-among-capitals" in fired("The al-Shams paper wrote of ⟦al-adl⟧ and peace.")


def test_a_weak_name_that_is_called_a_sub_district_keeps_others_company() -> None:
    cues = fired("Alam sub-district is poor, and ⟦Dour⟧ is worse.")
    assert "backed:governorate" in cues
    assert "alone" not in cues
    assert "alone" in fired("Alam is poor, and ⟦Dour⟧ is worse.")


def test_a_governorate_called_so_backs_its_bare_name_elsewhere() -> None:
    assert "backed:itself" in fired("جفت آبار في محافظة المثنى. وقالوا إن ⟦المثنى⟧ تحتاج إلى سد.")
    assert "backed:itself" not in fired("وقالوا إن ⟦المثنى⟧ تحتاج إلى سد.")
    assert "backed:itself" not in fired("جفت آبار في قضاء الرميثة. وقالوا إن ⟦المثنى⟧ تحتاج إلى سد.")


def test_a_word_that_clubs_and_offices_share_speaks_for_the_club_among_words_of_sport() -> None:
    assert "club-word" in fired("رفع أمانة ⟦بغداد⟧ رصيده إلى عشر نقاط في الدوري.")
    assert "club-word" not in fired("رفعت أمانة ⟦بغداد⟧ النفايات من الشارع.")
    assert "club-word" not in fired("رفع فريق ⟦بغداد⟧ رصيده إلى عشر نقاط في الدوري.")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("قال محافظ ميسان إن السد انهار. وقال سكان ⟦ميسان⟧ إن الماء عاد.", "backed:itself"),
        ("قال قائممقام هيت إن السد انهار. وقال سكان ⟦هيت⟧ إن الماء عاد.", "backed:district"),
        ("The governor of Babil resigned. Farmers in ⟦Babil⟧ rejoiced.", "backed:itself"),
    ],
)
def test_a_unit_whose_head_is_named_is_named_for_certain(text: str, cue: str) -> None:
    assert cue in fired(text)
