"""G2: only http, https, mailto and tel come from content, and no name of it shadows the page's."""

from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge import elements, harmless, prose_faults

from site_gen.basics import urls
from site_gen.read import markdown

BITS = st.sampled_from(
    [
        "javascript:",
        "java\tscript:",
        "&#106;avascript:",
        "data:",
        "https://",
        "//",
        "/",
        "\\",
        "a.b",
        "[x](",
        "![x](",
        "<",
        ">",
        ")",
        "\n",
        "\n\n",
        "[x]: ",
        "[^1]",
        "[^1]: ",
        "# location",
        "`",
        "| a |",
        "<!--",
        "-->",
        '"',
        "'",
        "&quot;",
        "\x00",
        "\u202e",
        "canary()",
        " ",
        "*",
        "~~",
        "onclick=",
        "(",
        "<script>",
        "<img src=x onerror=canary()>",
        "%00",
        "]",
        "[",
        "!",
        "\\x",
        "    ",
        "- ",
        "> ",
    ]
)

OWN = {"about", "corrections", "related", "toc"}
"""Sections that a page has only where the article gives cause."""


def test_g02_addresses_are_shown_or_dropped_as_the_list_says(whole: Any) -> None:
    for name, case in whole.cases.items():
        if not name.startswith("urls"):
            continue
        assert whole.codes(name) == set(), name
        found = {a.get("href") for _, a, _ in elements(whole.page(name))}
        shown = {url for url in (case.payload, case.payload.strip()) if url in found}
        assert bool(shown) == (case.outcome == "pass"), (name, case.payload)
        assert ("article/url" in whole.warned(name)) == (case.outcome == "drop"), name


def test_g02_a_refused_link_in_a_body_is_text_or_is_named(whole: Any) -> None:
    for name, case in whole.cases.items():
        if name.startswith("urls") and case.outcome == "drop":
            page = whole.page(f"{name}-body")
            assert page
            assert whole.codes(f"{name}-body") <= {"link/nowhere", "article/body"}, name
            for tag, attributes, _ in elements(page):
                assert harmless(attributes.get("href", "")), (name, tag)


def test_g02_names_from_content_carry_our_prefix(whole: Any) -> None:
    """What a browser finds by name (`document.x`, `#x`) is the page's own or begins with `c-`."""
    plain = whole.page("bytes-003")
    own = OWN | {a[n] for _, a, _ in elements(plain) for n in ("id", "name") if n in a}
    for name in whole.cases:
        if not (page := whole.page(name)):
            continue
        names = {a[n] for _, a, _ in elements(page) for n in ("id", "name") if n in a}
        strange = {n for n in names - own if not n.startswith("c-")}
        assert not strange, (name, strange)


def test_g02_links_out_say_nothing_of_us_to_their_pages(whole: Any) -> None:
    page = whole.page("markdown-041")
    assert page
    root = lxml.html.document_fromstring(whole.page("urls-003-body"))
    body = [a for a in root.iter("a") if a.text in ("a", "b")]
    assert body
    for link in body:
        assert set((link.get("rel") or "").split()) >= {"nofollow", "noopener"}


@given(st.lists(BITS | st.text(max_size=3), max_size=14).map("".join))
def test_g02_any_markdown_is_nothing_but_prose(text: str) -> None:
    found = markdown.render(text, "x.md", remote_images=True)
    assert prose_faults(found.html.replace('"content:', '"/')) == []


@pytest.mark.parametrize("url", ["javascript:canary()", "//bad.example/", "data:,x", "https:x"])
def test_g02_the_one_check_refuses(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        urls.check(url, urls.LINKS)
