"""The document of an edition: its authors and pictures, and who else told of a story."""

import json
from typing import Any

from tests.formats.api.test_endpoints import check

SITE = """
-- site.toml --
title = "D"
base_url = "https://d.example"
feeds.tag = "d.example,2024"
-- content/editions/2024-W07.md --
---
title: Locks
excerpt: Of water.
authors: [Ann Lane]
images: [{url: "https://p.example/a.jpg", alt: A lock}]
---
-- content/a.md --
---
title: The lock broke
publishedDateTime: 2024-02-13
story: lock
heat: 9
provider: {name: The Wire, domain: wire.example}
---
x
-- content/b.md --
---
title: Lock breaks
publishedDateTime: 2024-02-14
story: lock
provider: {name: Post, domain: post.example}
---
x
-- content/c.md --
---
title: Fog
publishedDateTime: 2024-02-14
---
x
"""


def document(site: Any) -> Any:
    return json.loads(site.page("api/editions/2024-W07/index.json"))


def test_others_on_the_same_event_stand_at_the_first(site: Any) -> None:
    site.write(SITE)
    site.good()
    found = document(site)
    check("api/editions/2024-W07/index.json", found)
    by_title = {article["title"]: article.get("alsoCoveredBy") for article in found["value"]}
    assert [other["name"] for other in by_title["The lock broke"]] == ["Post"]
    assert by_title["The lock broke"][0]["url"] == "https://d.example/articles/b/"
    assert by_title["Lock breaks"] is None
    assert by_title["Fog"] is None
    site.edit("content/b.md", "name: Post", "name: Courier")
    site.good()
    assert document(site)["value"][0]["alsoCoveredBy"][0]["name"] == "Courier"


def test_what_the_note_says_of_the_edition(site: Any) -> None:
    site.write(SITE)
    site.good()
    index = json.loads(site.page("api/editions/index.json"))
    for found in (document(site), index["value"][0]):
        assert found["excerpt"] == "Of water."
        assert [author["name"] for author in found["authors"]] == ["Ann Lane"]
        assert found["images"] == [{"url": "https://p.example/a.jpg", "alt": "A lock"}]
    site.edit("site.toml", 'title = "D"', 'title = "D"\nimages.remote = "off"')
    site.build()
    assert "images" not in document(site)


def test_an_issue_without_articles_follows_the_schema(site: Any) -> None:
    site.write(
        "-- site.toml --\nbase_url = 'https://d.example'\nfeeds.tag = 'd.example,2024'\n"
        "-- content/editions/2024-W07.md --\n---\ntitle: Alone\n---\nWords.\n"
    )
    site.good()
    check("api/editions/2024-W07/index.json", document(site))
