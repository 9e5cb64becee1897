"""Editions as entries of a feed: one each, dated at its cut-off, its contents as HTML."""

from html import escape

from site_gen.formats.common.contents import Told, contents
from site_gen.formats.common.links import absolute, absolute_html, tag
from site_gen.formats.common.publishable import closed, is_visible, named, visible
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal
from site_gen.formats.common.wording import edition_name, words
from site_gen.formats.feeds.article_entries import Material, entry_link
from site_gen.formats.feeds.channels import count_of
from site_gen.formats.feeds.correction_entries import told
from site_gen.formats.feeds.entries import Entry
from site_gen.model import Card, Catalog, Edition, Link
from site_gen.settings import Settings


def edition_entries(catalog: Catalog, material: Material) -> tuple[Entry, ...]:
    """One entry an edition, dated at its cut-off, with its contents as HTML; closed ones only."""
    editions = closed(catalog)[: count_of("editions", material.settings)]
    return tuple(_edition_entry(edition, material) for edition in editions)


def _edition_entry(edition: Edition, material: Material) -> Entry:
    settings = material.settings
    cards = visible(edition.cards)
    link = absolute(material.base, edition.ref.permalink if "html" in settings.formats else "/")
    titles = "; ".join(card.title for card in cards[:5])
    found = contents(edition, is_visible)
    listing = _list(found.top, settings)
    for part in found.parts:
        name = part.band.name or words(settings.language).more
        listing += f"<h3>{escape(name)}</h3>{_list(part.stories, settings)}"
    note = absolute_html(edition.note, material.base, link)
    html = note + listing + _corrections(edition, settings)
    return Entry(
        id=legal(edition_tag(edition, settings)),
        title=legal(f"{settings.title} {edition_name(edition.ref, site_view(settings))}"),
        link=link,
        published=edition.cutoff,
        updated=max(edition.cutoff, edition.lastmod, *(c.date for c in edition.corrections)),
        summary=legal(edition.excerpt if edition.path and edition.excerpt else titles),
        html=legal(html) if settings.feeds.content != "none" else "",
        creators=_creators(edition, settings),
    )


def edition_tag(edition: Edition, settings: Settings) -> str:
    """The guid of an edition: its note's own, else a tag of its id."""
    return edition.guid or tag(f"editions/{edition.ref.id}", settings)


def _creators(edition: Edition, settings: Settings) -> tuple[Link, ...]:
    if edition.authors:
        return tuple(
            Link(name=legal(who.name), url=absolute(settings.base, who.permalink))
            for who in edition.authors
        )
    return (Link(name=legal(settings.publisher.name or settings.title), url=""),)


def _corrections(edition: Edition, settings: Settings) -> str:
    """Those of its own stories, and those of earlier editions that it told of."""
    spoken = words(settings.language)
    own = told(edition.corrections, spoken.corrections_list, settings)
    return own + told(edition.earlier, spoken.corrections, settings)


def _list(stories: tuple[Told, ...], settings: Settings) -> str:
    lines = "".join(f"<li>{_story(story, settings)}</li>" for story in stories)
    return f"<ol>{lines}</ol>" if lines else ""


def _story(story: Told, settings: Settings) -> str:
    card = story.card
    parts = [_link(card, card.title, settings)]
    parts += [escape(card.excerpt)] if card.excerpt else []
    parts += [f"<em>{escape(card.why)}</em>"] if card.why else []
    if story.covered:
        others = ", ".join(_link(each, named(each), settings) for each in story.covered)
        parts.append(escape(words(settings.language).covered).format(others))
    return "<br>".join(parts)


def _link(card: Card, text: str, settings: Settings) -> str:
    link = entry_link(card, settings)
    return f'<a href="{escape(link)}">{escape(text)}</a>' if link else escape(text)
