"""What one process keeps from build to build: in a preview an edited body costs that body alone.

Nothing of it is believed: each piece is used again only where all that it was made from is equal,
and what it was made from is read anew. Another process starts without it, and gives the same bytes.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from site_gen.arrange.catalog import Arranged, arrange, is_valid
from site_gen.arrange.parts import is_other_parts, with_parts
from site_gen.arrange.visible import Moment
from site_gen.model import Catalog, ContentPage, Facts, Hidden, Lock, Measured, Note
from site_gen.problems import Problem
from site_gen.settings import Settings
from site_gen.theme.load import Theme


class Read(NamedTuple):
    """What a content file of this digest came to: its value by kind, and its problems."""

    digest: str
    value: Facts | Hidden | Note | Lock | ContentPage | None
    problems: tuple[Problem, ...]


class ArrangeInputs(NamedTuple):
    """All that an arrangement is made from but the moment."""

    facts: Sequence[Facts]
    notes: Sequence[Note]
    pages: Sequence[ContentPage]
    files: Mapping[str, str]
    measured: Mapping[str, Measured]
    broken: Collection[str]
    locks: Sequence[Lock]
    settings: Settings
    drafts: bool
    future: bool

    def moment(self, now: datetime) -> Moment:
        """What is shown `now`."""
        return Moment(now, self.drafts, self.future)

    def arrange(self, now: datetime) -> Arranged:
        """The catalog of what is shown `now`."""
        moment = self.moment(now)
        content = (self.facts, self.notes, self.pages, self.files)
        return arrange(*content, moment, self.settings, self.measured, self.broken, self.locks)


class LastBuild(NamedTuple):
    """What a site was built with that stands without an error: see open_pages.py."""

    options: str
    settings: Settings
    theme: Theme
    program: str
    given: ArrangeInputs


class Kept:
    """What the last build of one site leaves for the next; empty at first.

    units   the unit of each page of the last plan, by the page's path
    """

    def __init__(self) -> None:
        self.standing: LastBuild | None = None
        self._read_key = ""
        self._reads: dict[str, Read] = {}
        self._given: ArrangeInputs | None = None
        self._arranged: Arranged | None = None
        self.units: dict[str, str] = {}

    @property
    def catalog(self) -> Catalog | None:
        """The catalog of the last arrangement."""
        return self._arranged.catalog if self._arranged else None

    def digests(self) -> tuple[dict[str, str], dict[str, str]]:
        """Of the content files that the last build read, by path, and of all others."""
        read = {path: found.digest for path, found in self._reads.items()}
        return read, dict(self._given.files) if self._given else {}

    # -- read -------------------------------------------------------------------------------

    def reads(self, key: str) -> dict[str, Read]:
        """What files came to under one key (see keys.read_key), by path; to be added to."""
        if key != self._read_key:
            self._read_key, self._reads = key, {}
        return self._reads

    # -- arrange ----------------------------------------------------------------------------

    def arranged(self, given: ArrangeInputs, now: datetime) -> Arranged | None:
        """The last arrangement with other bodies and details, where nothing else differs."""
        last, known = self._given, self._arranged
        if (
            last is None
            or known is None
            or not is_valid(known.valid, now)
            or given._replace(facts=()) != last._replace(facts=())
        ):
            return None
        changed = _changed_parts(last.facts, given.facts)
        if changed is None:
            return None
        if not changed:
            return known
        catalog = with_parts(known.catalog, changed)
        self._given, self._arranged = given, known._replace(catalog=catalog)
        return self._arranged

    def keep_arranged(self, given: ArrangeInputs, arranged: Arranged) -> None:
        """Remember an arrangement that was made anew."""
        self._given, self._arranged = given, arranged


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
