"""Which feeds exist. The one place that decides it, for the feeds and for all links to them."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from site_gen import permalinks
from site_gen.formats.common.site import site_view
from site_gen.formats.common.wording import words
from site_gen.memo.archive import cards_of
from site_gen.model import Card, Catalog, FeedLink, Record
from site_gen.settings import Settings

FEED_FORMATS = (
    ("rss", "application/rss+xml", "RSS"),
    ("atom", "application/atom+xml", "Atom"),
    ("json_feed", "application/feed+json", "JSON Feed"),
)
"""(format, media type, name for readers), the preferred format first."""

ARTICLES_FOLDER = "/articles/"
"""The folder of the article feeds if the edition feeds are at the top."""

SITE_GROUPS = frozenset({"articles", "editions"})
"""The groups with one channel for the whole site. Other groups have one for each list."""


class Channel(Record, frozen=True, kw_only=True):
    """A feed, independent of its format.

    group    articles, editions, corrections, topics, sections, providers or authors
    home     permalink of the page with the same content
    folder   site-absolute folder of the feed's files
    cards    newest first; empty for the feeds of editions and corrections
    """

    group: str
    title: str
    description: str
    home: str
    folder: str
    cards: Sequence[Card] = ()


def file_name(name: str, settings: Settings) -> str:
    """The file name of feeds in a feed format."""
    return str(getattr(settings.feeds.names, name))


def group_formats(group: str, settings: Settings) -> tuple[str, ...]:
    """The feed formats in which the channels of a group are written; none for stories."""
    wanted = [name for name, *_ in FEED_FORMATS if name in settings.formats and group != "stories"]
    if group not in SITE_GROUPS:
        wanted = [name for name in wanted if name in settings.feeds.lists.formats]
    return tuple(wanted)


def group_content(group: str, settings: Settings) -> str:
    """How much of an article the channels of a group hold, as `feeds.content`; lists never hold
    more than the site's feeds."""
    content = settings.feeds.content
    return (
        settings.feeds.lists.content if content == "full" and group not in SITE_GROUPS else content
    )


def group_limit(group: str, settings: Settings) -> int:
    """The maximum number of entries in the channels of a group."""
    feeds = settings.feeds
    if group == "editions" and feeds.main != "editions":
        return min(feeds.items, feeds.editions)
    return feeds.items if group in SITE_GROUPS else feeds.lists.count


def channels(catalog: Catalog, settings: Settings) -> Iterator[Channel]:
    """Every feed of the site: articles, editions, corrections, then those of lists."""
    yield from _site_channels(catalog, settings)
    if catalog.corrections:
        name = words(settings.language).corrections_list
        yield _channel("corrections", name, "", permalinks.CORRECTIONS, (), settings)
    # By slug: the catalog's order, by the number of stories, changes with each story.
    for topic in sorted(catalog.topics, key=lambda topic: topic.ref.slug):
        ref = topic.ref
        yield _channel("topics", ref.name, topic.description, ref.permalink, topic.cards, settings)
    for section in catalog.sections:
        at = section.ref
        yield _channel("sections", at.name, "", at.permalink, section.cards, settings)
    for publisher in catalog.providers:
        place = publisher.ref
        about = publisher.description
        yield _channel("providers", place.name, about, place.permalink, publisher.cards, settings)
    for author in catalog.authors:
        who = author.ref
        yield _channel("authors", who.name, author.bio, who.permalink, author.cards, settings)


def feed_links(catalog: Catalog, settings: Settings) -> tuple[FeedLink, ...]:
    """Links to every feed in every enabled format, for `/feeds/`."""
    empty = replace(catalog, articles=())  # a link needs none of them
    return tuple(
        link for channel in channels(empty, settings) for link in _links(channel, settings)
    )


def site_links(settings: Settings) -> tuple[FeedLink, ...]:
    """The feeds that every page links to: articles and editions."""
    empty = Catalog(articles=(), editions=(), topics=(), providers=(), authors=(), pages=())
    found = (_links(channel, settings) for channel in _site_channels(empty, settings))
    return tuple(link for links in found for link in links)


def page_links(name: str, permalink: str, group: str, settings: Settings) -> tuple[FeedLink, ...]:
    """The feeds of one topic, provider or author, for its own page."""
    return _links(_channel(group, name, "", permalink, (), settings), settings)


def _site_channels(catalog: Catalog, settings: Settings) -> Iterator[Channel]:
    site = site_view(settings)
    about = site.description or site.title
    spoken = words(settings.language)
    by_editions = settings.feeds.main == "editions"
    articles = Channel(
        group="articles",
        title=f"{site.title}: {spoken.articles}" if by_editions else site.title,
        description=about,
        home=permalinks.HOME,
        folder=ARTICLES_FOLDER if by_editions else permalinks.HOME,
        cards=cards_of(catalog.articles),
    )
    editions = Channel(
        group="editions",
        title=site.title if by_editions else f"{site.title}: {spoken.editions}",
        description=about,
        home=permalinks.HOME if by_editions else permalinks.ARCHIVE,
        folder=permalinks.HOME if by_editions else permalinks.ARCHIVE,
    )
    yield from (editions, articles) if by_editions else (articles, editions)


def _channel(
    group: str, name: str, about: str, home: str, cards: Sequence[Card], settings: Settings
) -> Channel:
    title = f"{settings.title}: {name}"
    return Channel(
        group=group, title=title, description=about or title, home=home, folder=home, cards=cards
    )


def _links(channel: Channel, settings: Settings) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(
            title=f"{channel.title} ({label})",
            path=channel.folder + file_name(name, settings),
            media_type=media_type,
            group=channel.group,
        )
        for name, media_type, label in FEED_FORMATS
        if name in group_formats(channel.group, settings)
    )
