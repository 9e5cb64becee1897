"""Topics with a parent: its page, feed and API list hold the stories of those below it."""

import json
from typing import Any

from site_gen.settings import parse

SITE = """
-- site.toml --
title = "Test"
base_url = "https://t.example"
[feeds]
tag = "t.example,2024"
[[topics]]
name = "AI"
[[topics]]
name = "AI in Security"
parent = "AI"
[[topics]]
name = "Deep fakes"
parent = "AI in Security"
[[providers]]
domain = "wire.example"
description = "News by wire."
logo = "wire.png"
logo_large = "wire-large.png"
-- content/a.md --
---
title: "A story of fakes"
publishedDateTime: 2024-02-12T09:00:00Z
topics: ["Deep fakes", "AI"]
provider: {name: "Wire", domain: "wire.example"}
originalUrl: "https://wire.example/1"
webUrl: "https://wire.example/a"
ampWebUrl: "https://wire.example/amp/a"
cdnAmpWebUrl: "https://cdn.example/amp/a"
images:
  - url: "https://wire.example/a.jpg"
    isCached: true
---
-- content/b.md --
---
title: "A story of locks"
publishedDateTime: 2024-02-13T09:00:00Z
topics: ["AI in Security"]
---
"""


def test_a_topic_holds_the_stories_of_those_below_it(site: Any) -> None:
    site.write(SITE)
    assert site.build().ok
    for place in ("topics/ai/index.html", "topics/ai/feed.xml", "api/news/ai/index.json"):
        text = site.page(place)
        assert "A story of locks" in text, place
        assert text.count("<title>A story of fakes</title>") in (0, 1)
        assert "A story of fakes" in text, place
    assert "A story of fakes" in site.page("topics/ai-in-security/index.html")
    assert "A story of locks" not in site.page("topics/deep-fakes/index.html")


def test_the_page_of_a_topic_leads_up_and_down(site: Any) -> None:
    site.write(SITE)
    site.build()
    middle = site.page("topics/ai-in-security/index.html")
    assert middle.index('href="/topics/ai/"') < middle.index("<h1>")
    assert middle.index('href="/topics/deep-fakes/"') > middle.index("<h1>")


def test_the_api_tells_where_an_article_was(site: Any) -> None:
    site.write(SITE)
    site.build()
    edition = json.loads(site.page("api/editions/2024-W07/index.json"))
    article = next(a for a in edition["value"] if a["title"] == "A story of fakes")
    assert article["originalUrl"] == "https://wire.example/1"
    assert article["ampWebUrl"] == "https://wire.example/amp/a"
    assert article["cdnAmpWebUrl"] == "https://cdn.example/amp/a"
    assert article["images"][0]["isCached"] is True
    logos = [image["url"] for image in article["provider"]["images"]]
    assert logos == ["https://t.example/wire.png", "https://t.example/wire-large.png"]


def test_a_provider_is_described_on_its_page(site: Any) -> None:
    site.write(SITE)
    site.build()
    page = site.page("providers/wire.example/index.html")
    assert "News by wire." in page
    assert 'src="/wire-large.png"' in page


def test_a_parent_must_be_there_and_not_in_a_ring() -> None:
    missing = parse('[[topics]]\nname = "A"\nparent = "Bb"\n[[topics]]\nname = "B"\n')
    assert '"Bb" is no topic here. Did you mean "B"?' in missing.problems[0].message
    ring = parse('[[topics]]\nname="A"\nparent="B"\n[[topics]]\nname="B"\nparent="A"\n')
    assert "would be above itself" in ring.problems[0].message
