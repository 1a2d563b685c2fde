"""Articles with mentions → what is read beside the map: sentences by article, or one article whole."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from geo.places import Gazetteer
from panels.figures.marked import marked, paragraphs, visible, within
from panels.figures.markup import Html, address, bdi, join, ltr, tag
from panels.figures.reason import reason_html, summed_up
from panels.figures.sentences import Excerpt, excerpts
from panels.figures.writing import setting
from panels.labels import Labels
from pipeline.records import ROLES, Article, StoredArticle, StoredMention


def excerpts_html(stored: StoredArticle, *, labels: Labels, gazetteer: Gazetteer) -> Html:
    """An article with the mentions that count → its title, where it comes from, each sentence once."""
    article = stored.article
    body = [
        tag("p", _sentence(article, excerpt, labels, gazetteer), **setting(article))
        for excerpt in excerpts(article.text, stored.mentions)
    ]
    head = _heading("h3", visible(article.title), article, labels)
    return tag("article", head, _from(article, labels), *body, class_="card")


def article_html(stored: StoredArticle, *, labels: Labels, gazetteer: Gazetteer) -> Html:
    """An article with all its mentions → the whole text, each marked, its reasons after the paragraph."""
    article = stored.article
    title = _marked(stored, 0, article.title_end, labels, gazetteer)
    return tag(
        "article",
        tag(
            "div",
            _heading("h2", title, article, labels),
            _reasons(within(stored.mentions, 0, article.title_end), labels, gazetteer),
            class_="para",
        ),
        _from(article, labels),
        _evidence(article, labels),
        _roles(stored, labels),
        *_body(stored, labels, gazetteer),
        class_="whole",
    )


def _heading(level: str, title: Html, article: Article, labels: Labels) -> Html:
    if article.title_end:
        return tag(level, title, **setting(article))
    return tag(level, labels["reading.no_title"], class_="untitled")


def _from(article: Article, labels: Labels) -> Html:
    """Source, date and language in the language of the interface."""
    said = came_from(article.source, article.published, labels=labels)
    return tag("p", join([said, labels[f"article_lang.{article.language}"]], " · "), class_="from")


def came_from(source: str | None, published: str | None, *, labels: Labels) -> Html:
    """Source and date of an article → both in one line, or that they are not known."""
    outlet = bdi(visible(source)) if source else labels["reading.no_source"]
    day = ltr(published) if published else labels["reading.undated"]
    return join([outlet, day], " · ")


def _sentence(article: Article, excerpt: Excerpt, labels: Labels, gazetteer: Gazetteer) -> Html:
    text = marked(
        article.text,
        excerpt.mentions,
        start=excerpt.start,
        end=excerpt.end,
        title=lambda stored: summed_up(stored, labels=labels, gazetteer=gazetteer),
    )
    return join(["… " if excerpt.cut_start else "", text, " …" if excerpt.cut_end else ""])


def _body(stored: StoredArticle, labels: Labels, gazetteer: Gazetteer) -> Iterator[Html]:
    """The paragraphs; what stands before the body (the source's line) only if a place is named in it."""
    article = stored.article
    named = within(stored.mentions, article.title_end, article.body_start)
    for start, end in paragraphs(article.text, article.title_end if named else article.body_start):
        text = tag("p", _marked(stored, start, end, labels, gazetteer), **setting(article))
        yield tag(
            "div", text, _reasons(within(stored.mentions, start, end), labels, gazetteer), class_="para"
        )


def _marked(stored: StoredArticle, start: int, end: int, labels: Labels, gazetteer: Gazetteer) -> Html:
    return marked(
        stored.article.text,
        stored.mentions,
        start=start,
        end=end,
        title=lambda one: summed_up(one, labels=labels, gazetteer=gazetteer),
        in_focus=True,
    )


def _reasons(mentions: tuple[StoredMention, ...], labels: Labels, gazetteer: Gazetteer) -> Html:
    """Mentions of one paragraph → a list to open, in the order of the marks; nothing where there is none."""
    if not mentions:
        return Html()
    items = (
        tag(
            "li",
            tag("strong", bdi(visible(stored.mention.surface)), class_=f"role-{stored.mention.role}"),
            reason_html(stored, labels=labels, gazetteer=gazetteer),
        )
        for stored in mentions
    )
    return tag("details", tag("summary", labels.html("article.why", n=len(mentions))), tag("ol", *items))


def _roles(stored: StoredArticle, labels: Labels) -> Html:
    """The roles that are marked in the article, each with its colour, number and meaning."""
    numbers = Counter(one.mention.role for one in stored.mentions)
    if not numbers:
        return tag("p", labels["article.none"], class_="quiet")
    rows = (
        tag(
            "li",
            tag("span", labels[f"role.{role}"], class_=f"role-{role}"),
            join([" ", ltr(f"{numbers[role]:,}"), " · ", labels[f"role_meaning.{role}"]]),
        )
        for role in ROLES
        if numbers[role]
    )
    return tag("ul", *rows, class_="roles", aria_label=labels["article.legend"])


def _evidence(article: Article, labels: Labels) -> Html:
    """Author, address, file and record, and what was mended: what is needed to check the text."""
    said = [labels.html("article.author", author=bdi(visible(article.author)))] if article.author else []
    if article.url:
        said.append(labels.html("article.original", url=_link(article.url)))
    said.append(labels.html("article.origin", origin=address(visible(article.origin))))
    if article.flags:
        said.append(labels.html("article.flags", flags=address(visible(", ".join(article.flags)))))
    return tag("p", join(said, " · "), class_="from")


def _link(url: str) -> Html:
    """An address → a link that tells the other side nothing; plain text unless it is one of the web."""
    shown = address(visible(url))
    if not _is_web(url):
        return shown
    return tag("a", shown, href=url, target="_blank", rel="noopener noreferrer nofollow")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and url.isprintable()
