"""What must stand under every view: what boundaries do not say, how figures came about, whose data it is."""

from geo import boundaries
from panels.figures.markup import Html, tag
from panels.labels import Labels
from panels.page import show


def footer(*, words: Labels) -> None:
    """Draws the foot of the page."""
    show(footer_html(boundaries.attribution(), words=words), labels=words, key="foot")


def footer_html(attribution: str, *, words: Labels) -> Html:
    """Attribution of boundaries and points → the foot of the page."""
    return tag(
        "footer",
        tag("p", words["footer.disclaimer"]),
        tag("p", words["footer.method"]),
        tag("p", words.html("footer.sources", attribution=tag("cite", attribution, dir="ltr", lang="en"))),
    )
