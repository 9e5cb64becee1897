"""What one process keeps between builds, so that in a preview an edited body costs only that body.

A piece is used again only if everything it was made from is equal, and that is read anew each
time. Another process starts without it, and gives the same bytes.
"""

from collections.abc import Mapping
from typing import NamedTuple

from site_gen.arrange.inputs import Inputs
from site_gen.engine.cache.catalog import Known, Mark
from site_gen.model import Catalog, ContentPage, Facts, Hidden, Lock, Note
from site_gen.problems import Problem
from site_gen.settings import Settings
from site_gen.theme.load import Theme


class Read(NamedTuple):
    """The read result of a content file with this digest: its value by kind, and its problems."""

    digest: str
    value: Facts | Hidden | Note | Lock | ContentPage | None
    problems: tuple[Problem, ...]


class LastBuild(NamedTuple):
    """What a site was built with that stands without an error: see open_pages.py. `key` and
    `articles` are what an arrangement of its `inputs` has (see catalog.Known)."""

    options: str
    settings: Settings
    theme: Theme
    program: str
    inputs: Inputs
    key: str
    articles: dict[str, Mark]


class Kept:
    """What the last build of a site leaves for the next; empty at first.

    arrangement  the last one, of `last_build` or of a build since then that gave way
    catalog, files  what was shown last, and the digests of all files that were not read
    units        the unit of each page of the last plan, by the page's path; some are no more
    """

    def __init__(self) -> None:
        self.last_build: LastBuild | None = None
        self.arrangement: Known | None = None
        self.catalog: Catalog | None = None
        self.files: Mapping[str, str] = {}
        self.units: dict[str, str] = {}
        self._read_key = ""
        self._reads: dict[str, Read] = {}

    def digests(self) -> tuple[dict[str, str], dict[str, str]]:
        """Of the content files that the last build read, by path, and of all others."""
        read = {path: found.digest for path, found in self._reads.items()}
        return read, dict(self.files)

    def reads(self, key: str) -> dict[str, Read]:
        """What files came to under one key (see read/cache_key.py), by path; to be added to."""
        if key != self._read_key:
            self._read_key, self._reads = key, {}
        return self._reads
