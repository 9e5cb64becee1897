"""Settings that were renamed: the old name works for one more version, with a warning.

Remove an entry when the version after `since` is out; the old name is then an unknown key.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from site_gen.basics import schema
from site_gen.problems import Problem, Where


class Renamed(NamedTuple):
    """The old and the new path of a key; `since` is the version that renamed it."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    since: str


RENAMED: tuple[Renamed, ...] = ()

Place = Callable[[schema.Path], Where]


class AppliedRenames(NamedTuple):
    """Problems with old names, and a function that finds the place of a current key in the file."""

    warnings: list[Problem]
    faults: list[Problem]
    place: Place


def apply_renames(data: dict[str, Any], place: Place) -> AppliedRenames:
    """Move values of old names in `data` to the new names. Having both is a fault."""
    warnings: list[Problem] = []
    faults: list[Problem] = []
    moved: dict[schema.Path, schema.Path] = {}
    for each in RENAMED:
        table = _table(data, each.old)
        if table is None or each.old[-1] not in table:
            continue
        old, new = schema.dotted(each.old), schema.dotted(each.new)
        target = _table(data, each.new, make=True)
        if target is None or each.new[-1] in target:
            told = f"{old} is the former name of {new}, which stands here too"
            also = (place(each.new),)
            faults.append(
                Problem("settings/renamed", told, place(each.old), "remove one", also=also)
            )
        else:
            told = f"{old} is called {new} since {each.since}; it is understood for one version"
            cure = f"write {new}"
            warnings.append(
                Problem("settings/renamed", told, place(each.old), cure, severity="warning")
            )
            target[each.new[-1]] = table[each.old[-1]]
            moved[each.new] = each.old
        del table[each.old[-1]]
        _drop_empty(data, each.old[:-1])

    def found(path: schema.Path) -> Where:
        for new, old in moved.items():
            if path[: len(new)] == new:
                return place((*old, *path[len(new) :]))
        return place(path)

    return AppliedRenames(warnings, faults, found)


def _table(
    data: dict[str, Any], path: tuple[str, ...], *, make: bool = False
) -> dict[str, Any] | None:
    """The table with the last key of `path`; None if there is something else."""
    found: Any = data
    for name in path[:-1]:
        found = found.setdefault(name, {}) if make else found.get(name)
        if not isinstance(found, dict):
            return None
    return found  # type: ignore[no-any-return]


def _drop_empty(data: dict[str, Any], path: tuple[str, ...]) -> None:
    """Remove tables that are empty now, since the table itself may be unknown by its old name."""
    while path:
        table = _table(data, path)
        if not table or table.get(path[-1]) != {}:
            return
        del table[path[-1]]
        path = path[:-1]
