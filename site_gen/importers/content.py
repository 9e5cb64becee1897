"""Makes content files: articles, issues, pages, cards of links."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from site_gen.basics import files, slugs
from site_gen.convert import time_limit
from site_gen.convert.drafts import document, naming
from site_gen.importers.bodies import (
    heading_ids,
    html_in_markdown,
    kept_text,
    link_cards,
    spans,
)
from site_gen.importers.bodies.links import Links
from site_gen.importers.old_site import OldSite
from site_gen.importers.placing import Placed
from site_gen.importers.reading import names
from site_gen.importers.reading.folder import SECONDS
from site_gen.problems import SiteError

NOTE_KEYS = ("title", "number", "date", "excerpt", "slug", "aliases", "guid", "images", "authors",
             "sections", "pins", "draft", "publishedDateTime", "expiryDateTime")  # fmt: skip
PAGE_KEYS = ("title", "excerpt", "slug", "aliases", "draft", "published", "order", "menu",
             "publishedDateTime", "expiryDateTime")  # fmt: skip
WITHOUT_A_WORD = ("publishedDateTime", "addedDateTime", "modifiedDateTime", "guid")
"""What pages and issues need not, and nobody misses: a page stands in no feed."""
MOST_PINS = 1000
"""A note may name so many articles; more link items than that stay in its text."""


class ContentFile(NamedTuple):
    """A file to be written below `content/`; `faults` keep it out.

    private   why it is not public on the old site, "" where it is
    """

    path: str
    source: str
    data: bytes
    faults: tuple[str, ...] = ()
    private: str = ""


class ContentFiles:
    """Makes content files, and counts what they had no place for."""

    def __init__(self, site: OldSite, links: Links, now: datetime, *, cards: bool) -> None:
        self.site, self.links, self.now, self.cards = site, links, now, cards
        self.left: Counter[str] = Counter()
        self.sections: list[str] = []
        self.cards_made = 0
        self.missing: list[str] = []
        self.odd: list[tuple[str, str]] = []
        self._taken: set[str] = set()

    def files(self, place: Placed) -> Iterator[ContentFile]:
        """The files of one entry: one, and with cards one for each of its link items."""
        made = [file._replace(private=place.entry.private) for file in self._files(place)]
        self.odd += kept_text.found(place.entry, made[0].path, made[0].data.decode())
        yield from made

    def _files(self, place: Placed) -> Iterator[ContentFile]:
        entry = place.entry
        matter = self._matter(place)
        body = html_in_markdown.plain(heading_ids.without(entry.body), entry)
        body = self.links.body(spans.callouts(body), place)
        if entry.headline and place.kind == "article":
            matter.setdefault("webUrl", entry.headline)
        elif entry.headline:
            body = f"[{entry.title}]({entry.headline})\n\n{body}"
        faults = list(entry.faults)
        if not entry.title.strip() and place.kind != "edition":
            derived = names.words(entry.stem.rpartition("/")[2])
            matter |= {"title": derived, "titleDerived": True} if derived else {}
            faults += [] if derived else ["it has no title"]
        if place.kind != "page" and entry.date is None:
            if entry.private:
                matter["addedDateTime"] = self.now.replace(microsecond=0)
            else:
                faults.append("it has no date, and its name tells none")
        if place.kind == "edition":
            yield from self._issue(place, matter, body, faults)
            return
        if place.kind == "page":
            matter = self._only_to_come(matter)
            matter = self._only(matter, PAGE_KEYS, "pages")
        yield self._file(place.path, entry.source, matter, body, faults)

    def _file(
        self, path: str, source: str, matter: dict[str, Any], body: str, faults: list[str]
    ) -> ContentFile:
        clean = {key: _cleaned(value) for key, value in matter.items()}
        clean = {key: value for key, value in clean.items() if value not in (None, "", [], {})}
        return ContentFile(path, source, document.to_bytes(clean, files.clean(body)), tuple(faults))

    def _matter(self, place: Placed) -> dict[str, Any]:
        entry = place.entry
        made = {
            k: v for k, v in entry.matter.items() if k not in ("slug", "aliases", "guid", "date")
        }
        if entry.date:
            made["publishedDateTime"] = entry.date.astimezone(UTC)
        if place.kind == "page" or place.slug != _own_slug(place):
            made["slug"] = place.slug
        if place.aliases:
            made["aliases"] = place.aliases
        if entry.guid and place.kind != "page":
            made["guid"] = entry.guid
        if entry.private and (place.kind == "edition" or made.get("published", True)):
            made["draft"] = True  # a note of ours is held back by this word alone
        if made.get("draft") is False:
            del made["draft"]
        images = made.get("images")
        if isinstance(images, list):
            shown = [_pictured(image, self.links, place) for image in images]
            made["images"] = [image for image in shown if not self._missing(image)]
        return made

    def _missing(self, image: Any) -> bool:
        """Whether it is a file of the old site that did not come: no build would go on."""
        url = image.get("url") if isinstance(image, dict) else None
        missing = isinstance(url, str) and "://" not in url and not url.startswith("/static/")
        if missing:
            self.missing.append(str(url))
        return missing

    def _issue(
        self, place: Placed, matter: dict[str, Any], body: str, faults: list[str]
    ) -> Iterator[ContentFile]:
        entry = place.entry
        note = {**matter, "number": entry.number, "date": matter.get("publishedDateTime"),
                "slug": place.slug}  # fmt: skip
        people = matter.get("authors")
        if isinstance(people, list):
            note["authors"] = [p["name"] if isinstance(p, dict) else str(p) for p in people]
        if note.get("date") is None:
            note["date"] = matter.get("addedDateTime")
        made: list[ContentFile] = []
        if self.cards and not faults:
            split = self._taken_apart(body, entry.source)
            if len(split.cards) <= MOST_PINS and split.cards:
                made = list(self._cards(place, split, private=bool(note.get("draft"))))
                note["pins"] = [file.path.removesuffix(".md") for file in made]
                note["sections"] = split.sections
                self.sections += [s for s in split.sections if s not in self.sections]
                body = split.text
        note = self._only(self._only_to_come(note), NOTE_KEYS, "issues")
        yield self._file(place.path, entry.source, note, body, faults)
        yield from made

    def _taken_apart(self, body: str, source: str) -> link_cards.Split:
        """The link items of a body; none if splitting takes too long, which is reported."""
        try:
            with time_limit.within(SECONDS, source):
                return link_cards.split(body)
        except SiteError:
            self.left["link items (taking their issue apart took too long)"] += 1
            return link_cards.Split(text=body)

    def _cards(
        self, place: Placed, split: link_cards.Split, *, private: bool
    ) -> Iterator[ContentFile]:
        for number, card in enumerate(split.cards, 1):
            stem = naming.slug(card.title, f"{place.id}{number}")[:60].strip("-")
            path = f"cards/{place.id}/{number:03d}-{stem}.md"
            slug = naming.unused_name(f"{place.id}-{stem}", self._taken)
            self._taken.add(slugs.folded(slug))
            matter: dict[str, Any] = {
                "title": card.title,
                "excerpt": card.rest,
                "publishedDateTime": place.entry.date,
                "webUrl": card.url,
                "type": card.type,
                "slug": slug,
                "edition": place.id,
                "section": card.section,
                "authors": [{"name": card.author}] if card.author else [],
                "tags": list(card.tags),
                "draft": private,
            }
            if not private:
                del matter["draft"]
            self.cards_made += 1
            yield self._file(path, f"{place.entry.source}#{number}", matter, "", [])

    def _only_to_come(self, matter: dict[str, Any]) -> dict[str, Any]:
        """Issues and pages say when they appear only where that is still to come."""
        appears = matter.get("publishedDateTime")
        if isinstance(appears, datetime) and appears > self.now:
            return matter
        return {key: value for key, value in matter.items() if key != "publishedDateTime"}

    def _only(self, matter: dict[str, Any], keys: tuple[str, ...], kind: str) -> dict[str, Any]:
        """What such a file may hold; the rest is counted, and named in the report."""
        known = {key: matter[key] for key in keys if matter.get(key) is not None}
        for key in matter:
            if key not in keys and key not in WITHOUT_A_WORD:
                self.left[f"{key} ({kind} have none here)"] += 1
        return known


def _own_slug(place: Placed) -> str:
    """The slug that the file's name implies."""
    return slugs.safe(place.path.rpartition("/")[2].removesuffix(".md"))


def _pictured(image: Any, links: Links, place: Placed) -> Any:
    if not isinstance(image, dict) or not isinstance(image.get("url"), str):
        return image
    return {**image, "url": links.picture(image["url"], place)}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"[ \t]+\n", "\n", files.clean(value)).strip()
    if isinstance(value, dict):
        return {files.clean(str(k)): _cleaned(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value
