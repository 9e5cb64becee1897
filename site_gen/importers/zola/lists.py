"""Zola's lists: home and sections by their own front matter, taxonomies by the settings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_gen.importers.old_site import Entry, Listing, Target
from site_gen.importers.reading import listings, values
from site_gen.importers.zola import site


@dataclass(frozen=True, slots=True)
class Found:
    """What was found while its files were read.

    sections   (prefix of the language, folder) -> front matter of its `_index.md`
    pages      (prefix, folder, entry, taxonomy -> terms) of each page
    """

    sections: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    pages: list[tuple[str, str, Entry, Mapping[str, list[str]]]] = field(default_factory=list)


def lists(config: Mapping[str, Any], found: Found) -> list[Listing]:
    """Each with what stands for it now."""
    made: list[Listing] = []
    own = values.text(config.get("default_language")) or "en"
    languages = values.table(config.get("languages"))
    for language in {own: None, **languages}:
        said = values.table(languages.get(language)) if language != own else config
        prefix = f"/{language}" if language != own else ""
        made += _sections(said, config, found, prefix)
        made += _taxonomies(said, config, found, prefix)
    return listings.unique(made)


def _sections(
    said: Mapping[str, Any], config: Mapping[str, Any], found: Found, prefix: str
) -> Iterator[Listing]:
    feeds = site.feeds({**config, **said, "generate_feeds": site.makes_feeds(said)})
    yield from (Listing(f"{prefix}/{name}", "feed") for name in feeds)
    known = {(prefix, ""): {}, **found.sections}
    for (language, folder), fields in known.items():
        if language != prefix or fields.get("render") is False:
            continue
        own = f"{prefix}/{folder}/" if folder else f"{prefix}/"
        target: Target = "editions" if folder else "home"
        yield from _paged(own, _posts(found, prefix, folder), fields, target, "editions")
        if site.makes_feeds(fields):
            names = site.feeds({**config, "generate_feeds": True})
            yield from (Listing(own + name, "feed") for name in names)


def _posts(found: Found, prefix: str, folder: str) -> int:
    """The pages of a section: its own, and those of transparent ones in it."""
    count = sum(
        1 for language, place, entry, _ in found.pages
        if (language, place) == (prefix, folder) and entry.date and entry.address
    )  # fmt: skip
    for (language, inner), fields in found.sections.items():
        above = inner.rpartition("/")[0]
        if language == prefix and inner and above == folder and fields.get("transparent"):
            count += _posts(found, prefix, inner)
    return count


def _taxonomies(
    said: Mapping[str, Any], config: Mapping[str, Any], found: Found, prefix: str
) -> Iterator[Listing]:
    how = site.slugs_of(config, "taxonomies")
    for taxonomy in map(values.table, values.listed(said.get("taxonomies"))):
        name = values.text(taxonomy.get("name"))
        if not name or taxonomy.get("render") is False:
            continue
        top = f"{prefix}/{site.slugged(name, how)}/"
        yield Listing(top, "topics")
        feeds = site.feeds({**config, "generate_feeds": taxonomy.get("feed")})
        for term, count in _terms(found.pages, prefix, name).items():
            own = f"{top}{site.slugged(term, how)}/"
            yield from _paged(own, count, taxonomy, "topic", "topic", term)
            yield from (Listing(own + feed, "topic feed", term) for feed in feeds)


def _terms(
    pages: Iterable[tuple[str, str, Entry, Mapping[str, list[str]]]], prefix: str, name: str
) -> Counter[str]:
    return Counter(
        term for language, _, entry, terms in pages
        if language == prefix and entry.address for term in terms.get(name, ())
    )  # fmt: skip


def _paged(
    own: str, count: int, said: Mapping[str, Any], first: Target, rest: Target, name: str = ""
) -> Iterator[Listing]:
    yield Listing(own, first, name)
    size = values.whole(said.get("paginate_by"))
    path = values.text(said.get("paginate_path")) or "page"
    if size:
        yield Listing(f"{own}{path}/1/", first, name)
        for address in listings.pages(own, count, size, path + "/{}/"):
            yield Listing(address, rest, name)
