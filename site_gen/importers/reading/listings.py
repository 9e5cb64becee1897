"""Pages that the old system made of others: what stands for each of them now."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from site_gen.importers.bodies import spans
from site_gen.importers.old_site import Listing, Target

_WORDS: tuple[tuple[Target, re.Pattern[str]], ...] = (
    (
        "feed",
        re.compile(r"(?:feed|rss|atom|index)\.(?:xml|rss|atom|json)$|(?:^|/)(?:feed|rss|atom)$"),
    ),
    (
        "topics",
        re.compile(r"(?:^|/)(?:tags?|categor(?:y|ies)|topics?|labels|kategorien?)(?:\.html)?$"),
    ),
    ("authors", re.compile(r"(?:^|/)(?:authors?|contributors|team)(?:\.html)?$")),
    (
        "editions",
        re.compile(
            r"(?:^|/)(?:archives?|blog|posts?|issues?|newsletters?|news|articles?|all|past|editions?"
            r"|letters?|digest|archiv|index)(?:\.html)?$"
        ),
    ),
)
_PAGED = re.compile(r"/(?:page/?)?\d+/?(?:index\.html)?$|/page\d+(?:\.html|/)?$|index\d+\.html$")

_LOOP = re.compile(r"\{%-?\s*+(?P<end>end)?for\b[^%]*+%\}")
_PROGRAM = re.compile(r"<(?:script|style)\b", re.I), re.compile(r"</(?:script|style)\b", re.I)
_MARKUP = re.compile(r"\{[{%#][^{}]*+\}|<[^<>]*+>|&#?\w++;|\]\([^()]*+\)")


def has_words(template: str) -> bool:
    """Whether a page made by loops (Liquid, Nunjucks) has words of its own beside them."""
    parts, depth, at = [], 0, 0
    for mark in _LOOP.finditer(template):
        parts.append("" if depth else template[at : mark.start()])
        depth = max(0, depth + (-1 if mark["end"] else 1))
        at = mark.end()
    parts.append("" if depth else template[at:])
    text = spans.enclosed(" ".join(parts), _PROGRAM, lambda *_: "")
    return bool(re.search(r"[^\W\d_]{2}", _MARKUP.sub(" ", text)))


def listing(address: str) -> Listing | None:
    """What an old page of lists is by its name; None where the name tells nothing."""
    plain = address.rstrip("/")
    if not plain or address == "/index.html":
        return Listing(address, "home")
    if found := _PAGED.search(address):
        inner = listing(address[: found.start()] + "/")
        return Listing(address, "editions") if inner is None or inner.target == "home" else (
            Listing(address, inner.target))  # fmt: skip
    for target, pattern in _WORDS:
        if pattern.search(plain):
            return Listing(address, target)
    return None


def pages(address: str, count: int, size: int, scheme: str = "page/{}/") -> Iterator[str]:
    """The addresses of a list's further pages."""
    if size > 0:
        for number in range(2, (count + size - 1) // size + 1):
            yield address.rstrip("/") + "/" + scheme.format(number)


def of_name(
    own: str, kind: Literal["topic", "author"], name: str, count: int, size: int, feed: str
) -> Iterator[Listing]:
    """The pages of the posts of a topic or author, `size` on each, and their feed."""
    target: Target = "topic feed" if kind == "topic" else "author feed"
    yield Listing(own, kind, name)
    yield Listing(f"{own}{feed}", target, name)
    yield from (Listing(address, kind, name) for address in pages(own, count, size))


def unique(found: Iterable[Listing]) -> list[Listing]:
    """One for each address, the first."""
    return list({item.address: item for item in reversed(list(found))}.values())[::-1]
