"""Folders of Markdown with the settings of a system beside them: Nikola, Hexo, and none."""

from typing import Any

NIKOLA = """
-- conf.py --
BLOG_TITLE = "Northern Lights"
SITE_URL = "https://n.example/"
TIMEZONE = "Europe/Oslo"
DEFAULT_LANG = "nb"
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = (("pages/*.md", "", "page.tmpl"),)
NAVIGATION_LINKS = {DEFAULT_LANG: (("/about/", "About"),)}
-- posts/sun.md --
<!--
.. title: Sun
.. slug: the-sun
.. date: 2024-01-10 08:00:00 UTC+01:00
-->

{{% youtube abc %}}
-- posts/side.md --
Its head lies beside.
-- posts/side.meta --
.. title: Side
.. slug: side
.. date: 2024-02-10
-- posts/old.rst --
.. title: Old
-- pages/about.md --
.. title: About
.. slug: about

We.
-- files/map.txt --
map
-- output/index.html --
home
-- output/posts/the-sun/index.html --
sun
-- output/own/index.html --
own
"""
HEXO = """
-- _config.yml --
title: Canal
url: https://c.example
permalink: :year/:month/:title/
timezone: Europe/Berlin
-- source/_posts/one.md --
---
title: One
date: 2024-01-07 00:30:00
---
{% asset_img a.txt The lock %}

{% blockquote Ann %}
It holds.
{% endblockquote %}

{% codeblock lang:js %}
let x = "{% not a tag %}";
{% endcodeblock %}

{% post_link two "The second" %}
-- source/_posts/one/a.txt --
a
-- source/_posts/two.md --
---
title: Two
date: 2024-01-14
permalink: special/
---
x
-- source/about/index.md --
---
title: About
date: 2020-01-01
---
We.
-- source/img/b.txt --
b
-- scaffolds/post.md --
---
title: {{ title }}
---
"""


def test_nikola(move: Any, site: Any, put: Any) -> None:
    put(NIKOLA)
    outcome = move("markdown")
    made = {place.entry.title: place for place in outcome.places.placed}
    assert made["Sun"].address == made["Sun"].entry.address == "/posts/the-sun/"
    assert made["Side"].address == "/posts/side/"
    assert made["About"].kind == "page"
    assert "Video on YouTube" in made["Sun"].entry.body
    assert [row.source for row in outcome.quarantined] == ["posts/old.rst"]
    assert outcome.lost == ["/own/"]
    assert outcome.redirects.names["rss"] == "rss.xml"
    settings = (site.root / "site.toml").read_text("utf-8")
    for line in ('title = "Northern Lights"', 'timezone = "Europe/Oslo"', 'language = "nb"'):
        assert line in settings
    assert site.build().ok
    assert site.has("map.txt")
    assert "order: 1" in (site.root / "content/pages/about.md").read_text("utf-8")


def test_hexo(move: Any, site: Any, put: Any) -> None:
    put(HEXO)
    outcome = move("markdown")
    made = {place.entry.title: place for place in outcome.places.placed}
    assert made["One"].address == "/2024/01/one/"
    assert made["Two"].entry.address == "/special/"
    assert made["About"].kind == "page"
    assert made["One"].entry.odd == []
    report = site.build()
    assert report.ok
    assert not [p for p in report.problems if p.code == "link/dead"]
    page = site.page("2024/01/one/index.html")
    for said in ("The lock", "— Ann", "{% not a tag %}", "The second"):
        assert said in page, said
    assert site.has("img/b.txt")
    assert site.has("_posts/one/a.txt")


def test_a_page_needs_no_date(move: Any, put: Any) -> None:
    put(
        "-- 2024-03-04-one.md --\n# One\n\nx\n-- about.md --\n# About\n\nx\n"
        "-- lost.md --\n# Lost\n\nx\n"
        "-- notes/style.md --\n---\nlayout: page\ntitle: Style\n---\nx\n"
    )
    outcome = move("markdown")
    assert {p.entry.title for p in outcome.places.placed if p.kind == "page"} == {"About", "Style"}
    assert [row.source for row in outcome.quarantined] == ["lost.md"]


def test_what_nikola_makes_besides_and_its_scratch(move: Any, put: Any) -> None:
    put(
        '-- conf.py --\nBLOG_TITLE = "Nik"\nSITE_URL = "https://n.example/"\n'
        'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'
        'REDIRECTIONS = [("old/one.html", "/posts/a/")]\n'
        "-- cache/posts/a.html --\n<p>x</p>\n"
        "-- posts/a.md --\n.. title: A\n.. slug: a\n.. date: 2024-03-05\n.. tags: Low Water\n\nx\n"
    )
    outcome = move("markdown")
    assert [p.entry.title for p in outcome.places.placed] == ["A"]
    assert outcome.quarantined == []
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert outcome.places.placed[0].aliases == ["/old/one.html"]
    assert {"/archive.html", "/categories/", "/categories/low-water/", "/2024/"} <= set(rules)


def test_links_of_nikola_by_names_lead_on_or_are_told(move: Any, put: Any) -> None:
    head = "<!--\n.. title: {0}\n.. slug: {1}\n.. date: 2024-03-01\n.. tags: Low Water\n-->\n\n"
    links = {
        "link://slug/ferry-b#plan": "/posts/ferry-b/#plan",
        "link://filename/posts/b.md": "/posts/ferry-b/",
        "link://tag/Low Water".replace(" ", "-"): "/categories/low-water/",
        "link://category/low": "/categories/cat_low/",
        "link://archive/2024": "/2024/",
        "link://root": "/",
        "link://slug/nobody": "link://slug/nobody",
        "link://gallery/x": "link://gallery/x",
        "https://slug/b": "https://slug/b",
    }
    body = "\n".join(f"[x]({link})" for link in links)
    put(
        '-- conf.py --\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\nPAGES = ()\n'
        f"-- posts/a.md --\n{head.format('A', 'a')}{body}\n"
        f"-- posts/b.md --\n{head.format('B', 'ferry-b')}x\n"
    )
    outcome = move("markdown")
    first = next(p.entry for p in outcome.places.placed if p.entry.title == "A")
    assert first.body.strip() == "\n".join(f"[x]({made})" for made in links.values())
    assert first.odd == ["link://slug/nobody", "link://gallery/x"]
