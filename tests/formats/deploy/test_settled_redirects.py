"""`[[redirects]]`: each leads to what is there, hides nothing, stands once."""

from typing import Any

import pytest

from site_gen.formats.deploy import redirects
from site_gen.model import Page
from site_gen.problems import SiteError
from site_gen.settings import parse
from site_gen.settings.tables import RedirectSettings


def rules(desk: Any, *given: tuple[str, str]) -> list[str]:
    desk.set(redirects=tuple(RedirectSettings(from_=old, to=new) for old, new in given))
    pages = [Page(path=p, format="html", kind="x", permalink=p) for p in ("/", "/topics/", "/b/")]
    pages.append(Page(path="feed.xml", format="rss", kind="feed"))
    return [
        line
        for planned in desk.pages(redirects, desk.catalog(), pages)
        for line in bytes(desk.render(redirects, planned)).decode().splitlines()
    ]


def test_a_rule_leads_to_a_page_a_feed_or_elsewhere(desk: Any) -> None:
    made = rules(desk, ("/a.html", "/b/"), ("/rss", "/feed.xml"), ("/c", "https://c.example/"))
    assert made == ["/a.html /b/ 301", "/rss /feed.xml 301", "/c https://c.example/ 301"]


def test_a_path_with_a_space_is_written_as_hosts_read_it(desk: Any) -> None:
    assert rules(desk, ("/sea%20ways/", "/b/")) == ["/sea%20ways/ /b/ 301"]


def test_a_page_wins_over_a_rule(desk: Any) -> None:
    assert rules(desk, ("/b", "/"), ("/feed.xml", "/b/")) == []


def test_the_page_of_a_list_that_went_is_stood_for_by_its_list(desk: Any) -> None:
    assert rules(desk, ("/tags/fog/", "/topics/fog/")) == ["/tags/fog/ /topics/ 301"]


def test_a_path_that_is_no_page_is_named(desk: Any) -> None:
    with pytest.raises(SiteError) as caught:
        rules(desk, ("/x", "/bb/"), ("/y", "/nowhere/"))
    messages = [problem.message for problem in caught.value.problems]
    assert messages[0].startswith('redirects[0].to: "/bb/" is no page of the site.')
    assert len(messages) == 2


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('from = "old"\nto = "/"', "is not a path"),
        ('from = "/a*"\nto = "/"', "is not a path"),
        ('from = "/a"\nto = "javascript:x"', "does not start with http"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_its_line(rule: str, message: str) -> None:
    loaded = parse(f"[[redirects]]\n{rule}\n")
    assert loaded.settings is None
    assert message in loaded.problems[0].message
    assert loaded.problems[0].where


def test_one_path_leads_to_one_place() -> None:
    twice = '[[redirects]]\nfrom = "/a"\nto = "/"\n[[redirects]]\nfrom = "/a/"\nto = "/b"\n'
    assert "stands in redirects[0] too" in parse(twice).problems[0].message
