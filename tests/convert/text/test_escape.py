"""Escaped text renders as the text it was."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from site_gen.convert.text import escape


def test_escapes(case_of_escape: tuple[str, str, str]) -> None:
    _, text, expected = case_of_escape
    assert escape.paragraph(text) == expected


@given(st.text(st.sampled_from("ab1 *_`<>[]()#+-=~|\\&;.!:lt\n"), max_size=40))
def test_paragraph_renders_as_its_text(text: str) -> None:
    line = " ".join(text.split())
    html = (
        MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(escape.paragraph(text))
    )
    assert unescape(re.sub(r"</?p>", "", html)).strip("\n") == line


@given(st.text(st.sampled_from("ab *_`<[]#-\\&;"), min_size=1, max_size=30))
def test_heading_renders_as_its_text(text: str) -> None:
    html = MarkdownIt("commonmark").render(escape.heading("x " + text))
    inner = re.fullmatch(r"<h2>(.*)</h2>\n", html)
    assert inner is not None
    assert unescape(inner.group(1)) == " ".join(("x " + text).split())
