"""Makes feed entries of editions."""

from html import escape

from site_gen.formats.common.contents import StoryGroup, contents
from site_gen.formats.common.links import absolute, absolute_html, tag_uri
from site_gen.formats.common.publishable import (
    closed_editions,
    is_visible,
    source_name,
    visible_cards,
)
from site_gen.formats.common.site import site_view
from site_gen.formats.common.text import legal_xml
from site_gen.formats.common.wording import edition_name, words
from site_gen.formats.feeds.article_entries import EntryContext, entry_link
from site_gen.formats.feeds.channels import group_limit
from site_gen.formats.feeds.correction_entries import corrections_list_html
from site_gen.formats.feeds.entries import Entry
from site_gen.model import Card, Catalog, Edition, Link
from site_gen.settings import Settings


def edition_entries(catalog: Catalog, material: EntryContext) -> tuple[Entry, ...]:
    """One entry for each of the newest closed editions, dated at its cut-off, with note, stories
    and corrections as HTML."""
    editions = closed_editions(catalog)[: group_limit("editions", material.settings)]
    return tuple(_edition_entry(edition, material) for edition in editions)


def _edition_entry(edition: Edition, material: EntryContext) -> Entry:
    settings = material.settings
    cards = visible_cards(edition.cards)
    link = absolute(material.base, edition.ref.permalink if "html" in settings.formats else "/")
    titles = "; ".join(card.title for card in cards[:5])
    found = contents(edition, is_visible)
    listing = _stories_html(found.top, settings)
    for part in found.parts:
        name = part.band.name or words(settings.language).more
        listing += f"<h3>{escape(name)}</h3>{_stories_html(part.stories, settings)}"
    note = absolute_html(edition.note, material.base, link)
    html = note + listing + _corrections_html(edition, settings)
    return Entry(
        id=legal_xml(edition_tag(edition, settings)),
        title=legal_xml(f"{settings.title} {edition_name(edition.ref, site_view(settings))}"),
        link=link,
        published=edition.cutoff,
        updated=max(edition.cutoff, edition.lastmod, *(c.date for c in edition.corrections)),
        summary=legal_xml(edition.excerpt if edition.path and edition.excerpt else titles),
        html=legal_xml(html) if settings.feeds.content != "none" else "",
        creators=_creators(edition, settings),
    )


def edition_tag(edition: Edition, settings: Settings) -> str:
    """The guid of an edition: its note's, else a tag URI made of its id."""
    return edition.guid or tag_uri(f"editions/{edition.ref.id}", settings)


def _creators(edition: Edition, settings: Settings) -> tuple[Link, ...]:
    if edition.authors:
        return tuple(
            Link(name=legal_xml(who.name), url=absolute(settings.base, who.permalink))
            for who in edition.authors
        )
    return (Link(name=legal_xml(settings.publisher.name or settings.title), url=""),)


def _corrections_html(edition: Edition, settings: Settings) -> str:
    """The corrections of the edition's stories, and those it announced for earlier editions."""
    spoken = words(settings.language)
    own = corrections_list_html(edition.corrections, spoken.corrections_list, settings)
    return own + corrections_list_html(edition.earlier, spoken.corrections, settings)


def _stories_html(stories: tuple[StoryGroup, ...], settings: Settings) -> str:
    lines = "".join(f"<li>{_story_html(story, settings)}</li>" for story in stories)
    return f"<ol>{lines}</ol>" if lines else ""


def _story_html(story: StoryGroup, settings: Settings) -> str:
    card = story.card
    parts = [_link_html(card, card.title, settings)]
    parts += [escape(card.excerpt)] if card.excerpt else []
    parts += [f"<em>{escape(card.why)}</em>"] if card.why else []
    if story.covered:
        others = ", ".join(_link_html(each, source_name(each), settings) for each in story.covered)
        parts.append(escape(words(settings.language).covered).format(others))
    return "<br>".join(parts)


def _link_html(card: Card, text: str, settings: Settings) -> str:
    link = entry_link(card, settings)
    return f'<a href="{escape(link)}">{escape(text)}</a>' if link else escape(text)
