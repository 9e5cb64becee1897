"""Elements of RSS that feedgen has no or no right words for, as extensions of its own kind."""

from functools import cache
from typing import Any

from site_gen.basics.dates import iso
from site_gen.formats.common.text import media_type
from site_gen.formats.feeds.entries import Entry
from site_gen.model import Picture

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
MEDIA = "http://search.yahoo.com/mrss/"


class ChannelElements:
    """The namespaces, and the WebSub hub, which feedgen never lets reach RSS."""

    hub = ""

    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "dcterms": DCTERMS, "media": MEDIA}

    def extend_rss(self, feed: Any) -> Any:
        if self.hub:
            _sub(feed.find("channel"), ATOM, "link", href=self.hub, rel="hub")
        return feed


class ItemElements:
    """Creator, correction, picture and original of an item.

    feedgen drops an author without e-mail address and forces pictures into a group.
    """

    entry: Entry

    def extend_ns(self) -> dict[str, str]:
        return {}

    def extend_rss(self, item: Any) -> Any:
        entry = self.entry
        for person in entry.creators:
            _sub(item, DC, "creator").text = person.name
        if entry.updated > entry.published:
            _sub(item, DCTERMS, "modified").text = iso(entry.updated)
        if entry.original:
            _sub(item, ATOM, "link", href=entry.original, rel="via")
        if entry.image:
            media_content(item, entry.image)
        return item


def media_content(item: Any, image: Picture) -> None:
    """A picture by Media RSS, in RSS and Atom alike."""
    facts = {"url": image.url, "medium": "image", "type": media_type(image.url)}
    if image.width and image.height:
        facts |= {"width": str(image.width), "height": str(image.height)}
    content = _sub(item, MEDIA, "content", **{k: v for k, v in facts.items() if v})
    if image.credit:
        _sub(content, MEDIA, "credit").text = image.credit
    if image.caption or image.alt:
        _sub(content, MEDIA, "description", type="plain").text = image.caption or image.alt


def _sub(parent: Any, namespace: str, name: str, **attributes: str) -> Any:
    return add(parent, f"{{{namespace}}}{name}", **attributes)


def add(parent: Any, name: str, **attributes: str) -> Any:
    """A new last element of `parent`."""
    return _made()(parent, name, attributes)


@cache
def _made() -> Any:
    """lxml's own way: to look it up for each of 700 elements costs a tenth of a feed."""
    from lxml import etree

    return etree.SubElement
