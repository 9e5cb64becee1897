"""OPML 2.0: every feed once, grouped, only where planned."""

from typing import Any

from lxml import etree
from msgspec.structs import replace

from site_gen.formats.feeds import atom, json_feed, opml, rss


def outline(desk: Any, *formats: Any) -> Any:
    catalog = desk.catalog()
    feeds = [page for module in formats for page in desk.pages(module, catalog)]
    found = [desk.render(opml, page) for page in desk.pages(opml, catalog, feeds)]
    return etree.fromstring(found[0]) if found else None


def listed(desk: Any, catalog: Any) -> dict[str, bytes]:
    return {page.path: desk.render(opml, page) for page in desk.pages(opml, catalog, [])}


def test_every_feed_once_in_its_group(week_desk: Any) -> None:
    root = outline(week_desk, rss, atom, json_feed)
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "Weekly Wire"
    assert [o.get("text") for o in root.findall("body/outline")] == [
        "Weekly Wire",
        "Weekly Wire: Editions",
        "Topics",
        "Providers",
        "Authors",
    ]
    feeds = [o for o in root.iter("outline") if o.get("xmlUrl")]
    assert len(feeds) == 6
    assert len({o.get("xmlUrl") for o in feeds}) == 6
    topic = root.find("body/outline[@text='Topics']/outline")
    assert dict(topic.attrib) == {
        "type": "rss",
        "text": "Weekly Wire: AI",
        "title": "Weekly Wire: AI",
        "xmlUrl": "https://digest.example/topics/ai/feed.xml",
        "htmlUrl": "https://digest.example/topics/ai/",
        "description": "Weekly Wire: AI",
    }


def test_the_best_format_that_is_planned_stands_in(week_desk: Any) -> None:
    root = outline(week_desk, atom, json_feed)
    urls = [o.get("xmlUrl") for o in root.iter("outline") if o.get("xmlUrl")]
    assert all(url.endswith("/atom.xml") for url in urls)


def test_no_feeds_no_list(week_desk: Any) -> None:
    assert outline(week_desk) is None


def test_hostile_names_are_attributes_only(desk: Any) -> None:
    desk.set(title='"><script>\x00')
    root = outline(desk, rss)
    assert root.findtext("head/title") == '"><script>'
    assert root.find(".//script") is None


def test_sources_with_their_feeds_where_they_are_known(week_desk: Any) -> None:
    catalog = week_desk.catalog()
    assert opml.SOURCES_PATH not in listed(week_desk, catalog)
    first = catalog.providers[0]
    known = replace(first, feed_url="https://wire.example/rss", domain="wire.example")
    other = replace(
        first, ref=replace(first.ref, name="B & <Co>", key="b.example"), domain="b.example"
    )
    catalog = replace(catalog, providers=(known, other))
    root = etree.fromstring(listed(week_desk, catalog)[opml.SOURCES_PATH])
    feed, link = root.findall("body/outline")
    assert (feed.get("type"), feed.get("xmlUrl")) == ("rss", "https://wire.example/rss")
    assert feed.get("htmlUrl") == "https://wire.example/"
    assert dict(link.attrib) == {"type": "link", "text": "B & <Co>", "url": "https://b.example/"}
