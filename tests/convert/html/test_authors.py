"""Bylines as pages have them, cleaned of roles, houses and dates."""

import pytest

from site_gen.convert.html import tree
from site_gen.convert.html.authors import cleaned, of_page


def found(body: str, *given: str, **meta: str) -> list[str]:
    root = tree.parse(f"<body>{body}<p>The text of an article.</p></body>", "a")
    return of_page(root, given, meta, ["Harbour Post", "post.example"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Example, Bo Smith and Cy Jones", ["Ann Example", "Bo Smith", "Cy Jones"]),
        ("By ANN EXAMPLE and SVEN O'HARA", ["Ann Example", "Sven O'hara"]),
        ("Ann Example, Staff Writer", ["Ann Example"]),
        ("Ann Example, CNN Business", ["Ann Example"]),
        ("Ann Example, MD, PhD", ["Ann Example"]),
        ("Ann Example AP Auto Writer", ["Ann Example"]),
        ("Ann Example | Harbour Media for post.example", ["Ann Example"]),
        ("Analysis by Ann Example", ["Ann Example"]),
        ("Ann Example (Reuters)", ["Ann Example"]),
        ("Von Jürgen Groß und Åsa Öst", ["Jürgen Groß", "Åsa Öst"]),
        ("Madonna", ["Madonna"]),
        ("https://post.example/ann", []),
        ("ann@post.example", []),
    ],
)
def test_names_without_roles(text: str, names: list[str]) -> None:
    assert cleaned(text) == names


def test_data_goes_before_meta_and_meta_before_the_text() -> None:
    byline = "<p class='byline'>By Cy Text</p>"
    assert found(byline, "Ann Data", author="Bo Meta") == ["Ann Data"]
    assert found(byline, author="Bo Meta") == ["Bo Meta"]
    assert found(byline, author="Harbour Post") == ["Cy Text"]


@pytest.mark.parametrize(
    "byline",
    [
        "<a rel='author' href='/a'>Ann Example</a>",
        "<span itemprop='author'><b itemprop='name'>Ann Example</b>, editor</span>",
        "<div class='post-byline'>by <a href='/authors/ann'>Ann Example</a> on 3 March 2031</div>",
        "<p>Words by <a href='/people/ann'>Ann Example</a></p>",
        "<div class='author-name'>Ann Example</div><div class='author-bio'>Writes a lot.</div>",
        "<p>By Ann Example</p>",
        "<div>Written by <a href='/team'>Ann Example, MS, RD</a> on March 3, 2031</div>",
        "<p class='author'>Ann Example vor 3 Stunden</p>",
        "<p class='author'>Ann Example il y a 3 heures</p>",
        "<footer class='article-author'><span class='byline'>Ann Example Monday</span></footer>",
        "<p class='byline'>By Ann Example, Associated Press</p>",
    ],
)
def test_marked_and_plain_bylines(byline: str) -> None:
    assert found(f"<article>{byline}</article>") == ["Ann Example"]


@pytest.mark.parametrize(
    "other",
    [
        "<div class='comments'><span class='author'>Troll</span></div>",
        "<aside><p class='byline'>By Some Body</p></aside>",
        "<div class='related'><a rel='author' href='/b'>Other Person</a></div>",
        "<p>By the end of the year, it was over.</p>",
        "<p class='authority'>Authority control</p>",
    ],
)
def test_who_did_not_write_it(other: str) -> None:
    assert found(other) == []
