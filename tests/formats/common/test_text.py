"""The last wall of text before a document is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_gen.formats.common.text import as_html_text, img_tag, legal_xml, media_type
from site_gen.model import Picture


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_legal_text_is_xml_and_utf_8(text: str) -> None:
    kept = legal_xml(text)
    element = etree.Element("a")
    element.text = kept
    assert etree.fromstring(etree.tostring(element)).text in (kept, kept or None)
    assert legal_xml(kept) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1f\x7f\x9f", "ab"),
        ("\ud800\udfff", ""),
        ("\ufffe\uffff\ufdd0\U0001ffff", ""),
        ("tab\tline\nnel\x85", "tab\tline\nnel"),
        ("\U0001f680 \u202e\u2066é", "\U0001f680 \u202e\u2066é"),
    ],
)
def test_what_legal_keeps(text: str, kept: str) -> None:
    assert legal_xml(text) == kept


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("AT&T", "AT&T"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("<b>", "&lt;b>"),
        ("</p><!-- <?x", "&lt;/p>&lt;!-- &lt;?x"),
        ("&lt;&#60;&copy;", "&amp;lt;&amp;#60;&amp;copy;"),
    ],
)
def test_as_html_text(text: str, safe: str) -> None:
    assert as_html_text(text) == safe


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://x.example/a.JPG?w=1", "image/jpeg"),
        ("/assets/a.0123.webp", "image/webp"),
        ("https://x.example/picture", ""),
        ("https://x.example/", ""),
    ],
)
def test_media_type(url: str, kind: str) -> None:
    assert media_type(url) == kind


def test_img_escapes_and_sizes() -> None:
    picture = Picture(url='https://x.example/?a=1&b="', width=3, height=4)
    assert img_tag(picture, "<T>") == (
        '<img src="https://x.example/?a=1&amp;b=&quot;" alt="&lt;T&gt;" width="3" height="4">'
    )
