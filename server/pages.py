"""Verdict → the small pages that the guard itself answers with, in every language of the interface."""

from collections.abc import Mapping
from html import escape
from typing import Literal

from panels.labels import INTERFACE_LANGS, labels

PAGE_HEADERS: Mapping[str, str] = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

_STYLE = (
    "body{font:1.05rem/1.6 system-ui,sans-serif;max-width:38rem;margin:10vh auto;padding:0 1rem}"
    "section{border-top:1px solid #cfd6dd;padding:.5rem 0}h1{font-size:1.15rem}a{color:#0b5c8a}"
)


def closed_page(wall: Literal["host", "origin", "token"], *, again: str) -> str:
    """The wall a request ran into, and the path it asked for → a page that says what to do.

    The link to `again` is for a browser that has the cookie and held it back, as it does on a link followed
    from another site: a click on our own page sends it.
    """
    return _page("".join(_section(lang, wall, again) for lang in INTERFACE_LANGS))


def handoff_page(onward: str) -> str:
    """The clean address → a page that moves on to it at once."""
    target = escape(onward)
    links = [
        f'<p lang="{lang}"><a href="{target}">{_word(lang, "go_on")}</a></p>' for lang in INTERFACE_LANGS
    ]
    return _page("".join(links), head=f'<meta http-equiv="refresh" content="0;url={target}">')


def _section(lang: str, wall: str, again: str) -> str:
    words = labels(lang)
    link = f'<p><a href="{escape(again)}">{_word(lang, "try_again")}</a></p>' if wall == "token" else ""
    return (
        f'<section lang="{lang}" dir="{words.dir}"><h1>{_word(lang, "closed")}</h1>'
        f"<p>{_word(lang, f'closed_{wall}')}</p>{link}</section>"
    )


def _word(lang: str, key: str) -> str:
    return escape(labels(lang).text(f"server.{key}"))


def _page(body: str, *, head: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta charset="utf-8">{head}'
        '<meta name="viewport" content="width=device-width"><title>Iraq map</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )
