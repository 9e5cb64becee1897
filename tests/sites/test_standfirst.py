"""An excerpt that is the beginning of the body is not printed above it."""

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
