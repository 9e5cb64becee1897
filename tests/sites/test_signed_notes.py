"""The note of an edition: who wrote it and its picture, wherever a reader meets it."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example/news"
theme = "THEME"
[feeds]
tag = "quay.example,2024"
-- content/gulls.md --
---
title: Gulls
publishedDateTime: 2024-02-13T09:00:00Z
authors: [{name: Ada Moor}]
---
They are back.
-- content/editions/2024-W07.md --
---
title: The gulls
authors: [Ada Moor, Bo <Lund>]
images: [{url: pier.png, alt: The pier, caption: At low tide}]
---
Read on.
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
CLOSED = datetime(2024, 2, 20, tzinfo=UTC)
OWN = "editions/2024-W07/"


def built(site: Any, theme: str, note: str = "") -> None:
    site.write(SITE.replace("THEME", theme).replace("Read on.", f"Read on. {note}"))
    site.put("content/editions/pier.png", PNG)
    site.good(now=CLOSED)


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
def test_the_page_says_who_wrote_the_note(site: Any, theme: str) -> None:
    built(site, theme)
    for path in (f"{OWN}index.html", "index.html"):
        page = site.page(path)
        said = page[page.index('<p class="byline">') :].partition("</p>")[0]
        assert '<a href="/news/authors/ada-moor/"><bdi>Ada Moor</bdi></a>' in said
        # Who wrote no article has no page to lead to.
        assert said.endswith("<bdi>Bo &lt;Lund&gt;</bdi>")
    assert not site.has("authors/bo-lund/index.html")
    assert "authors/bo" not in site.page("editions/atom.xml")


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
def test_the_page_shows_the_picture_of_the_note_once(site: Any, theme: str) -> None:
    built(site, theme)
    page = site.page(f"{OWN}index.html")
    shown = page.partition('<div class="note">')[2].partition("</div>")[0]
    assert "/news/assets/pier." in shown
    assert "At low tide" in shown
    if theme == "broadsheet":
        assert 'alt="The pier"' in shown
    built(site, theme, "![The pier](pier.png)")
    assert '<div class="note">' not in site.page(f"{OWN}index.html")
    assert site.page(f"{OWN}email.html").count("assets/pier.") == 1


def test_the_letter_and_the_book_say_it_too(site: Any) -> None:
    built(site, "broadsheet")
    assert "By Ada Moor, Bo &lt;Lund&gt;" in site.page(f"{OWN}email.html")
    assert "By Ada Moor, Bo <Lund>" in site.page(f"{OWN}email.txt")
    assert '<img src="https://quay.example/news/assets/pier.' in site.page(f"{OWN}email.html")
    book = zipfile.ZipFile(io.BytesIO(site.tree()[f"{OWN}2024-W07.epub"]))
    note = book.read("EPUB/note.xhtml").decode()
    assert '<p class="meta">By Ada Moor, Bo &lt;Lund&gt;</p>' in note


def test_an_author_who_gets_a_first_article_gets_a_link(site: Any) -> None:
    built(site, "broadsheet")
    site.write("-- content/next.md --\n---\ntitle: N\npublishedDateTime: 2024-02-14\n"
               "authors: [{name: Bo <Lund>}]\n---\nx\n")  # fmt: skip
    site.good(now=CLOSED)
    assert '<a href="/news/authors/bo-lund/">' in site.page(f"{OWN}index.html")
    before = site.tree()
    site.build(now=CLOSED, output=site.root / "elsewhere")
    assert site.tree("elsewhere") == before
