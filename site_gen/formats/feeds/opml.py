"""OPML 2.0: the site's feeds in one file, those of its sources in another."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from site_gen.formats.common.links import absolute
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal_xml, without_indents
from site_gen.formats.common.views import view
from site_gen.formats.common.wording import Words, words
from site_gen.formats.feeds import channels
from site_gen.model import Catalog, Page, Record
from site_gen.settings import Settings

FEEDS_PATH = "feeds.opml"
SOURCES_PATH = "sources.opml"


class Outline(Record, frozen=True, kw_only=True):
    """A feed in the preferred format. `xml` is its URL, "" for a source whose feed is unknown."""

    title: str
    xml: str
    html: str
    group: str
    about: str


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`feeds.opml` if a feed is planned, `sources.opml` if the feed of a source is known."""
    planned = {f"/{page.path}" for page in pages if page.kind == "feed"}
    outlines = tuple(_feed_outlines(catalog, settings, planned))
    if outlines:
        yield _page(FEEDS_PATH, outlines, "the list of feeds", settings)
    if has_sources(catalog):
        yield _page(SOURCES_PATH, tuple(_source_outlines(catalog)), "the list of sources", settings)


def has_sources(catalog: Catalog) -> bool:
    """Whether the feed of any provider is known."""
    return any(provider.feed_url for provider in catalog.providers)


def _page(path: str, outlines: tuple[Outline, ...], origin: str, settings: Settings) -> Page:
    return Page(
        path=path,
        format="opml",
        kind="opml",
        views={
            "site": view(site_view(settings)),
            "outlines": view(outlines),
            "words": view(words(settings.language)),
        },
        origin=origin,
    )


def render(page: Page, theme: object) -> bytes:
    """The XML document in UTF-8."""
    from lxml import etree

    site = page.views["site"].value
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = legal_xml(site.title)
    etree.SubElement(head, "ownerName").text = legal_xml(site.publisher)
    body = etree.SubElement(root, "body")
    for group, members in groupby(page.views["outlines"].value, key=lambda o: o.group):
        parent = _group_element(body, group, page.views["words"].value)
        for outline in members:
            _add_outline(parent, outline)
    data: bytes = etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return without_indents(data)


def _feed_outlines(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Outline]:
    for channel in channels.channels(catalog, settings):
        files = (
            channel.folder + channels.file_name(k, settings) for k, _, _ in channels.FEED_FORMATS
        )
        path = next((file for file in files if file in planned), None)
        if path:
            yield Outline(
                title=legal_xml(channel.title),
                xml=absolute(settings.base, path),
                html=absolute(settings.base, channel.home),
                group=channel.group,
                about=legal_xml(channel.description),
            )


def _source_outlines(catalog: Catalog) -> Iterator[Outline]:
    """An outline for each provider with a feed or a site."""
    for provider in catalog.providers:
        if provider.feed_url or provider.domain:
            yield Outline(
                title=legal_xml(provider.ref.name),
                xml=provider.feed_url,
                html=f"https://{provider.domain}/" if provider.domain else "",
                group="",
                about=legal_xml(provider.description),
            )


def _group_element(body: Any, group: str, spoken: Words) -> Any:
    """The parent of a group's outlines: a folder, or `body` for the site's main feeds."""
    from lxml import etree

    names = {
        "topics": spoken.topics,
        "sections": spoken.sections,
        "providers": spoken.providers,
        "authors": spoken.authors,
    }
    return etree.SubElement(body, "outline", text=names[group]) if group in names else body


def _add_outline(parent: Any, outline: Outline) -> None:
    from lxml import etree

    facts = {"type": "rss", "text": outline.title, "title": outline.title}
    facts |= {"xmlUrl": outline.xml, "htmlUrl": outline.html, "description": outline.about}
    if not outline.xml:
        facts = {"type": "link", "text": outline.title, "url": outline.html}
    etree.SubElement(parent, "outline", facts)
