"""The editions of a restored site, decoded from the cache when needed."""

from collections.abc import Sequence
from typing import overload

import msgspec

from site_gen.check.cache import Store
from site_gen.model import Edition, EditionRef

_DECODER = msgspec.msgpack.Decoder(Edition)


class CacheChangedError(Exception):
    """A part of the saved state is missing because another process replaced it."""


class StoredEditions(Sequence[Edition]):
    """Editions, each decoded when first needed. Raises CacheChangedError."""

    def __init__(self, refs: Sequence[EditionRef], store: Store) -> None:
        self._refs, self._store = refs, store
        self._indexes = {ref.id: n for n, ref in enumerate(refs)}
        self._read: dict[int, Edition] = {}

    def __len__(self) -> int:
        return len(self._refs)

    @overload
    def __getitem__(self, index: int) -> Edition: ...
    @overload
    def __getitem__(self, index: slice) -> list[Edition]: ...
    def __getitem__(self, index: int | slice) -> Edition | list[Edition]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        if index not in self._read:
            found = self._store.edition(self._refs[index].id, _DECODER)
            if found is None:
                raise CacheChangedError
            self._read[index] = found
        return self._read[index]

    def index(self, value: Edition, start: int = 0, stop: int = 0) -> int:
        """Return the index of an edition, found by its id."""
        return self._indexes[value.ref.id]

    def put(self, index: int, edition: Edition) -> None:
        """Replace the edition at an index."""
        self._read[index] = edition
