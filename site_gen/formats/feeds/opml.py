"""OPML 2.0 of our own feeds and of our sources', so that a reader program subscribes to all of them
at once."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from site_gen.formats.common.links import absolute
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal, without_indents
from site_gen.formats.common.views import view
from site_gen.formats.common.wording import Words, words
from site_gen.formats.feeds import channels
from site_gen.model import Catalog, Noun, Page
from site_gen.settings import Settings

PATH = "feeds.opml"
SOURCES = "sources.opml"


class Outline(Noun, frozen=True, kw_only=True):
    """One feed, in the best format that is on; a source without a known feed has no `xml`."""

    title: str
    xml: str
    html: str
    group: str
    about: str


def plan(
    catalog: Catalog, theme: object, settings: Settings, pages: Sequence[Page]
) -> Iterator[Page]:
    """`feeds.opml` where a feed is planned, `sources.opml` where a feed of a source is known."""
    planned = {f"/{page.path}" for page in pages if page.kind == "feed"}
    outlines = tuple(_outlines(catalog, settings, planned))
    if outlines:
        yield _page(PATH, outlines, "the list of feeds", settings)
    if has_sources(catalog):
        yield _page(SOURCES, tuple(_sources(catalog)), "the list of sources", settings)


def has_sources(catalog: Catalog) -> bool:
    """Whether the settings know the feed of a provider that is shown."""
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
    """The XML document, in UTF-8."""
    from lxml import etree

    site = page.views["site"].value
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = legal(site.title)
    etree.SubElement(head, "ownerName").text = legal(site.publisher)
    body = etree.SubElement(root, "body")
    for group, members in groupby(page.views["outlines"].value, key=lambda o: o.group):
        parent = _folder(body, group, page.views["words"].value)
        for outline in members:
            _outline(parent, outline)
    data: bytes = etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return without_indents(data)


def _outlines(catalog: Catalog, settings: Settings, planned: set[str]) -> Iterator[Outline]:
    for channel in channels.channels(catalog, settings):
        files = (channel.folder + channels.file_of(k, settings) for k, _, _ in channels.KINDS)
        path = next((file for file in files if file in planned), None)
        if path:
            yield Outline(
                title=legal(channel.title),
                xml=absolute(settings.base, path),
                html=absolute(settings.base, channel.home),
                group=channel.group,
                about=legal(channel.description),
            )


def _sources(catalog: Catalog) -> Iterator[Outline]:
    """Each provider that has a feed or a site."""
    for provider in catalog.providers:
        if provider.feed_url or provider.domain:
            yield Outline(
                title=legal(provider.ref.name),
                xml=provider.feed_url,
                html=f"https://{provider.domain}/" if provider.domain else "",
                group="",
                about=legal(provider.description),
            )


def _folder(body: Any, group: str, spoken: Words) -> Any:
    """Topics, providers and authors get a folder each; the two main feeds stand above them."""
    from lxml import etree

    names = {
        "topics": spoken.topics,
        "sections": spoken.sections,
        "providers": spoken.providers,
        "authors": spoken.authors,
    }
    return etree.SubElement(body, "outline", text=names[group]) if group in names else body


def _outline(parent: Any, outline: Outline) -> None:
    from lxml import etree

    facts = {"type": "rss", "text": outline.title, "title": outline.title}
    facts |= {"xmlUrl": outline.xml, "htmlUrl": outline.html, "description": outline.about}
    if not outline.xml:
        facts = {"type": "link", "text": outline.title, "url": outline.html}
    etree.SubElement(parent, "outline", facts)
