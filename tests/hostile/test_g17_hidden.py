"""G17: no byte of a text that is not for readers is published, in any format."""

from datetime import UTC, datetime
from typing import Any

import pytest

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
[feeds]
tag = "quay.example,2026"
[editions]
show_open = true
-- content/shown.md --
---
title: Shown to all
publishedDateTime: 2026-03-03T10:00:00Z
tags: [ferries]
---
Everybody may read this.
"""
NOW = datetime(2026, 3, 9, 6, tzinfo=UTC)
WAYS = {
    "draft": "draft: true\n",
    "unpublished": "published: false\n",
    "expired": "expiryDateTime: 2026-03-05T10:00:00Z\n",
    "future": "",
    "withdrawn": "withdrawn: {date: 2026-03-08, reason: It was wrong.}\n",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("after", [False, True])
def test_g17_a_text_that_is_not_for_readers_is_in_no_byte(site: Any, way: str, after: bool) -> None:
    """At once, and when it was public before."""
    day = "2031-03-03" if way == "future" else "2026-03-03"
    head = (
        f"title: Title canaryone\npublishedDateTime: {day}T10:00:00Z\nexcerpt: canarytwo.\n"
        "tags: [canarythree]\nprovider: {name: canaryfour}\nauthor: {name: canaryfive}\n"
        "story: canaryseven\n"
    )
    body = "A canarysix in the body.\n"
    site.write(SITE)
    if after and way != "future":
        site.put("content/hidden.md", f"---\n{head}---\n\n{body}".encode())
        site.good(now=NOW)
        assert any(b"canarysix" in data for data in site.tree().values())
    site.put("content/hidden.md", f"---\n{head}{WAYS[way]}---\n\n{body}".encode())
    site.build(now=NOW)
    assert site.has("articles/shown/index.html")
    for path, data in site.tree().items():
        assert b"canary" not in data.lower(), path


def test_g17_a_page_that_is_a_draft_is_in_no_byte(site: Any) -> None:
    site.write(SITE)
    site.put("content/pages/plans.md", b"---\ntitle: canaryone\ndraft: true\n---\ncanarytwo\n")
    site.put("content/editions/2026-W10.md", b"---\ndraft: true\n---\ncanarythree\n")
    site.build(now=NOW)
    for path, data in site.tree().items():
        assert b"canary" not in data.lower(), path
