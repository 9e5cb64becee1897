"""Articles as entries of a feed, within their rights."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import islice
from typing import NamedTuple

from site_gen.formats.common.links import absolute
from site_gen.formats.common.publishable import address, is_visible, picture, shows_body
from site_gen.formats.common.text import img, legal
from site_gen.formats.common.wording import Words, words
from site_gen.formats.feeds.correction_entries import corrected
from site_gen.formats.feeds.entries import Entry
from site_gen.model import ArticleRef, Card, Catalog, Link, Picture
from site_gen.settings import Settings


class Material(NamedTuple):
    """What making entries needs beside the cards; gathered once for all feeds of a format."""

    settings: Settings
    refs: Mapping[str, ArticleRef]
    feeds: dict[str, str]
    cutoffs: dict[str, datetime]
    words: Words

    @property
    def base(self) -> str:
        return self.settings.base


def gather(catalog: Catalog, settings: Settings, refs: Mapping[str, ArticleRef]) -> Material:
    """The material of one catalog, whose articles are `refs` by the ids of their cards."""
    return Material(
        settings=settings,
        refs=refs,
        feeds={p.ref.key: p.feed_url for p in catalog.providers if p.feed_url},
        cutoffs={e.ref.id: e.cutoff for e in catalog.editions if e.ref.closed},
        words=words(settings.language),
    )


def newest(cards: Sequence[Card], material: Material, count: int) -> tuple[Card, ...]:
    """The cards a feed of `count` entries holds: newest first by the date of the settings.

    `cards` come newest first by their own dates, those of one moment by id.
    """
    settings = material.settings
    if settings.feeds.date == "edition":
        # A stable sort: within one moment the order of `cards` stays, by date and id.
        closed = material.cutoffs
        cards = sorted(cards, key=lambda c: closed.get(c.edition, c.date), reverse=True)
    chosen = (card for card in cards if is_visible(card) and address(card, settings))
    return tuple(islice(chosen, count))


def published(card: Card, material: Material) -> datetime:
    """The article's own date, or its edition's cut-off once that has passed."""
    if material.settings.feeds.date == "edition":
        return material.cutoffs.get(card.edition, card.date)
    return card.date


def article_entry(card: Card, material: Material, content: str) -> Entry:
    """An article as a feed shows it, within its rights; `content` as in `[feeds]`."""
    settings = material.settings
    image = picture(card, settings)
    if image is not None:
        image = _absolute_picture(image, material.base)
    when = published(card, material)
    corrections = material.refs[card.id].corrections
    has_body = shows_body(card) and content == "full"
    entry = Entry(
        id=legal(card.guid),
        title=legal(card.title),
        link=entry_link(card, settings),
        published=when,
        updated=max(when, card.lastmod, *(c.date for c in corrections if c.date)),
        summary=legal(card.excerpt or card.title),
        has_body=has_body,
        original=card.original,
        source=_source(card, material),
        creators=_creators(card, material.base),
        categories=tuple(legal(topic.name) for topic in card.topics),
        image=image,
        language=card.language,
    )
    if content == "none":
        return entry
    lead = corrected(corrections, settings) + _thumbnail(entry, card)
    if card.why:
        lead += f"<p><em>{escape(material.words.why.format(card.why))}</em></p>"
    return (
        _with(entry, lead=lead)
        if has_body
        else _with(entry, html=lead + _short(entry, card, material.words))
    )


def entry_link(card: Card, settings: Settings) -> str:
    """Our page; the original for an entry without body, where settings say so."""
    if settings.feeds.link == "original" and card.original and not shows_body(card):
        return card.original
    return absolute(settings.base, address(card, settings))


def _source(card: Card, material: Material) -> Link | None:
    url = material.feeds.get(card.provider.key) if card.provider else None
    return Link(name=legal(card.provider.name), url=url) if card.provider and url else None


def _creators(card: Card, base: str) -> tuple[Link, ...]:
    """Its authors, else its provider: an entry without either would seem to be our own."""
    if card.authors:
        people = card.authors
        return tuple(Link(name=legal(a.name), url=absolute(base, a.permalink)) for a in people)
    if card.provider and card.provider.name:
        return (Link(name=legal(card.provider.name), url=""),)
    return ()


def _thumbnail(entry: Entry, card: Card) -> str:
    """The picture, which leads to the video where it stands for one.

    Any other is no link, as the entry is one itself, so that it needs no name: the title, which
    readers of the screen would hear twice.
    """
    if entry.image is None:
        return ""
    if card.type.lower() == "video" and entry.original:
        return f'<p><a href="{escape(entry.original)}">{img(entry.image, entry.title)}</a></p>'
    return f"<p>{img(entry.image)}</p>"


def _short(entry: Entry, card: Card, spoken: Words) -> str:
    """The content of an entry without body: its excerpt and the way to the whole."""
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
        caption=legal(image.caption),
        credit=legal(image.credit),
        alt=legal(image.alt),
    )


def _with(entry: Entry, **changes: str) -> Entry:
    from msgspec.structs import replace

    return replace(entry, **changes)
