"""The head of a page: titles, canonical address, robots, sharing, structured data.

A `Head` is small and is what a plan holds; `page_view` makes the full head when a page is
rendered, so that pages that are not rendered cost nothing.
"""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.basics.dates import iso
from site_gen.formats.html.lists import Listed, Part
from site_gen.formats.images.card_drawing import HEIGHT, WIDTH
from site_gen.model import Card, ContentPage, Edition, Link, PageView, Picture, Record, SiteView

CARD_SIZE = (WIDTH, HEIGHT)


class Head(Record, frozen=True, kw_only=True):
    """The data of a page's head; `card` for an article, `items` for an edition.

    `image` is absolute; `image_size` its width and height in pixels.
    """

    site: SiteView
    kind: str
    title: str
    permalink: str
    canonical: str
    description: str = ""
    card: Card | None = None
    items: tuple[Link, ...] = ()
    image: str = ""
    image_size: tuple[int, int] | None = None
    published: datetime | None = None
    modified: datetime | None = None
    noindex: bool = False


def key(head: Head, site: str) -> str:
    """Digest of a head without a card; the digest `site` stands for its SiteView."""
    items = [part for item in head.items for part in (item.name, item.url)]
    return digest.of_parts(
        site, head.kind, head.title, head.permalink, head.canonical, head.description,
        head.image, str(head.image_size), str(head.published), str(head.modified),
        str(head.noindex), *items,
    )  # fmt: skip


def is_noindex(head: Head) -> bool:
    """Whether the page is kept out of search engines and the sitemap."""
    own = head.site.base_url + head.permalink
    return head.noindex or head.canonical != own


def article(site: SiteView, card: Card, drawn: str = "") -> Head:
    """The head of an article's page; `drawn` is the card for one without a picture of its own."""
    own = site.base_url + card.permalink
    image, size = _shared(card.image, drawn)
    return Head(
        site=site,
        kind="article",
        title=card.title,
        description=card.excerpt,
        permalink=card.permalink,
        canonical=card.original if card.canonical == "original" else own,
        card=card,
        image=_absolute(site, image),
        image_size=size,
        published=card.date,
        modified=card.lastmod,
    )


def edition(site: SiteView, found: Edition, permalink: str, drawn: str = "") -> Head:
    """The head of an edition's page; without a card `drawn` for it, its lead lends its picture."""
    lead = found.cards[0] if found.cards else None
    lent = lead.image if lead and not drawn else None
    image, size = _shared(found.image or lent, drawn)
    return Head(
        site=site,
        kind="edition",
        title=found.ref.title or found.ref.id,
        description=found.excerpt or (lead.title if lead else "") or site.description,
        permalink=permalink,
        canonical=site.base_url + found.ref.permalink,
        items=tuple(Link(name=c.title, url=_absolute(site, c.link)) for c in found.cards),
        image=_absolute(site, image),
        image_size=size,
        published=found.cutoff if found.ref.closed else None,
        modified=found.lastmod,
    )


def _shared(picture: Picture | None, drawn: str) -> tuple[str, tuple[int, int] | None]:
    """Address and size of the picture that goes along when a page is shared."""
    if picture is None or not picture.url:
        return drawn, CARD_SIZE if drawn else None
    size = (picture.width, picture.height) if picture.width and picture.height else None
    return picture.url, size


def home(site: SiteView, newest: Edition | None, drawn: str = "") -> Head:
    """The head of the home page: the newest edition, which is its canonical address."""
    if newest is None:
        return plain(site, "home", site.title, "/")
    head = edition(site, newest, "/", drawn)
    return replace(
        head, kind="home", title=site.title, description=site.description or head.description
    )


def listing(site: SiteView, item: Listed, part: Part) -> Head:
    """The head of a topic's, provider's or author's page."""
    return Head(
        site=site,
        kind="list",
        title=item.name,
        description=item.description,
        permalink=part.permalink,
        canonical=site.base_url + part.permalink,
        modified=max((c.lastmod for c in part.cards), default=None),
    )


def content_page(site: SiteView, page: ContentPage, *, noindex: bool = False) -> Head:
    """The head of a dateless page."""
    head = plain(site, "page", page.title, page.permalink, description=page.excerpt)
    return replace(head, noindex=noindex)


def plain(
    site: SiteView,
    kind: str,
    title: str,
    permalink: str,
    *,
    description: str = "",
    noindex: bool = False,
) -> Head:
    """The head of any other page."""
    return Head(
        site=site,
        kind=kind,
        title=title,
        permalink=permalink,
        noindex=noindex,
        description=description,
        canonical=site.base_url + permalink,
    )


def _absolute(site: SiteView, url: str) -> str:
    return site.base_url + url if url.startswith("/") else url


def page_view(head: Head) -> PageView:
    """The full head, with structured data."""
    width, height = head.image_size or (None, None)
    data = _article_data(head) if head.card else _list_data(head) if head.items else {}
    return PageView(
        kind=head.kind,
        title=head.title,
        description=head.description or head.site.description,
        permalink=head.permalink,
        canonical=head.canonical,
        noindex=head.noindex,
        image=head.image,
        image_width=width,
        image_height=height,
        published=head.published,
        modified=head.modified,
        json_ld=data,
    )


def _publisher(site: SiteView) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Organization",
        "name": site.publisher or site.title,
        "url": site.publisher_url or f"{site.base_url}/",
    }
    if site.publisher_logo:
        found["logo"] = {"@type": "ImageObject", "url": _absolute(site, site.publisher_logo)}
    return found


def _article_data(head: Head) -> dict[str, Any]:
    """schema.org NewsArticle: nothing but what the page shows. Its excerpt stands in the head
    already, twice."""
    card = head.card
    assert card is not None
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": card.title,
        "datePublished": iso(card.date),
        "mainEntityOfPage": head.site.base_url + card.permalink,
        "inLanguage": card.language or head.site.language,
        "publisher": _publisher(head.site),
    }
    if card.lastmod != card.date:
        found["dateModified"] = iso(card.lastmod)
    if head.image:
        found["image"] = [head.image]
    if card.authors:
        found["author"] = [
            {"@type": "Person", "name": a.name, "url": _absolute(head.site, a.permalink)}
            for a in card.authors
        ]
    elif card.provider:
        found["author"] = [{"@type": "Organization", "name": card.provider.name}]
    if card.subscription:
        found["isAccessibleForFree"] = False
    if card.original:
        found["isBasedOn"] = card.original
    if card.topics:
        found["articleSection"] = [t.name for t in card.topics]
    return found


def _list_data(head: Head) -> dict[str, Any]:
    """schema.org CollectionPage with its ItemList."""
    return {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": head.title,
        "url": head.canonical,
        **({"datePublished": iso(head.published)} if head.published else {}),
        "inLanguage": head.site.language,
        "publisher": _publisher(head.site),
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "url": item.url}
                for n, item in enumerate(head.items, 1)
            ],
        },
    }
