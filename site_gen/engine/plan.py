"""The plan: only units with a new digest are planned, the others are recalled from the memo.

For each unit the memo has its key, its pages (without views) and their keys. So an unaffected page
costs next to nothing, in a fresh process, in a preview and in a cold build alike.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.engine import keys
from site_gen.engine.cache.unit_keys import Like, UnitKeys
from site_gen.engine.keys import Keyed
from site_gen.engine.site import Site
from site_gen.formats import plan_key, second_pass_units, units
from site_gen.formats.common.units import Digests, ListDigests, Unit
from site_gen.memo.memo import UnitRow
from site_gen.model import Catalog, Page
from site_gen.problems import Problem
from site_gen.theme.load import Theme

_PAGES = msgspec.msgpack.Decoder(tuple[Page, ...])

MOST_VIEWS = 16_384
"""If more pages than this are planned, none keeps its views until it is rendered: planning
them again takes a tenth more CPU time, but a sixth less memory, and a large archive has to fit."""


class UnitPlan(NamedTuple):
    """A unit with its pages and their keys; pages that are recalled have no views.

    pages_digest  of the pages as others may know them: paths, kinds, permalinks, times
    fresh         whether it was planned now
    pages         returns them in the order of its plan; looked up when they are asked for
    faults        what was left out: such a unit is not known the next time
    """

    unit: Unit
    key: str
    pages_digest: str
    fresh: bool
    pages: Callable[[], list[Keyed]]
    faults: tuple[Problem, ...] = ()


class Planner:
    """Plans one output. Before each unit it may stop for a newer change."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self._site, self._theme, self._settings = site, theme, site.settings
        self._memo, self._output = site.memo, site.name
        own = digest.of_value(site.settings)
        self._base = digest.of_parts(site.program, plan_key(theme), own)
        self._known = site.memo.units(site.name)
        self._room = MOST_VIEWS

    def run(self, catalog: Catalog, like: Like, lists: ListDigests) -> list[UnitPlan]:
        """Every unit; those made from the pages of others come last. Raises SiteError."""
        digests = Digests(catalog, lists)
        # The base has the addresses of assets; one unit reads their bytes.
        assets = digest.of_parts(*(each.digest for each in self._theme.assets.values()))
        self._keys = UnitKeys(self._memo, self._output, (self._base, assets), digests, like)
        first = units(
            catalog, self._theme, self._settings, digests, preview=self._site.options.preview
        )
        found = list(self._planned(first))
        first_pages = digest.of_parts(*(plan.pages_digest for plan in found))

        @cache
        def pages() -> tuple[Page, ...]:
            return tuple(chain.from_iterable(map(self._own, found)))

        after = second_pass_units(catalog, self._theme, self._settings, digests, pages, first_pages)
        return [*found, *self._planned(after, first_pages)]

    def _planned(self, these: Iterable[Unit], after: str = "") -> Iterator[UnitPlan]:
        whole: list[tuple[Unit, list[Keyed]]] = []
        for unit in these:
            self._site.caller.give_way()
            key = self._keys.of(unit, after)
            row = self._known.get(unit.name)
            if row and row.key == key:
                pages = cache(partial(self._recalled, unit.name))
                yield UnitPlan(unit, key, row.pages_digest, False, pages)
            else:
                made, faults = self._made(unit)
                whole.append((unit, made))
                while self._room < 0 and whole:  # this one, and at first those before it
                    of, some = whole.pop()
                    some[:] = [each.without_views(of) for each in some]
                pages_digest = digest.of_bytes(_encoded(made))
                yield UnitPlan(unit, key, pages_digest, True, partial(list, made), faults)

    def _own(self, plan: UnitPlan) -> Iterable[Page]:
        """Only its pages, without views if it was planned before."""
        if plan.fresh:
            return (each.page for each in plan.pages())
        return _PAGES.decode(self._memo.unit_pages(self._output, plan.unit.name)[0])

    def _recalled(self, name: str) -> list[Keyed]:
        """The pages of a unit from the last plan."""
        pages, own = self._memo.unit_pages(self._output, name)
        return [
            Keyed(page, key) for page, key in zip(_PAGES.decode(pages), own.split(), strict=True)
        ]

    def paths_before(self, plans: Iterable[UnitPlan]) -> dict[str, set[str]]:
        """Paths in the last plan of units that are planned again or removed."""
        still = {plan.unit.name for plan in plans if not plan.fresh}
        return {
            name: {each.page.path for each in self._recalled(name)}
            for name in self._known.keys() - still
        }

    def pages(self, unit: Unit) -> list[Keyed]:
        """The pages of a unit with their keys, and with their views while few have some."""
        made, _ = self._made(unit)
        return made if self._room >= 0 else [each.without_views(unit) for each in made]

    def _made(self, unit: Unit) -> tuple[list[Keyed], tuple[Problem, ...]]:
        pages, faults = unit.pages()
        self._room -= len(pages)
        return [keys.keyed(page, self._theme, self._site.program) for page in pages], faults

    def remember(self, plans: Iterable[UnitPlan]) -> None:
        """Store the units in the memo. Call it in a transaction."""
        named = set()
        for plan in plans:
            if plan.faults:
                continue
            named.add(plan.unit.name)
            if plan.fresh:
                of_pages = " ".join(each.key for each in plan.pages())
                row = UnitRow(plan.key, plan.pages_digest)
                own = (_encoded(plan.pages()), of_pages)
                self._memo.put_unit(self._output, plan.unit.name, row, *own)
        self._memo.forget_units(self._output, self._known.keys() - named)
        self._keys.remember()

    def is_new(self, plans: list[UnitPlan]) -> bool:
        """Whether the memo has a different plan."""
        return any(plan.fresh for plan in plans) or len(plans) != len(self._known)


def with_views(some: Iterable[Keyed]) -> Iterator[Keyed]:
    """Pages with their views; those of a unit stand in a row."""
    for unit, own in groupby(some, attrgetter("unit")):
        if unit is None:
            yield from own
        else:
            found = {page.path: page for page in unit.pages()[0]}
            yield from (each._replace(page=found[each.page.path]) for each in own)


def _encoded(pages: Iterable[Keyed]) -> bytes:
    return msgspec.msgpack.encode([replace(each.page, views={}) for each in pages])
