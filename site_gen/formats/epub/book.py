"""Closed editions as EPUB 3 books, byte for byte reproducible.

Local pictures are embedded. Remote ones become links, as a book may not load them.
"""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from site_gen.basics import digest
from site_gen.formats.common.contents import contents
from site_gen.formats.common.links import absolute
from site_gen.formats.common.plain import one_line
from site_gen.formats.common.publishable import (
    allowed_picture,
    closed_editions,
    is_visible,
    reader_url,
    shows_body,
    visible_cards,
)
from site_gen.formats.common.site import direction, site_view
from site_gen.formats.common.units import Digests, Unit
from site_gen.formats.common.views import bodies_view, view
from site_gen.formats.common.wording import byline, edition_name, words
from site_gen.formats.epub.documents import Book, Chapter, documents
from site_gen.formats.epub.pictures import BookPictures, EmbeddedPictures
from site_gen.formats.feeds.correction_entries import corrections_list_html
from site_gen.formats.feeds.edition_entries import edition_tag
from site_gen.model import Card, Catalog, Edition, Page, View
from site_gen.settings import Settings
from site_gen.theme.filters import format_range

MIMETYPE = "application/epub+zip"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the earliest that the zip format supports."""

ZIP_SYSTEM_UNIX = 3

COMPRESSION_LEVEL = 1
"""Level 4 makes a book 4 % smaller and takes 20 % longer."""


def units(catalog: Catalog, theme: object, settings: Settings, digests: Digests) -> Iterator[Unit]:
    """`<id>.epub` beside each closed edition."""
    pictures = BookPictures(catalog, settings)
    for edition in closed_editions(catalog):
        own_digest = partial(_digest, edition, digests, pictures)
        yield Unit(
            edition.ref.id, own_digest, partial(_pages, edition, digests, settings, pictures)
        )


def _digest(edition: Edition, digests: Digests, pictures: BookPictures) -> str:
    shown = digest.of_value(
        pictures.for_edition(edition, visible_cards(edition.cards), digests.refs)
    )
    return digest.of_parts(digests.edition(edition), digests.articles(edition.cards), shown)


def _pages(
    edition: Edition, digests: Digests, settings: Settings, pictures: BookPictures
) -> Iterator[Page]:
    ref = edition.ref
    cards = visible_cards(edition.cards)
    shown = pictures.for_edition(edition, cards, digests.refs)
    files = tuple(stored for _, stored in shown)
    yield Page(
        path=f"{ref.folder.lstrip('/')}{ref.id}.epub",
        format="epub",
        kind="epub",
        views={
            "book": view(_book(edition, cards, settings)),
            "bodies": bodies_view(digests.refs[card.id] for card in cards if shows_body(card)),
            "urls": view(tuple(url for url, _ in shown)),
            "pictures": View(digest=digest.of_parts(*(f.digest for f in files)), value=files),
            "words": view(words(settings.language)),
        },
        lastmod=edition.lastmod,
        origin=f"edition {ref.id} as an e-book",
    )


def render(page: Page, theme: object) -> bytes:
    """The zip archive, with `mimetype` first and not compressed (EPUB OCF 3.3, section 4.3)."""
    book: Book = page.views["book"].value
    carried = EmbeddedPictures(page.views["urls"].value, page.views["pictures"].value, book.base)
    found = documents(book, page.views["bodies"].value, page.views["words"].value, carried)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(_zip_entry("mimetype", ZIP_STORED), MIMETYPE)
        for name, text in found:
            archive.writestr(
                _zip_entry(name, ZIP_DEFLATED), text.encode(), compresslevel=COMPRESSION_LEVEL
            )
        for name, each in carried.pictures.items():
            archive.writestr(_zip_entry(f"EPUB/{name}", ZIP_STORED), each.data)
    return buffer.getvalue()


def _zip_entry(name: str, compression: int) -> ZipInfo:
    """An entry with fixed time, system and rights, so that the archive is reproducible."""
    info = ZipInfo(name, ZIP_EPOCH)
    info.compress_type = compression
    info.create_system = ZIP_SYSTEM_UNIX
    info.external_attr = 0o644 << 16
    return info


def _book(edition: Edition, cards: tuple[Card, ...], settings: Settings) -> Book:
    site = site_view(settings)
    ref = edition.ref
    url = absolute(settings.base, ref.permalink)
    sections = dict(_sections(edition, settings))
    return Book(
        id=uuid5(NAMESPACE_URL, edition_tag(edition, settings)).urn,
        title=one_line(f"{settings.title} {edition_name(ref, site)}"),
        series=one_line(settings.title),
        heading=one_line(ref.title),
        number=words(settings.language).number.format(ref.number) if ref.number else ref.id,
        position=ref.number or 0,
        dates=format_range(ref.first, ref.last, site),
        language=site.language,
        direction=site.direction,
        publisher=one_line(site.publisher),
        day=edition.cutoff.date().isoformat(),
        modified=max(edition.cutoff, edition.lastmod),
        url=url,
        base=settings.base,
        byline=one_line(byline(edition, site.language)),
        note=edition.note,
        corrections=corrections_list_html(
            edition.earlier, words(settings.language).corrections, settings
        ),
        chapters=tuple(_chapter(card, url, sections.get(card.id, ""), settings) for card in cards),
    )


def _sections(edition: Edition, settings: Settings) -> Iterator[tuple[str, str]]:
    """(card id, name of its band), except for the top stories."""
    other = words(settings.language).more
    for part in contents(edition, is_visible).parts:
        for story in part.stories:
            for card in (story.card, *story.covered):
                yield card.id, one_line(part.band.name) or other


def _chapter(card: Card, edition: str, section: str, settings: Settings) -> Chapter:
    foreign = card.language and card.language != settings.language
    image = allowed_picture(card, settings)
    return Chapter(
        title=one_line(card.title),
        excerpt=one_line(card.excerpt),
        provider=one_line(card.provider.name) if card.provider else "",
        authors=tuple(one_line(author.name) for author in card.authors),
        why=one_line(card.why),
        section=section,
        topic=one_line(card.topics[0].name) if card.topics else "",
        day=card.date.date().isoformat(),
        link=absolute(settings.base, reader_url(card, settings)) or edition,
        original=card.original,
        language=card.language if foreign else "",
        direction=direction(card.language) if foreign else "",
        image=image.url if image and image.local else "",
        alt=one_line(image.alt) if image else "",
        caption=one_line(" · ".join(filter(None, (image.caption, image.credit)))) if image else "",
        has_body=shows_body(card),
    )
