"""Settings that have another name now: understood for one version more, with a warning.

A line is taken out when the version after `since` is out: then the old name is an unknown key.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from site_gen.basics import schema
from site_gen.problems import Problem, Where
from site_gen.settings.key_positions import dotted


class Renamed(NamedTuple):
    """From a key, as its tables lead to it, to another; `since` which version of ours."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    since: str


RENAMED: tuple[Renamed, ...] = ()

Place = Callable[[schema.Path], Where]


class Understood(NamedTuple):
    """What was said of old names, and where each key of today stands in the file."""

    warnings: list[Problem]
    faults: list[Problem]
    place: Place


def understand(data: dict[str, Any], place: Place) -> Understood:
    """Puts values of old names in `data` under today's. Both at once are a fault."""
    warnings: list[Problem] = []
    faults: list[Problem] = []
    moved: dict[schema.Path, schema.Path] = {}
    for each in RENAMED:
        table = _table(data, each.old)
        if table is None or each.old[-1] not in table:
            continue
        old, new = dotted(each.old), dotted(each.new)
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

    return Understood(warnings, faults, found)


def _table(
    data: dict[str, Any], path: tuple[str, ...], *, make: bool = False
) -> dict[str, Any] | None:
    """The table that holds the last key of `path`; None where something else stands there."""
    found: Any = data
    for name in path[:-1]:
        found = found.setdefault(name, {}) if make else found.get(name)
        if not isinstance(found, dict):
            return None
    return found  # type: ignore[no-any-return]


def _drop_empty(data: dict[str, Any], path: tuple[str, ...]) -> None:
    """A table that held nothing but the old name may be none of ours any more."""
    while path:
        table = _table(data, path)
        if not table or table.get(path[-1]) != {}:
            return
        del table[path[-1]]
        path = path[:-1]
