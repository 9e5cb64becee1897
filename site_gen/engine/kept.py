"""What one process keeps from build to build: in a preview an edited body costs that body alone.

Nothing of it is believed: each piece is used again only where all that it was made from is equal,
and what it was made from is read anew. Another process starts without it, and gives the same bytes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from site_gen.arrange.catalog import Arranged
from site_gen.arrange.parts import is_other_parts, with_parts
from site_gen.engine import keys
from site_gen.formats.assets import of_theme
from site_gen.formats.common.views import articles_in, renewed
from site_gen.model import Catalog, ContentPage, Facts, Hidden, Lock, Note, Page
from site_gen.problems import Problem
from site_gen.settings import Settings
from site_gen.theme.load import Theme

THEME = ""
"""Where paths of articles are keys, the one for the theme's assets."""


class Read(NamedTuple):
    """What a content file of this digest came to: its value by kind, and its problems."""

    digest: str
    value: Facts | Hidden | Note | Lock | ContentPage | None
    problems: tuple[Problem, ...]


class Given(NamedTuple):
    """All that an arrangement is made from but the moment."""

    facts: Sequence[Facts]
    rest: tuple[Any, ...]


class Standing(NamedTuple):
    """What a site was built with that stands without an error: see ahead.py."""

    options: str
    settings: Settings
    theme: Theme
    program: str
    given: Given


class _Planned(NamedTuple):
    catalog: Catalog
    base: tuple[Any, ...]
    pages: list[keys.Keyed]


class _Begun(NamedTuple):
    """A plan under way: the pages so far, and those to come."""

    catalog: Catalog
    base: tuple[Any, ...]
    theme: Theme
    pages: list[Page]
    rest: Iterator[Page]


class Kept:
    """What the last build of one site leaves for the next; empty at first."""

    def __init__(self) -> None:
        self.standing: Standing | None = None
        self._read_key = ""
        self._reads: dict[str, Read] = {}
        self._given: Given | None = None
        self._arranged: Arranged | None = None
        self._changed: set[str] = set()  # since the last plan
        self._planned: _Planned | None = None
        self._begun: _Begun | None = None
        self._base: tuple[Any, ...] = ()
        self._keyed: list[keys.Keyed] = []
        self._places: dict[str, list[int]] = {}

    # -- read -------------------------------------------------------------------------------

    def reads(self, key: str) -> dict[str, Read]:
        """What files came to under one key (see keys.read_key), by path; to be added to."""
        if key != self._read_key:
            self._read_key, self._reads = key, {}
        return self._reads

    # -- arrange ----------------------------------------------------------------------------

    def arranged(self, given: Given, now: datetime) -> Arranged | None:
        """The last arrangement with other bodies and details, where nothing else differs."""
        last, known = self._given, self._arranged
        if last is None or known is None or not _is_valid(known, now) or given.rest != last.rest:
            return None
        changed = _changed_parts(last.facts, given.facts)
        if changed is None:
            return None
        if not changed:
            return known
        catalog = with_parts(known.catalog, changed)
        self._changed.update(changed)
        self._given, self._arranged = given, known._replace(catalog=catalog)
        if self._planned is not None:
            self._planned = self._planned._replace(catalog=catalog)
        return self._arranged

    def keep_arranged(self, given: Given, arranged: Arranged) -> None:
        """Remember an arrangement that was made anew."""
        self._given, self._arranged = given, arranged
        self._changed.clear()
        self._planned = None

    # -- plan -------------------------------------------------------------------------------

    def planned(self, catalog: Catalog, base: tuple[Any, ...], theme: Theme, program: str
                ) -> list[keys.Keyed] | None:  # fmt: skip
        """The last plan with other bodies, details and bytes of the theme's assets, where nothing
        else differs."""
        last = self._planned
        if last is None or last.catalog is not catalog or last.base != base:
            return None
        if not self._places:
            self._find_places(last.pages)
        refs = {ref.path: ref for ref in catalog.articles} if self._changed else {}
        pages = last.pages.copy()
        places = sorted({i for path in self._changed for i in self._places.get(path, ())})
        fresh = [*renewed((last.pages[index].page for index in places), refs), *of_theme(theme)]
        for index, page in zip((*places, *self._places[THEME]), fresh, strict=True):
            pages[index] = keys.keyed(page, theme, program)
        self._changed.clear()
        self._planned = last._replace(pages=pages)
        return pages

    def planning(
        self, catalog: Catalog, base: tuple[Any, ...], theme: Theme, plan: Iterator[Page]
    ) -> Iterator[Page]:
        """The pages of a plan. One that was given up is gone on with, where nothing differs but
        bytes of the theme's assets."""
        begun = self._begun
        if begun is None or begun.catalog is not catalog or begun.base != base:
            begun = self._begun = _Begun(catalog, base, theme, [], plan)
        assets = {} if begun.theme is theme else {page.path: page for page in of_theme(theme)}
        for page in begun.pages:
            yield assets.get(page.path, page) if page.kind == "asset" else page
        try:
            for page in begun.rest:
                begun.pages.append(page)
                yield assets.get(page.path, page) if page.kind == "asset" else page
        except Exception:  # a plan that broke; being given up ends this generator alone
            self._begun = None
            raise
        self._begun = None

    @property
    def has_plan(self) -> bool:
        """Whether the last plan is of the last arrangement."""
        return self._planned is not None

    def showing(self, articles: Iterable[str], paths: Collection[str]) -> list[Page]:
        """Pages of the last plan, among those at `paths`, that show stored parts of `articles`."""
        if self._planned is None:
            return []
        if not self._places:
            self._find_places(self._planned.pages)
        places = sorted({i for path in articles for i in self._places.get(path, ())})
        pages = (self._planned.pages[index].page for index in places)
        return [page for page in pages if page.path in paths]

    def _find_places(self, pages: list[keys.Keyed]) -> None:
        """Where in the plan the stored parts of each article are shown, and the theme's assets."""
        self._places[THEME] = []
        for index, each in enumerate(pages):
            if each.page.kind == "asset":
                self._places[THEME].append(index)
            for path in articles_in(each.page):
                self._places.setdefault(path, []).append(index)

    def keyed(
        self, pages: Iterable[Page], base: tuple[Any, ...], theme: Theme, program: str
    ) -> list[keys.Keyed]:
        """A plan that was made anew, with its keys: of pages that are the last plan's, the last."""
        known = {k.page.path: k for k in self._keyed} if self._base == base else {}
        found = []
        for page in pages:
            last = known.get(page.path)
            if last is None or last.page is not page:
                last = keys.keyed(page, theme, program)
            found.append(last)
        self._base, self._keyed = base, found
        return found

    def keep_planned(
        self, catalog: Catalog, base: tuple[Any, ...], pages: list[keys.Keyed]
    ) -> None:
        """Remember a plan that was made anew."""
        self._planned = _Planned(catalog, base, pages)
        self._places = {}


def _is_valid(arranged: Arranged, now: datetime) -> bool:
    since, until = arranged.valid
    return (since is None or since <= now) and (until is None or now < until)


def _changed_parts(before: Sequence[Facts], after: Sequence[Facts]) -> Mapping[str, Facts] | None:
    """Articles of which only body or detail differ, by path; None where anything else does."""
    if len(before) != len(after):
        return None
    changed = {}
    for old, new in zip(before, after, strict=True):
        if new is old or new == old:  # an equal one may have been decoded twice
            continue
        if not is_other_parts(old, new):
            return None
        changed[new.path] = new
    return changed
