"""What one entry of a feed is, whatever the feed's format: shared by RSS, Atom and JSON Feed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from site_gen.formats import feeds
from site_gen.formats.links import absolute, absolute_html
from site_gen.formats.site import site_view
from site_gen.formats.text import img, legal
from site_gen.formats.views import bodies_view, view
from site_gen.formats.visible import address, closed, picture, shows_body, visible
from site_gen.formats.words import Words, edition_name, words
from site_gen.model import ArticleRef, Card, Catalog, Edition, Link, Noun, Page, Picture
from site_gen.settings import Settings

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What an empty feed says of its age: feeds never ask the clock."""


class Head(Noun, frozen=True, kw_only=True):
    """A feed as a whole; every URL is absolute. `updated` is the newest change of an entry."""

    id: str
    title: str
    description: str
    home: str
    address: str
    base: str
    language: str
    generator: str
    author: str
    updated: datetime
    logo: str = ""
    hub: str = ""


class Entry(Noun, frozen=True, kw_only=True):
    """One entry; every URL is absolute, every text free of characters that XML forbids.

    html       its content, unless `has_body`: then the next of the page's bodies
    lead       what stands before that body: its picture
    source     title and address of the provider's own feed, where known
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    summary: str
    html: str = ""
    lead: str = ""
    has_body: bool = False
    original: str = ""
    source: Link | None = None
    creators: tuple[Link, ...] = ()
    categories: tuple[str, ...] = ()
    image: Picture | None = None
    language: str = ""


class Material(NamedTuple):
    """What making entries needs beside the cards; gathered once for all feeds of a format."""

    settings: Settings
    refs: dict[str, ArticleRef]
    feeds: dict[str, str]
    cutoffs: dict[str, datetime]
    words: Words

    @property
    def base(self) -> str:
        return self.settings.base


def feed_pages(name: str, file: str, catalog: Catalog, settings: Settings) -> Iterator[Page]:
    """One page for each channel, in the feed format `name`."""
    material = gather(catalog, settings)
    for channel in feeds.channels(catalog, settings):
        if channel.group == "editions":
            chosen: tuple[Card, ...] = ()
            entries = edition_entries(catalog, material)
        else:
            chosen = newest(channel.cards, material)
            entries = tuple(article_entry(card, material) for card in chosen)
        with_body = (card for card, e in zip(chosen, entries, strict=False) if e.has_body)
        yield Page(
            path=(channel.folder + file).lstrip("/"),
            format=name,
            kind="feed",
            views={
                "feed": view(_head(channel, file, entries, settings)),
                "entries": view(entries),
                "bodies": bodies_view(tuple(material.refs[card.id] for card in with_body)),
            },
            lastmod=max((e.updated for e in entries), default=None),
            origin=f"the feed {channel.title}",
        )


def contents(page: Page) -> Iterator[tuple[Entry, str]]:
    """Each entry with its HTML, "" where settings or rights leave none."""
    head: Head = page.views["feed"].value
    bodies = iter(page.views["bodies"].value)
    for entry in page.views["entries"].value:
        html = entry.html
        if entry.has_body:
            html = entry.lead + absolute_html(next(bodies), head.base, entry.link)
        yield entry, legal(html)


def gather(catalog: Catalog, settings: Settings) -> Material:
    return Material(
        settings=settings,
        refs={article.card.id: article for article in catalog.articles},
        feeds={p.ref.key: p.feed_url for p in catalog.providers if p.feed_url},
        cutoffs={e.ref.id: e.cutoff for e in catalog.editions if e.ref.closed},
        words=words(settings.language),
    )


def newest(cards: Sequence[Card], material: Material) -> tuple[Card, ...]:
    """The cards a feed holds: newest first by the date that the settings choose."""
    chosen = (card for card in visible(cards) if address(card, material.settings))
    ranked = sorted(chosen, key=lambda card: card.id)
    ranked.sort(key=lambda card: (published(card, material), card.date), reverse=True)
    return tuple(ranked[: material.settings.feeds.items])


def published(card: Card, material: Material) -> datetime:
    """The article's own date, or its edition's cut-off once that has passed."""
    if material.settings.feeds.date == "edition":
        return material.cutoffs.get(card.edition, card.date)
    return card.date


def article_entry(card: Card, material: Material) -> Entry:
    """An article as a feed shows it, within its rights."""
    settings = material.settings
    image = picture(card, settings)
    if image is not None:
        image = _absolute_picture(image, material.base)
    when = published(card, material)
    has_body = shows_body(card) and settings.feeds.content == "full"
    entry = Entry(
        id=legal(card.guid),
        title=legal(card.title),
        link=_link(card, settings),
        published=when,
        updated=max(when, card.lastmod),
        summary=legal(card.excerpt or card.title),
        has_body=has_body,
        original=card.original,
        source=_source(card, material),
        creators=_creators(card, material.base),
        categories=tuple(legal(topic.name) for topic in card.topics),
        image=image,
        language=card.language,
    )
    if settings.feeds.content == "none":
        return entry
    lead = _thumbnail(entry, card)
    return (
        _with(entry, lead=lead)
        if has_body
        else _with(entry, html=lead + _short(entry, card, material.words))
    )


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
    link = _link(card, settings)
    name = f'<a href="{escape(link)}">{title}</a>' if link else title
    excerpt = f"<br>{escape(card.excerpt)}" if card.excerpt else ""
    return f"<li>{name}{excerpt}</li>"


def tag(name: str, settings: Settings) -> str:
    """A tag URI (RFC 4151) of ours for what has no guid of its own."""
    return f"tag:{settings.tag}:{quote(name, safe='/')}"


def _head(
    channel: feeds.Channel, file: str, entries: tuple[Entry, ...], settings: Settings
) -> Head:
    site = site_view(settings)
    return Head(
        id=tag(f"feeds{channel.folder}".rstrip("/"), settings),
        title=legal(channel.title),
        description=legal(channel.description),
        home=absolute(site.base_url, channel.home if "html" in settings.formats else "/"),
        address=absolute(site.base_url, channel.folder + file),
        base=site.base_url,
        language=site.language,
        generator=site.generator,
        author=legal(site.publisher),
        updated=max((entry.updated for entry in entries), default=EARLIEST),
        logo=absolute(site.base_url, site.publisher_logo),
        hub=settings.feeds.hub,
    )


def _link(card: Card, settings: Settings) -> str:
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
    """The picture, as a link: to the video where it stands for one."""
    if entry.image is None:
        return ""
    video = card.type.lower() == "video" and entry.original
    target = entry.original if video else entry.link
    return f'<p><a href="{escape(target)}">{img(entry.image, entry.title)}</a></p>'


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
