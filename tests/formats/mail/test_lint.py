"""The lint of letters: each construct that one of three mail programs drops is named."""

import pytest

from site_gen.formats.mail.lint import find_unsupported

HEAD = (
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
)


def said(body: str, sheet: str = "") -> list[str]:
    style = f"<style>{sheet}</style>" if sheet else ""
    return find_unsupported(f"<html><head>{HEAD}{style}</head>\n<body>{body}</body></html>")


def test_what_all_three_know_passes() -> None:
    dark = "@media (prefers-color-scheme: dark) { td.a { color: #fff !important; } }"
    fine = (
        '<table role="presentation" style="border-collapse: collapse"><tr>'
        '<td style="padding: 4px 0;color: #111"><a href="https://a.example/">a</a></td></tr></table>'
        '<img src="https://a.example/b.jpg" alt="" width="600" style="max-width: 100%">'
    )
    assert said(fine, dark) == []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<video></video>", "<video>"),
        ("<section>a</section>", "<section>"),
        ("<form></form>", "<form>"),
        ('<p style="display: flex">a</p>', "display: flex"),
        ('<p style="position: fixed">a</p>', "position"),
        ('<p style="border-radius: 3px">a</p>', "border-radius"),
        ('<p style="font-size: 1.2rem">a</p>', "1.2rem"),
        ('<p style="color: var(--ink)">a</p>', "var(--ink)"),
        ('<p style="padding: calc(1px + 2px)">a</p>', "calc"),
        ('<td background="a.png">a</td>', "background"),
        ('<img src="https://a.example/b.webp" alt="" width="1">', "JPEG, PNG and GIF"),
        ('<img src="https://a.example/b.svg" alt="" width="1">', "JPEG, PNG and GIF"),
        ('<img src="/b.png" alt="" width="1">', "https"),
        ('<img src="https://a.example/b.png" width="1">', "alt"),
        ('<img src="https://a.example/b.png" alt="">', "width"),
        ('<table role="presentation"><tr><td>a</td></tr></table>', "border-collapse"),
        ('<a href="/about/">a</a>', "leads nowhere"),
        ('<p onclick="x">a</p>', "handler"),
        ("a" * 102_001, "Gmail cuts"),
    ],
)
def test_what_one_of_them_drops_is_named_with_its_line(body: str, word: str) -> None:
    found = said(body)
    assert found
    assert word in found[0]
    assert found[0].startswith("line ")


@pytest.mark.parametrize(
    ("sheet", "word"),
    [
        ("p { color: red }", "p { color: red }"),
        ("@media (prefers-color-scheme: dark) { a[href] { color: red; } }", "a[href]"),
        ("@media (prefers-color-scheme: dark) { a { display: grid; } }", "display: grid"),
        ("@media (max-width: 600px) { a { color: red; } }", "@media (max-width"),
        (
            "@media (prefers-color-scheme: dark) {" + "a { color: red; }" * 500 + "}",
            "Gmail drops it",
        ),
    ],
)
def test_of_style_sheets_gmail_reads_little(sheet: str, word: str) -> None:
    assert any(word in each for each in said("a", sheet))


def test_a_letter_without_its_schemes_is_named() -> None:
    assert len(find_unsupported("<html><body>a</body></html>")) == 2


def test_what_only_outlook_sees_is_not_looked_at() -> None:
    assert said("<!--[if mso]><v:rect><table><tr><td><![endif]-->a") == []
