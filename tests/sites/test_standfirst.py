"""What the head of an article does not say twice, nor with an empty frame."""

from typing import Any

import pytest

SITE = """
-- content/a.md --
---
title: A lamp
publishedDateTime: 2024-05-01
excerpt: "{}"
---

The lamp on the *old* mole is lit again, and it can be seen from the islands.

More of it.
"""


@pytest.mark.parametrize(
    ("excerpt", "times"),
    [("The lamp on the old mole is lit again, and it can be seen…", 0), ("Ships are glad.", 1)],
)
def test_excerpt_is_not_said_twice(site: Any, excerpt: str, times: int) -> None:
    site.write(SITE.format(excerpt))
    site.good()
    assert site.page("articles/a/index.html").count('<p class="standfirst"') == times


def test_caption_without_a_picture_is_no_empty_figure(site: Any) -> None:
    head = 'excerpt: "x"\nimages:\n  - caption: The mole at dusk\n    credit: Jo Kay'
    site.write(SITE.replace('excerpt: "{}"', head))
    site.good()
    page = site.page("articles/a/index.html")
    assert "<figure" not in page
    assert "<small>The mole at dusk" in page
