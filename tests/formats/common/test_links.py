"""Absolute addresses, and bodies made absolute without touching their prose."""

import pytest

from site_gen.formats.common.links import absolute, absolute_html

BASE = "https://host.example/digest"
PAGE = f"{BASE}/articles/a/"


@pytest.mark.parametrize(
    ("url", "full"),
    [
        ("/", f"{BASE}/"),
        ("/topics/künste/", f"{BASE}/topics/k%C3%BCnste/"),
        ("/a%20b/", f"{BASE}/a%20b/"),
        ("https://x.example/ü", "https://x.example/ü"),
        ("", ""),
    ],
)
def test_absolute(url: str, full: str) -> None:
    assert absolute(BASE, url) == full


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<a href="/b/">b</a>', '<a href="https://host.example/digest/b/">b</a>'),
        ('<a href="#c-x">x</a>', f'<a href="{PAGE}#c-x">x</a>'),
        ('<a title="t" href="/q">b</a>', '<a title="t" href="https://host.example/digest/q">b</a>'),
        ('<img src="/a.png" alt="">', '<img src="https://host.example/digest/a.png" alt="">'),
        ('<a href="https://x.example/">x</a>', '<a href="https://x.example/">x</a>'),
        ('<a href="mailto:a@b.example">m</a>', '<a href="mailto:a@b.example">m</a>'),
        ('<p>href="/kept"</p>', '<p>href="/kept"</p>'),
        ('<code>&lt;a href="/kept"&gt;</code>', '<code>&lt;a href="/kept"&gt;</code>'),
        ('<a title=">" href="/a">b</a>', '<a title=">" href="https://host.example/digest/a">b</a>'),
        ('a<img src="https://t.example/" alt="" width="1" height="1">b', "ab"),
        ('<img src="https://t.example/" width="10">', '<img src="https://t.example/" width="10">'),
    ],
)  # fmt: skip
def test_absolute_html(html: str, made: str) -> None:
    assert absolute_html(html, BASE, PAGE) == made
