"""Parts of pages that are worked out from the catalog: bands, downloads, the main menu."""

from site_gen import permalinks
from site_gen.formats.feeds.channels import site_links
from site_gen.model import Card, Catalog, Edition, Link, Section
from site_gen.settings import Settings
from site_gen.theme.load import Theme


def sections(cards: tuple[Card, ...], catalog: Catalog) -> tuple[Section, ...]:
    """Bands by main topic, in the catalog's order of topics; what has none comes last."""
    refs = {topic.ref.slug: topic.ref for topic in catalog.topics}
    groups: dict[str, list[Card]] = {slug: [] for slug in (*refs, "")}
    for card in cards:
        groups[card.topics[0].slug if card.topics else ""].append(card)
    return tuple(
        Section(topic=refs.get(slug), cards=tuple(group)) for slug, group in groups.items() if group
    )


def downloads(edition: Edition, theme: Theme, settings: Settings) -> tuple[Link, ...]:
    """The other forms of a closed edition."""
    if not edition.ref.closed:
        return ()
    say = theme.strings.translate
    own = edition.ref.folder
    found = []
    if "email" in settings.formats:
        found.append(Link(name=say("download_email"), url=f"{own}email.html"))
    if "epub" in settings.formats:
        found.append(Link(name=say("download_epub"), url=f"{own}{edition.ref.id}.epub"))
    return tuple(found)


def navigation(catalog: Catalog, theme: Theme, settings: Settings) -> tuple[Link, ...]:
    """The main menu: archive, topics, pages that ask for it, search, feeds."""
    say = theme.strings.translate
    links = [Link(name=say("archive"), url=permalinks.ARCHIVE)]
    links.append(Link(name=say("topics"), url=permalinks.TOPICS))
    links += [Link(name=p.title, url=p.permalink) for p in catalog.pages if p.menu]
    if "search" in settings.formats:
        links.append(Link(name=say("search"), url=permalinks.SEARCH))
    if site_links(settings):
        links.append(Link(name=say("feeds"), url=permalinks.FEEDS))
    return tuple(links)
