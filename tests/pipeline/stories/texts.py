"""Invented reports for the tests of stories, and what outlets make of them."""

from pipeline.records import Article, article_id

REPORT = (
    "Unknown gunmen killed two farmers and burned their harvester in a wheat field in the Daquq district on"
    " Wednesday night, a security source said. The two victims were brothers from a village east of the river,"
    " and the attackers left a booby-trapped motorcycle beside their bodies, which was defused at dawn. The area"
    " lies between the positions of the federal army and those of the Peshmerga, where a gap of several kilometres"
    " has been left without permanent forces. Farmers there have complained for years that nobody protects them."
)
OTHER = (
    "The ministry of electricity signed a contract for a new station on the outskirts of Basra, its spokesman told"
    " reporters at the ministry. Work is to begin after the summer and will take three years, he added, and the"
    " station will feed four cities that have been short of power since the old one was closed for repairs. A"
    " member of the provincial council called the price too high and asked for the tender to be made public."
)
ARABIC = (
    "أفاد مصدر أمني بأن مسلحين مجهولين قتلوا ليلة الأربعاء فلاحين اثنين وأحرقوا حاصدتهما في حقل للحنطة بقضاء"
    " داقوق جنوبي كركوك. وقال المصدر إن الضحيتين شقيقان من إحدى القرى، وإن المهاجمين تركوا دراجة نارية مفخخة"
    " قرب الجثتين جرى تفكيكها عند الفجر. وتقع المنطقة بين مواقع الجيش الاتحادي ومواقع البيشمركة."
)


def article(
    body: str, *, title: str = "", source: str | None = "Shafaq", published: str | None = "2026-05-20"
) -> Article:
    """A body and a title → the article."""
    text = f"{title}\n{body}" if title else body
    start = len(title) + 1 if title else 0
    return Article(
        id=article_id(text, source, None, published),
        text=text,
        title_end=len(title),
        body_start=start,
        source=source,
        url=None,
        published=published,
        language="en",
        author=None,
        origin="news.jsonl:1",
        encoding="utf-8",
    )
