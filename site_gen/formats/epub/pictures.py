"""The embedded pictures of a book: the local ones that its articles and its note show."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from site_gen.formats.common.publishable import allowed_picture, shows_body
from site_gen.formats.images.embedded import Embedded, embed_picture
from site_gen.model import ArticleRef, Card, Catalog, Edition, Stored
from site_gen.settings import Settings

_SOURCE = re.compile(r'<img(?: [a-z]+="[^"]*")* src="([^"]*)"')


class BookPictures:
    """Finds the local pictures that books of a catalog may embed."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self._settings = settings
        files = {f"/{file.path}": file for file in catalog.files}
        self._known = {
            each.url: Stored(
                part="file", path=files[each.url].source, digest=files[each.url].digest
            )
            for each in catalog.pictures
            if each.url in files
        }

    def for_edition(
        self, edition: Edition, cards: Iterable[Card], refs: Mapping[str, ArticleRef]
    ) -> tuple[tuple[str, Stored], ...]:
        """(site-absolute URL, file) of each picture that the book of an edition may show."""
        urls = list(dict.fromkeys(self._urls(edition, cards, refs)))
        return tuple((url, self._known[url]) for url in urls if url in self._known)

    def _urls(
        self, edition: Edition, cards: Iterable[Card], refs: Mapping[str, ArticleRef]
    ) -> Iterator[str]:
        yield from _SOURCE.findall(edition.note)
        for card in cards:
            image = allowed_picture(card, self._settings)
            if image:
                yield image.url
            if shows_body(card):
                yield from (each.url for each in refs[card.id].pictures)


class EmbeddedPictures:
    """The pictures of one book, converted and numbered when they are first used."""

    def __init__(self, urls: Sequence[str], files: Sequence[bytes], base: str) -> None:
        self._places = {url: place for place, url in enumerate(urls)}
        self._files = files
        self._base = base
        self._named: dict[str, str] = {}
        self.pictures: dict[str, Embedded] = {}

    def path_of(self, url: str) -> str:
        """The path in the package of the picture with a site-absolute or absolute URL; "" if it is
        not embedded."""
        own = url.removeprefix(self._base)
        if own not in self._named:
            self._named[own] = self._embed(own) if own in self._places else ""
        return self._named[own]

    def _embed(self, own: str) -> str:
        found = embed_picture(self._files[self._places[own]])
        if found is None:
            return ""
        name = f"pictures/{len(self.pictures) + 1:03d}.{found.extension}"
        self.pictures[name] = found
        return name
