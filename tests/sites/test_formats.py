"""A format is one module: it can be added, and taken out without a trace."""

import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from site_gen import formats
from site_gen.formats.common.views import view
from site_gen.model import Catalog, Page
from site_gen.settings import FORMATS

SITE = """
-- content/old.md --
---
title: Old story
publishedDateTime: 2024-05-21T09:00:00Z
topics: [Trade]
---
Old body.
"""
TRACES = {
    "rss": ("feed.xml", "application/rss+xml"),
    "atom": ("atom.xml", "application/atom+xml"),
    "json_feed": ("feed.json", "application/feed+json"),
    "opml": ("feeds.opml",),
    "api": ("api/",),
    "email": ("email.html", "email.txt"),
    "epub": (".epub",),
    "search": ("search/",),
    "news_sitemap": ("news-sitemap.xml",),
    "manifest": ("webmanifest", "assets/icon-"),
}


def settings(names: tuple[str, ...]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return (
        f'title = "T"\nbase_url = "https://t.example"\nformats = [{listed}]\n'
        '[feeds]\ntag = "t.example,2024"\n'
    )


@pytest.mark.parametrize("name", sorted(TRACES))
def test_a_format_that_is_off_leaves_no_trace(site: Any, name: str) -> None:
    site.write(f"-- site.toml --\n{settings(tuple(f for f in FORMATS if f != name))}{SITE}")
    assert site.build().ok
    for path, data in site.tree().items():
        for trace in TRACES[name]:
            assert trace not in path, path
            if path.endswith((".html", "_headers", "robots.txt", ".opml")):
                assert trace.encode() not in data, (path, trace)


def test_a_new_format_is_one_module(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(catalog: Catalog, theme: object, settings: object) -> Iterator[Page]:
        titles = tuple(article.card.title for article in catalog.articles)
        yield Page(path="titles.txt", format="toy", kind="toy", views={"titles": view(titles)})

    def render(page: Page, theme: object) -> bytes:
        return "\n".join(page.views["titles"].value).encode()

    toy = SimpleNamespace(plan=plan, render=render)
    monkeypatch.setattr(formats, "FIRST_PASS", (*formats.FIRST_PASS, "toy"))
    monkeypatch.setattr(formats, "ALWAYS", (*formats.ALWAYS, "toy"))
    monkeypatch.setitem(sys.modules, "site_gen.formats.toy", toy)
    site.write(SITE)
    assert site.build().ok
    assert site.tree()["titles.txt"] == b"Old story"
    assert site.build().rendered == ()
    site.edit("content/old.md", "Old story", "New story")
    assert "titles.txt" in {each.path for each in site.build().rendered}
    assert site.tree()["titles.txt"] == b"New story"
