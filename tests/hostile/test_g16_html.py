"""G16: the pages of hostile articles are valid HTML as far as a parser can tell.

The Nu checker, axe and the themes' own tests go further: docs/guarantees.md names the commands."""

from itertools import pairwise
from typing import Any

import html5lib
import lxml.html
import pytest
from judge import elements

KINDS = ("scripts", "markdown", "frontmatter", "bytes")


@pytest.fixture(scope="module")
def pages(whole: Any, long: bool) -> dict[str, str]:
    """Pages of every kind; all of them in the whole suite."""
    names = [
        n for n in whole.cases if n.startswith(KINDS) and len(whole.page(n)) in range(1, 60_000)
    ]
    found = {name: whole.page(name) for name in (names if long else names[::4])}
    others = (
        "index.html",
        "editions/index.html",
        "topics/index.html",
        "search/index.html",
        "feeds/index.html",
        "404.html",
    )
    return found | {n: (whole.public / n).read_text("utf-8") for n in others}


def test_g16_no_page_has_a_parse_error(pages: dict[str, str]) -> None:
    assert len(pages) > 80
    for name, text in pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        errors = [error for _, error, _ in parser.errors]
        assert errors == [], (name, parser.errors[:3])


def test_g16_what_a_machine_can_tell_of_accessibility(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        root = lxml.html.document_fromstring(text)
        assert root.get("lang"), name
        assert (root.findtext(".//title") or "").strip(), name
        assert len(root.findall(".//h1")) == 1, name
        assert len(root.findall(".//main")) == 1, name
        for tag, attributes, _ in elements(text):
            assert tag != "img" or "alt" in attributes, name
            assert int(attributes.get("tabindex") or 0) <= 0, name
        for link in root.iter("a"):
            said = link.text_content().strip() or link.get("aria-label")
            assert (
                said
                or link.find(".//img") is not None
                or "href" not in link.attrib
                or name.startswith("markdown")
            ), name


def test_g16_headings_come_in_order(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        levels = [
            int(t[1]) for t, _, _ in elements(text) if t in ("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        body_decides = name.startswith("markdown")
        jumps = [b - a for a, b in pairwise(levels) if b - a > 1]
        assert not jumps or body_decides, (name, levels)
