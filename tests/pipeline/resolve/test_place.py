"""The place: namesakes are told apart by what the article names elsewhere, ordinary words need evidence."""

import csv

import pytest

from pipeline.fold import fold
from pipeline.geocoding import geocode
from pipeline.kinds import SORANI
from pipeline.vocabulary import WORDS
from tests.pipeline.marked import read


@pytest.mark.parametrize(
    "sentence",
    [
        "سقط جريح في ⟦الحسينية|husseiniya-karbala-district|place⟧ شرقي ⟦كربلاء|IQ-KA|place⟧",
        "سقط جريح في ⟦الحسينية|husseiniya-adhamiyah|place⟧ شمال شرقي ⟦بغداد|IQ-BG|place⟧",
        "أعمال صيانة في ناحية ⟦الرياض|riyadh|place⟧ جنوبي ⟦كركوك|IQ-KI|place⟧",
        "أعمال صيانة في ناحية ⟦الإسكندرية|iskandariya|place⟧ شمالي ⟦بابل|IQ-BB|place⟧",
    ],
)
def test_of_two_places_of_one_name_the_one_near_what_is_named_elsewhere_is_meant(sentence: str) -> None:
    assert read(sentence) == sentence


def test_the_loser_is_named_in_the_reason_and_the_choice_is_surer_with_its_governorate() -> None:
    namesake, _ = geocode("سقط جريح في الحسينية شرقي كربلاء")
    assert "husseiniya-adhamiyah:elsewhere" in namesake.reason.rejected
    (alone,) = geocode("سقط جريح في ناحية الحسينية أمس")
    assert alone.confidence < namesake.confidence


@pytest.mark.parametrize(
    "sentence",
    [
        "أمطار في قضاء ⟦القائم|qaim-district|place⟧ غربي ⟦الأنبار|IQ-AN|place⟧",
        "اعتقال ثلاثة في قضاء ⟦بلد|balad-district|place⟧ جنوبي ⟦تكريت|tikrit-district|place⟧",
        "أعمال صيانة في قضاء ⟦الحي|hai-district|place⟧ بمحافظة ⟦واسط|IQ-WA|place⟧",
        "أعمال صيانة في قضاء ⟦الدور|dour-district|place⟧",
        "أعمال صيانة في ناحية ⟦العلم|alam|place⟧",
        "أعمال صيانة في قضاء ⟦هيت|hit-district|place⟧",
        "أعمال صيانة في قضاء ⟦عنة|ana-district|place⟧",
        "أعمال صيانة في قضاء ⟦بدرة|badra-district|place⟧",
        "أعمال صيانة في قضاء ⟦المسيب|musayyib-district|place⟧",
        "أعمال صيانة في قضاء ⟦الهندية|hindiya-district|place⟧",
        "أعمال صيانة في قضاء ⟦الشيخان|sheikhan-district|place⟧",
        "أعمال صيانة في محافظة ⟦المثنى|IQ-MU|place⟧",
        "أعمال صيانة في محافظة ⟦واسط|IQ-WA|place⟧",
        "أعمال صيانة في محافظة ⟦ميسان|IQ-MA|place⟧",
        "أمطار في ⟦بابل|IQ-BB|place⟧ و⟦كربلاء|IQ-KA|place⟧ و⟦النجف|IQ-NA|place⟧",
        "لە قەزای ⟦سۆران|soran-district|place⟧ بەفر باری",
        "Rain in ⟦Balad|balad-district|place⟧ district, ⟦Salah al-Din|IQ-SD|place⟧ province",
        "Rain in the town of ⟦Hit|hit|place⟧ in ⟦Anbar|IQ-AN|place⟧",
        "Rain in ⟦Kut|kut-district|place⟧, the capital of ⟦Wasit|IQ-WA|place⟧",
    ],
)
def test_a_name_that_is_also_a_word_counts_with_evidence(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "توفيت في أحد مستشفيات المدينة بعد نقلها من ⟦البصرة|IQ-BA|place⟧",
        "قال سكان الحي إن محافظة ⟦واسط|IQ-WA|place⟧ وعدتهم بالماء",
        "قال قائممقام ⟦الحي|hai-district|place|inst⟧ إن محافظة ⟦واسط|IQ-WA|place⟧ وعدتهم بالماء",
        "احتجاجات في قضاء ⟦المدينة|madina-district|place⟧ وقائممقام ⟦المدينة|madina-district|place|inst⟧ يستجيب",
        "غمرت المياه أقضية ⟦القرنة|qurna-district|place⟧ و⟦المدينة|madina-district|place⟧ ليلا",
    ],
)
def test_the_bare_word_for_a_kind_of_place_is_none_unless_named_as_one(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "هذا بلد جميل",
        "بلد الأمان والسلام",
        "رفع العلم في المدرسة",
        "علم المتهم بالأمر",
        "المدير القائم بالأعمال",
        "الحي هادئ",
        "قال إن الدور الحكومي مهم",
        "كتب القاسم المشترك بينهم",
        "نحو النصر إن شاء الله",
        "مياه الفرات منخفضة",
        "المنصور بالله خليفة",
        "مقتدى الصدر يعلن موقفه",
        "عمارة من ثلاثة طوابق",
        "اشتريت قميصا من حرير",
        "She sang a ballad and hit the ball",
        "Ana said hello to Rania",
        "Bu ana kadar haber yok",
        "Ana okulu açıldı",
        "halis niyetle konuştu",
        "ئەو کوتی بەرزە",
    ],
)
def test_an_ordinary_word_is_no_mention(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "سافر إلى الرياض عاصمة السعودية",
        "سافر إلى العاصمة السعودية الرياض",
        "سافر إلى الإسكندرية في مصر",
        "He lives in Alexandria, Egypt",
        "غرب كردستان في سوريا",
        "ڕۆژئاوای کوردستان لە سووریا",
        "Rojhilatê Kurdistanê û Îran",
        "محافظة كردستان في إيران",
        "Partiya Karkerên Kurdistanê daxuyanî da",
    ],
)
def test_a_namesake_abroad_is_no_mention(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "قرأ الشاعر البغدادي قصيدة",
        "الكباب الموصلي لذيذ",
        "سوق الأقمشة الكركوكية",
        "الحلاوي والبصري والنجفي تجار",
        "الفنان كاظم الكركوكي",
        "غنى المطرب محمد الموصلي أغنية",
        "Mosuli bread and Baghdadi kebab",
        "Kirkuki musicians performed abroad.",
        "Kerküklü sanatçılar sahneye çıktı.",
        "Musullu tüccarlar geldi",
        "Hunermend Dilan Kerkûkî stran got",
        "گۆرانیبێژی کەرکووکی گۆرانی گوت",
    ],
)
def test_a_nisba_is_never_a_mention(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "بلغت نسبة الإنجاز مستوى جيدا",
        "يناقش المجلس الموازنة العامة للدولة",
        "القوات الروسية في حلب",
        "شكر المصدر جميع الحاضرين",
        "ئەو زۆر جوانە و باش دەخوێنێت",
        "Ew diçe dibistanê û dixwîne",
        "Okula gidiyor ve kitap okuyor",
        "The committee met and discussed the budget",
        "ماء البحيرة بارد",
    ],
)
def test_a_text_about_something_else_names_nothing(text: str) -> None:
    assert geocode(text) == []


# Sentences that would tempt but for their exception; for other rows the phrase stands where a place would.
TEMPTING = {
    "جامعة صلاح الدين": "درست سنوات في جامعة صلاح الدين",
    "Zanîngeha Selahedîn": "Li Zanîngeha Selahedîn dixwîne",
    "Salahaddin University": "She studied at Salahaddin University",
    "Selahaddin Üniversitesi": "Dün Selahaddin Üniversitesi açıldı",
    "Selahaddin Eyyubi": "Dün Selahaddin Eyyubi anıldı",
    "Selahedîn Eyûbî": "Li ser Selahedîn Eyûbî axivîn",
    "Selahattin Demirtaş": "Dün Selahattin Demirtaş konuştu",
    "Basra Körfezi": "Dün Basra Körfezi'nde fırtına vardı",
    "Kendava Besra": "Li Kendava Besra ba heye",
    "Tower of Babylon": "A story set in the Tower of Babylon",
    "قاسم سليماني": "اغتيال قاسم سليماني في غارة",
    "سامراء فاضل": "مع الطالبة سامراء فاضل أمس",
}
IN_ARABIC, IN_SORANI = "كانوا في {} أمس حسب المصدر", "ئەمڕۆ لە {} بوون و گەڕانەوە"


def exceptional_phrases() -> list[str]:
    with (WORDS / "exceptions.csv").open(encoding="utf-8", newline="") as lines:
        return [row["phrase"] for row in csv.DictReader(lines)]


def tempting(phrase: str) -> str:
    carrier = IN_SORANI if SORANI in fold(phrase).kinds else IN_ARABIC
    return TEMPTING.get(phrase, carrier.format(phrase))


@pytest.mark.parametrize("phrase", exceptional_phrases())
def test_an_exceptional_phrase_is_no_mention(phrase: str) -> None:
    text = tempting(phrase)
    assert phrase in text
    assert read(text) == text


def test_an_exception_is_told_with_its_reason() -> None:
    (mention,) = geocode(tempting("خليج البصرة"))
    assert mention.role == "name"
    assert "role:name:exception:an old name of the Gulf" in mention.reason.cues


def test_an_exception_holds_for_its_phrase_alone() -> None:
    sentence = "افتتح مستشفى في ⟦صلاح الدين|IQ-SD|place⟧ قرب ⟦تكريت|tikrit-district|place⟧"
    assert read(sentence) == sentence
