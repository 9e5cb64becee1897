"""Editions as entries of a feed: one a week, dated at its cut-off, its contents as HTML."""

from html import escape

from site_gen.formats.common.links import absolute, absolute_html, tag
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.visible import closed, visible
from site_gen.formats.common.wording import edition_name
from site_gen.formats.feeds.article_entries import Material, entry_link
from site_gen.formats.feeds.entries import Entry
from site_gen.model import Card, Catalog, Edition, Link
from site_gen.settings import Settings


def edition_entries(catalog: Catalog, material: Material) -> tuple[Entry, ...]:
    """One entry a week, dated at its cut-off, with its contents as HTML; closed editions only."""
    editions = closed(catalog)[: material.settings.feeds.items]
    return tuple(_edition_entry(edition, material) for edition in editions)


def _edition_entry(edition: Edition, material: Material) -> Entry:
    settings = material.settings
    cards = visible(edition.cards)
    link = absolute(material.base, edition.ref.permalink if "html" in settings.formats else "/")
    titles = "; ".join(card.title for card in cards[:5])
    listing = "".join(_line(card, settings) for card in cards)
    note = absolute_html(edition.note, material.base, link)
    return Entry(
        id=tag(f"editions/{edition.ref.id}", settings),
        title=legal(f"{settings.title} {edition_name(edition.ref, site_view(settings))}"),
        link=link,
        published=edition.cutoff,
        updated=max(edition.cutoff, edition.lastmod),
        summary=legal(titles),
        html=legal(f"{note}<ol>{listing}</ol>") if settings.feeds.content != "none" else "",
        creators=(Link(name=legal(settings.publisher.name or settings.title), url=""),),
    )


def _line(card: Card, settings: Settings) -> str:
    title = escape(card.title)
    link = entry_link(card, settings)
    name = f'<a href="{escape(link)}">{title}</a>' if link else title
    excerpt = f"<br>{escape(card.excerpt)}" if card.excerpt else ""
    return f"<li>{name}{excerpt}</li>"
