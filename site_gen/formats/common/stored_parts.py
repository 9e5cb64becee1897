"""Fills stored views: bodies and details from the memo, files of the content folder."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from site_gen.basics import digest, files, hidden_addresses, safehtml
from site_gen.memo.memo import Memo
from site_gen.model import ArticleView, Detail, SafeHtml, Stored, View
from site_gen.problems import Problem, SiteError, Where

_DETAIL = msgspec.msgpack.Decoder(Detail)
_FIELDS = Detail.__struct_fields__
MAX_COPY = 1 << 30
AT_ONCE = 64
"""Articles whose terms are fetched together."""
LAST = 128
"""Articles whose detail and body are kept for what shows them next."""


class _Many(Sequence[Any]):
    """Of many articles, each read when it is first asked for: a page that shows a thousand of
    them may be given up amid them."""

    def __init__(self, stored: Sequence[Stored], read: Callable[[Stored], Any]) -> None:
        self._stored = stored
        self._read = read
        self._found: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._stored)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        if at not in self._found:
            self._found[at] = self._read(self._stored[at])
        return self._found[at]


class StoredParts:
    """Reads them, until it is closed. Picklable.

    `pause` is called amid a page that shows many articles; what it raises ends the build. In a
    worker nothing is called: that is not given up, its parent is.
    """

    def __init__(self, content: Path, memo: Path, pause: Callable[[], None] = lambda: None) -> None:
        self._content, self._memo_path, self._pause = content, memo, pause
        self._memo: Memo | None = None
        self._last: dict[str, tuple[Detail, SafeHtml]] = {}
        self._many = View(digest="", value=())
        self._terms: tuple[tuple[Stored, ...], list[list[str]]] = ((), [])

    def __reduce__(self) -> tuple[type["StoredParts"], tuple[Path, Path]]:
        return StoredParts, (self._content, self._memo_path)

    def of(self, view: View) -> View:
        """A view with what it stands for. Raises SiteError."""
        value = view.value
        if isinstance(value, Stored):
            return View(digest=view.digest, value=self._part(value))
        if isinstance(value, tuple) and value and isinstance(value[0], Stored):
            # Pages that share many come in a row: feeds of a channel, shards of a segment.
            if value[0].part == "terms":
                if self._terms[0] is not value:
                    self._terms = (value, self._lines(value))
                return View(digest=view.digest, value=self._terms[1])
            if self._many.digest != view.digest:
                self._many = View(digest=view.digest, value=_Many(value, self._one_of_many))
            return self._many
        return view

    def _lines(self, stored: Sequence[Stored]) -> list[list[str]]:
        found: list[list[str]] = []
        for at in range(0, len(stored), AT_ONCE):
            self._pause()
            found += self._opened().terms([each.path for each in stored[at : at + AT_ONCE]])
        return found

    def _opened(self) -> Memo:
        if self._memo is None:
            self._memo = Memo(self._memo_path)
            self._memo.hold()
        return self._memo

    def _one_of_many(self, stored: Stored) -> Any:
        self._pause()
        return self._part(stored)

    def _part(self, stored: Stored) -> Any:
        if stored.part == "file":
            return self._file(stored)
        detail, body = self._shown(stored.path)
        if stored.part == "body":
            body = safehtml.localize(body, stored.targets)
            body = safehtml.illustrated(body, stored.pictures, stored.root)
            return safehtml.rooted(body, stored.root)
        known = dict(stored.targets)
        translations = (
            replace(t, url=known.get(t.url.removeprefix(f"{safehtml.LOCAL}:"), t.url))
            for t in detail.translations
        )
        local = partial(safehtml.localized_picture, pairs=stored.targets, pictures=stored.pictures)
        own = {name: getattr(detail, name) for name in _FIELDS}
        own["pictures"] = tuple(p for p in map(local, detail.pictures) if p)
        own["related"] = tuple(r for r in detail.related if known.get(r.web_url, r))
        own["translations"] = tuple(t for t in translations if t.url)
        assert stored.card is not None
        if lost := hidden_addresses.hidden(stored.targets):
            own = {name: hidden_addresses.cleaned(value, lost, name) for name, value in own.items()}
            own["sources"] = tuple(s for s in own["sources"] if s.name or s.url)
            own["discussions"] = tuple(d for d in own["discussions"] if d.url)
        return ArticleView(card=stored.card, **own)

    def _shown(self, path: str) -> tuple[Detail, SafeHtml]:
        """Detail and body of an article. The last ones are kept: letter, book and API of an
        edition show what its pages do."""
        found = self._last.get(path)
        if found is None:
            if len(self._last) >= LAST:
                del self._last[next(iter(self._last))]
            detail, body = self._opened().shown(path)
            found = self._last[path] = (_DETAIL.decode(detail), SafeHtml(body))
        return found

    def _file(self, stored: Stored) -> bytes:
        where = Where(f"{self._content.name}/{stored.path}")
        try:
            data = files.read_bytes(self._content / stored.path, MAX_COPY)
        except files.Unreadable as error:
            fault, cure = f"the file {error.reason}", "restore it, and build again"
            raise SiteError([Problem("file/unreadable", fault, where, cure)]) from None
        if digest.of_bytes(data) != stored.digest:
            fault = "the file changed while it was read"
            raise SiteError([Problem("file/changed", fault, where, "build again")])
        return data

    def close(self) -> None:
        """Close the memo."""
        if self._memo is not None:
            self._memo.close()
            self._memo = None
