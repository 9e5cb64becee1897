"""Lists for reader programs: linked on the page of feeds, of sources only where one is known."""

from typing import Any

import pytest

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
theme = "THEME"
[feeds]
tag = "quay.example,2026"
[[providers]]
name = "Harbour Post"
domain = "post.example"
FEED
-- content/a.md --
---
title: Crane inspected
publishedDateTime: 2024-02-13T10:00:00Z
provider: {name: Harbour Post, domain: post.example}
---
Words.
"""


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
@pytest.mark.parametrize("known", [True, False])
def test_sources_are_listed_and_linked(site: Any, theme: str, known: bool) -> None:
    feed = 'feed_url = "https://post.example/rss"' if known else ""
    site.write(SITE.replace("THEME", theme).replace("FEED", feed))
    site.good()
    assert site.has("sources.opml") == known
    page = site.page("feeds/index.html")
    assert ('href="/sources.opml"' in page) == known
    assert 'href="/feeds.opml"' in page
    assert ("/sources.opml" in site.page("_headers")) == known
    if known:
        assert 'xmlUrl="https://post.example/rss"' in site.page("sources.opml")


def test_lists_of_topics_stay_when_another_one_has_more_stories(site: Any) -> None:
    head = "---\ntitle: {}\npublishedDateTime: 2024-02-1{}T10:00:00Z\ntopics: [{}]\n---\nWords.\n"
    site.write(SITE.replace("THEME", "broadsheet").replace("FEED", ""))
    for number, topic in enumerate(("Zinc", "Zinc", "Alum"), 2):
        site.put(f"content/b{number}.md", head.format(topic, number, topic).encode())
    site.good()
    lists = {path: site.page(path) for path in ("feeds.opml", "feeds/index.html", "api/index.json")}
    for number in (5, 6):  # now Alum has more
        site.put(f"content/b{number}.md", head.format("Alum", number, "Alum").encode())
    site.good()
    assert {path: site.page(path) for path in lists} == lists
