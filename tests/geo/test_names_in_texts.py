"""What the spellings do in sentences: places that news names are found, and ordinary words stay words."""

import pytest

from geo.places import Gazetteer
from pipeline.geocoding import geocode


def named(text: str) -> list[str]:
    """Text → ids of the places that it mentions, in its order."""
    return [mention.place_id for mention in geocode(text) if mention.role != "name"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # Villages of the disputed districts.
        ("هجوم لداعش على قرية لهيبان في قضاء الدبس.", "liheban dibis-district"),
        ("اختطاف ثلاثة مدنيين في قرية خدرجيجة قرب مخمور.", "khidir-jija makhmur-district"),
        ("چەکداران هێرشیان کردە سەر گوندی زەنقەر لە قەزای داقوق.", "zanqar daquq-district"),
        ("Li gundê Xidircîce yê Mexmûrê du kes hatin kuştin.", "khidir-jija makhmur-district"),
        ("Villagers left Liheban in Sargaran.", "liheban sargaran"),
        ("Yazidi families returned to Dohola.", "dohola"),
        ("قصفت طائرات تركية قرية ديريشكي في قضاء العمادية.", "derishke amedi-district"),
        ("هجوم على قرية العنبكية في المقدادية.", "anbakiya muqdadiya-district"),
        ("چەکدارانی داعش گەیشتنە گوندی حەفتەغار لە داقوق.", "haftaghar daquq-district"),
        ("دوريات في باسخرة وكزكان بسهل نينوى.", "basakhra gazakan nineveh-plains"),
        ("The ditch at Qiney held 80 men.", "qiney"),
        # Camps, fields, valleys, mountains, crossings.
        ("Hêzên Pêşmerge li Zînê Wertê bi cih bûn.", "zini-warte"),
        ("نازحون في مخيم الخازر وجمكور.", "khazir chamakor"),
        ("إنتاج حقل أرطاوي النفطي في البصرة.", "ratawi IQ-BA"),
        ("عملية عسكرية في وادي حوران.", "wadi-hauran"),
        ("Balafirên şer Zendûra û Metînayê bombebaran kirin.", "zendura metina"),
        ("Mamreşo tepesi Avaşin bölgesindedir.", "mamresho avashin-basyan"),
        ("مەرزی سەیرانبەند کرایەوە.", "sayran-ban"),
        # Quarters: the name alone, and the city where it is named.
        ("اندلع حريق في منطقة الرستمية شرقي بغداد.", "rustumiya IQ-BG"),
        ("تحرير حي الهرمات وباب الطوب في الموصل.", "haramat bab-al-tob mosul-district"),
        ("متظاهرون في ساحة الحبوبي وسط الناصرية.", "habboubi-square nasiriyah-district"),
        ("Families left Jesuma, Sequchan and Tel Halala in Sargaran.", "jesuma sequchan tel-halala sargaran"),
        ("خطف راعيين قرب قرية بني ويس في قضاء داقوق.", "bani-wais daquq-district"),
        ("عودة النازحين إلى تل حوشي وحليقي في سنجار.", "tal-hoshi halayqi sinjar-district"),
        ("Li gundê Bêşîlî yê Amêdiyê top ketin.", "beshili amedi-district"),
        # Hills, bases, shrines, squares, markets.
        ("Gerîlayan li Girê Amêdiyê û Girê Bahar çalakî kirin.", "gire-amediye gire-bahar"),
        ("Harekat Mervanos ve Avaşin bölgesinde sürüyor.", "mervanos avashin-basyan"),
        ("A drone hit Kalsu base in Babil province.", "kalsu-base IQ-BB"),
        ("اندلع حريق في سوق مريدي شرقي بغداد.", "mraidi-market IQ-BG"),
        ("زار الوفد التل الزينبي في كربلاء.", "tal-zainabi IQ-KA"),
        ("لە ئەمنەسورەکە پێشانگایەک کرایەوە.", "amna-suraka"),
        ("لە سەیداوەی هەولێر ئاگر کەوتەوە.", "saidawa IQ-AR"),
        # Districts and sub-districts newer than most lists.
        ("قال قائممقام قضاء الدواية في ذي قار إن الماء شحيح.", "dawaya-district IQ-DQ"),
        ("أعلن مدير ناحية الخور في البصرة افتتاح مدرسة.", "khor-basra IQ-BA"),
        ("أهالي ناحية ملا قرة في مخمور يطالبون بالماء.", "mala-qara makhmur-district"),
        ("اعتقال متهم في ناحية الدواية بذي قار.", "dawaya IQ-DQ"),
        ("حريق في حقل أبو غرب بمحافظة ميسان.", "abu-gharab-field IQ-MA"),
        ("نازحون يغادرون مخيم رواندزة في دهوك.", "rwanga IQ-DA"),
        ("قصف على سفح جبل حصاروست شمال أربيل.", "hasarost IQ-AR"),
        ("عبوة في حي التأميم وسط الرمادي.", "tamim-ramadi ramadi-district"),
        # A square and a law of every city and land.
        ("تظاهرة في ساحة الميدان في القاهرة.", ""),
        ("نقاش قانون الإصلاح الزراعي في نينوى.", "IQ-NI"),
        # An ordinary word, a person's or another country's name: the sub-district only beside its type word.
        ("افتتاح مدرسة في ناحية المنورة شرقي بغداد.", "munawwara IQ-BG"),
        ("حريق في ناحية الإبراهيمية جنوب بابل.", "ibrahimiya IQ-BB"),
        ("اعتقال متهم في ناحية الكرامة بمحافظة المثنى.", "karama-warka IQ-MU"),
        ("انفجار في حي الكرامة شرقي الموصل.", "mosul-district"),
        ("ساحة الكرامة في السماوة بمحافظة المثنى.", "samawah-district IQ-MU"),
        ("اتهمه بالعيث فسادا في تكريت.", "tikrit-district"),
        ("قوة من الشرطة في ناحية الشيخ جميل جنوب الدجيل.", "sheikh-jamil dujail-district"),
        ("عقد مؤتمر الديانات الإبراهيمية في بابل.", "IQ-BB"),
        ("أحيا أهالي كربلاء ذكرى واقعة الطف.", "IQ-KA"),
        ("عاد الحجاج إلى بغداد من المدينة المنورة.", "IQ-BG"),
        ("زار الشيخ جميل قضاء الدجيل وبلد.", "dujail-district balad-district"),
        ("قطع مياه الفرات عن مدينة الصدر في بغداد.", "sadr-city-district IQ-BG"),
    ],
)
def test_what_news_names_is_found(text: str, places: str) -> None:
    assert named(text) == places.split()


@pytest.mark.parametrize(
    "text",
    [
        # Arabic: ordinary words that are also a village or a quarter.
        "أجريت له العملية الجراحية بنجاح.",
        "ارتفعت أسعار السلع الكمالية.",
        "قال الطبيب إن عمر كان مريضا.",
        "وضع الكتاب على كرسي خشبي.",
        "جلس الرجل تحت قبة المسجد.",
        "قدم الوزير جداله أمام البرلمان.",
        "سار خمسة كيلو ثم توقف.",
        "ضغط السائق على الدواسة.",
        "قوات أبو ماريا القحطاني انسحبت.",
        "ولد الإمام زين العابدين في المدينة.",
        "شهدت الأردن اجتماعا في المفرق والزرقاء.",
        "المركز التجاري في القرية الإيطالية بقطر.",
        "بلغت المسافة كيلو 35 بين المدينتين.",
        "رحب بالاتفاقات الإبراهيمية وأردنا أن نلتقيه.",
        # Sorani.
        "مەردان و ژنان لە کازیوەی بەیانیدا هاتن.",
        "لە ڕوانگەی ئەوەوە کێشەکە گەورەیە.",
        "خەڵک هاتنە سەرشەقام.",
        "دار چناران لە باخەکەدا بوون.",
        "ئەو گەرماوە گەرمە.",
        # Kurmanji: the answer, a duck, poplars, the waterfall.
        "Wî bersivê da pirsa min.",
        "Werdek di avê de ye.",
        "Spîndar darek bilind e.",
        "Ew xeber belave bû.",
        # Turkish, whatever language a spelling is from: the fold takes letters off.
        "Bu roman kısa sürede yazıldı.",
        "Karşı takım kazandı.",
        "Bilet bedava dağıtıldı.",
        "Devasa bir sinek girdi.",
        "Gözyaşını mendili ile sildi.",
        "Beni neden aradın?",
        "Saca pişirilen ekmek lezzetli, Sida vakaları arttı.",
        # English.
        "Climbers reached the summit of K2 on Sunday.",
        "Ibrahim Pasha of Egypt led the army to Hattin.",
        "A warty toad sat by the lake.",
        "The Golan Heights were quiet.",
        "ترجل الضابط من السيارة.",
        "إنشاء سد لإرساء السلام.",
        "اللقلق طائر يهاجر إلى العراق.",
        "Resme baktı ve bedene sordu.",
        "Hayali bir ülke kurdu.",
        "Keşan'da deprem oldu, Narin kurtuldu.",
        "Avcı geyiği gördü, bağlar arasında.",
        "Ew bêxêr bû û bi bênavî nivîsî.",
    ],
)
def test_ordinary_words_stay_words(text: str) -> None:
    assert named(text) == []


def test_a_quarter_of_two_cities_follows_the_city(gazetteer: Gazetteer) -> None:
    assert {"sarchnar", "kirkuk-sarchnar"} <= gazetteer.places.keys()
    assert "kirkuk-sarchnar" in named("لە شاری کەرکووک، لە گەڕەکی سەرچنار تەقە کرا.")
    assert "sarchnar" in named("لە شاری سلێمانی، لە گەڕەکی سەرچنار ئاگر کەوتەوە.")


def test_a_dam_is_named_by_its_town() -> None:
    assert named("توقف العمل في سد بادوش وسد دهوك.") == ["badush", "IQ-DA"]


def test_a_name_of_a_place_elsewhere_in_a_longer_name_does_not_count() -> None:
    # A quarter of Mosul, an airport and a street of Baghdad: not Sinjar, Muthanna or Rasheed.
    assert named("القوات في باب سنجار غربي الموصل.") == ["bab-sinjar", "mosul-district"]
    assert named("مؤتمر في مطار المثنى ببغداد.") == ["muthanna-airport", "IQ-BG"]
    assert named("حريق في شارع الرشيد ببغداد.") == ["rashid-street", "IQ-BG"]


def test_common_names_of_quarters_are_weak_or_left_out(gazetteer: Gazetteer) -> None:
    common = {"الحرية", "النصر", "الزهور", "الإسكان", "الأمين", "السلام", "الوحدة", "الرشاد", "المنصور"}
    strong = {(n.place_id, n.text) for n in gazetteer.names if n.text in common and not n.ambiguous}
    assert strong == set()


def test_points_of_memory_say_so(gazetteer: Gazetteer) -> None:
    known = ("approx", "GeoNames", "layer:", "seat:")
    assert [p.id for p in gazetteer.places.values() if not p.source.startswith(known)] == []
