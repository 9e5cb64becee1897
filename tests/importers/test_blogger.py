"""Blogger's exports: posts, pages, drafts, labels; comments stay behind. Old form and Takeout's."""

from typing import Any

import pytest

from site_gen.problems import SiteError

KIND = "http://schemas.google.com/blogger/2008/kind#"


def old(number: int, kind: str, inner: str = "") -> str:
    link = f"https://q.example/2014/03/text-{number}.html"
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>"
        "<published>2014-03-05T10:00:00.000+01:00</published>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}{kind}'/>"
        f"<title>Text {number}</title><content type='html'>&lt;p&gt;Words.&lt;/p&gt;</content>"
        f"<link rel='alternate' type='text/html' href='{link}'/>{inner}</entry>"
    )


def feed(*entries: str) -> str:
    return (
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:app='http://purl.org/atom/app#' "
        "xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        "<id>tag:blogger.com,1999:blog-1.archive</id><title>Old Quay</title>"
        f"<link rel='alternate' href='https://q.example/'/>{''.join(entries)}</feed>\n"
    )


def test_posts_come_with_labels_addresses_and_ids(move: Any, put: Any, site: Any) -> None:
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Low Water'/>"
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    put(
        "-- blog.xml --\n"
        + feed(old(1, "post", label), old(2, "post", draft), old(3, "comment"), old(4, "page"))
    )
    outcome = move("blogger")
    made = {p.entry.title: (p.kind, p.entry.address, p.entry.private)
            for p in outcome.places.placed}  # fmt: skip
    assert made == {
        "Text 1": ("article", "/2014/03/text-1.html", ""),
        "Text 2": ("article", "", "draft: true"),
        "Text 4": ("page", "/2014/03/text-4.html", ""),
    }
    assert outcome.site.title == "Old Quay"
    assert "comments: 1 stay behind" in outcome.site.left
    assert site.build().ok
    assert "tag:blogger.com,1999:blog-1.post-1" in site.page("rss.xml")
    rules = {rule.source for rule in outcome.redirects.rules}
    assert {"/2014/03/", "/search/label/Low%20Water", "/feeds/posts/default"} <= rules


@pytest.mark.parametrize(("said", "private"), [("PUBLIC", False), ("PRIVATE", True)])
def test_a_blog_for_some_readers_is_not_public(
    move: Any, put: Any, said: str, private: bool
) -> None:
    setting = (
        "<entry><id>tag:blogger.com,1999:blog-1.settings.BLOG_READ_ACCESS_MODE</id>"
        f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}settings'/>"
        f"<content>{said}</content></entry>"
    )
    put("-- blog.xml --\n" + feed(old(1, "post"), setting))
    (place,) = move("blogger").places.placed
    assert bool(place.entry.private) == private
    assert bool(place.entry.address) != private


def test_takeouts_form_is_read_too(move: Any, put: Any) -> None:
    entry = (
        "<entry><id>tag:blogger.com,1999:blog-1.post-{0}</id><blogger:type>POST</blogger:type>"
        "<blogger:status>{1}</blogger:status><title>T{0}</title><content type='html'>x</content>"
        "<published>2014-03-05T10:00:00Z</published>"
        "<blogger:filename>/2014/03/t{0}.html</blogger:filename></entry>"
    )
    put(f"-- Takeout/feed.atom --\n{feed(entry.format(1, 'LIVE'), entry.format(2, 'DRAFT'))}")
    outcome = move("blogger")
    assert [(p.entry.address, bool(p.entry.private)) for p in outcome.places.placed] == [
        ("/2014/03/t1.html", False),
        ("", True),
    ]


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("a.xml", feed(), "import blogger"),
        ("a.txt", "AUTHOR: Ann\nTITLE: A\n-----\nBODY:\nx\n-----\n", "Movable Type"),
    ],
)
def test_a_folder_of_another_export_says_what_it_is(
    move: Any, put: Any, name: str, text: str, word: str
) -> None:
    put(f"-- {name} --\n{text}")
    with pytest.raises(SiteError) as caught:
        move("markdown")
    assert word in (caught.value.problems[0].help or "")


@pytest.mark.parametrize("status", ["LIVE", "DRAFT"])
def test_what_lies_in_the_trash_is_not_public(status: str, move: Any, put: Any, site: Any) -> None:
    mark = "<blogger:trashed>2014-04-01T10:00:00Z</blogger:trashed>"
    said = f"<blogger:status>{status}</blogger:status>"
    empty = "<blogger:trashed/>"
    put("-- a.atom --\n" + feed(old(1, "post", said + mark), old(2, "post", empty)))
    first, second = sorted(move("blogger").places.placed, key=lambda place: place.entry.title)
    assert first.entry.private.endswith("in the trash")
    assert (first.entry.address, first.entry.guid) == ("", "")
    assert second.entry.private == ""
    assert site.build().ok
    assert "Text 1" not in site.page("rss.xml")
