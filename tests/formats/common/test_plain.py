"""Text without markup, and short forms."""

import pytest

from site_gen.formats.common.plain import cut, one_line, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>a</p><p>b  c</p>", "a\n\nb c"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n\n- b"),
        ('<p><a href="https://x.example/">x</a></p>', "x (https://x.example/)"),
        ('<p><a href="https://x.example/">https://x.example/</a></p>', "https://x.example/"),
        ('<p>a<img src="x" alt="B">c</p>', "aBc"),
        ("<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    ],
)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 10, "short"),
        ("two words here", 11, "two words…"),
        ("x" * 20, 10, "x" * 9 + "…"),
        ("a, b", 3, "a…"),
        ("anything", 0, ""),
    ],
)
def test_cut(text: str, length: int, short: str) -> None:
    assert cut(text, length) == short
    assert len(cut(text, length)) <= max(length, 0)


def test_one_line() -> None:
    assert one_line("a\r\n b\x00\tc") == "a b c"


def test_what_is_in_one_line_already_is_no_second_text() -> None:
    title = " ".join(["The harbour", "is open"])
    assert one_line(title) is title
