"""Which planned pages are stale: their key or their file in the output is not as recorded.

If all outputs are as the last good build left them, pages of unchanged units are not stale, and
only the units that were planned now are compared.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from site_gen.basics.stamps import Stamp, pack, stamp_at
from site_gen.engine import keys
from site_gen.engine.keys import Keyed
from site_gen.engine.plan import Planner, UnitPlan
from site_gen.engine.site import Site
from site_gen.model import Page
from site_gen.output import conflicts
from site_gen.output.file_list import OutputState, list_stamp, owned_paths, read_state, state_digest
from site_gen.problems import Problem, Where


class PlannedOutputs:
    """Filled by `find`, then updated with what is published.

    stands  the stamps of the outputs, if they are as the last good build left them
    owned   our paths that exist
    wanted  paths that should exist
    stale   pages to render
    stamps  of outputs that were checked or made; None if missing
    """

    def __init__(self, site: Site) -> None:
        self._memo, self._name, self._output = site.memo, site.name, site.output
        self._anew = not os.path.lexists(site.output)  # then it has no files to check
        self.stands = self._stands()
        self.owned = set(self.stands.paths) if self.stands else owned_paths(site.output)
        self.wanted: set[str] = set()
        self.stale: list[Keyed] = []
        self.stamps: dict[str, Stamp | None] = {}

    def _stands(self) -> OutputState | None:
        settled = self._memo.get_state(self._name, "settled")
        looked = read_state(self._output) if isinstance(settled, dict) else None
        return looked if looked and settled.get("outputs") == looked.digest else None

    def find(self, planner: Planner, plans: list[UnitPlan]) -> Iterator[Problem]:
        """Fill `wanted` and `stale`. Yields the conflicts."""
        again, before = plans, dict[str, set[str]]()
        if self.stands:
            again = [plan for plan in plans if plan.fresh]
            before = planner.paths_before(plans)
        pages, found = conflicts.find_conflicts(
            each.page for plan in again for each in plan.pages()
        )
        others = self.owned.difference(*before.values()) if self.stands else set[str]()
        if others and conflicts.has_collision(_new(again, before), others):
            again, others = plans, set()
            pages, found = conflicts.find_conflicts(
                each.page for plan in plans for each in plan.pages()
            )
        yield from found
        good = {id(page) for page in pages}
        for page in pages:
            if self._is_foreign(page):
                good.discard(id(page))
                yield self._foreign(page)
        self.wanted = others | {page.path for page in pages if id(page) in good}
        recorded = {} if self.stands else self._memo.page_keys(self._name)
        for plan in again:
            mine = [each for each in plan.pages() if id(each.page) in good]
            self.stale += self._stale(planner, plan, mine, recorded)

    def _stale(
        self, planner: Planner, plan: UnitPlan, pages: list[Keyed], recorded: dict[str, Any]
    ) -> Iterator[Keyed]:
        """The stale pages of a unit; those of a recalled unit are planned again."""
        stale = [each for each in pages if self._is_stale(each, recorded)]
        if stale and not plan.fresh:
            paths = {each.page.path for each in stale}
            stale = [each for each in planner.pages(plan.unit) if each.page.path in paths]
        for each in stale:
            path = each.page.path
            known = path in recorded or self.stands
            row = self._memo.page(self._name, path) if known else None
            yield each._replace(reasons=keys.reasons(each, row))

    def _is_stale(self, each: Keyed, recorded: dict[str, Any]) -> bool:
        """Whether the page or its file differs from the record."""
        path = each.page.path
        if self.stands and path in self.owned:
            row = self._memo.page(self._name, path)
            return row is None or row.key != each.key
        found = self.stamps[path] = self._stamp(path)
        return found is None or recorded.get(path) != (each.key, *found)

    def _stamp(self, path: str) -> Stamp | None:
        return None if self._anew else stamp_at(f"{self._output}/{path}", follow=False)

    def _is_foreign(self, page: Page) -> bool:
        """Whether it would overwrite a file that is not ours."""
        if self._anew or page.path in self.owned:
            return False
        return os.path.lexists(f"{self._output}/{page.path}")

    def _foreign(self, page: Page) -> Problem:
        return Problem(
            "output/foreign",
            f"{page.path} ({page.origin}) lies on a file that site_gen did not make",
            Where(str(self._output / page.path)),
            "move that file away, or build into another folder",
        )

    def there(self) -> set[str]:
        """Our paths once everything is published; failed pages keep their old file."""
        return self.wanted - {path for path, found in self.stamps.items() if found is None}

    def digest(self) -> str:
        """Digest of our files in the output, as in `file_list.OutputState`."""
        own = list_stamp(self._output)
        if self.stands:
            gone = dict.fromkeys(set(self.stands.paths) - self.owned)
            paths, stamps = self.stands.with_changes({**self.stamps, **gone})
            return state_digest(paths, stamps, own)
        stamps_of = {path: found for path in sorted(self.owned) if (found := self.stamps[path])}
        return state_digest(stamps_of, pack(stamps_of.values()), own)


def _new(plans: Iterable[UnitPlan], before: dict[str, set[str]]) -> list[str]:
    """Paths of pages that are new in their unit."""
    return [
        each.page.path
        for plan in plans
        for each in plan.pages()
        if each.page.path not in before.get(plan.unit.name, ())
    ]
