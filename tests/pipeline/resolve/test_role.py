"""The role: what the name does in its sentence. Every sentence holds its answer."""

import pytest

from pipeline.geocoding import geocode
from tests.pipeline.marked import plain, read


@pytest.mark.parametrize(
    "sentence",
    [
        "اعتقال متهم في ⟦ديالى|IQ-DI|place⟧",
        "أهالي ⟦سنجار|sinjar-district|place⟧ يعودون إلى منازلهم",
        "وصل وفد عشائري إلى ⟦أربيل|IQ-AR|place⟧ للمشاركة في مهرجان التمور",
        "أمطار في ⟦بغداد|IQ-BG|place⟧",
        "شوارع ⟦بغداد|IQ-BG|place⟧ مزدحمة",
        "مطر غزير في ⟦إقليم كردستان|kurdistan-region|place⟧ أمس",
        "الخلاف على ⟦المناطق المتنازع عليها|disputed-territories|place⟧ قديم",
        "لە ⟦هەولێر|IQ-AR|place⟧ باران باری",
        "لە ⟦بەغدا|IQ-BG|place⟧ تەقینەوەیەک ڕوویدا",
        "خەڵکی ⟦خانەقین|khanaqin-district|place⟧یش هاتن",
        "لە ⟦ناوچە جێناکۆکەکان|disputed-territories|place⟧ باران باری",
        "Li ⟦Hewlêr|IQ-AR|place⟧ê baran barî",
        "Li ⟦Bexda|IQ-BG|place⟧yê teqîn çêbû",
        "Li ⟦herêmên bi nakok|disputed-territories|place⟧ baran barî",
        "A bus travelled to ⟦Erbil|IQ-AR|place⟧ with students.",
        "A bomb exploded in ⟦Baghdad|IQ-BG|place⟧.",
        "Streets of ⟦Baghdad|IQ-BG|place⟧ were flooded.",
        "A blast in the capital ⟦Baghdad|IQ-BG|place⟧ on Monday.",
        "Rain fell in the ⟦disputed territories|disputed-territories|place⟧.",
        "Dün ⟦Erbil|IQ-AR|place⟧'de okullar açıldı.",
    ],
)
def test_what_happens_in_a_place_is_place(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "افتتح مطار ⟦كركوك|IQ-KI|place|inst⟧",
        "طلبة جامعة ⟦الموصل|mosul-district|place|inst⟧ في إجازة",
        "شرطة ⟦ديالى|IQ-DI|place|inst⟧ تعتقل متهما",
        "شرطة محافظة ⟦ديالى|IQ-DI|place|inst⟧ تعتقل متهما",
        "مستشفى ⟦البصرة|IQ-BA|place|inst⟧ يستقبل الجرحى",
        "استقبل مجلس ⟦نينوى|IQ-NI|place|inst⟧ الوفد",
        "سد ⟦الموصل|mosul-district|place|inst⟧ بحاجة إلى صيانة",
        "فڕۆکەخانەی ⟦هەولێر|IQ-AR|place|inst⟧ داخرا",
        "پۆلیسی ⟦کەرکووک|IQ-KI|place|inst⟧ دوو کەسی گرت",
        "Polîsên ⟦Kerkûk|IQ-KI|place|inst⟧ê du kes girtin",
        "Balafirgeha ⟦Hewlêr|IQ-AR|place|inst⟧ê hat girtin",
        "The governor of ⟦Nineveh|IQ-NI|place|inst⟧ opened a bridge.",
        "Flights from ⟦Erbil|IQ-AR|place|inst⟧ International Airport resumed.",
        "Dün ⟦Kerkük|IQ-KI|place|inst⟧ Valiliği iki okul açtı.",
        "Dün ⟦Erbil|IQ-AR|place|inst⟧ Havalimanı kapatıldı.",
    ],
)
def test_an_institution_is_place_but_not_literally(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "خلاف جديد بين ⟦بغداد|IQ-BG|government⟧ و⟦أربيل|IQ-AR|government⟧ حول النفط",
        "⟦بغداد|IQ-BG|government⟧ ترفض تسليم المستحقات",
        "⟦بغداد|IQ-BG|government⟧ و⟦أربيل|IQ-AR|government⟧ تتفقان على استئناف تصدير النفط",
        "مفاوضات مع ⟦بغداد|IQ-BG|government⟧ حول الرواتب",
        "طالب النائب ⟦بغداد|IQ-BG|government⟧ بصرف الرواتب",
        "دعت الوزارة ⟦أربيل|IQ-AR|government⟧ إلى تسليم الإيرادات",
        "أكدت الحكومة الاتحادية في ⟦بغداد|IQ-BG|government⟧ التزامها بالاتفاق",
        "قررت حكومة ⟦إقليم كردستان|kurdistan-region|government⟧ صرف الرواتب",
        "قال برلمان ⟦إقليم كردستان|kurdistan-region|government⟧ إنه سيصوت",
        "حصة ⟦كردستان|kurdistan-region|government⟧ من الموازنة لم تصرف",
        "ناکۆکی نێوان ⟦بەغدا|IQ-BG|government⟧ و ⟦هەولێر|IQ-AR|government⟧ بەردەوامە",
        "حکوومەتی ⟦هەرێمی کوردستان|kurdistan-region|government⟧ مووچەی دا",
        "پەیوەندییەکانی ⟦بەغدا|IQ-BG|government⟧ و ئەنقەرە باشترە",
        "Nakokiyên navbera ⟦Bexda|IQ-BG|government⟧ û ⟦Hewlêr|IQ-AR|government⟧ê didomin",
        "Hikûmeta ⟦Herêma Kurdistan|kurdistan-region|government⟧ê mûçe da",
        "Talks between ⟦Baghdad|IQ-BG|government⟧ and ⟦Erbil|IQ-AR|government⟧ resumed.",
        "Ankara and ⟦Baghdad|IQ-BG|government⟧ signed a water deal.",
        "The delegation asked ⟦Baghdad|IQ-BG|government⟧ to pay.",
        "Officials in ⟦Erbil|IQ-AR|government⟧ denied the claim.",
        "The ⟦KRG|kurdistan-region|government⟧ said it would pay salaries.",
        "The ⟦Kurdistan Regional Government|kurdistan-region|government⟧ approved the budget.",
        "Dün ⟦Bağdat|IQ-BG|government⟧ teklifi reddetti.",
        "⟦Bağdat|IQ-BG|government⟧ ile ⟦Erbil|IQ-AR|government⟧ arasındaki görüşmeler sürüyor.",
    ],
)
def test_a_name_that_stands_for_an_authority_is_government(sentence: str) -> None:
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "⟦كركوك|IQ-KI|dateline⟧ - واع: أعلنت الشرطة اعتقال متهمين.",
        "⟦كركوك|IQ-KI|dateline⟧ (واع) أعلنت الشرطة اعتقال متهمين.",
        "⟦كركوك|IQ-KI|dateline⟧/ وكالات: أعلنت الشرطة اعتقال متهمين.",
        "⟦كركوك|IQ-KI|dateline⟧\nأعلنت الشرطة اعتقال متهمين اثنين بالسرقة.",
        "⟦أربيل|IQ-AR|dateline⟧- أعلنت الوزارة موعد الامتحانات.",
        "⟦بغداد|IQ-BG|dateline⟧/ المدى\nأعلنت الوزارة موعد الامتحانات.",
        "⟦بغداد|IQ-BG|dateline⟧ (رويترز) - قالت الوزارة إنها ستعلن النتائج.",
        "⟦بغداد|IQ-BG|dateline⟧ 12 أيار (واع) أعلنت الوزارة موعد الامتحانات.",
        "⟦السليمانية|IQ-SU|dateline⟧: اعتقلت الشرطة متهما.",
        "شفق نيوز/ ⟦ديالى|IQ-DI|dateline⟧\nأعلنت الشرطة اعتقال متهم",
        "تحذير من العواصف\n⟦بغداد|IQ-BG|dateline⟧ - واع\nقالت الهيئة إن العاصفة قادمة.",
        "تحذير من العواصف\n⟦بغداد|IQ-BG|dateline⟧\nقالت الهيئة إن العاصفة قادمة.",
        "⟦هەولێر|IQ-AR|dateline⟧ (ڕووداو)- وەزارەت ئەنجامەکانی ڕاگەیاند.",
        "⟦سلێمانی|IQ-SU|dateline⟧ - وەزارەت ئەنجامەکانی ڕاگەیاند.",
        "⟦Hewlêr|IQ-AR|dateline⟧ (Rûdaw) – Wezaretê encam ragihandin.",
        "⟦KERKÛK|IQ-KI|dateline⟧ - Agir bi bazarê ket.",
        "Agir bi bazarê ket.\nANF/⟦HELEBCE|IQ-HA|dateline⟧",
        "⟦BAGHDAD|IQ-BG|dateline⟧ (Reuters) - The ministry announced results.",
        "⟦MOSUL|mosul-district|dateline⟧, Iraq (AP) — Farmers said the harvest was poor.",
        "⟦ERBIL|IQ-AR|dateline⟧, Kurdistan24 – Ministers met students.",
        "⟦ERBIL|IQ-AR|dateline⟧ — Farmers said the harvest was poor.",
        "Shafaq News – ⟦Nineveh|IQ-NI|dateline⟧\nA fire destroyed a market.",
        "⟦BAĞDAT|IQ-BG|dateline⟧ (AA) - Bakanlık sonuçları duyurdu.",
        "⟦Kerkük|IQ-KI|dateline⟧ (AA) - Bakanlık sonuçları duyurdu.",
    ],
)
def test_where_a_report_was_filed_is_dateline(sentence: str) -> None:
    assert read(sentence) == sentence


def test_a_dateline_and_what_happens_there_are_two_mentions() -> None:
    sentence = "⟦كركوك|IQ-KI|dateline⟧ - واع: اندلع حريق في ⟦كركوك|IQ-KI|place⟧ فجرا."
    assert read(sentence) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "قرأت سيرة صلاح الدين الأيوبي في المدرسة",
        "كتبت صحيفة «بغداد اليوم» عن الطقس",
        "جريدة كركوك تصدر أسبوعيا",
        "خسر نادي أربيل أمام ضيفه",
        "نادي الموصل يفوز على ضيفه",
        "فاز فريق دهوك على الزوراء",
        "دخل تحالف كركوك قوتنا السباق الانتخابي",
        "اتفاق سنجار ما زال معلقا",
        "فيلم بغداد خارج السور",
        "الحزب الديمقراطي الكردستاني عقد اجتماعا",
        "عرضت قناة كردستان 24 برنامجا",
        "یانەی هەولێر یارییەکەی بردەوە",
        "ڕێککەوتننامەی شنگال جێبەجێ نەکرا",
        "Partiya Demokrat a Kurdistanê civiya",
        "The Sinjar Agreement was signed years ago.",
        "ancient Babylon was a great empire",
        "Kurdistan Democratic Party met",
        "Şengal Anlaşması uygulanmadı",
        "Basra Körfezi'nde fırtına var",
    ],
)
def test_a_place_within_the_name_of_something_else_is_no_mention(text: str) -> None:
    assert read(text) == text


def test_only_a_place_is_literal_or_not() -> None:
    for sentence in (
        "خلاف بين بغداد وأربيل في كركوك",
        "بغداد - واع: شرطة ديالى تعتقل",
        "The KRG said police in Mosul were paid",
    ):
        assert all((m.literal is None) == (m.role != "place") for m in geocode(sentence))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("خلاف جديد بين بغداد وأربيل حول النفط", "role:government:left:dealing:خلاف"),
        ("هجوم في ديالى أمس", "role:place:left1:locative:في"),
        ("شرطة ديالى تعتقل متهما", "role:place:left1:institution:شرطه"),
        ("كركوك - واع: أعلنت الشرطة", "role:dateline:dateline:"),
    ],
)
def test_the_reason_tells_the_cue_that_decided(text: str, cue: str) -> None:
    assert any(told.startswith(cue) for told in geocode(text)[0].reason.cues)


def test_the_reason_tells_name_language_clitic_and_ending() -> None:
    (mention,) = geocode(plain("اعتداء جديد وب⟦كركوك|IQ-KI|place⟧ تحديدا"))
    assert (mention.reason.name, mention.reason.name_lang, mention.reason.clitic) == ("كركوك", "ar", "وب")
    (mention,) = geocode(plain("لە ⟦خانەقین|khanaqin-district|place⟧یش باران باری"))
    assert (mention.reason.name_lang, mention.reason.clitic, mention.reason.suffix) == ("ckb", "", "یش")
