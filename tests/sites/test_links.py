"""Links, anchors, pictures that lead to nothing are told with file and line; others lead on."""

import re
from typing import Any

import pytest

OTHER = """
-- content/other.md --
---
title: Other
publishedDateTime: 2024-02-13T09:00:00Z
aliases: [/old/]
topics: [City]
---
# Über uns

## Install

## Install

## Files & skills

Text.
-- content/pictures/a.png --
not quite a picture
-- content/files/x.pdf --
%PDF-1.4
-- content/static/logo.svg --
<svg/>
"""
ARTICLE = """---
title: A
publishedDateTime: 2024-02-13T09:00:00Z
---
## First part

{}
"""


def built(site: Any, text: str, **asked: Any) -> tuple[Any, str]:
    site.write(OTHER)
    site.put("content/a.md", ARTICLE.format(text).encode())
    report = site.build(**asked)
    page = site.page("articles/a/index.html") if report.ok else ""
    return report, page


def told(report: Any) -> list[tuple[str, int]]:
    return [(p.code, p.where.line) for p in report.problems if not p.code.startswith("picture/")]


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("#first-part", "#c-first-part"),
        ("#First-Part", "#c-first-part"),
        ("other.md#über-uns", "/articles/other/#c-uber-uns"),
        ("other.md#%C3%BCber-uns", "/articles/other/#c-uber-uns"),
        ("other.md#install-1", "/articles/other/#c-install-2"),
        ("other.md#install-2", "/articles/other/#c-install-2"),
        ("other.md#files--skills", "/articles/other/#c-files-skills"),
        ("/other.md", "/articles/other/"),
        ("/other.md#install", "/articles/other/#c-install"),
        ("/articles/other/", "/articles/other/"),
        ("/articles/other", "/articles/other"),
        ("/articles/other/#c-install", "/articles/other/#c-install"),
        ("/topics/city/", "/topics/city/"),
        ("/old/", "/old/"),
        ("/feed.xml", "/feed.xml"),
        ("/logo.svg", "/logo.svg"),
        ("/latest/", "/latest/"),
        ("/", "/"),
        ("/search/?q=x", "/search/?q=x"),
        ("https://t.example/articles/other/", "https://t.example/articles/other/"),
        ("https://elsewhere.example/nope/", "https://elsewhere.example/nope/"),
    ],
)
def test_what_is_there_is_led_to(site: Any, link: str, href: str) -> None:
    report, page = built(site, f"See [it]({link}).")
    assert told(report) == []
    assert f'href="{href}"' in page


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("#nowhere", "article/body"),
        ("other.md#none", "link/anchor"),
        ("/other.md#none", "link/anchor"),
        ("/articles/nope/", "link/dead"),
        ("/topics/nope/", "link/dead"),
        ("/files/y.pdf", "link/dead"),
        ("https://t.example/articles/nope/", "link/dead"),
        ("gone.md", "link/nowhere"),
        ("www.example.org/x", "link/nowhere"),
        ("info@example.org", "link/nowhere"),
        ("htp://foo", "article/body"),
    ],
)
def test_what_is_not_there_is_told_with_its_line(site: Any, link: str, code: str) -> None:
    report, _ = built(site, f"First.\n\nSee [it]({link}).")
    assert report.ok
    assert told(report) == [(code, 9)]
    strict, _ = built(site, f"First.\n\nSee [it]({link}).", strict=True)
    assert not strict.ok


def test_files_and_pictures_from_the_top_are_looked_up_in_content(site: Any) -> None:
    report, page = built(site, "![A](/pictures/a.png) and [x](/files/x.pdf)")
    assert told(report) == []
    assert 'src="/assets/a.' in page
    assert 'href="/assets/x.' in page
    assert len([path for path in site.tree() if path.startswith("assets/x.")]) == 1


def test_a_picture_from_the_top_that_is_not_there_is_told(site: Any) -> None:
    report, _ = built(site, "![A](/pictures/b.png)")
    assert told(report) == [("link/dead", 7)]


def test_an_edited_heading_moves_the_links_of_others(site: Any) -> None:
    built(site, "See [it](other.md#install).")
    site.edit("content/other.md", "## Files & skills", "## Files and skills")
    assert site.build().ok
    site.edit("content/other.md", "## Install\n\n## Install", "## Set up")
    report = site.build()
    assert told(report) == [("link/anchor", 7)]
    assert 'href="/articles/other/"' in site.page("articles/a/index.html")


def test_notes_and_pages_are_looked_at_too(site: Any) -> None:
    site.write(OTHER)
    site.put("content/pages/about.md", b"---\ntitle: P\n---\n[x](/nope/) [y](../other.md#none)\n")
    site.put("content/editions/2024-W07.md", b"---\ntitle: N\n---\n[x](/nope/) [z](#none)\n")
    report = site.build()
    assert sorted(told(report)) == [
        ("article/body", 4), ("link/anchor", 4), ("link/dead", 4), ("link/dead", 4),
    ]  # fmt: skip


def test_below_a_path_the_site_knows_its_own_root(site: Any) -> None:
    site.put("site.toml", b'base_url = "https://t.example/news"\n[feeds]\ntag = "t.example,2024"\n')
    own = "[x](https://t.example/news/articles/other/) [y](/articles/other/)"
    report, page = built(site, own)
    assert told(report) == []
    assert 'href="/news/articles/other/"' in page


@pytest.mark.parametrize(
    "link", ["/%5Cevil.example/", "/%2Fevil.example/", "/%2F%2Fevil.example", "/a/%2e%2e/%2fx"]
)
def test_no_path_from_the_top_becomes_another_host(site: Any, link: str) -> None:
    _, page = built(site, f"See [it]({link}) ![p]({link}).")
    for address in re.findall(r'(?:href|src)="([^"]*)"', page):
        assert not re.match(r"/[/\\]", address), address


SHUT = [
    *("draft: true", "published: false", "expiryDateTime: 2024-03-01", "status: private"),
    "publishedDateTime: 2031-01-01",
]


def _other(said: str) -> bytes:
    dated = "" if said.startswith("publishedDateTime") else "publishedDateTime: 2024-02-13\n"
    return f"---\ntitle: Shut\n{dated}aliases: [/was/]\n{said}\n---\nx\n".encode()


@pytest.mark.parametrize("said", SHUT)
@pytest.mark.parametrize("root", ["", "/news"])
def test_an_address_of_what_is_not_shown_is_left_out_as_its_file_name_is(
    site: Any, said: str, root: str
) -> None:
    """Of articles, pages and editions, wherever it stands; and it comes back."""
    base = f"https://t.example{root}"
    site.put("site.toml", f'base_url = "{base}"\n[feeds]\ntag = "t.example,2024"\n'.encode())
    links = (
        "[a](shut.md) [b](/articles/shut/) [c](/articles/shut) [d](/articles/shut/?x=1&y#z)"
        f" [e](/was/) [f]({base}/articles/shut/) [g]({base}/articles/shut/#c-x) <{base}/was/>"
        ' <a href="/articles/shut/">h</a>'
    )
    elsewhere = "[k](https://elsewhere.example/articles/shut/) [l](/articles/other/)"
    text = f"{links} {elsewhere}"
    for line in (said, "topics: [City]", said):
        site.put("content/shut.md", _other(line))
        report, _ = built(site, text)
        site.put("content/pages/about.md", f"---\ntitle: P\n---\n{text}\n".encode())
        site.put("content/editions/2024-W07.md", f"---\ntitle: N\n---\n{text}\n".encode())
        assert site.build().ok
        for place in ("articles/a", "about", "editions/2024-W07"):
            page = site.page(f"{place}/index.html")
            found = re.findall(r'href="([^"]*(?:shut|was)[^"]*)"', page)
            own = [href for href in found if "elsewhere" not in href]
            assert bool(own) == (line != said), place
            assert f'href="{root}/articles/other/"' in page
            assert 'href="https://elsewhere.example/articles/shut/"' in page
        assert report.ok
        for path, data in site.tree().items():
            if line == said:
                assert b"t.example/articles/shut" not in data.replace(b">https://t.ex", b""), path


def test_an_address_that_another_text_has_by_now_stays(site: Any) -> None:
    site.put("content/shut.md", _other("draft: true"))
    _, page = built(site, "[b](/was/)")
    assert 'href="/was/"' not in page
    site.edit("content/other.md", "aliases: [/old/]", "aliases: [/old/, /was/]")
    assert site.build().ok
    assert 'href="/was/"' in site.page("articles/a/index.html")
    site.edit("content/other.md", "aliases: [/old/, /was/]", "aliases: [/old/]")
    assert site.build().ok
    assert 'href="/was/"' not in site.page("articles/a/index.html")


def test_a_related_article_that_is_not_shown_is_left_out(site: Any) -> None:
    """By an address of our own; and a text that only tells of such a link stays whole."""
    site.write(OTHER)
    shut = "https://t.example/articles/shut/"
    head = (
        "---\ntitle: A\npublishedDateTime: 2024-02-13\nrelated: [{title: R, webUrl: '%s'}]\n---\n"
    )
    for line in ("draft: true", "topics: [City]", "draft: true"):
        site.put("content/shut.md", _other(line))
        text = f'Write ` href="{shut}"`, [not]({shut}).\n'
        site.put("content/a.md", (head % shut + text).encode())
        report = site.build()
        assert report.ok
        page = site.page("articles/a/index.html")
        assert f'<code> href="{shut}"</code>' in page
        assert page.count(f'<a href="{shut}"') == (0 if line == "draft: true" else 2)
        assert [each for each in told(report) if each == ("link/unpublished", 4)] == (
            [("link/unpublished", 4)] if line == "draft: true" else []
        )
