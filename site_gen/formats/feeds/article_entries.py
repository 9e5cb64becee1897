"""Makes feed entries of articles, as far as their rights allow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import islice
from typing import NamedTuple

from site_gen.formats.common.links import absolute
from site_gen.formats.common.publishable import allowed_picture, is_visible, reader_url, shows_body
from site_gen.formats.common.text import img_tag, legal_xml
from site_gen.formats.common.wording import Words, words
from site_gen.formats.feeds.correction_entries import corrections_html
from site_gen.formats.feeds.entries import Entry
from site_gen.model import ArticleRef, Card, Catalog, Link, Picture
from site_gen.settings import Settings


class EntryContext(NamedTuple):
    """What entries need beside their cards, collected once for all feeds.

    refs      card id -> article
    feeds     provider key -> URL of the provider's own feed
    cutoffs   id of a closed edition -> its cut-off
    """

    settings: Settings
    refs: Mapping[str, ArticleRef]
    feeds: dict[str, str]
    cutoffs: dict[str, datetime]
    words: Words

    @property
    def base(self) -> str:
        return self.settings.base


def entry_context(
    catalog: Catalog, settings: Settings, refs: Mapping[str, ArticleRef]
) -> EntryContext:
    """The context for the entries of a catalog; `refs` are its articles by card id."""
    return EntryContext(
        settings=settings,
        refs=refs,
        feeds={p.ref.key: p.feed_url for p in catalog.providers if p.feed_url},
        cutoffs={e.ref.id: e.cutoff for e in catalog.editions if e.ref.closed},
        words=words(settings.language),
    )


def newest_cards(cards: Sequence[Card], material: EntryContext, count: int) -> tuple[Card, ...]:
    """The cards in a feed of at most `count` entries, newest first by the date that `feeds.date`
    selects. `cards` must be sorted newest first by their own dates, then by id."""
    settings = material.settings
    if settings.feeds.date == "edition":
        # The sort is stable: cards with the same cut-off stay sorted by date and id.
        closed = material.cutoffs
        cards = sorted(cards, key=lambda c: closed.get(c.edition, c.date), reverse=True)
    chosen = (card for card in cards if is_visible(card) and reader_url(card, settings))
    return tuple(islice(chosen, count))


def published_date(card: Card, material: EntryContext) -> datetime:
    """The date of an article's entry: its own, or the cut-off of its closed edition if `feeds.date`
    is "edition"."""
    if material.settings.feeds.date == "edition":
        return material.cutoffs.get(card.edition, card.date)
    return card.date


def article_entry(card: Card, material: EntryContext, content: str) -> Entry:
    """The feed entry of an article, as far as its rights allow; `content` as in `[feeds]`."""
    settings = material.settings
    image = allowed_picture(card, settings)
    if image is not None:
        image = _absolute_picture(image, material.base)
    when = published_date(card, material)
    corrections = material.refs[card.id].corrections
    has_body = shows_body(card) and content == "full"
    entry = Entry(
        id=legal_xml(card.guid),
        title=legal_xml(card.title),
        link=entry_link(card, settings),
        published=when,
        updated=max(when, card.lastmod, *(c.date for c in corrections if c.date)),
        summary=legal_xml(card.excerpt or card.title),
        has_body=has_body,
        original=card.original,
        source=_source_feed(card, material),
        creators=_creators(card, material.base),
        categories=tuple(legal_xml(topic.name) for topic in card.topics),
        image=image,
        language=card.language,
    )
    if content == "none":
        return entry
    lead = corrections_html(corrections, settings) + _thumbnail(entry, card)
    if card.why:
        lead += f"<p><em>{escape(material.words.why.format(card.why))}</em></p>"
    return (
        _replace(entry, lead=lead)
        if has_body
        else _replace(entry, html=lead + _excerpt_html(entry, card, material.words))
    )


def entry_link(card: Card, settings: Settings) -> str:
    """The URL of an entry: our page, or the original if `feeds.link` asks for it and the entry has
    no body."""
    if settings.feeds.link == "original" and card.original and not shows_body(card):
        return card.original
    return absolute(settings.base, reader_url(card, settings))


def _source_feed(card: Card, material: EntryContext) -> Link | None:
    url = material.feeds.get(card.provider.key) if card.provider else None
    return Link(name=legal_xml(card.provider.name), url=url) if card.provider and url else None


def _creators(card: Card, base: str) -> tuple[Link, ...]:
    """The authors, else the provider: an entry without either would seem to be by the publisher."""
    if card.authors:
        people = card.authors
        return tuple(Link(name=legal_xml(a.name), url=absolute(base, a.permalink)) for a in people)
    if card.provider and card.provider.name:
        return (Link(name=legal_xml(card.provider.name), url=""),)
    return ()


def _thumbnail(entry: Entry, card: Card) -> str:
    """The picture as HTML; that of a video links to it.

    Other pictures are not links, as the entry is one itself. So they need no alternative text,
    which would only make screen readers say the title twice.
    """
    if entry.image is None:
        return ""
    if card.type.lower() == "video" and entry.original:
        return f'<p><a href="{escape(entry.original)}">{img_tag(entry.image, entry.title)}</a></p>'
    return f"<p>{img_tag(entry.image)}</p>"


def _excerpt_html(entry: Entry, card: Card, spoken: Words) -> str:
    """The content of an entry without body: the excerpt and a link to the original."""
    text = f"<p>{escape(entry.summary)}</p>"
    if not entry.original:
        return text
    name = spoken.read_original
    if card.provider and card.provider.name:
        name = spoken.read_at.format(card.provider.name)
    return f'{text}<p><a href="{escape(entry.original)}">{escape(name)}</a></p>'


def _absolute_picture(image: Picture, base: str) -> Picture:
    from msgspec.structs import replace

    return replace(
        image,
        url=absolute(base, image.url),
        caption=legal_xml(image.caption),
        credit=legal_xml(image.credit),
        alt=legal_xml(image.alt),
    )


def _replace(entry: Entry, **changes: str) -> Entry:
    from msgspec.structs import replace

    return replace(entry, **changes)
