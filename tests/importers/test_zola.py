"""Zola: its addresses, links, shortcodes and feeds, which are otherwise than Hugo's."""

from typing import Any

SITE = """
-- config.toml --
base_url = "https://z.example"
title = "Notes"
generate_feeds = true
taxonomies = [{name = "tags", feed = true}]
-- content/about.md --
+++
title = "About"
+++
See [one](@/issues/2024-01-05-first-ice/index.md) and [two](@/issues/tides.md#a-table).
-- content/issues/_index.md --
+++
title = "Issues"
+++
-- content/issues/2024-01-05-first-ice/index.md --
+++
title = "First ice"
[taxonomies]
tags = ["Low Water"]
+++
![Ice](ice.txt)

{{ youtube(id="abc") }}

{% quote(author="Ann") %}
It *holds*.
{% end %}

{{ tide_table(port="Kiel") }}
-- content/issues/2024-01-05-first-ice/ice.txt --
ice
-- content/issues/tides.md --
+++
title = "Tides"
date = 2024-01-12
aliases = ["old-tides"]
+++
## A table

Words.
"""


def test_a_site_of_zola(move: Any, site: Any, put: Any) -> None:
    put(SITE)
    outcome = move("zola")
    made = {place.entry.title: place.entry for place in outcome.places.placed}
    assert made["First ice"].address == "/issues/first-ice/"
    assert made["Tides"].aliases == ["/old-tides"]
    assert str(made["First ice"].date)[:10] == "2024-01-05"
    body = made["First ice"].body
    assert "[Video on YouTube](https://www.youtube.com/watch?v=abc)" in body
    assert "> It *holds*.\n>\n> — Ann" in body
    assert made["First ice"].odd == ["tide_table()"]
    assert "/issues/first-ice/)" in made["About"].body
    assert "/issues/tides/#a-table)" in made["About"].body
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules["/tags/low-water/"] == "/topics/low-water/"
    assert "/index.xml" not in rules
    report = site.build()
    assert report.ok
    assert not [p for p in report.problems if p.code.startswith("link")]
    assert site.has("issues/first-ice/ice.txt")


def test_the_hugo_reader_knows_it_too(move: Any, put: Any) -> None:
    put(SITE)
    assert "/issues/first-ice/" in {p.entry.address for p in move("hugo").places.placed}


def test_bundles_of_issues_are_named_after_their_folders(move: Any, site: Any, put: Any) -> None:
    put(
        '-- hugo.toml --\nbaseURL = "https://h.example/"\n'
        "-- content/news/one/index.md --\n---\ntitle: Issue 1\ndate: 2024-03-04\n---\nx\n"
        "-- content/news/two/index.md --\n---\ntitle: Issue 2\ndate: 2024-03-11\n---\nx\n"
    )
    move("hugo", form="issues")
    names = sorted(p.name for p in (site.root / "content/editions").iterdir())
    assert names == ["one.md", "two.md"]
