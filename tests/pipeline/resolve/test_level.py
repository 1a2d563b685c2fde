"""The level: a type word decides; without one it is the highest unit of the name on the article's day."""

import pytest

from geo.places import load_gazetteer
from pipeline.geocoding import geocode
from tests.pipeline.marked import read


@pytest.mark.parametrize(
    "sentence",
    [
        "هجوم في ⟦كركوك|IQ-KI|place⟧ أمس",
        "اشتباك قرب ⟦الموصل|mosul-district|place⟧",
        "سوق في ⟦ليلان|laylan|place⟧",
        "لە ⟦کەلار|kalar-district|place⟧ بەفر باری",
        "Li ⟦Duhok|IQ-DA|place⟧ê berf barî",
        "A fire broke out in ⟦Kirkuk|IQ-KI|place⟧ on Monday.",
        "Dün ⟦Kerkük|IQ-KI|place⟧'te iki okul açıldı.",
    ],
)
def test_without_a_type_word_it_is_the_highest_unit(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "حريق في محافظة ⟦كركوك|IQ-KI|place⟧",
        "حريق في قضاء ⟦كركوك|kirkuk-district|place⟧",
        "حريق بقضاء ⟦كركوك|kirkuk-district|place⟧",
        "حريق في مدينة ⟦كركوك|kirkuk|place⟧",
        "حريق في مدينة ⟦الكرمة|karma|place⟧ قرب ⟦الفلوجة|fallujah-district|place⟧",
        "حريق في مدينة ⟦الكرمة|garmat-ali|place⟧ شمالي ⟦البصرة|IQ-BA|place⟧",
        "اشتباك في مدينة ⟦الموصل|mosul|place⟧",
        "انفجار في ناحية ⟦ليلان|laylan|place⟧",
        "لە پارێزگای ⟦کەرکووک|IQ-KI|place⟧ باران باری",
        "لە قەزای ⟦کەرکووک|kirkuk-district|place⟧ باران باری",
        "لە شاری ⟦کەرکووک|kirkuk|place⟧ باران باری",
        "Li parêzgeha ⟦Kerkûk|IQ-KI|place⟧ê baran barî",
        "Li qezaya ⟦Kerkûk|kirkuk-district|place⟧ê baran barî",
        "Li bajarê ⟦Kerkûk|kirkuk|place⟧ê baran barî",
        "A fire broke out in ⟦Kirkuk|IQ-KI|place⟧ province on Monday.",
        "A fire broke out in ⟦Kirkuk|kirkuk-district|place⟧ district on Monday.",
        "A fire broke out in ⟦Kirkuk|kirkuk|place⟧ city on Monday.",
        "A fire broke out in the province of ⟦Kirkuk|IQ-KI|place⟧ on Monday.",
        "A fire broke out in the city of ⟦Kirkuk|kirkuk|place⟧ on Monday.",
        "Dün ⟦Kerkük|IQ-KI|place⟧ ilinde yangın çıktı.",
        "Dün ⟦Kerkük|kirkuk-district|place⟧ ilçesinde yangın çıktı.",
    ],
)
def test_a_type_word_before_or_behind_the_name_decides(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "انفجار في محافظتي ⟦ديالى|IQ-DI|place⟧ و⟦كركوك|IQ-KI|place⟧",
        "انفجار في محافظتي ⟦ديالى|IQ-DI|place⟧ شرقي البلاد، و⟦كركوك|IQ-KI|place⟧ شمالا",
        "أمطار في محافظات ⟦بابل|IQ-BB|place⟧ و⟦واسط|IQ-WA|place⟧ و⟦ميسان|IQ-MA|place⟧",
        "هطول أمطار في قضاءي ⟦كركوك|kirkuk-district|place⟧ و⟦داقوق|daquq-district|place⟧",
        "هطول أمطار في أقضية ⟦الحويجة|hawija-district|place⟧ و⟦كركوك|kirkuk-district|place⟧",
        "عاصفة في ناحيتي ⟦جلولاء|jalawla|place⟧ و⟦السعدية|saadiya|place⟧",
        'تحويل ناحيتي "⟦قره تبه|qara-tapa|place⟧" و"⟦جلولاء|jalawla|place⟧" إلى قضاءين',
        "عاصفة في قضاءي «⟦كركوك|kirkuk-district|place⟧» و «⟦داقوق|daquq-district|place⟧»",
        'Dust covered "⟦Kirkuk|kirkuk-district|place⟧" and "⟦Daquq|daquq-district|place⟧" districts.',
        "عاصفة في مدن ⟦البصرة|basra|place⟧ و⟦العمارة|amarah|place⟧ و⟦الموصل|mosul|place⟧",
        "لە پارێزگاکانی ⟦کەرکووک|IQ-KI|place⟧ و ⟦دیالە|IQ-DI|place⟧ تۆز هەیە",
        "لە شارەکانی ⟦کەرکووک|kirkuk|place⟧ و ⟦مووسڵ|mosul|place⟧ تۆز هەیە",
        "Li parêzgehên ⟦Kerkûk|IQ-KI|place⟧ û ⟦Diyala|IQ-DI|place⟧yê toz heye",
        "Dust covered ⟦Diyala|IQ-DI|place⟧, ⟦Kirkuk|IQ-KI|place⟧ and ⟦Nineveh|IQ-NI|place⟧ provinces.",
        "Dust covered ⟦Kirkuk|kirkuk-district|place⟧ and ⟦Daquq|daquq-district|place⟧ districts.",
        "Dün ⟦Havice|hawija-district|place⟧ ve ⟦Kerkük|kirkuk-district|place⟧ ilçelerinde toz vardı.",
        "Dün ⟦Kerkük|IQ-KI|place⟧ ve ⟦Diyala|IQ-DI|place⟧ illerinde toz vardı.",
    ],
)
def test_a_plural_type_word_governs_its_whole_list(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "غبار في محافظات ⟦الموصل|IQ-NI|place⟧ و⟦الديوانية|IQ-QA|place⟧",
        "أغلقت المدارس في محافظة ⟦الديوانية|IQ-QA|place⟧",
        "Dust covered the provinces of ⟦Mosul|IQ-NI|place⟧ and ⟦Kirkuk|IQ-KI|place⟧.",
    ],
)
def test_a_capital_called_governorate_is_the_governorate(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-06-01", "انفجار في قضاء ⟦جلولاء|jalawla-district|place⟧"),
        ("2026-06-01", "انفجار في ⟦جلولاء|jalawla-district|place⟧"),
        ("2024-05-01", "انفجار في ناحية ⟦جلولاء|jalawla|place⟧"),
        ("2024-05-01", "انفجار في ⟦جلولاء|jalawla|place⟧"),
        ("2017-06-01", "أمطار في ⟦الهارثة|hartha|place⟧ شمالي ⟦البصرة|IQ-BA|place⟧"),
        ("2020-06-01", "أمطار في ⟦الهارثة|hartha-district|place⟧ شمالي ⟦البصرة|IQ-BA|place⟧"),
        ("2020-06", "أمطار في ⟦مندلي|mandali|place⟧"),
        ("2025", "أمطار في ⟦مندلي|mandali-district|place⟧"),
        ("2012-01-01", "Fire in ⟦Halabja|halabja-district|place⟧ market"),
        ("2025-06-01", "Fire in ⟦Halabja|IQ-HA|place⟧ market"),
    ],
)
def test_a_unit_has_its_rank_from_its_day_on(day: str, sentence: str) -> None:
    assert read(sentence, date=day) == sentence


def test_a_type_word_is_believed_before_the_unit_exists() -> None:
    sentence = "مطالبات بقضاء ⟦جلولاء|jalawla-district|place⟧ المستحدث"
    assert read(sentence, date="2020-01-01") == sentence


def test_a_text_without_a_day_is_read_as_of_today() -> None:
    sentence = "أمطار في ⟦الهارثة|hartha-district|place⟧ شمالي ⟦البصرة|IQ-BA|place⟧"
    assert read(sentence) == sentence


def test_a_district_newer_than_the_layer_is_drawn_in_the_layers_district() -> None:
    (mention,) = geocode("انفجار في قضاء جلولاء", date="2026-06-01")
    assert (mention.place_id, mention.level) == ("jalawla-district", "district")
    assert (mention.district, mention.governorate) == ("khanaqin-district", "IQ-DI")


@pytest.mark.parametrize("day", ["yesterday", "2024-13-41", "01/02/2024"])
def test_another_form_of_day_is_refused(day: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        geocode("انفجار في جلولاء", date=day)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("حريق في قضاء كركوك", "level:type-word:district:"),
        ("حريق في كركوك", "level:highest-of-name"),
        ("A fire in Kirkuk city", "level:type-word:town:city"),
    ],
)
def test_the_reason_tells_what_decided_the_level(text: str, told: str) -> None:
    assert geocode(text)[0].reason.cues[0].startswith(told)


def test_level_governorate_and_district_are_those_of_the_unit() -> None:
    gazetteer = load_gazetteer()
    mentions = geocode("محافظة كركوك، قضاء الحويجة، ناحية ليلان، مدينة الموصل، إقليم كردستان")
    assert [m.level for m in mentions] == ["governorate", "district", "subdistrict", "town", "area"]
    assert [m.governorate for m in mentions] == [gazetteer.governorate_of(m.place_id) for m in mentions]
    assert [m.district for m in mentions] == [gazetteer.district_of(m.place_id) for m in mentions]


@pytest.mark.parametrize(
    "sentence",
    [
        "A clinic in the ⟦Rashad|rashad|place⟧ sub-district of ⟦Kirkuk|IQ-KI|place⟧ was shut.",
        "A clinic in the ⟦Sinjar|sinjar-district|place⟧ district of ⟦Nineveh|IQ-NI|place⟧ was shut.",
        "A clinic in the ⟦Saadiya|saadiya|place⟧ sub-district of ⟦Khanaqin|khanaqin-district|place⟧ district was shut.",
    ],
)
def test_a_type_word_that_belongs_to_the_name_before_is_not_taken(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The wells of ⟦Laylan|laylan|place⟧, a sub-district of ⟦Kirkuk|IQ-KI|place⟧, are dry.",
        "They fled to a village of ⟦Tel Kaif|tilkaif-district|place⟧ in spring.",
    ],
)
def test_behind_an_article_that_is_not_definite_a_type_word_says_what_is_named_before(sentence: str) -> None:
    assert read(sentence) == sentence


def test_behind_the_definite_article_it_says_what_follows() -> None:
    sentence = "They fled to the town of ⟦Tel Kaif|tilkaif|place⟧ in spring."
    assert read(sentence) == sentence
