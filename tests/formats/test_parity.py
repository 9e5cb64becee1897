"""One edition in every format: the same titles, order, links and dates."""

import json
import re
import zipfile
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from types import ModuleType
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree
from lxml import html as lxml_html

from site_gen.basics.dates import iso
from site_gen.formats.api import endpoints as api
from site_gen.formats.common.site import direction
from site_gen.formats.epub import book as epub
from site_gen.formats.feeds import atom, json_feed, rss
from site_gen.formats.html import pages as html
from site_gen.formats.mail import letter as email_edition

WEEK = "2024-W07"
FOLDER = f"editions/{WEEK}/"
HOME = "https://digest.example/"
Line = tuple[str, str, str]
"""Title, link and day of one article."""


@pytest.fixture
def edition(desk: Any) -> Any:
    """One closed week of five articles of every kind, at five moments."""
    from datetime import UTC, datetime, timedelta

    start = datetime(2024, 2, 17, 20, tzinfo=UTC)
    facts: list[dict[str, Any]] = [
        {"title": "Chips & <chips>", "body": "<p>One.</p>"},
        {"title": "Größe “zählt”", "rights": "excerpt"},
        {"title": "AT&T; 1 < 2", "rights": "link", "topics": ()},
        {"title": "مرحبا", "language": "ar", "provider": None, "original": ""},
        {"title": "One, two", "has_page": False, "link": "https://wire.example/e"},
    ]
    for number, each in enumerate(facts):
        name = "abcde"[number]
        desk.add(name, date=start - timedelta(hours=11 * number), **each)
    return desk


def expected(desk: Any) -> list[Line]:
    cards = desk.catalog().editions[0].cards
    return [
        (c.title, c.link if c.link.startswith("http") else urljoin(HOME, c.link), iso(c.date)[:10])
        for c in cards
    ]


def in_rss(desk: Any, theme: Any) -> list[Line]:
    feed = feedparser.parse(desk.files(rss)["feed.xml"], sanitize_html=False)
    return [
        (unescape(e.title), e.link, iso(parsedate_to_datetime(e.published))[:10])
        for e in feed.entries
    ]


def in_atom(desk: Any, theme: Any) -> list[Line]:
    ns = {"a": "http://www.w3.org/2005/Atom"}
    root: Any = etree.fromstring(desk.files(atom)["atom.xml"])
    return [
        (
            e.findtext("a:title", "", ns),
            e.find("a:link[@rel='alternate']", ns).get("href"),
            e.findtext("a:published", "", ns)[:10],
        )
        for e in root.iterfind("a:entry", ns)
    ]


def in_json_feed(desk: Any, theme: Any) -> list[Line]:
    items = json.loads(desk.files(json_feed)["feed.json"])["items"]
    return [(i["title"], i["url"], i["date_published"][:10]) for i in items]


def in_api(desk: Any, theme: Any) -> list[Line]:
    value = json.loads(desk.files(api)[f"api/{FOLDER}index.json"])["value"]
    return [(a["title"], a.get("url") or a["webUrl"], a["publishedDateTime"][:10]) for a in value]


def in_epub(desk: Any, theme: Any) -> list[Line]:
    ns = {"h": "http://www.w3.org/1999/xhtml"}
    book = zipfile.ZipFile(BytesIO(desk.files(epub)[f"{FOLDER}{WEEK}.epub"]))
    found = []
    for name in (n for n in book.namelist() if "article" in n):
        root: Any = etree.fromstring(book.read(name))
        links = root.findall(".//h:a", ns)
        when = root.find(".//h:time", ns).get("datetime")
        found.append((root.findtext(".//h:h1", "", ns), links[0].get("href"), when))
    return found


@pytest.mark.parametrize("reading", [in_rss, in_atom, in_json_feed, in_api, in_epub])
def test_titles_order_links_and_dates(
    edition: Any, theme: Any, reading: Callable[[Any, Any], list[Line]]
) -> None:
    assert len(expected(edition)) == 5
    assert reading(edition, theme) == expected(edition)


def test_the_edition_feed_lists_the_same(edition: Any) -> None:
    root: Any = etree.fromstring(edition.files(rss)["editions/feed.xml"])
    encoded = root.findtext(".//c:encoded", "", {"c": "http://purl.org/rss/1.0/modules/content/"})
    found: Any = lxml_html.fromstring(encoded)
    lines = [(a.text_content(), a.get("href")) for a in found.iter("a")]
    assert lines == [line[:2] for line in expected(edition)]


def test_the_email_lists_the_same(edition: Any, theme: Any) -> None:
    files = edition.files(email_edition, theme=theme)
    document: Any = lxml_html.fromstring(files[f"{FOLDER}email.html"].decode())
    stories = [a for a in document.iter("a") if a.getparent().tag in ("h2", "h3")]
    assert [(a.text_content(), a.get("href")) for a in stories] == [
        line[:2] for line in expected(edition)
    ]
    text = files[f"{FOLDER}email.txt"].decode()
    titles = re.findall(r"^\d+\. (.*)$", text, re.MULTILINE)
    links = re.findall(r"^   (https://\S+)$", text, re.MULTILINE)
    assert list(zip(titles, links, strict=True)) == [line[:2] for line in expected(edition)]


def test_the_page_lists_the_same(edition: Any, theme: Any) -> None:
    source = edition.files(html, theme=theme)[f"{FOLDER}index.html"].decode()
    document: Any = lxml_html.fromstring(source)
    found = [
        ("".join(a.xpath(".//text()[not(ancestor::span)]")).strip(), urljoin(HOME, a.get("href")))
        for a in document.find(".//main").iter("a")
    ]
    wanted = [line[:2] for line in expected(edition)]
    titles = {title for title, _ in wanted}
    assert [line for line in dict.fromkeys(found) if line[0] in titles] == wanted


@pytest.mark.parametrize("module", [rss, atom, json_feed, api, epub, email_edition])
def test_another_setting_of_language_reaches_every_format(
    edition: Any, theme: Any, module: ModuleType
) -> None:
    edition.set(language="ar")
    assert direction("ar") == "rtl"
    everything = b"".join(edition.files(module, theme=theme).values())
    if module is epub:
        book = zipfile.ZipFile(BytesIO(edition.files(epub)[f"{FOLDER}{WEEK}.epub"]))
        everything = b"".join(book.read(name) for name in book.namelist())
    marks = (b'"ar"', b">ar<")
    assert any(mark in everything for mark in marks)
