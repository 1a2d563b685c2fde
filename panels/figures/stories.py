"""A story → the line that says how many outlets tell it, and, opened, which they are."""

from collections.abc import Callable, Iterator

from panels.figures.marked import visible
from panels.figures.markup import Html, bdi, join, tag
from panels.figures.reading import came_from
from panels.labels import Labels
from pipeline.records import Copy, Story

Link = Callable[[str], str]
"""The id of an article → the address of the view that shows it whole."""


def outlets_html(story: Story, *, labels: Labels, link: Link) -> Html:
    """A story that counts in a region → "1 story, 14 outlets" with its copies; nothing where it has none."""
    if story.articles < 2:
        return Html()
    said = [
        labels.html("story.outlets", n=story.outlets),
        labels.html("reading.count_articles", n=story.articles),
    ]
    return _folded(join(said, " · "), story, labels, link)


def elsewhere_html(story: Story, *, labels: Labels, link: Link) -> Html:
    """The story of an article that is read whole → the others that tell it; nothing where there are none."""
    if story.articles < 2:
        return Html()
    return _folded(labels.html("story.elsewhere", n=story.articles - 1), story, labels, link)


def _folded(said: Html, story: Story, labels: Labels, link: Link) -> Html:
    return tag("details", tag("summary", said), tag("ul", *_items(story, labels, link)), class_="copies")


def _items(story: Story, labels: Labels, link: Link) -> Iterator[Html]:
    for copy in story.copies:
        said = came_from(copy.source, copy.published, labels=labels)
        yield tag("li", join([said, _title(copy, labels, link)], " · "))
    if unnamed := story.articles - 1 - len(story.copies):
        yield tag("li", labels.html("story.more", n=unnamed), class_="quiet")


def _title(copy: Copy, labels: Labels, link: Link) -> Html:
    title = visible(copy.title) if copy.title.strip() else labels["reading.no_title"]
    return tag("a", bdi(title), href=link(copy.article_id), target="_self")
