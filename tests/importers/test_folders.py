"""Folders of other shapes: vaults, Notion, plain HTML, MDX with settings that are programs."""

from typing import Any

A, B = "a" * 32, "b" * 32


def found(outcome: Any) -> dict[str, str]:
    return {p.entry.title: p.entry.address for p in outcome.places.placed}


def private(outcome: Any) -> dict[str, str]:
    return {p.entry.title: p.entry.private for p in outcome.places.placed if p.entry.private}


VAULT = """
-- .obsidian/app.json --
{}
-- Letters/Issue 12.md --
---
created: 2024-03-05
publish: true
aliases: [Twelve]
---
See [[Issue 11#Part two|the last]] and [[Ann Quay]]. %%For us: call Bob%%

![[map.png|300]] ![[Snippet]] ==marked== `[[code]]`

> [!note] Mind
> The tide. ^x1
-- Letters/Issue 11.md --
---
created: 2024-02-27
publish: true
---
Text

## Part two
-- People/Ann Quay.md --
---
created: 2024-02-01
---
Not to be seen
-- Daily/2024-03-04.md --
Not to be seen
-- attachments/map.png --
x
"""


def test_a_vault_publishes_what_says_so(move: Any, put: Any, site: Any) -> None:
    put(VAULT)
    outcome = move("markdown")
    assert set(private(outcome)) == {"Ann Quay", "2024-03-04"}
    text = site.tree("content")["Letters/Issue-12.md"].decode()
    assert "[the last](/articles/Issue-11/#part-two)" in text
    assert "![](/attachments/map.png)" in text
    assert "<mark>marked</mark> `[[code]]`" in text
    assert "> **Mind**\n> \n> The tide.\n" in text
    assert "Bob" not in text
    assert "Twelve" not in text
    assert site.build().ok
    assert not any(b"Not to be seen" in data for data in site.tree().values())


def test_a_day_of_a_diary_is_nobody_elses(move: Any, put: Any) -> None:
    put(VAULT.replace("publish: true\n", ""))
    assert private(move("markdown")) == {"2024-03-04": "a note of a day"}


def test_properties_of_notion_are_front_matter(move: Any, put: Any, site: Any) -> None:
    put(
        f"-- Issues {A}/Issue 1 Fog {A}.md --\n# Issue 1: Fog\n\nDate: March 5, 2024\n"
        f"Status: Published\n\n[next](Issue%202%20{B}.md)\n\n<aside>\nMind.\n</aside>\n"
        f"-- Issues {A}/Issue 2 {B}.md --\n# Issue 2\n\nDate: March 12, 2024\nStatus: Draft\n\nx\n"
    )
    outcome = move("markdown")
    assert private(outcome) == {"Issue 2": "status: draft"}
    text = site.tree("content")["editions/issue-1-fog.md"].decode()
    assert "date: 2024-03-05T00:00:00Z" in text
    assert "(/editions/issue-2/)" in text
    assert "> Mind." in text
    assert "Status:" not in text


def test_pages_of_plain_html_stay_where_they_are(move: Any, put: Any, site: Any) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Letter #{0} | Quay</title>"
        "<link rel='canonical' href='https://q.example/archive/{1}.html'></head><body>"
        "<nav>Frame</nav><main><h1>Letter #{0}</h1><p>Words <a href='2024-03-05.html'>1</a></p>"
        "</main><footer>Frame</footer></body></html>\n"
    )
    put(
        f"-- archive/2024-03-05.html --\n{page.format(1, '2024-03-05')}"
        f"-- archive/2024-03-12.html --\n{page.format(2, '2024-03-12')}"
        "-- index.html --\n<html><body>x</body></html>\n-- feed.xml --\n<rss/>\n"
    )
    outcome = move("markdown")
    assert found(outcome) == {
        "Letter #1": "/archive/2024-03-05.html",
        "Letter #2": "/archive/2024-03-12.html",
    }
    assert outcome.site.base_url == "https://q.example"
    assert outcome.places.permalink == "/archive/{slug}.html"
    text = site.tree("content")["editions/2024-03-12.md"].decode()
    assert "Frame" not in text
    assert "[1](/archive/2024-03-05.html)" in text


def test_the_frame_of_a_page_in_an_archive_stays_behind(move: Any, put: Any, site: Any) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Issue {0} :: Quay</title>"
        "<meta property='og:site_name' content='Quay'></head><body><main><article>"
        "<h1>Issue {0} <small><time> 2016-05-0{0} </time></small></h1>"
        "<ul><li><p><a href='https://a.example/'>Fog</a></p><blockquote><p>Thick and cold."
        "</p></blockquote></li></ul></article>"
        "<ul class='x pagination'><li><a href='/1.html'>Before</a></li></ul>"
        "<aside><p>Sign up</p><form><input></form></aside></main></body></html>\n"
    )
    put(f"-- in/1.html --\n{page.format(1)}-- in/2.html --\n{page.format(2)}-- quay.atom --\nx\n")
    outcome = move("markdown", form="issues")
    assert outcome.site.title == "Quay"
    assert [(p.entry.title, f"{p.entry.date:%d}") for p in outcome.places.placed] == [
        ("Issue 1", "01"),
        ("Issue 2", "02"),
    ]
    text = site.tree("content")["editions/2.md"].decode()
    assert "Thick and cold." in text
    assert not any(word in text for word in ("Before", "Sign up", "2016-05-02 "))
    assert "/quay.atom" in {listing.address for listing in outcome.site.listings}


def test_an_article_that_is_a_small_part_of_a_page_is_not_the_text(move: Any, put: Any) -> None:
    put(
        "-- 2016-05-01.html --\n<!DOCTYPE html><html><head><title>A</title></head><body><main>"
        "<p>Many words of the letter that stand outside.</p><article>A quotation</article>"
        "</main></body></html>\n"
    )
    (place,) = move("markdown").places.placed
    assert "Many words" in place.entry.body
    assert "A quotation" in place.entry.body


def test_mdx_with_settings_that_are_a_program(move: Any, put: Any, site: Any) -> None:
    put(
        '-- docusaurus.config.js --\nmodule.exports = { title: "Docu", url: "https://d.example",\n'
        'presets: [["classic", { blog: { routeBasePath: "news" } }]] };\n'
        "-- blog/2024-03-05-first.md --\n---\ntitle: First\nslug: own\n---\nx\n"
        "-- blog/2024-03-12-second/index.mdx --\n---\ntitle: Second\n---\n"
        'import map from "./map.png";\n\n<img src={map} alt="The bay" />\n'
        "-- blog/2024-03-12-second/map.png --\nx\n"
    )
    outcome = move("markdown")
    assert found(outcome) == {"First": "/news/own", "Second": "/news/2024/03/12/second"}
    assert outcome.site.title == "Docu"
    made = [data.decode() for path, data in site.tree("content").items() if "second.md" in path]
    assert "![The bay](/blog/2024-03-12-second/map.png)" in made[0]


DOCUSAURUS = """
-- docusaurus.config.ts --
const config = {
  title: 'This Week at Sea', url: 'https://sea.example', baseUrl: '/w/', trailingSlash: true,
  i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },
  presets: [['classic', { docs: { routeBasePath: 'help' }, blog: { path: 'news' } }]],
  plugins: [['@docusaurus/plugin-content-blog',
    { id: 'letter', path: './letter', routeBasePath: '/letters' }]],
};
export default config;
-- letter/7/index.mdx --
---
slug: /7
title: "#7: Fog"
authors: [ann, bob]
date: 09-27-2022
tags: [Salt Water]
---
Hello.
-- letter/authors.yml --
ann: { name: Ann Quay, url: "https://ann.example" }
-- i18n/fr/docusaurus-plugin-content-blog-letter/7/index.mdx --
---
slug: /7
title: "#7: Brume"
date: 09-27-2022
---
Bonjour.
-- news/2024/03/05/x/first.md --
---
title: First
---
x
-- news/2024-03-06-second.md --
---
title: Second
unlisted: true
---
x
-- news/plain/index.md --
---
title: Third
date: 2024-03-07
---
x
-- docs/01-about/02-us.md --
---
title: Us
date: 2024-03-08
---
x
"""


def test_every_blog_of_docusaurus_and_each_language_keeps_its_addresses(
    move: Any, put: Any, site: Any
) -> None:
    put(DOCUSAURUS)
    outcome = move("markdown", form="issues")
    assert found(outcome) == {
        "#7: Fog": "/letters/7/",
        "#7: Brume": "/fr/letters/7/",
        "First": "/blog/2024/03/05/x/first/",
        "Second": "",
        "Third": "/blog/plain/",
        "Us": "/help/about/us/",
    }
    assert private(outcome) == {"Second": "unlisted: true"}
    assert outcome.site.base_url == "https://sea.example/w"
    numbers = {p.entry.title: p.entry.number for p in outcome.places.placed}
    assert (numbers["#7: Fog"], numbers["#7: Brume"]) == (7, None)
    people = {p.entry.title: p.entry.matter.get("authors") for p in outcome.places.placed}
    ann = {"name": "Ann Quay", "url": "https://ann.example"}
    assert people["#7: Fog"] == [ann, {"name": "bob"}]
    lists = {(listing.address, listing.target) for listing in outcome.site.listings}
    assert lists >= {
        ("/letters/rss.xml", "feed"),
        ("/blog/atom.xml", "feed"),
        ("/", "home"),
        ("/letters/tags/salt-water/", "topic"),
        ("/blog/archive/", "editions"),
    }
    report = site.build()
    assert report.ok
    shown = [data for path, data in site.tree().items() if path.endswith("index.html")]
    assert any(b"Ann Quay" in page and b"Fog" in page for page in shown)


def test_the_signs_of_a_title_stay(move: Any, put: Any) -> None:
    put("-- 2024-03-05.md --\n# The *C#* letter #12 of `x_y`\n\nx\n")
    outcome = move("markdown")
    (place,) = outcome.places.placed
    assert (place.entry.title, place.entry.number) == ("The C# letter #12 of x_y", 12)
