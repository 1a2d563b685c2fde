import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.mojibake import is_mojibake
from tests.pipeline.read.reading import only_article, read_bytes


@pytest.mark.parametrize(
    "text",
    [
        "Ø¨ØºØ¯Ø§Ø¯ ØªØ±ÙØ¶",
        "ط¨ط؛ط¯ط§ط¯",
        "KerkÃ¼k'te Ã¼Ã§ kiÅŸi yaralandÄ±",
        "Li KerkÃ»kÃª sÃª kes birÃ®ndar bÃ»n",
        "Kerkük´te yaþayan herkesin eþit olduðunu söyledi",
        "ÃÚáäÊ ÔÑØÉ ãÍÇÝÙÉ ßÑßæß",
        "سةرؤكى هةريَمى كوردستان لةطةلَ سةرؤكوةزيران كؤدةبيَتةوة",
        "The governorâ€™s office said â€œnoâ€\x9d",
    ],
)
def test_a_text_that_was_read_in_a_wrong_encoding_is_seen(text: str) -> None:
    assert is_mojibake(text)


@pytest.mark.parametrize(
    "text",
    [
        "بغداد ترفض المقترح، فقط؟ نعم…",
        "مديرية شرطة محافظةكركوك تعلن اعتقال ثلاثة مطلوبين في قضاء الحويجة بعد متابعة استمرت شهرا كاملا",
        "سه\u200cرۆكی حكومه\u200cت له\u200c هه\u200cولێر",
        "رسانه\u200cهای عراق می\u200cگویند",
        "Kerkük'te üç kişi yaralandı — «Bağdat»",
        "Li Kerkûkê sê kes birîndar bûn",
        "Trois blessés à Kirkouk, où l’armée a été déployée",
        "The governor’s office said “no”",
        "Kirkuk",
        "",
    ],
)
def test_a_sound_text_is_not(text: str) -> None:
    assert not is_mojibake(text)


def test_a_few_broken_letters_quoted_in_a_long_text_do_not_break_it() -> None:
    assert not is_mojibake("أعلنت شرطة محافظة كركوك اعتقال ثلاثة مطلوبين. " * 20 + "Ã¼")


def test_none_of_the_annotated_texts_is_broken_but_the_one_that_is_meant_to_be() -> None:
    rows = [
        json.loads(line)
        for name in ("dev.jsonl", "own/ckb.jsonl", "own/kmr.jsonl", "own/tr.jsonl")
        for line in (Path(__file__).parents[2] / "gold" / name).read_text("utf-8").splitlines()
    ]
    broken = [row["text"] for row in rows if is_mojibake(row["text"])]
    assert all("Baðdat" in text for text in broken)
    assert len(broken) == 1


def test_such_an_article_is_kept_as_it_is_and_flagged(tmp_path: Path) -> None:
    text = "Ø¨ØºØ¯Ø§Ø¯ ØªØ±ÙØ¶"
    article = only_article(read_bytes(tmp_path, text.encode()))
    assert (article.text, article.flags) == (text, ("mojibake",))


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert is_mojibake(text) in {True, False}
