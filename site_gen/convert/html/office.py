"""Documents that a word processor saved as HTML. They have no boilerplate, so all of it is text.

Extractors look for a page's article and would drop headings and lists of a short document.
"""

import re

from site_gen.convert import similarity
from site_gen.convert.html.tree import Element, text_of

_GENERATORS = re.compile(
    r"(?i)microsoft word|libreoffice|openoffice|staroffice|cocoa html writer|abiword|onlyoffice"
)
_SITE = ("article", "main", "nav", "header", "footer", "form")
"""Elements that word processors never write; with one, it is a page of a site."""
_LONGEST_TITLE = 20
"""Most words of a first line that may be the title of a document without headings."""


def is_one(root: Element) -> bool:
    """Whether a word processor wrote it: by its name, or for Google by the class of `body`."""
    if next(root.iter(*_SITE), None) is not None or root.find(".//script[@src]") is not None:
        return False
    named = (m.get("content", "") for m in root.iter("meta") if _is_generator(m))
    return _is_google(root) or any(map(_GENERATORS.match, named))


def settle_title(root: Element) -> None:
    """Make the document's title its first heading: text with a title's style, else a first line
    that is no sentence."""
    styled = root.xpath('//p[contains(concat(" ", @class, " "), " title ")]')
    if styled:
        styled[0].tag = "h1"
    if next(root.iter("h1"), None) is not None:
        return
    for first in root.iter("p", "h2", "h3"):
        text = similarity.squeeze(text_of(first))
        if (
            text
            and len(similarity.words(text)) <= _LONGEST_TITLE
            and not similarity.ends_sentence(text)
        ):
            first.tag = "h1"
        if text:
            return


def _is_generator(element: Element) -> bool:
    return str(element.get("name", "")).lower() == "generator"


def _is_google(root: Element) -> bool:
    body = root.find("body")
    return body is not None and "doc-content" in body.get("class", "").split()
