"""The sitemap: listed pages only, lastmod from content, split where it is too long."""

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from site_gen.formats.deploy import sitemap
from site_gen.model import Page

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
DAY = datetime(2024, 2, 13, tzinfo=UTC)


def page(permalink: str, **facts: Any) -> Page:
    facts = {"listed": True, "lastmod": DAY, **facts}
    return Page(path=f"{permalink}x", format="html", kind="x", permalink=permalink, **facts)


def files(desk: Any, pages: list[Page]) -> dict[str, bytes]:
    planned = desk.pages(sitemap, desk.catalog(), pages)
    return {p.path: desk.render(sitemap, p) for p in planned}


def locations(data: bytes) -> list[str]:
    root: Any = etree.fromstring(data)
    return [str(found.text) for found in root.iterfind(".//s:loc", NS)]


def test_holds_listed_pages_with_the_date_of_their_content(desk: Any) -> None:
    data = files(desk, [page("/b/"), page("/a/é/", lastmod=None), page("/c/", listed=False)])
    root: Any = etree.fromstring(data["sitemap.xml"])
    assert locations(data["sitemap.xml"]) == [
        "https://digest.example/a/%C3%A9/",
        "https://digest.example/b/",
    ]
    assert [found.text for found in root.iterfind(".//s:lastmod", NS)] == ["2024-02-13T00:00:00Z"]


def test_leaves_out_what_is_not_public_or_has_its_canonical_elsewhere(desk: Any) -> None:
    desk.add("draft", draft=True)
    desk.add("early", future=True)
    desk.add("theirs", canonical="original")
    desk.add("ours")
    pages = [page(f"/articles/{name}/") for name in ("draft", "early", "theirs", "ours")]
    assert locations(files(desk, pages)["sitemap.xml"]) == ["https://digest.example/articles/ours/"]


def test_a_site_that_is_not_to_be_indexed_has_none(desk: Any) -> None:
    desk.set(noindex=True)
    assert files(desk, [page("/a/")]) == {}


def test_a_large_site_has_a_file_for_each_month(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_SINGLE", 3)
    pages = [page("/a/"), page("/b/", lastmod=datetime(2023, 12, 31, tzinfo=UTC)), page("/c/")]
    data = files(desk, [*pages, page("/d/", lastmod=None)])
    names = ["sitemap-2023-12.xml", "sitemap-2024-02.xml", "sitemap-undated.xml"]
    assert list(data) == [*names, "sitemap.xml"]
    assert locations(data["sitemap.xml"]) == [f"https://digest.example/{name}" for name in names]
    assert data["sitemap.xml"].count(b"<lastmod>") == 2
    assert locations(data["sitemap-2023-12.xml"]) == ["https://digest.example/b/"]


def test_a_new_page_changes_the_file_of_its_month_alone(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_SINGLE", 1)
    pages = [page("/b/"), page("/z/", lastmod=datetime(2023, 12, 31, tzinfo=UTC))]
    before, after = files(desk, pages), files(desk, [page("/a/"), *pages])
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert changed == {"sitemap-2024-02.xml"}


def test_is_split_at_the_limit(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_SINGLE", 2)
    monkeypatch.setattr(sitemap, "MAX_PER_FILE", 2)
    data = files(desk, [page(f"/{name}/") for name in "abc"])
    assert list(data) == ["sitemap-2024-02.xml", "sitemap-2024-02-2.xml", "sitemap.xml"]
    assert locations(data["sitemap-2024-02-2.xml"]) == ["https://digest.example/c/"]


def test_the_limit_is_the_standards() -> None:
    assert sitemap.MAX_PER_FILE == 50_000
