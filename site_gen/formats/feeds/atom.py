"""Atom (RFC 4287), written with lxml.

feedgen is not used here: its Atom lacks the hub, the language and the attributes of entry links.
"""

import re
from collections.abc import Iterator
from typing import Any

from site_gen.basics.dates import iso
from site_gen.formats.common.text import without_indents
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.feeds.entries import Entry, FeedHead, entries_with_html
from site_gen.formats.feeds.pages import feed_units
from site_gen.formats.feeds.rss_elements import MEDIA, add_element, add_media_content
from site_gen.model import Catalog, Link, Page
from site_gen.settings import Settings

LIBRARIES = ("lxml.etree",)
"""Imported before workers are forked: see `formats.import_libraries`."""

NAMESPACE = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """The feeds of articles, editions, each topic, provider and author."""
    return feed_units("atom", catalog, settings, digests)


def render(page: Page, theme: object) -> bytes:
    """The XML document in UTF-8."""
    from lxml import etree

    head: FeedHead = page.views["feed"].value
    prefixes: dict[Any, str] = {None: NAMESPACE, "media": MEDIA}
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap=prefixes)
    root.set(LANGUAGE, head.language)
    _add_feed_elements(root, head)
    for entry, html in entries_with_html(page):
        _add_entry_elements(_add(root, "entry"), entry, html)
    data: bytes = etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)
    return without_indents(data)


def _add_feed_elements(root: Any, head: FeedHead) -> None:
    _add(root, "id", head.id)
    _add(root, "title", head.title, type="text")
    _add(root, "subtitle", head.description, type="text")
    _add(root, "updated", iso(head.updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=head.address)
    _add(root, "link", rel="alternate", type="text/html", href=head.home)
    if head.hub:
        _add(root, "link", rel="hub", href=head.hub)
    if head.logo:
        _add(root, "logo", head.logo)
    _add(_add(root, "author"), "name", head.author)
    _add(root, "generator", head.generator)


def _add_entry_elements(element: Any, entry: Entry, html: str) -> None:
    if entry.language:
        element.set(LANGUAGE, entry.language)
    _add(element, "id", iri(entry.id))
    _add(element, "title", entry.title, type="text")
    _add(element, "link", rel="alternate", type="text/html", href=entry.link)
    if entry.original and entry.original != entry.link:
        _add(element, "link", rel="via", href=entry.original)
    _add(element, "published", iso(entry.published))
    _add(element, "updated", iso(entry.updated))
    for person in entry.creators:
        _add_author(element, person)
    for name in entry.categories:
        _add(element, "category", term=name)
    _add(element, "summary", entry.summary, type="text")
    if html:
        _add(element, "content", html, type="html")
    if entry.image:
        add_media_content(element, entry.image)


_NOT_IRI = r"\s\x00-\x20\x7f-\xa0\"<>\\^`{|}\[\]%#\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff"
_IRI_REST = rf"(?:[^{_NOT_IRI}]|%[0-9A-Fa-f]{{2}})*+"
"""RFC 3987, section 2.2: letters of every script, no space, quote or stray percent sign."""
_IRI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*+:(?=[^#])(?://(?:\[[0-9A-Fa-f:.]++\])?)?{_IRI_REST}(?:#{_IRI_REST})?"
)


def iri(guid: str) -> str:
    """The guid as an absolute IRI, which RFC 4287, section 4.2.6, requires. Any other guid becomes
    a UUID computed from it, which never changes."""
    if _IRI.fullmatch(guid):
        return guid
    from uuid import NAMESPACE_URL, uuid5  # few sites need it

    return f"urn:uuid:{uuid5(NAMESPACE_URL, guid)}"


def _add_author(element: Any, person: Link) -> None:
    author = _add(element, "author")
    _add(author, "name", person.name)
    if person.url:
        _add(author, "uri", person.url)


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = add_element(parent, f"{{{NAMESPACE}}}{name}", **attributes)
    element.text = text or None
    return element
