"""Finds who wrote a page: from its data, meta elements, marked-up byline, or a line `By ...`."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from site_gen.convert import similarity
from site_gen.convert.html.tree import Element, elements, text_of

MOST = 10
NOBODY = frozenset(["admin", "administrator", "root", "author", "byline", "guest", "editor"])
AGENCIES = frozenset("associatedpress ap reuters afp agencefrancepresse dpa pti".split())
ROLES = frozenset(
    "editor reporter correspondent writer author staff columnist contributor analyst critic"
    " producer follow control journalist bureau chief fellow professor md phd ma msc mba rd rdn ms"
    " rn dds cnn cnbc nbc abc"
    " bbc media news business insider wires agency agencies service special blog team desk guest"
    " redakteur redaktion reporterin autor korrespondent".split()
)
"""Words in roles, not in names."""

META = (
    "author", "article:author", "parsely-author", "sailthru.author", "article_author", "byl",
    "dc.creator", "dcterms.creator", "authors", "cxenseparse:author", "twitter:creator:name",
)  # fmt: skip

_BY = re.compile(
    r"^(?:(?:\w+\s+)?(?:written|analysis|review|story|text|words|opinion|reported|photos?"
    r"|interview|posted|published|edited|compiled)\s+)?(?:by|von|par|por|di|door|av|af|автор)[:\s]+",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:,|;|\||·|•|/|&)\s*|\s+(?:and|und|et|y|e|och|en|with)\s+", re.I)
_TRAILING = re.compile(
    r"(?:,?\s+(?:the\s+)?(?:[A-Z]{2,5}\s+)?(?:\w+\s+)?(?:writer|correspondent|editor|reporter|columnist"
    r"|contributor|critic)s?)$|\s*\([^)]*\)$|\s+(?:for|of|in|at|on)\s+\S.*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:comment|related|recommend|teaser|sidebar|promo|more-from|trending|popular|footer"
    r"|avatar|caption|disqus)"
)
_NAMED = re.compile(
    r"(?<![a-z])(?:by-?lines?|authors?|writers?|contributors?|posted-?by)(?!ity|izat)"
    r"(?![a-z]*[-_]*(?:bio|box|desc|image|img|info|social|date|avatar|photo))"
)
_PROFILE = re.compile(
    r"/(?:authors?|by|people|person|profiles?|staff|contributors?|journalists?|reporters?|columnists?"
    r"|autor|auteur|user|team|correspondents?|writers?)/[^/?#]+",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^(?:(?:Written|Posted|Reported|Words|Text|Story) by|By|BY|Von|Par|Por|Autore?|Auteur)[:\s]+"
    r"(?P<names>\S.{2,100})$"
)
_PUBLISHED = re.compile(r"(?:(?:first |originally )?published|posted)(?: on)?[:\s]", re.IGNORECASE)
_TO_DATES = frozenset("on at vor am um il y a le hace el há fa den před".split())
"""Words between a name and a number: `Ann Example vor 3 Stunden`."""
_DATED = re.compile(
    r"\d|\b(?:updated|published|edited by|reviewed by|photographs? by|ago|follow)\b|@|https?:"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\s(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def of_page(
    root: Element, given: Iterable[str], meta: dict[str, str], nobody: Iterable[str]
) -> list[str]:
    """Names of people, without duplicates.

    given   names in the page's data, trusted first; then `meta`, then the text
    nobody  names of the site and its publisher
    """
    unknown = {_folded(name) for name in nobody} | NOBODY
    for source in (given, _in_meta(meta), _marked(root), _said(root)):
        texts = [text for text in source if _folded(text) not in unknown]
        names = [_without(name, unknown) for text in texts for name in cleaned(text)]
        good = [n for n in names if n and _folded(n) not in unknown]
        if good:
            return list({n.casefold(): n for n in good}.values())[:MOST]
    return []


def _folded(name: str) -> str:
    return "".join(similarity.words(name))


def _without(name: str, unknown: Iterable[str]) -> str:
    """A name without its publisher at the end; "" for a machine's name."""
    words = name.split()
    for count in (3, 2, 1):
        if len(words) > count + 1 and _folded(" ".join(words[-count:])) in {*unknown, *AGENCIES}:
            return _one(" ".join(words[:-count]))
    if _folded(name).endswith("admin") or {w.casefold() for w in words} <= ROLES:
        return ""
    return name


def cleaned(text: str) -> list[str]:
    """The names in a byline: `By ANN EXAMPLE and Bo Smith, Staff Writer` -> two names."""
    line = _BY.sub("", similarity.squeeze(text)).strip(" ,.;:|-–—·•")
    if not line or "//" in line or "@" in line or len(line) > 200:
        return []
    parts = [part for part in (_one(part) for part in _PARTS.split(line)) if part]
    if len(parts) < 2:
        return parts
    first, *rest = parts
    return [first, *(part for part in rest if _is_name(part))]


def _one(text: str) -> str:
    """One name without what follows it; all capitals become normal."""
    name = text.strip(" ,.;:|-–—·•")
    shorter = _TRAILING.sub("", name).strip(" ,")
    name = shorter if len(shorter.split()) > 1 else name
    words = name.split()
    if len(words) > 1 and name.isupper() and name.isascii():
        name = " ".join(_small(word) for word in words)
    return name if 1 < len(name) <= 80 and any(c.isalpha() for c in name) else ""


def _small(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-")) if len(word) > 2 else word


def _is_name(text: str) -> bool:
    """Whether another part of a byline is a person's name, not a role or a publisher."""
    words = text.split()
    known = {word.strip(".").casefold() for word in words}
    if (
        known & (ROLES | {"the", "a", "an", "our"})
        or "." in text.strip(".").replace(". ", " ")
        or not 2 <= len(words) <= 5
        or _folded(text) in AGENCIES
    ):
        return False
    return all(word[:1].isupper() or not word[:1].isascii() for word in (words[0], words[-1]))


def _in_meta(meta: dict[str, str]) -> list[str]:
    return [next((meta[key] for key in META if meta.get(key) and "//" not in meta[key]), "")]


def _marked(root: Element) -> Iterator[str]:
    """The first marked-up byline outside of comments and other articles."""
    for find in (_by_property, _by_profile, _by_class):
        for element in find(root):
            if not any(map(_is_elsewhere, (element, *element.iterancestors()))):
                text = _names_in(element)
                if text:
                    yield text
                    if find is not _by_profile or not _has_sibling(element):
                        return


def _by_property(root: Element) -> list[Element]:
    return [
        e
        for e in elements(root)
        if e.tag != "meta"
        and ("author" in e.get("itemprop", "").split() or "author" in e.get("rel", "").split())
    ]


def _by_profile(root: Element) -> list[Element]:
    """Links to a person's page in a byline or above the text."""
    found = []
    for link in root.iter("a"):
        if not _PROFILE.search(link.get("href", "")):
            continue
        holders = [link, *list(link.iterancestors())[:4]]
        if any(_NAMED.search(_class(holder)) for holder in holders) or _after_by(link):
            found.append(link)
    return found


def _by_class(root: Element) -> list[Element]:
    found = [e for e in elements(root) if _NAMED.search(_class(e)) and len(text_of(e)) < 300]
    # the innermost says least beside the name
    return sorted(found, key=lambda e: len(text_of(e).split()) > 12)


def _after_by(link: Element) -> bool:
    before = link.getprevious()
    text = (before.tail if before is not None else link.getparent().text) or ""
    return re.search(r"(?:^|\W)(?:by|von|par|por)\s*$", text, re.IGNORECASE) is not None


def _has_sibling(link: Element) -> bool:
    """Whether the same byline links another person."""
    holder = link.getparent()
    return (
        holder is not None
        and sum(_PROFILE.search(other.get("href", "")) is not None for other in holder.iter("a"))
        > 1
    )


def _names_in(element: Element) -> str:
    """The text of a byline that has little else than names, or the marked-up name in it."""
    marked = (e for e in elements(element) if e.get("itemprop") == "name")
    text = similarity.squeeze(text_of(next(marked, element)))
    text, *dated = _DATED.split(text, maxsplit=1)
    text = text.strip(" |,-–—·•")
    while dated and text.count(" ") > 1 and text.rpartition(" ")[2].casefold() in _TO_DATES:
        text = text.rpartition(" ")[0]
    return text if 0 < len(_BY.sub("", text).split()) <= 14 and len(text) < 140 else ""


def bylines(root: Element) -> Iterator[str]:
    """The full texts of bylines, and lines such as `Published 4 March`, outside of comments and
    other articles."""
    for element in _by_class(root):
        if not any(map(_is_elsewhere, (element, *element.iterancestors()))):
            yield similarity.squeeze(text_of(element))
    yield from (line for line, _ in _lines(root))
    for element in elements(root):
        text = similarity.squeeze(element.text_content()) if _is_short(element) else ""
        holders = (element, *element.iterancestors())
        if _PUBLISHED.match(text) and not any(map(_is_elsewhere, holders)):
            yield text


def _said(root: Element) -> Iterator[str]:
    """A line `By Ann Example` in its own element."""
    yield from (names for _, names in islice(_lines(root), 1))


def _lines(root: Element) -> Iterator[tuple[str, str]]:
    """All lines `By Ann Example, 4 March`, with the names in them."""
    for element in elements(root):
        if element.tag in ("p", "div", "span", "h3", "h4", "h5", "h6", "address", "li", "em", "i"):
            text = similarity.squeeze(element.text_content()) if _is_short(element) else ""
            found = _LINE.match(text)
            if found and not any(map(_is_elsewhere, (element, *element.iterancestors()))):
                names = _DATED.split(found["names"])[0]
                if names and all(map(_is_name, _PARTS.split(names)[:1])):
                    yield text, names


def _is_short(element: Element) -> bool:
    return sum(1 for _ in element.iter()) < 12 and len(element.text_content()) < 160


def _is_elsewhere(holder: Element) -> bool:
    """Comments, other articles, the page's boilerplate; but an article's own footer is allowed."""
    if not isinstance(holder.tag, str) or holder.tag in ("body", "html"):
        return False
    if holder.tag == "footer":
        return next(holder.iterancestors("article", "main"), None) is None and not _NAMED.search(
            _class(holder)
        )
    return holder.tag in ("aside", "nav", "figcaption") or bool(_ELSEWHERE.search(_class(holder)))


def _class(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".lower()
