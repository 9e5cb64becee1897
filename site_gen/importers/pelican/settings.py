"""Pelican's settings: pelicanconf.py, then publishconf.py, and what they keep out of the site."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from site_gen.importers.pelican import python_values
from site_gen.importers.pelican.python_settings import Settings
from site_gen.importers.reading import broken_settings, values
from site_gen.importers.reading.folder import Folder

DEFAULTS: dict[str, Any] = {
    "ARTICLE_URL": "{slug}.html",
    "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
    "DRAFT_URL": "drafts/{slug}.html",
    "CATEGORY_URL": "category/{slug}.html",
    "TAG_URL": "tag/{slug}.html",
    "AUTHOR_URL": "author/{slug}.html",
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "FEED_ALL_ATOM": "feeds/all.atom.xml",
    "FEED_ALL_RSS": None,
    "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "CATEGORY_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_RSS": "feeds/{slug}.rss.xml",
    "TRANSLATION_FEED_ATOM": "feeds/all-{lang}.atom.xml",
    "ARCHIVES_URL": "archives.html",
    "CATEGORIES_URL": "categories.html",
    "TAGS_URL": "tags.html",
    "AUTHORS_URL": "authors.html",
    "YEAR_ARCHIVE_URL": "",
    "MONTH_ARCHIVE_URL": "",
    "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "DEFAULT_CATEGORY": "misc",
    "USE_FOLDER_AS_CATEGORY": True,
    "SLUGIFY_SOURCE": "title",
    "PATH_METADATA": "",
    "DEFAULT_METADATA": {},
    "IGNORE_FILES": ["**/.*"],
    "ARTICLE_EXCLUDES": [],
    "PAGE_EXCLUDES": [],
    "PAGE_PATHS": ["pages"],
    "ARTICLE_PATHS": [""],
    "STATIC_PATHS": ["images"],
    "STATIC_EXCLUDES": [],
    "STATIC_EXCLUDE_SOURCES": True,
    "EXTRA_PATH_METADATA": {},
    "READERS": {},
    "DEFAULT_DATE": None,
    "DEFAULT_PAGINATION": False,
    "DIRECT_TEMPLATES": ["index", "tags", "categories", "authors", "archives"],
    "DEFAULT_LANG": "en",
    "FEED_MAX_ITEMS": 100,
}
HIDING = ("DEFAULT_METADATA", "PATH_METADATA", "FILENAME_METADATA", "EXTRA_PATH_METADATA",
          "IGNORE_FILES", "ARTICLE_EXCLUDES", "ARTICLE_PATHS", "PAGE_EXCLUDES", "PAGE_PATHS",
          "READERS")  # fmt: skip
"""Settings that keep texts from being public: one that is not told leaves all in doubt."""
HIDING_FILES = ("IGNORE_FILES", "STATIC_EXCLUDES", "STATIC_PATHS")


class PelicanSettings:
    """The values of all settings; `left` = notes on those that cannot be read."""

    def __init__(self, folder: Folder) -> None:
        read = Settings(DEFAULTS)

        def module(name: str) -> str:
            path = folder.first(f"{name.replace('.', '/')}.py")
            return folder.text(path) if path else ""

        for name in ("pelicanconf.py", "publishconf.py"):
            if folder.first(name):
                read.read(folder.text(name), module)
                if read.broken:
                    line, _, why = read.broken.rpartition(": ")
                    raise broken_settings.broken(name, why, values.whole(line[5:]))
        self.values = read.values
        self.unknown = list(dict.fromkeys(read.unknown))
        self.left = [f"the settings: {key} is worked out by a program" for key in self.unknown]

    def listed(self, key: str) -> list[str]:
        """A setting that is a list of places or patterns."""
        return [str(item) for item in values.listed(self.values.get(key))]

    def in_doubt(self, status: str) -> str:
        """Why nobody can tell whether a text is public; "" where it can be told."""
        doubt = [k for k in self.unknown if k in HIDING and not (status and k.endswith("METADATA"))]
        return f"{doubt[0]} is worked out by a program" if doubt else ""

    def given(self, inner: str) -> dict[str, Any]:
        """What the settings give to a text: to all, then by its place."""
        made: dict[str, Any] = {}
        for said in (self.values.get("DEFAULT_METADATA"), *self._of_places(inner)):
            try:
                made |= {
                    str(key).lower(): value for key, value in python_values.pairs(said).items()
                }
            except python_values.UnknownError:
                continue
        return made

    def _of_places(self, inner: str) -> Iterator[Any]:
        extra = self.values.get("EXTRA_PATH_METADATA")
        for place, said in extra.items() if isinstance(extra, Mapping) else ():
            if inside(inner, str(place)):
                yield {k: v for k, v in values.table(said).items() if k not in ("path", "save_as")}

    def reads(self, inner: str) -> bool:
        """Whether READERS leaves the form of a text one that is read."""
        readers = self.values.get("READERS")
        ending = inner.rpartition(".")[2].lower()
        return not isinstance(readers, Mapping) or bool(readers.get(ending, True))

    def ignored(self, inner: str) -> bool:
        """Whether IGNORE_FILES names a file, or a folder that it lies in."""
        globs = [glob.removeprefix("**/") for glob in self.listed("IGNORE_FILES")]
        return any(fnmatch(part, glob) for glob in globs for part in inner.split("/"))

    def excluded(self, inner: str, kind: str) -> bool:
        """Whether a folder of the kind's own list of exclusions holds it."""
        return any(inside(inner, place) for place in self.listed(f"{kind}_EXCLUDES") if place)

    def is_static(self, inner: str) -> bool:
        """Whether a file is published as it is."""
        return any(inside(inner, place) for place in self.listed("STATIC_PATHS"))


def inside(inner: str, place: str) -> bool:
    """Whether a path is a place, or lies in it; "" is all of them."""
    plain = place.strip("/")
    return not plain or inner == plain or inner.startswith(f"{plain}/")
