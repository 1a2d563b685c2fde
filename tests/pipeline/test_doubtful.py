"""Names that are words, persons or places abroad: doubted where they stand alone, found where they are the place."""

import pytest

from pipeline import geocode


def found(text: str) -> list[str]:
    """The places a text names, less those that are part of another name."""
    return [mention.place_id for mention in geocode(text) if mention.role != "name"]


@pytest.mark.parametrize(
    "text",
    [
        "عاد النازحون إلى شمال قطاع غزة عبر شارع الرشيد الساحلي غرب مدينة غزة.",
        "أغلقت الشرطة شارع بغداد في دمشق بعد حادث سير.",
        "سيطر الجيش السوداني على جسر الحلفايا شمالي الخرطوم.",
        "قالت البلدية إن المناطق الرطبة في الدلتا مهددة، وإن اللون الرمادي يغلب عليها.",
        "بقي العمال في الورشة حتى الفجر.",
        "Rümeysa Öztürk mahkemeye çıktı. Rümeysa'nın avukatları itiraz etti.",
        "Hanuka bayramında mumlar yakıldı.",
        "Regaip Kandili dolayısıyla camiler doldu.",
        "Fayde ji bo karkeran heye û gelaleya qanûnê li Almanyayê hat xwendin.",
        "گەڵاڵەی بودجە لە پەرلەمانی ئەڵمانیا پەسەند کرا.",
        "قوتابییەکان لە دوورەوە هاتن.",
        "Students at Galala University rallied in Egypt.",
        "Traffic was heavy on Basra Street in Amman.",
    ],
)
def test_a_word_a_person_or_a_place_abroad_is_no_mention(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("دهمت الشرطة وكراً في قضاء المحمودية جنوبي بغداد.", "mahmudiyah-district"),
        ("أغلقت السيول الطريق إلى قضاء الرطبة غربي الأنبار.", "rutba-district"),
        ("تظاهر المئات في ساحة التحرير وسط بغداد.", "tahrir-square"),
        ("Irak'ın kuzeyindeki Kandil dağlarına hava harekâtı düzenlendi.", "qandil-mountains"),
        ("هێزێکی سوپا لە پارێزگای ئەنبار دوو چەکداری دەستگیر کرد.", "IQ-AN"),
        ("Rice farmers in Shamiyah district of Qadisiyyah province asked for water.", "shamiya-district"),
    ],
)
def test_the_same_name_is_found_where_it_is_the_place(text: str, place: str) -> None:
    assert place in found(text)
