"""`_redirects`: aliases and /latest/, no loops, every target there."""

from typing import Any

import pytest

from site_gen.formats.deploy import redirects
from site_gen.model import Page
from site_gen.problems import SiteError


def page(permalink: str) -> Page:
    return Page(path=permalink, format="html", kind="x", permalink=permalink)


def lines(desk: Any, extra: tuple[str, ...] = ()) -> list[str]:
    catalog = desk.catalog()
    links = [ref.card.permalink for ref in catalog.articles]
    links += [edition.ref.permalink for edition in catalog.editions]
    pages = [page(link) for link in (*links, *extra)]
    return [
        line
        for planned in desk.pages(redirects, catalog, pages)
        for line in bytes(desk.render(redirects, planned)).decode().splitlines()
    ]


def test_latest_is_the_newest_edition(week_desk: Any) -> None:
    assert lines(week_desk) == ["/latest/ /editions/2024-W08/ 302"]


def test_an_empty_site_has_no_rules(desk: Any) -> None:
    assert lines(desk) == []


def test_aliases_are_permanent_and_keep_the_root(desk: Any) -> None:
    desk.set(base_url="https://host.example/digest")
    desk.add("a", aliases=("/articles/old/", "/2019/ü b/"))
    assert lines(desk)[1:] == [
        "/digest/articles/old/ /digest/articles/a/ 301",
        "/digest/2019/%C3%BC%20b/ /digest/articles/a/ 301",
    ]


def test_an_alias_of_one_s_own_address_makes_no_loop(desk: Any) -> None:
    desk.add("a", aliases=("/articles/a", "/articles/a/", "/x/"))
    rules = [line.split() for line in lines(desk)]
    assert {source.rstrip("/") for source, _, _ in rules} == {"/latest", "/x"}


def test_an_alias_may_be_nothing_that_is_published(site: Any) -> None:
    """Each output, whatever made it: redirects go before files on some hosts."""
    article = "---\ntitle: A\npublishedDateTime: 2024-02-14\n---\nWords.\n"
    site.write(f"-- content/a.md --\n{article}-- content/b.md --\n{article}")
    site.good()
    paths = [path for path in site.tree() if not path.startswith(".site_gen")]
    assert {"robots.txt", "feed.xml", "sitemap.xml", "_redirects"} <= set(paths)
    aliases = [f"/{path}" for path in paths] + ["/articles/b", "/latest/", "/%66eed.xml"]
    given = "\n".join(f'- "{alias}"' for alias in aliases)
    site.put("content/a.md", article.replace("---\nW", f"aliases:\n{given}\n---\nW").encode())
    found = [p for p in site.build().problems if p.code == "article/aliases"]
    named = {p.message.split('"')[1] for p in found if p.severity == "error"}
    assert named == set(aliases)


def test_targets_without_a_page_are_left_out(desk: Any) -> None:
    desk.add("a", aliases=("/old/",))
    assert list(desk.pages(redirects, desk.catalog(), [])) == []


def test_an_alias_cannot_smuggle_a_rule(desk: Any) -> None:
    desk.add("a", aliases=("/* https://evil.example 301!\n/x", "/:splat/"))
    for line in lines(desk)[1:]:
        source, target, status = line.split(" ")
        assert "*" not in source
        assert ":" not in source
        assert target == "/articles/a/"
        assert status == "301"


def test_two_articles_cannot_share_an_alias(desk: Any) -> None:
    desk.add("a", aliases=("/old/",))
    desk.add("b", aliases=("/old",))
    with pytest.raises(SiteError, match="claimed twice") as caught:
        lines(desk)
    (problem,) = caught.value.problems
    assert problem.where is not None
    assert {problem.where.path, problem.also[0].path} == {"content/a.md", "content/b.md"}


def test_with_keep_going_a_bad_alias_costs_no_other_page_and_no_other_rule(site: Any) -> None:
    article = "---\ntitle: A\npublishedDateTime: 2024-02-14\naliases: [{}]\n---\nWords.\n"
    site.write(f"-- content/a.md --\n{article.format('/feed.xml, /a/')}")
    site.put("content/b.md", article.format("/b/").encode())
    for _ in range(2):  # it is said each time, as long as it is so
        report = site.build(keep_going=True)
        assert not report.ok
        assert [p.code for p in report.problems if p.severity == "error"] == ["article/aliases"]
        assert site.has("articles/a/index.html")
        sources = [line.split()[0] for line in site.page("_redirects").splitlines()]
        assert sources == ["/latest/", "/a/", "/b/"]
    site.put("content/a.md", article.format("/a/").encode())
    site.good()
