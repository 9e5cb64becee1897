"""A post that says in class names what is what (microformats2, h-entry): Medium's export, and the
pages of many small sites."""

from typing import NamedTuple

from lxml import html

HALF = 0.5
"""Of the words of the page, which the content must have to be its text."""
PLATFORM = ("medium.com",)
"""Hosts of many writers: an address there is not one of the old site."""
_HEADINGS = ("h1", "h2", "h3", "h4")


class Post(NamedTuple):
    """What the names say; `url` is "" if there is none, `body` the element with the text."""

    fields: dict[str, str]
    body: html.HtmlElement
    url: str


def read(root: html.HtmlElement) -> Post | None:
    """The one post of a page, else None. What its content repeats of the head is removed."""
    entries, contents = root.find_class("h-entry"), root.find_class("e-content")
    if len(entries) != 1 or len(contents) != 1:
        return None
    entry, body = entries[0], contents[0]
    if len(body.text_content().split()) < HALF * len(entry.text_content().split()):
        return None
    around = [e for e in entry.iterdescendants() if body not in e.iterancestors()]
    titles, summaries = _of(around, "p-name"), _of(around, "p-summary")
    authors, times = _of(around, "p-author"), _of(around, "dt-published")
    links = _of(around, "p-canonical") or _of(around, "u-url")
    told = {
        "title": _text(titles),
        "description": _text(summaries),
        "author": _text(authors),
        "date": (times[0].get("datetime") or "").strip() or _text(times) if times else "",
    }
    for known in (told["title"], told["description"]):
        _drop_repeated(body, known)
    url = (links[0].get("href") or "").strip() if links else ""
    return Post({name: value for name, value in told.items() if value}, body, url)


def is_on_a_platform(url: str) -> bool:
    """Whether an address is on a host of many writers."""
    host = url.partition("://")[2].partition("/")[0].lower()
    return any(host == name or host.endswith(f".{name}") for name in PLATFORM)


def _of(elements: list[html.HtmlElement], name: str) -> list[html.HtmlElement]:
    return [each for each in elements if name in (each.get("class") or "").split()]


def _text(elements: list[html.HtmlElement]) -> str:
    return " ".join(elements[0].text_content().split()) if elements else ""


def _drop_repeated(body: html.HtmlElement, known: str) -> None:
    """Remove what is above the text's first words: rules, and a heading that is known."""
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str):
            continue
        words = " ".join(element.text_content().split())
        if element.tag == "hr":
            element.drop_tree()
        elif element.tag in _HEADINGS and known and words == known:
            element.drop_tree()
            return
        elif element.tag in (*_HEADINGS, "p", "img", "ul", "ol", "pre", "blockquote"):
            return
