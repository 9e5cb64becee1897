"""The news sitemap: two days back from the newest article, our own pages only."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from site_gen.formats.deploy import news_sitemap
from site_gen.model import Page

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": news_sitemap.NEWS}
NEWEST = datetime(2024, 2, 17, 9, tzinfo=UTC)


def root_of(desk: Any, listed: bool = True) -> Any:
    catalog = desk.catalog()
    pages = [
        Page(path="x", format="html", kind="article", permalink=a.card.permalink, listed=listed)
        for a in catalog.articles
    ]
    (page,) = desk.pages(news_sitemap, catalog, pages)
    assert page.path == "news-sitemap.xml"
    return etree.fromstring(desk.render(news_sitemap, page))


def titles(root: Any) -> list[str]:
    return [str(t.text) for t in root.iterfind(".//n:title", NS)]


def test_holds_two_days_before_the_newest(desk: Any) -> None:
    for hours in (0, 24, 48, 49):
        desk.add(f"h{hours}", date=NEWEST - timedelta(hours=hours))
    root = root_of(desk)
    assert titles(root) == ["H0", "H24", "H48"]
    item = root.find("s:url", NS)
    assert item.findtext("s:loc", "", NS) == "https://digest.example/articles/h0/"
    assert item.findtext(".//n:name", "", NS) == "Weekly Wire"
    assert item.findtext(".//n:language", "", NS) == "en"
    assert item.findtext(".//n:publication_date", "", NS) == "2024-02-17T09:00:00Z"


def test_leaves_out_what_is_not_ours_or_not_public(desk: Any) -> None:
    desk.add("ours")
    desk.add("theirs", canonical="original")
    desk.add("pageless", has_page=False)
    desk.add("unready", draft=True)
    desk.add("early", future=True, weeks=9)
    assert titles(root_of(desk)) == ["Ours"]
    assert titles(root_of(desk, listed=False)) == []


def test_holds_at_most_a_thousand(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert news_sitemap.LIMIT == 1000
    monkeypatch.setattr(news_sitemap, "LIMIT", 2)
    for name in "abc":
        desk.add(name)
    assert titles(root_of(desk)) == ["A", "B"]


def test_languages_and_text(desk: Any) -> None:
    desk.add("a", language="de-AT", title="<b> & \x00")
    desk.add("b", language="zh-Hant")
    root = root_of(desk)
    assert [e.text for e in root.iterfind(".//n:language", NS)] == ["de", "zh-tw"]
    assert titles(root)[0] == "<b> & "


def test_a_site_that_is_not_to_be_indexed_has_none(desk: Any) -> None:
    desk.set(noindex=True)
    assert desk.pages(news_sitemap, desk.catalog(), []) == []
