"""Text → mentions as a whole: pure, ordered, valid, and unmoved by whatever is typed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from geo.places import load_gazetteer
from pipeline.geocoding import geocode, rules_digest
from pipeline.records import LANGS, LEVELS, ROLES, Mention

GAZETTEER = load_gazetteer()
REPORTS = (
    "كركوك - واع: شرطة ديالى تعتقل متهما في قضاء الحويجة.",
    "خلاف بين بغداد وأربيل على المناطق المتنازع عليها في محافظات ديالى وكركوك ونينوى.",
    "ناکۆکی نێوان بەغدا و هەولێر لە ناوچە جێناکۆکەکان بەردەوامە.",
    "Li Kerkûkê û Şengalê baran barî, ew hiştinKerkûk.",
    "BAGHDAD (Reuters) - Police in Mosul and Tal Afar said Baghdad had agreed.",
    "Bağdat ile Erbil arasındaki görüşmeler Kerkük'te sürüyor.",
)
NAMES = [name.text for name in GAZETTEER.names[::9]]
LETTERS = (
    "ءآأؤإئابتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگکیەۆێڕڵھabcçdeêfgğhıiîjklmnopqrsştuûüvwxyzKHBDŞİI0123٤٥ \n\t"
    "،؛؟.,:;!?-–—/()«»“”\"'’&|_*#\u0640\u064e\u0651\u200c\u200d\u200e\u200f\u202b\ufeff\0\x01\ud800漢😀ﷺßðþý"
)
WORDS = [
    "في",
    "بين",
    "محافظتي",
    "قضاء",
    "لە",
    "نێوان",
    "parêzgeha",
    "navbera",
    "provinces",
    "ili",
    "(AA) -",
    "و",
    "ve",
]
TEXTS = st.lists(
    st.sampled_from(NAMES) | st.sampled_from(WORDS) | st.text(alphabet=LETTERS, max_size=8), max_size=40
).flatmap(lambda pieces: st.sampled_from([" ", "", "، ", "\n"]).map(lambda gap: gap.join(pieces)))


def is_valid(text: str, mention: Mention) -> bool:
    """Whether every field of a mention says what records.Mention promises."""
    return (
        text[mention.start : mention.end] == mention.surface != ""
        and mention.level == GAZETTEER.places[mention.place_id].level in LEVELS
        and mention.governorate == GAZETTEER.governorate_of(mention.place_id)
        and mention.district == GAZETTEER.district_of(mention.place_id)
        and mention.role in ROLES
        and (mention.literal is None) == (mention.role != "place")
        and 0 <= mention.confidence <= 1
        and mention.reason.name != ""
        and mention.reason.name_lang in LANGS
        and len(mention.reason.cues) > 0
        and all(rejected.partition(":")[0] in GAZETTEER.places for rejected in mention.reason.rejected)
    )


def assert_sound(text: str, mentions: list[Mention]) -> None:
    assert [mention for mention in mentions if not is_valid(text, mention)] == []
    ends = [0, *(mention.end for mention in mentions)]
    assert all(end <= mention.start for end, mention in zip(ends, mentions, strict=False))


def test_the_package_shows_it() -> None:
    assert pipeline.geocode is geocode


@pytest.mark.parametrize("report", REPORTS)
def test_mentions_of_a_report_are_sound(report: str) -> None:
    mentions = geocode(report)
    assert mentions
    assert_sound(report, mentions)


@settings(deadline=None)
@given(TEXTS)
def test_whatever_is_typed_gives_sound_mentions(text: str) -> None:
    assert_sound(text, geocode(text))


@settings(deadline=None)
@given(st.text(alphabet=st.characters()))
def test_any_text_is_taken(text: str) -> None:
    assert_sound(text, geocode(text))


@settings(deadline=None)
@given(TEXTS)
def test_the_answer_is_the_same_again(text: str) -> None:
    assert geocode(text) == geocode(text)


def test_the_answer_is_the_same_in_threads_and_whatever_came_before() -> None:
    alone = [geocode(report) for report in REPORTS]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(geocode, REPORTS * 20)) == alone * 20
    assert [geocode(report) for report in reversed(REPORTS)] == alone[::-1]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\0", "\ud800", "؟", "x" * 1000])
def test_a_text_of_nothing_holds_nothing(text: str) -> None:
    assert geocode(text) == []


def test_a_mention_may_begin_and_end_the_text() -> None:
    for name in ("كركوك", "Kirkuk", "کەرکووک"):
        assert [mention.surface for mention in geocode(name)] == [name]


def test_offsets_count_code_points_and_not_bytes_or_utf_16_units() -> None:
    text = "😀😀 حريق في كركوك"
    (mention,) = geocode(text)
    assert mention.start == text.index("كركوك")


def test_a_mark_of_direction_moves_no_mention_and_no_role() -> None:
    plain, marked = "خلاف بين بغداد وأربيل", "\u202bخلاف بين \u200fبغداد\u200f وأربيل\u202c"
    assert [(m.surface, m.role) for m in geocode(marked)] == [(m.surface, m.role) for m in geocode(plain)]


def test_a_million_characters_are_read() -> None:
    report = "خلاف بين بغداد وأربيل على نفط كركوك وأمطار في قضاء الحويجة. " + "شيء لا شأن له بالأمر. " * 40
    count = 10**6 // len(report) + 1
    mentions = geocode(report * count)
    assert len(mentions) == 4 * count
    assert_sound(report * count, mentions)


@pytest.mark.parametrize("piece", ["بغداد و", "Kirkuk, ", "(", "كركوك/", "\n", "'", "Kerkûk'ta ", "ال"])
def test_a_long_text_of_one_piece_ends(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    assert_sound(text, geocode(text))


def test_a_mention_prints_as_json_with_every_field() -> None:
    (mention,) = geocode("حريق في كركوك")
    told = mention.as_dict()
    assert set(told) == {*Mention._fields}
    assert told["reason"] == mention.reason.as_dict()


def test_the_digest_of_the_rules_is_one_sha256() -> None:
    assert rules_digest() == rules_digest()
    assert len(bytes.fromhex(rules_digest())) == 32
