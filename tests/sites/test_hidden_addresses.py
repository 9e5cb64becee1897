"""The address of a text that is not shown stands in no output, in words neither."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

SHUT = {
    "draft": "draft: true\n",
    "unpublished": "published: false\n",
    "expired": "expiryDateTime: 2024-02-16T10:00:00Z\n",
    "in the future": "",
    "broken": "draft: true\nheat: much\n",
}
NOW = datetime(2024, 2, 20, 6, tzinfo=UTC)
URL = "https://t.example{}/articles/shutcanary/"
SITE = """
title = "T"
base_url = "https://t.example{}"
[feeds]
tag = "t.example,2024"
content = "full"
[api]
bodies = true
extra = ["price"]
[images]
cards = "all"
"""
ARTICLE = """---
title: Open, see {0}
excerpt: In short, see {0}.
why: Because of {0}
publishedDateTime: 2024-02-13T09:00:00Z
sources: [{{name: Earlier, url: "{0}"}}, {{url: "{0}"}}, {{name: Other, url: "https://o.example/"}}]
discussions: [{{name: Talk, url: "{0}#c"}}, {{name: Forum, url: "https://o.example/t"}}]
related: [{{title: Kin, webUrl: "{0}"}}]
translations: [{{language: de, url: "{0}"}}]
originalUrl: "{0}"
authors: [{{name: Bo Reed, bio: "Wrote {0} too.", url: "{0}"}}]
credits: [{{role: editing, name: "See {0}"}}]
corrections: [{{date: 2024-02-19, text: "It is {0} that counts."}}]
images: [{{url: "https://o.example/a.jpg", alt: "As in {0}", caption: "{0}", credit: "{0}"}}]
archive: "{0}"
price: "{0}"
tags: ["{0}"]
---
First {0} and <{0}>, then [{0}]({0} "{0}"), [`{0}`]({0}).

Also [/articles/shutcanary/](/articles/shutcanary/),
[t.example{1}/articles/shutcanary](shutcanary.md)
and [shutcanary.md](shutcanary.md), <a href="{0}">**{0}**</a>.

[Words and/or more](shutcanary.md) stay, as does [t.example/articles/kept](kept.md).
"""
NOTE = """---
title: Week
excerpt: Of {0}, in short.
corrections: [{{date: 2024-02-19, text: "Not {0}."}}]
images: [{{url: "https://o.example/a.jpg", alt: "As in {0}"}}]
---
A note of {0} and [{0}]({0}).
"""
PAGE = """---
title: About
excerpt: See {0}
---
A page of {0}, and more.
"""


def outputs(site: Any) -> Iterator[tuple[str, bytes]]:
    """Every byte of the output, books unpacked."""
    for path, data in site.tree().items():
        yield path, path.encode() + data
        if path.endswith(".epub"):
            with zipfile.ZipFile(site.root / "public" / path) as book:
                yield from ((f"{path}!{name}", book.read(name)) for name in book.namelist())


def written(site: Any, way: str, root: str) -> None:
    url = URL.format(root)
    site.put("site.toml", SITE.format(root).encode())
    site.put("content/open.md", ARTICLE.format(url, root).encode())
    site.put("content/editions/2024-W07.md", NOTE.format(url).encode())
    site.put("content/pages/about.md", PAGE.format(url).encode())
    kept = "---\ntitle: Kept\npublishedDateTime: 2024-02-12\n---\nx\n"
    site.put("content/kept.md", kept.encode())
    day = "2031-01-01" if way == "in the future" else "2024-02-13"
    site.put("content/shutcanary.md", shut(day, SHUT[way]))


def shut(day: str, line: str) -> bytes:
    return f"---\ntitle: Shut\npublishedDateTime: {day}\n{line}---\nx\n".encode()


@pytest.mark.parametrize("way", SHUT)
@pytest.mark.parametrize("root", ["", "/news"])
def test_no_output_names_a_text_that_is_not_shown(site: Any, way: str, root: str) -> None:
    written(site, way, root)
    report = site.build(now=NOW, strict=True)
    assert report.ok, report.problems
    assert [path for path, data in outputs(site) if b"shutcanary" in data.lower()] == []
    page = site.page("articles/open/index.html")
    for kept in ("Words and/or more", "t.example/articles/kept", "Earlier", "Forum", "o.example"):
        assert kept in page
    assert "Talk" not in page
    assert "In short, see \u2026." in page
    assert {p.code for p in report.problems} <= {"link/unpublished", "article/heat"}


def test_what_comes_to_be_shown_is_named_again(site: Any) -> None:
    written(site, "draft", "")
    assert site.build(now=NOW).ok
    hidden = site.tree()
    site.put("content/shutcanary.md", shut("2024-02-13", ""))
    assert site.build(now=NOW).ok
    page = site.page("articles/open/index.html")
    assert page.count('href="https://t.example/articles/shutcanary/"') > 8
    assert "In short, see https://t.example/articles/shutcanary/." in page
    site.put("content/shutcanary.md", shut("2024-02-13", "draft: true\n"))
    assert site.build(now=NOW).ok
    assert site.tree() == hidden


def test_an_edit_of_the_text_that_names_it_does_not_bring_it_back(site: Any) -> None:
    written(site, "draft", "")
    assert site.build(now=NOW).ok
    for old, new in (("In short", "Briefly"), ("First", "At first"), ("Because", "For")):
        site.edit("content/open.md", old, new)
        assert site.build(now=NOW).ok
        assert [path for path, data in outputs(site) if b"shutcanary" in data.lower()] == []


def test_a_lock_is_of_what_the_file_says(site: Any) -> None:
    """So that an edition that named a text of later is not told to have changed."""
    from click.testing import CliRunner

    from site_gen.cli.main import group

    written(site, "draft", "")
    words = ["-C", str(site.root), "close", "--now", NOW.isoformat()]
    assert CliRunner().invoke(group, words).exit_code == 0
    report = site.build(now=NOW)
    assert "edition/changed" not in {p.code for p in report.problems}
