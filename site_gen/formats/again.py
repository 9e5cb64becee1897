"""What a plan made of each edition, for the next plan of the same process.

A preview plans the edition that is written, not two hundred: pages of an edition in which nothing
changed are those of the last plan.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class Again(Generic[Given, Made]):
    """What was made under one base, by name; under another base nothing of it is used."""

    def __init__(self) -> None:
        self._base: Any = None
        self._made: dict[str, tuple[Given, Made]] = {}

    def planned(
        self, base: object, items: Iterable[tuple[str, Given]], make: Callable[[Given], Made]
    ) -> Iterator[Made]:
        """Of each (name, given) what `make(given)` gave the last time, where base and given are
        equal to those of that time, else what it gives now. Names are unique.
        """
        if self._base != base:
            self._base, self._made = base, {}
        made = self._made  # a plan may be given up, and gone on with while another base is in use
        named = set()
        for name, given in items:
            named.add(name)
            last = made.get(name)
            if last is None or last[0] != given:
                last = made[name] = (given, make(given))
            yield last[1]
        for name in made.keys() - named:
            del made[name]
