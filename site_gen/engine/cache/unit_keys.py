"""Keys of units, known from the last build: of the same arrangement, made again only where a unit
takes the body or detail of an article that has another by now; of another one, known again by what
is made sooner than a digest of all that the unit takes."""

from typing import NamedTuple

import msgspec

from site_gen.basics import digest
from site_gen.formats import is_builtin
from site_gen.formats.common.units import Digests, Unit
from site_gen.memo.memo import Memo

STATE = "unit keys"


class Like(NamedTuple):
    """Which arrangement a catalog is of, by its name, and the content paths of the articles that
    have another body or detail than there."""

    arrangement: str
    changed: tuple[str, ...]


class _Key(NamedTuple):
    """A unit's key, the places of the articles whose body or detail it takes, and its digest that
    is made sooner, "" for none."""

    key: str
    taken: tuple[int, ...]
    like: str = ""


class _Stored(NamedTuple):
    arrangement: str
    beside: tuple[str, str]
    keys: dict[str, _Key]


_STORED = msgspec.msgpack.Decoder(_Stored)
_NONE = _Stored("", ("", ""), {})


class UnitKeys:
    """The keys of one plan; `beside` is what units read beside the catalog: all of them, or one."""

    def __init__(
        self, memo: Memo, output: str, beside: tuple[str, str], digests: Digests, like: Like
    ) -> None:
        self._memo, self._output, self._beside, self._like = memo, output, beside, like
        self._digests = digests
        places = (digests.place(path.removesuffix(".md")) for path in like.changed)
        self._changed = {place for place in places if place is not None}
        self._before = self._known()
        self._is_known = self._before.arrangement == like.arrangement
        self._keys: dict[str, _Key] = {}

    def _known(self) -> _Stored:
        data = self._memo.get_bytes(self._output, STATE)
        stored = _STORED.decode(data) if data else _NONE
        return stored if stored.beside == self._beside else _NONE

    def of(self, unit: Unit, after: str = "") -> str:
        """The key of a unit that comes `after` others with this digest."""
        name = f"{unit.name} {after}"
        known = self._before.keys.get(name)
        if known and self._is_known and self._changed.isdisjoint(known.taken):
            return known.key
        taken = self._digests.used
        taken.clear()
        like = unit.early_digest() if unit.early_digest else ""
        if known and like and known.like == like:
            key = known.key
        else:
            key = digest.of_parts(self._beside[0], unit.name, unit.digest())
        if is_builtin(unit.name):
            self._keys[name] = _Key(key, tuple(taken), like)
        return key

    def remember(self) -> None:
        """Store the keys of an arrangement. Call it in a transaction."""
        if not self._is_known and not self._like.changed:
            stored = _Stored(self._like.arrangement, self._beside, self._keys)
            self._memo.set_bytes(self._output, STATE, msgspec.msgpack.encode(stored))
