"""What the contract promises, seen in the published bytes of whole sites."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

OPEN_WEEK = """
-- content/old.md --
---
title: Old story
publishedDateTime: 2024-05-21T09:00:00Z
---
Old body.
-- content/new.md --
---
title: New story
publishedDateTime: 2024-05-28T09:00:00Z
---
New body.
"""
TEXT = (".html", ".xml", ".json", ".txt", ".opml")


def texts(site: Any) -> dict[str, str]:
    return {p: d.decode() for p, d in site.tree().items() if p.endswith(TEXT) or p[0] in "._"}


def holding(site: Any, word: str) -> list[str]:
    """Outputs that hold a word, in any file, packed ones too."""
    import io
    import zipfile

    found = []
    for path, data in site.tree().items():
        if path.endswith(".epub"):
            book = zipfile.ZipFile(io.BytesIO(data))
            data = b"\n".join(book.read(name) for name in book.namelist())
        if word.encode() in data:
            found.append(path)
    return found


def test_the_open_edition_is_on_home_so_far_and_in_no_edition_feed(site: Any) -> None:
    site.write(OPEN_WEEK)
    site.good(now=datetime(2024, 5, 30, tzinfo=UTC))
    assert "New story" in site.page("index.html")
    assert "so far" in site.page("index.html")
    assert "so far" in site.page("editions/2024-W22/index.html")
    assert "No. 1" in site.page("editions/2024-W21/index.html")
    assert "2024-W22" not in site.page("editions/feed.xml")
    assert "2024-W21" in site.page("editions/feed.xml")
    assert not site.has("editions/2024-W22/email.html")


def test_it_closes_at_its_cut_off_and_only_what_shows_it_is_made_again(site: Any) -> None:
    site.write(OPEN_WEEK)
    site.good(now=datetime(2024, 5, 30, tzinfo=UTC))
    same = site.good(now=datetime(2024, 6, 2, 23, 59, tzinfo=UTC))
    assert (same.read, same.rendered, same.written) == (0, (), ())
    closed = site.good(now=datetime(2024, 6, 3, tzinfo=UTC))
    assert closed.read == 0
    rendered = {each.path for each in closed.rendered}
    assert {"index.html", "editions/2024-W22/index.html", "editions/feed.xml"} <= rendered
    assert "editions/2024-W21/email.html" not in rendered
    assert "so far" not in site.page("editions/2024-W22/index.html")
    assert "No. 2" in site.page("editions/2024-W22/index.html")


def test_the_open_edition_may_be_hidden(site: Any) -> None:
    site.write(OPEN_WEEK)
    site.put("site.toml", b'base_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'
             b"[editions]\nshow_open = false\n")  # fmt: skip
    site.good(now=datetime(2024, 5, 30, tzinfo=UTC))
    assert not site.has("editions/2024-W22/index.html")
    home = site.page("index.html")
    assert "Old story" in home
    for hidden in ("/editions/2024-W22/", "New story", "/articles/new/"):
        assert hidden not in "".join(texts(site).values())
    site.good(now=datetime(2024, 6, 3, tzinfo=UTC))
    assert site.has("articles/new/index.html")
    assert site.has("editions/2024-W22/index.html")


def test_a_future_article_comes_when_its_time_has_come(site: Any) -> None:
    site.write(OPEN_WEEK)
    early = datetime(2024, 5, 28, 8, tzinfo=UTC)
    site.good(now=early)
    assert holding(site, "New story") == []
    site.good(now=early, future=True)
    assert site.has("articles/new/index.html")
    site.build(now=early)
    assert holding(site, "New story") == []
    site.good(now=datetime(2024, 5, 28, 9, tzinfo=UTC))
    assert site.has("articles/new/index.html")


def test_an_expired_article_is_gone(site: Any) -> None:
    site.write(OPEN_WEEK.replace("title: New story", "title: New\nexpiryDateTime: 2024-06-05"))
    site.good(now=datetime(2024, 6, 4, tzinfo=UTC))
    assert site.has("articles/new/index.html")
    report = site.build(now=datetime(2024, 6, 5, tzinfo=UTC))
    assert report.ok
    assert not site.has("articles/new/index.html")
    assert holding(site, "New body") == []


def test_drafts_only_when_asked_and_unpublished_never(site: Any) -> None:
    site.write(OPEN_WEEK.replace("title: New story", "title: New story\ndraft: true").replace(
        "title: Old story", "title: Old story\npublished: false"))  # fmt: skip
    site.good()
    assert holding(site, "New story") == holding(site, "Old story") == []
    site.good(drafts=True)
    assert site.has("articles/new/index.html")
    assert holding(site, "Old story") == []


RIGHTS = """
-- site.toml --
base_url = "https://t.example"
[feeds]
tag = "t.example,2024"
[[providers]]
name = "Strict"
rights = "excerpt"
[[providers]]
name = "Stricter"
rights = "link"
-- content/full.md --
---
title: Full one
publishedDateTime: 2024-02-13
images: [{url: https://w.example/full.jpg, alt: f}]
---
Body zfull.
-- content/excerpt.md --
---
title: Excerpt one
excerpt: Its xexcerpt.
publishedDateTime: 2024-02-13
provider: Strict
webUrl: https://w.example/excerpt
images: [{url: https://w.example/excerpt.jpg, alt: e}]
---
Body zexcerpt.
-- content/link.md --
---
title: Link one
publishedDateTime: 2024-02-13
provider: Stricter
webUrl: https://w.example/link
images: [{url: https://w.example/link.jpg, alt: l}]
---
Body zlink.
"""


def test_rights_hold_in_every_output(site: Any) -> None:
    site.write(RIGHTS)
    site.good()
    assert "articles/full/index.html" in holding(site, "zfull")
    assert holding(site, "zexcerpt") == []
    assert holding(site, "zlink") == []
    assert holding(site, "link.jpg") == []
    assert "articles/excerpt/index.html" in holding(site, "xexcerpt")
    assert holding(site, "excerpt.jpg") != []
    assert "Link one" in site.page("index.html")


def test_secured_is_in_no_byte(site: Any) -> None:
    site.write(
        "-- content/a.md --\n---\ntitle: A\npublishedDateTime: 2024-02-13\nsecured: qq-secret-1\n"
        "featuredContent: qq-secret-2\n---\nBody.\n"
    )
    site.good()
    assert holding(site, "qq-secret") == []
    everything = site.root / ".site_gen"
    assert not any(b"qq-secret" in p.read_bytes() for p in everything.rglob("*") if p.is_file())


def test_an_original_that_is_canonical_is_not_in_the_site_map(site: Any) -> None:
    site.write(RIGHTS.replace("provider: Strict\n", "provider: Strict\ncanonical: original\n"))
    site.good()
    page = site.page("articles/excerpt/index.html")
    assert '<link rel="canonical" href="https://w.example/excerpt">' in page
    assert "/articles/excerpt/" not in site.page("sitemap.xml")
    assert "https://t.example/articles/full/" in site.page("sitemap.xml")


def test_articles_without_a_body_may_have_no_page(site: Any) -> None:
    site.write(RIGHTS.replace("[feeds]", 'article_pages = "with-body"\n[feeds]'))
    site.good()
    assert site.has("articles/full/index.html")
    assert not site.has("articles/link/index.html")
    assert 'href="https://w.example/link"' in site.page("index.html")
    assert "/articles/link/" not in "".join(texts(site).values())


def test_a_site_below_a_path(site: Any) -> None:
    site.write(OPEN_WEEK.replace("New body.", "To [old](old.md) and [topics](/topics/)."))
    site.good(base_url="https://t.example/digest/")
    page = site.page("articles/new/index.html")
    assert 'href="/digest/articles/old/"' in page
    assert 'href="/digest/topics/"' in page
    for path, text in texts(site).items():
        if path.endswith(".html") and "email" not in path:
            for url in re.findall(r' (?:href|src|action)="(/[^"]*)"', text):
                assert url.startswith("/digest/"), f"{path}: {url}"
    assert "https://t.example/digest/articles/old/" in site.page("feed.xml")


STATIC = """
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-13
images: [{url: pics/p.png, alt: p}]
---
See [the data](data.csv) and ![q](pics/q.png).
-- content/data.csv --
1,2
-- content/unused.csv --
3,4
-- content/static/CNAME --
t.example
-- content/static/.well-known/thing.json --
{}
-- content/static/notes.md --
# not an article
-- content/.hidden.md --
nothing
-- content/a.md~ --
nothing
"""


def test_files_are_copied_or_fingerprinted_or_left(site: Any) -> None:
    site.write(STATIC)
    for name in ("p", "q"):
        site.put(f"content/pics/{name}.png", PNG)
    site.good()
    paths = sorted(site.tree())
    assert site.page("CNAME") == "t.example\n"
    assert site.has(".well-known/thing.json")
    assert site.page("notes.md") == "# not an article\n"
    copies = [p for p in paths if re.fullmatch(r"assets/(data|unused|p|q)\.\w+\.(csv|png)", p)]
    assert [p.split(".")[0] for p in copies] == ["assets/data", "assets/p", "assets/q"] or (
        # Equal bytes under another name are another copy.
        [p.split(".")[0] for p in copies] == ["assets/data", "assets/p"]
    )
    page = site.page("articles/a/index.html")
    assert all(f"/{p}" in page for p in copies)
    assert not any("hidden" in p or "unused" in p or "~" in p for p in paths)


# One transparent pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def test_an_attachment_that_changes_is_followed(site: Any) -> None:
    site.write(STATIC.replace("images: [{url: pics/p.png, alt: p}]\n", "").replace(
        " and ![q](pics/q.png)", ""))  # fmt: skip
    site.good()
    before = [p for p in site.tree() if p.startswith("assets/data.")]
    site.put("content/data.csv", b"5,6\n")
    report = site.good()
    after = [p for p in site.tree() if p.startswith("assets/data.")]
    assert len(before) == len(after) == 1
    assert before != after
    assert f"/{after[0]}" in site.page("articles/a/index.html")
    assert before[0] in report.removed


def test_a_page_without_a_date(site: Any) -> None:
    site.write(OPEN_WEEK + "-- content/pages/about.md --\n---\ntitle: About us\n---\nWe are.\n")
    site.good()
    assert "We are." in site.page("about/index.html")
    assert 'href="/about/"' in site.page("index.html")


def test_a_table_has_one_box_wherever_it_stands(site: Any) -> None:
    table = "\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    site.write(
        OPEN_WEEK.replace("New body.\n", f"New body.\n{table}")
        + f"-- content/pages/about.md --\n---\ntitle: About\n---\n{table}"
        + f"-- content/editions/2024-W22.md --\n---\ntitle: Week\n---\n{table}"
    )
    site.good()
    for path in ("articles/new/index.html", "about/index.html", "editions/2024-W22/index.html"):
        page = site.page(path)
        assert page.count("<table>") == page.count('<div class="scroll"') == 1, path


def test_slugs_of_every_script_reach_their_pages(site: Any) -> None:
    site.write(
        "-- content/日本 語.md --\n---\ntitle: J\npublishedDateTime: 2024-02-13\n---\n[x](é.md)\n"
        "-- content/é.md --\n---\ntitle: E\npublishedDateTime: 2024-02-13\n---\nx\n"
        "-- content/con.md --\n---\ntitle: C\npublishedDateTime: 2024-02-13\n---\nx\n"
    )
    site.good()
    assert site.has("articles/日本-語/index.html")
    assert site.has("articles/-con/index.html")
    page = site.page("articles/日本-語/index.html")
    (target,) = re.findall(r'<a href="([^"]*)"[^>]*>x</a>', page)
    assert target in ("/articles/é/", "/articles/%C3%A9/")


def test_an_alias_leads_on(site: Any) -> None:
    site.write(OPEN_WEEK.replace("title: New story", "title: New story\naliases: [former, /x/y/]"))
    site.good()
    redirects = site.page("_redirects")
    assert re.search(r"^/articles/former/ /articles/new/ 301$", redirects, re.MULTILINE)
    assert re.search(r"^/x/y/ /articles/new/ 301$", redirects, re.MULTILINE)


def test_a_renamed_article_with_an_alias_is_no_loss(site: Any) -> None:
    site.write(OPEN_WEEK)
    site.good()
    (site.root / "content/new.md").rename(site.root / "content/newer.md")
    site.edit("content/newer.md", "title: New story", "title: New story\naliases: [new]")
    report = site.build()
    assert [p.code for p in report.problems] == ["article/renamed"]
    guid = 'guid: "tag:t.example,2024:new"'
    site.edit("content/newer.md", "aliases: [new]", f"aliases: [new]\n{guid}")
    assert "articles/new/index.html" in report.removed
    site.good()


def test_a_number_that_changes_is_told(site: Any, said: Any) -> None:
    site.write(OPEN_WEEK)
    site.good(now=datetime(2024, 7, 1, tzinfo=UTC))
    site.write("-- content/older.md --\n---\ntitle: O\npublishedDateTime: 2024-01-02\n---\nx\n")
    report = site.build(now=datetime(2024, 7, 1, tzinfo=UTC))
    assert report.ok
    assert said(report)[0] == (
        "warning[edition/number] edition 2024-W21 was No. 1 and becomes No. 2\n"
        "  --> content/editions\n"
        "help: where an article went into an edition of the past, give it an `edition:` that is not"
        " closed; else write `number: 1` in its note, content/editions/2024-W21.md, to keep the"
        " number readers know"
    )


@pytest.mark.parametrize("remote", ["link", "off"])
def test_no_picture_without_an_address(site: Any, remote: str) -> None:
    site.write(RIGHTS.replace("[feeds]", f'images = {{remote = "{remote}"}}\n[feeds]').replace(
        "alt: f", "alt: f, caption: The caption, credit: Who"))  # fmt: skip
    site.good()
    assert not any('src=""' in text for text in texts(site).values())
    assert bool(holding(site, "full.jpg")) == (remote == "link")


def test_an_empty_site_is_a_site(site: Any) -> None:
    site.write("")
    report = site.good()
    assert (report.articles, report.editions) == (0, 0)
    for path in ("index.html", "404.html", "feed.xml", "sitemap.xml", "editions/index.html"):
        assert site.has(path), path


def test_a_deploy_preview_asks_search_engines_to_stay_away(site: Any) -> None:
    from site_gen.engine.build import build
    from site_gen.engine.report import Options

    site.write(OPEN_WEEK)
    now = datetime(2024, 6, 1, tzinfo=UTC)
    assert build(site.root, Options(now=now, jobs=1, noindex=True)).ok
    pages = [p for p in (site.root / "public").rglob("*.html") if p.name != "email.html"]
    assert len(pages) > 5
    for page in pages:
        assert '<meta name="robots" content="noindex' in page.read_text("utf-8"), page
