"""Astro: pictures beside texts, hidden files, redirects, lists of tags."""

from typing import Any

SITE = """
-- astro.config.mjs --
export default { site: "https://t.example", redirects: { "/first": "/news/one/",
  "/go": { status: 302, destination: "https://go.example/" }, "/old/[slug]": "/news/[slug]" } };
-- src/pages/by/[tag].astro --
const all = await getCollection("news");
-- src/pages/news/[...id].astro --
const all = await getCollection("news");
-- src/content/news/one.mdx --
---
title: One
pubDate: 2024-03-04
heroImage: ./pics/a.svg
tags: [Sea]
---
import pic from "./pics/a.svg";

<Image src={pic} alt="A map" />
-- src/content/news/pics/a.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
-- src/content/news/_template.md --
---
title: Template
---
x
"""


def test_a_collection_with_pictures(move: Any, site: Any, put: Any) -> None:
    put(SITE)
    outcome = move("astro")
    (place,) = outcome.places.placed
    assert place.entry.address == "/news/one/"
    assert place.aliases == ["/first"]
    assert [path.rpartition("/")[2] for path, _ in outcome.site.unpublished] == ["_template.md"]
    assert any("/old/[slug]" in line for line in outcome.site.left)
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules["/go"] == "https://go.example/"
    report = site.build()
    assert report.ok, report.problems
    assert "A map" in site.page("news/one/index.html")
    assert site.has("news/pics/a.svg")


COLLECTIONS = """
const blog = defineCollection({ loader: glob({ base: "./src/blog", pattern: "**/*.{md,mdx}" }) });
/* const gone = defineCollection({ loader: glob({ base: "./src/gone" }) }); */
const notes = defineCollection({ loader: glob({ base: "./src/notes", pattern: "**/[^_]*.md" }) });
"""


def test_a_pattern_with_stars_is_no_comment(move: Any, put: Any) -> None:
    put(
        '-- astro.config.mjs --\nexport default { site: "https://a.example" };\n'
        f"-- src/content.config.ts --\n{COLLECTIONS}"
        '-- src/pages/blog/[...slug].astro --\ngetCollection("blog")\n'
        '-- src/pages/notes/[slug].astro --\ngetCollection("notes")\n'
        '-- src/pages/tags/[tag].astro --\ngetCollection("blog")\n'
        "-- src/pages/archive/[page].astro --\npaginate(posts, { pageSize: 1 })\n"
        "-- src/pages/map.astro --\nx\n"
        "-- src/blog/a.md --\n---\ntitle: A\npubDate: 2024-03-05\ntags: [Low Water]\n---\nx\n"
        "-- src/notes/b.md --\n---\ntitle: B\npubDate: 2024-03-06\n---\nx\n"
    )
    outcome = move("astro")
    found = {p.entry.title: p.entry.address for p in outcome.places.placed}
    assert found == {"A": "/blog/a/", "B": "/notes/b/"}
    rules = {rule.source for rule in outcome.redirects.rules}
    assert {"/tags/low-water/", "/tags/Low%20Water/", "/archive/1/", "/archive/2/"} <= rules
    assert outcome.lost == ["/map/"]
