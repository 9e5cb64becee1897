"""The build that takes a text down is never the build that fails, not even with --strict."""

from typing import Any

import pytest

TWO = """
-- content/kept.md --
---
title: Kept
publishedDateTime: 2024-02-13T09:00:00Z
---
See [the other](gone.md).
-- content/gone.md --
---
title: Secret headline
excerpt: Secret standfirst
publishedDateTime: 2024-02-14T09:00:00Z
expiryDateTime: 2024-12-01T00:00:00Z
images: [{url: "https://x.example/secret.jpg", alt: Secret alt}]
topics: [Hush]
---
Secret body.
-- content/editions/2024-W07.md --
---
title: Week
lead: gone
pins: [gone]
---
Note.
"""
LATER = "2024-12-02T00:00:00+00:00"

TAKING = {
    "withdrawn": "withdrawn: {date: 2024-05-01, reason: At the source's wish.}\n",
    "withdrawn, plainly": "withdrawn: true\n",
    "withdrawn, with a typing error": "withdrawn: {date: yesterday, reasn: x}\nqualty: 3\n",
    "unpublished": "published: false\n",
    "a draft": "draft: true\n",
    "expired": "expiryDateTime: 2024-05-01\n",
    "in the future": "publishedDateTime: 2024-08-01\n",
    "unpublished, with an error": "published: false\nheat: much\n",
    "withdrawn, with an error": "withdrawn: true\nheat: much\n",
    "a draft, with an error": "draft: true\nheat: much\n",
    "expired, with an error": "expiryDateTime: 2024-05-01\nheat: much\n",
    "another system's draft": "status: private\n",
    "another system's draft, with an error": "status: private\nheat: much\n",
    "another system's waste": "status: trash\n",
    "another system's end": "expiryDate: 2024-05-01\n",
    "another system's beginning": "publishDate: 2031-05-01\n",
    "another system's beginning, unreadable": "publishDate: some day\n",
    "unpublished, in YAML's older word": "published: no\n",
    "a draft, in YAML's older word": "draft: yes\n",
    "unpublished, in a block that cannot be read": "published: false\ntitle: Secret: more\n",
    "a draft, in a block that is not closed": 'draft: true\ncategory: "Secret\n',
    "withdrawn, in a block that cannot be read": "withdrawn:\n  reason: He said: it is wrong\n",
    "expired, in a block that cannot be read": "expiryDateTime: 2024-05-01 # at last\nwhy: a: b\n",
    "unpublished, in quotes": 'published: "false"\n',
    "a draft, in quotes": "draft: 'yes'\n",
    "a draft, as a number": "draft: 1\n",
    "withdrawn, in an edition that is none": "withdrawn: true\nedition: 2024-W60\n",
    "withdrawn, with an old address of another": "withdrawn: true\naliases: [/articles/kept/]\n",
    "withdrawn, with the address of another": "withdrawn: true\nslug: kept\n",
}


def take_down(site: Any, line: str) -> None:
    key = line.partition(":")[0]
    path = site.root / "content/gone.md"
    head, _, body = path.read_text().partition("---\nSecret body")
    lines = [each for each in head.splitlines(True) if not each.startswith(f"{key}:")]
    path.write_text("".join((*lines, line, "---\nSecret body", body)))


@pytest.mark.parametrize("word", ["no", "false", "off"])
def test_withdrawn_no_takes_nothing_away(site: Any, word: str) -> None:
    site.write(TWO)
    take_down(site, f"withdrawn: {word}\n")
    site.good()
    assert secrets(site)


LISTED = """
-- content/gone.md --
---
title: Secret headline
publishedDateTime: 2024-02-06T09:00:00Z
topics: [Hush]
authors: [Solo]
provider: {name: P, domain: p.example}
---
Secret body.

## Secret heading
-- content/pages/plans.md --
---
title: Plans
---
x
"""
ADDRESSES = (
    "/articles/gone/", "/articles/gone/#more", "https://t.example/articles/gone/",
    "gone.md#secret-heading",
    "/topics/hush/", "/topics/hush/feed.xml", "/topics/", "/authors/solo/",
    "/providers/p.example/", "/editions/2024-W06/", "/editions/2024-W06/2024-W06.epub",
    "/api/news/hush/index.json", "/plans/",
)  # fmt: skip


@pytest.mark.parametrize(
    "way", ["published: false\n", "withdrawn: true\n", "draft: true\nheat: x\n"]
)
def test_no_link_to_where_it_stood_keeps_the_old_site(site: Any, way: str) -> None:
    """Nor do the numbers of editions that become others as its edition goes."""
    links = " ".join(f"[a]({address})" for address in ADDRESSES)
    site.write(TWO + LISTED)
    site.edit("content/editions/2024-W07.md", "lead: gone\npins: [gone]\n", "")
    site.edit("content/kept.md", "[the other](gone.md)", links)
    site.good()
    take_down(site, way)
    site.put("content/pages/plans.md", b"---\ntitle: Plans\ndraft: true\n---\nx\n")
    report = site.build(strict=True)
    assert report.ok, [p for p in report.problems if p.severity == "error"]
    assert secrets(site) == []
    site.edit("content/kept.md", links, f"{links} [b](/articles/never/)")
    assert not site.build(strict=True).ok


def test_pages_and_notes_go_whatever_else_is_wrong_with_them(site: Any) -> None:
    site.write(TWO)
    take_down(site, "published: false\n")
    for fault in ("published: no\n", "draft: true\norder: x\nnumber: x\n", "status: trash\n",
                  "published: false\ntitle: a: b\n", "publishDate: 2031-01-01\n"):  # fmt: skip
        for path in ("pages/about.md", "editions/2024-W07.md"):
            site.put(f"content/{path}", b"---\ntitle: Week\n---\nSecret words.\n")
            assert site.build().ok
            assert secrets(site)
            text = fault if "title:" in fault else f"title: Week\n{fault}"
            site.put(f"content/{path}", f"---\n{text}---\nSecret words.\n".encode())
            report = site.build(strict=True)
            assert report.ok, (fault, path, report.problems)
            assert secrets(site) == []


def secrets(site: Any) -> list[str]:
    return [path for path, data in site.tree().items() if b"ecret" in data]


@pytest.mark.parametrize("way", TAKING)
def test_a_text_goes_with_the_build_that_takes_it_down(site: Any, way: str) -> None:
    site.write(TWO)
    site.good()
    assert secrets(site)
    take_down(site, TAKING[way])
    report = site.build(strict=True)
    assert report.ok, [p for p in report.problems if p.severity == "error"]
    assert secrets(site) == []
    assert not [p for p in report.problems if p.code == "article/vanished"]


def test_what_expires_between_builds_goes_too(site: Any) -> None:
    from datetime import datetime

    site.write(TWO)
    site.good()
    report = site.build(strict=True, now=datetime.fromisoformat(LATER))
    assert report.ok
    assert secrets(site) == []


def test_a_withdrawn_article_leaves_a_notice(site: Any) -> None:
    site.write(TWO)
    site.good()
    take_down(site, 'withdrawn: {date: 2024-05-01, reason: "By <b>court</b> order."}\n')
    assert site.build().ok
    page = site.page("articles/gone/index.html")
    assert "Withdrawn" in page
    assert "1 May 2024" in page
    assert "By &lt;b&gt;court&lt;/b&gt; order." in page
    assert '<meta name="robots" content="noindex' in page
    assert [p for p, d in site.tree().items() if b"2024:gone" in d] == []
    for path in ("sitemap.xml", "news-sitemap.xml", "editions/2024-W07/index.html"):
        assert "/gone/" not in site.page(path)
    kept = site.page("articles/kept/index.html")
    assert 'href="/articles/gone/"' in kept


def test_the_next_story_leads_and_it_is_said_why(site: Any, said: Any) -> None:
    site.write(TWO)
    take_down(site, "expiryDateTime: 2024-05-01\n")
    report = site.build(strict=True)
    assert report.ok
    assert "Kept" in site.page("editions/2024-W07/index.html")
    (found,) = [p for p in report.problems if p.code == "edition/not-shown"]
    assert (found.severity, found.message) == (
        "note",
        '"gone" is not shown in edition 2024-W07: content/gone.md is expired',
    )


def test_a_deleted_lead_is_a_warning_that_strict_takes_for_an_error(site: Any, said: Any) -> None:
    site.write(TWO)
    site.remove("content/gone.md")
    site.edit("content/kept.md", "See [the other](gone.md).", "Text.")
    report = site.build()
    assert report.ok
    assert [p.severity for p in report.problems if p.code == "edition/unknown-article"] == [
        "warning"
    ]
    assert not site.build(strict=True).ok


def test_a_link_to_a_deleted_article_does_not_keep_the_old_site(site: Any) -> None:
    site.write(TWO)
    site.good()
    site.remove("content/gone.md")
    report = site.build()
    assert report.ok
    assert secrets(site) == []
    assert "link/nowhere" in {p.code for p in report.problems}
    assert not site.build(strict=True).ok


def test_a_broken_draft_is_an_error_for_who_looks_at_drafts(site: Any) -> None:
    site.write(TWO)
    take_down(site, "draft: true\nheat: much\n")
    assert site.build(strict=True).ok
    assert not site.build(drafts=True).ok


def test_a_page_obeys_draft_and_published(site: Any) -> None:
    page = "---\ntitle: About\n{}---\nSecret page.\n"
    site.write(TWO)
    take_down(site, "published: false\n")
    for line in ("draft: true\n", "published: false\n"):
        site.put("content/pages/about.md", page.format("").encode())
        assert site.build().ok
        assert site.has("about/index.html")
        site.put("content/pages/about.md", page.format(line).encode())
        assert site.build(strict=True).ok
        assert secrets(site) == []
        assert not site.has("about/index.html")
    site.put("content/pages/about.md", page.format("draft: true\n").encode())
    assert site.build(drafts=True).ok
    assert site.has("about/index.html")
