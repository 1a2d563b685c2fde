"""Turkish and Kurmanji: endings, links and fillers, the verb at the sentence's end, kent, ordinary words.

What fires is looked at, not what it weighs: weights are fitted anew with every annotated text.
"""

import pytest

from pipeline.geocoding import geocode
from pipeline.vocabulary import load_vocabulary
from tests.pipeline.steps import judged


def surfaces(text: str) -> list[str]:
    """Text → the spans found in it that no exception covers, as written."""
    spans = [one.subject.around.span for one in judged(text) if one.exception is None]
    return [text[span.start : span.end] for span in spans]


def cues(text: str, index: int = 0) -> set[str]:
    return set(judged(text)[index].cues)


def places(text: str) -> list[str]:
    return [one.subject.place_id for one in judged(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kürdistan Bölgesinde yağmur yağıyor, yollar açık", ["Kürdistan Bölgesi"]),
        ("dün kerküke ve musulda üğ gittiler", ["kerkük", "musul"]),
        ("Mesrur Barzani ve Ali Şingali görüştü, üğ", []),
        ("Kerküklü işçiler ile Bağdatlı öğretmenler üğ", []),
        ("Hastaneye gitmek üzere yola çıktı, makale yazdı", []),
        ("Li Amêdiyê û Şêladizê berf barî", ["Amêdi", "Şêladizê"]),
        ("Li Başûrê Kurdistanê û Silêmaniyê êvar e", ["Başûrê Kurdistan", "Silêmani"]),
        ("Sibê li dorê digerin û germê dikişînin", []),
    ],
)
def test_endings_are_stripped_and_words_that_look_like_them_are_none(text: str, found: list[str]) -> None:
    assert surfaces(text) == found


def test_a_spelling_of_another_language_yields_to_a_kurmanji_name_with_its_ending() -> None:
    assert surfaces("Li navçeya Amêdiyê êdî berf e") == ["Amêdi"]
    assert surfaces("Irak'ın Amediye ilçesinde üğ kar yağdı") == ["Amediye"]


@pytest.mark.parametrize("word", ["üzere", "mandalina", "güverte", "sibê", "dorê"])
def test_a_listed_word_is_excepted_wherever_it_stands(word: str) -> None:
    assert surfaces(f"êğ {word} îü") == []


def test_the_genitive_owns_what_follows_it() -> None:
    assert "owned:dealing" in cues("Bağdat'ın kararı bekleniyor, üğ")
    assert "owned:locative" in cues("Bağdat'ın doğusundaki semt, üğ")
    assert "owned:institution" in cues("Kerkük'ün Emniyet Müdürü değişti, üğ")
    assert "owned:claiming" in cues("Bağdat'ın göndermediğini söylediler, üğ")


def test_the_verb_behind_an_object_or_a_goal_is_told_with_its_case() -> None:
    assert "acted:happening" in cues("Ordu, Basra'yı ele geçirince geri döndü, üğ")
    assert "reached:journey" in cues("Heyet, Kerkük'e geldi, üğ")
    assert "acted:happening" not in cues("Basra ele geçirilince geri döndüler, üğ")


def test_an_administration_is_its_land_where_the_next_word_says_so() -> None:
    assert "right1:in" in cues("IKBY'deki okullar kapandı, üğ")
    assert "right1:speaking" not in cues("IKBY açıkladı, üğ")


def test_a_day_stands_before_a_month() -> None:
    assert "number-before" in cues("11 Kasım'da yapılacak, üğ")
    assert "number-before" not in cues("Kerkük 11 kişi, üğ")


@pytest.mark.parametrize("text", ['Muhtar "Kerkük susuz" dedi, üğ', "Muhtar « Kerkük susuz » dedi, üğ"])
def test_an_opening_quotation_mark_quotes_a_name(text: str) -> None:
    assert "quoted" in cues(text)


@pytest.mark.parametrize("text", ['"Göç ederiz"\nKerkük susuz, üğ', '"Göç ederiz" Kerkük susuz, üğ'])
def test_a_closing_quotation_mark_quotes_no_name(text: str) -> None:
    assert "quoted" not in cues(text)


def test_a_day_behind_a_place_signs_a_report() -> None:
    fired = cues("Haber: Ali Demir - Kerkük 03.05.2019")
    assert "text:end" in fired
    assert "number-after" not in fired


def test_an_institution_is_seen_behind_a_type_word_and_before_a_link() -> None:
    assert "right1:institution" in cues("Sincar ilçesi Polis Müdürü üğ konuştu")
    assert "left1:institution" in cues("Zanîngeha Teknîkî ya Kerkûkê êdî vekirî ye")
    assert "left1:institution" in cues("Parêzgar ê Helebce êdî çû")


def test_the_verb_that_ends_the_sentence_is_seen_from_afar() -> None:
    between = "haftalardır komisyonda bekleyen ve kimsenin okumadığı o uzun taslağı bütün uyarılara karşın"
    assert "subject-final:speaking" in cues(f"Bağdat, {between} dün gece yarısı reddetti. Üğ.")
    assert "subject-final:speaking" in cues("Bexdayê heta niha pêşniyara nû ya Hewlêrê red kir.")
    assert "other-final:happening" in cues(f"Bağdat'ta {between} gösteri düzenlendi. Üğ.")
    assert "subject" not in cues(f"Bağdat'ta {between} gösteri düzenlendi. Üğ.")


def test_a_verb_too_far_or_of_the_next_sentence_says_nothing() -> None:
    assert not {c for c in cues("Bağdat, " + "şöyle " * 80 + "reddetti.") if "final" in c}
    assert not {c for c in cues("Bağdat üğ burada. Onlar reddetti.") if "final" in c}


def test_the_verb_is_asked_of_authorities_and_of_languages_that_end_with_it() -> None:
    assert not {c for c in cues("Kerkük, üğ öneriyi reddetti.") if "final" in c}
    assert "subject" not in cues("Baghdad rejected it.")


def test_the_administration_is_told_from_the_land_by_its_spelling() -> None:
    assert "spelled:administration" in cues("IKBY üğ açıkladı")
    assert "spelled:administration" in cues("Irak Kürt Bölgesel Yönetimi üğ açıkladı")
    assert "spelled:administration" not in cues("Kürdistan Bölgesi üğ açıkladı")


def test_case_endings_and_prepositions_make_no_list() -> None:
    assert judged("Diyala'nın Hanekin ilçesinde üğ")[1].subject.around.mates == []
    assert judged("Şandeya Herêma Kurdistanê li Bexdayê ye")[1].subject.around.mates == []
    assert judged("Li Kerkûkê û li Hewlêrê jî")[1].subject.around.mates == [0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Irak'ın Kerkük kentinde üğ", ["IQ-KI"]),
        ("Irak'ın Musul kentinde üğ", ["mosul"]),
        ("Necef, Meysan ve Ramadi kentlerinde üğ", ["IQ-NA", "IQ-MA", "ramadi"]),
        ("Basra, Zikar ve Musul illerinde üğ", ["IQ-BA", "IQ-DQ", "IQ-NI"]),
        ("Li bajarê Kerkûkê êdî", ["kirkuk"]),
        ("Li gundên Amêdiyê êdî", ["amedi-district"]),
        ("Li parêzgehên Diyale û Mûsilê êdî", ["IQ-DI", "IQ-NI"]),
    ],
)
def test_the_type_word_says_which_unit(text: str, found: list[str]) -> None:
    assert places(text) == found


def test_a_small_letter_tells_only_where_others_are_capitals() -> None:
    assert "case:lower" in cues("dün kerkük yolunda üğ kaza oldu")
    assert "case:lower-among-capitals" in cues("Dün Ali kerkük yolunda üğ kaza yaptı")


def test_a_star_stands_for_the_rest_of_a_word_on_either_side() -> None:
    right = load_vocabulary().grammars["tr"].right
    assert "institution" in right.after(["polisinin"], 0)[0]
    assert "claiming" in right.after(["odemedigini"], 0)[0]
    assert right.after(["uluslararasi", "havalimaninda"], 0) == (
        ("institution",),
        "uluslararasi havalimaninda",
    )
    assert "dealing" not in right.after(["teslim", "edecek"], 0)[0]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Yek ji şivanên Ereb hat Kerkûkê, şivan li wir ma.", ["Kerkûk"]),
        ("Yaralılara acil şifa dilendi, Kerkük'te tavuk satışı durdu.", ["Kerkük"]),
        ("Li navçeya şivan a Kerkûkê", ["şivan", "Kerkûk"]),
    ],
)
def test_an_ordinary_word_written_small_among_capitals_is_no_place(text: str, surfaces: list[str]) -> None:
    assert [mention.surface for mention in geocode(text) if mention.role != "name"] == surfaces
