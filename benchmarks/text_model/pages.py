"""Saved pages as text, whole and from the article's container, with the article they hold.

Reads `../shared/corpora/html-dev` and `readability-dev`. Three styles of text: blocks apart, laid
out in columns, and one line a block without empty ones.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html_text
import inscriptis
import lxml.html
from tld import get_fld

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
STYLES = 3
_LEAST = 500
"""Characters below which an article is left out, as in the dumps that judge us."""
_DEAD = "//script|//style|//noscript|//template|//svg|//head"
_OWN_ADDRESS = re.compile(
    r"""(?:property=["']og:url["']\s+content|rel=["']?canonical["']?\s+href)=["'](http[^"']+)"""
)


@dataclass(frozen=True)
class Dump:
    """One page as text: `kind` is full or light, `titles` are those the page gives itself."""

    page: str
    site: str
    corpus: str
    kind: str
    style: int
    text: str
    gold: str
    titles: tuple[str, ...]


def dumps() -> Iterator[Dump]:
    """All pages, whole and light, in all styles, in the order of their names."""
    for corpus, page, site, source, gold in _pages():
        tree = lxml.html.fromstring(
            source.encode(), parser=lxml.html.HTMLParser(encoding="utf8", remove_comments=True)
        )
        titles = _titles(tree)
        for element in tree.xpath(_DEAD):
            if element.getparent() is not None:
                element.drop_tree()
        body = (tree.xpath("//body") or [tree])[0]
        inner = container(body, gold)
        for kind, element in (("full", body), ("light", inner)):
            head = kind == "light" and not inner.xpath(".//h1") and titles[:1]
            for style in range(STYLES):
                text = (f"{head[0]}\n" if head else "") + as_text(element, style)
                yield Dump(page, site, corpus, kind, style, text, gold, titles)


def _pages() -> Iterator[tuple[str, str, str, str, str]]:
    known = json.loads((CORPORA / "html-dev" / "gold.json").read_text("utf-8"))
    for name in sorted(known):
        source = _read(CORPORA / "html-dev" / f"{name}.html.gz")
        yield "html", name[:24], _site(known[name]["url"]), source, known[name]["articleBody"]
    for path in sorted((CORPORA / "readability-dev").glob("*.expected.html.gz")):
        name = path.name.removesuffix(".expected.html.gz")
        source = _read(path.with_name(f"{name}.html.gz"))
        found = _OWN_ADDRESS.search(source)
        site = _site(found[1]) if found else re.sub(r"-\d+$", "", name)
        yield "readability", name[:24], site, source, html_text.extract_text(_read(path))


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")


def _site(url: str) -> str:
    """The registrable domain, without its ending: medium.com and medium are one site."""
    domain = get_fld(url, fail_silently=True) or urlsplit(url).hostname or url
    return domain.split(".")[0]


def _titles(tree: Any) -> tuple[str, ...]:
    heads = [
        " ".join(x.text_content().split())
        for x in (*tree.xpath("//h1"), *tree.xpath("//title")[:1])
    ]
    found = [*tree.xpath('//meta[@property="og:title"]/@content'), *heads]
    return tuple(dict.fromkeys(t.strip() for t in found if t.strip()))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of `text`, counted."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def container(body: Any, gold: str) -> Any:
    """The smallest element with 93 % of the article, or the one above it that has a heading."""
    want, here = set(shingles(gold)), body

    def held(element: Any) -> int:
        return len(want & set(shingles(as_text(element, 0))))

    while True:
        inner = (c for c in here if isinstance(c.tag, str) and held(c) >= 0.93 * len(want))
        found = next(inner, None)
        if found is None:
            break
        here = found
    up = here
    for _ in range(4):
        if up.xpath(".//h1") or up.getparent() is None or up.tag == "body":
            return up
        up = up.getparent()
    return here


def as_text(element: Any, style: int) -> str:
    """The element's text in one of the styles."""
    source = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    text = inscriptis.get_text(source) if style == 1 else html_text.extract_text(source)
    if style == 2:
        text = "\n".join(line for line in text.split("\n") if line.strip())
    return re.sub(r"\n{4,}", "\n\n\n", text).strip() + "\n"
