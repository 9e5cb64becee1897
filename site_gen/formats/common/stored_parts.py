"""Loads what `Stored` views refer to: bodies and details in the memo, content files."""

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
MAX_FILE_SIZE = 1 << 30
BATCH = 64
"""Articles whose search terms are fetched with one query."""
CACHE_SIZE = 128
"""Articles whose detail and body are kept in memory."""


class _LazyParts(Sequence[Any]):
    """The parts of many articles, each loaded on first access, so that rendering a page that shows
    a thousand of them can be interrupted."""

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
    """Loads stored parts. Must be closed. Picklable.

    `pause` is called for each article of a page that shows many; an exception from it ends the
    build. It does not travel to workers, which are interrupted by their parent.
    """

    def __init__(self, content: Path, memo: Path, pause: Callable[[], None] = lambda: None) -> None:
        self._content, self._memo_path, self._pause = content, memo, pause
        self._memo: Memo | None = None
        self._last: dict[str, tuple[Detail, SafeHtml]] = {}
        self._many = View(digest="", value=())
        self._terms: tuple[tuple[Stored, ...], list[list[str]]] = ((), [])

    def __reduce__(self) -> tuple[type["StoredParts"], tuple[Path, Path]]:
        return StoredParts, (self._content, self._memo_path)

    def load(self, view: View) -> View:
        """The view with its value loaded. Raises SiteError if a file is unreadable or changed."""
        value = view.value
        if isinstance(value, Stored):
            return View(digest=view.digest, value=self._load_part(value))
        if isinstance(value, tuple) and value and isinstance(value[0], Stored):
            # Pages with the same value come in a row: feeds of a channel, shards of a segment.
            if value[0].part == "terms":
                if self._terms[0] is not value:
                    self._terms = (value, self._load_terms(value))
                return View(digest=view.digest, value=self._terms[1])
            if self._many.digest != view.digest:
                self._many = View(
                    digest=view.digest, value=_LazyParts(value, self._load_with_pause)
                )
            return self._many
        return view

    def _load_terms(self, stored: Sequence[Stored]) -> list[list[str]]:
        found: list[list[str]] = []
        for at in range(0, len(stored), BATCH):
            self._pause()
            found += self._open_memo().terms([each.path for each in stored[at : at + BATCH]])
        return found

    def _open_memo(self) -> Memo:
        if self._memo is None:
            self._memo = Memo(self._memo_path)
            self._memo.begin_snapshot()
        return self._memo

    def _load_with_pause(self, stored: Stored) -> Any:
        self._pause()
        return self._load_part(stored)

    def _load_part(self, stored: Stored) -> Any:
        if stored.part == "file":
            return self._read_file(stored)
        detail, body = self._load_detail_and_body(stored.path)
        if stored.part == "body":
            body = safehtml.resolve_links(body, stored.targets)
            body = safehtml.with_image_sizes(body, stored.pictures, stored.root)
            return safehtml.with_prefix(body, stored.root)
        known = dict(stored.targets)
        translations = (
            replace(t, url=known.get(t.url.removeprefix(f"{safehtml.LOCAL}:"), t.url))
            for t in detail.translations
        )
        local = partial(safehtml.resolve_picture, pairs=stored.targets, pictures=stored.pictures)
        own = {name: getattr(detail, name) for name in _FIELDS}
        own["pictures"] = tuple(p for p in map(local, detail.pictures) if p)
        own["related"] = tuple(r for r in detail.related if known.get(r.web_url, r))
        own["translations"] = tuple(t for t in translations if t.url)
        assert stored.card is not None
        if lost := hidden_addresses.hidden_spellings(stored.targets):
            own = {
                name: hidden_addresses.clean_value(value, lost, name) for name, value in own.items()
            }
            own["sources"] = tuple(s for s in own["sources"] if s.name or s.url)
            own["discussions"] = tuple(d for d in own["discussions"] if d.url)
        return ArticleView(card=stored.card, **own)

    def _load_detail_and_body(self, path: str) -> tuple[Detail, SafeHtml]:
        """Detail and body of an article. The last ones are cached: letter, book and API of an
        edition show the same articles as its pages."""
        found = self._last.get(path)
        if found is None:
            if len(self._last) >= CACHE_SIZE:
                del self._last[next(iter(self._last))]
            detail, body = self._open_memo().detail_and_body(path)
            found = self._last[path] = (_DETAIL.decode(detail), SafeHtml(body))
        return found

    def _read_file(self, stored: Stored) -> bytes:
        where = Where(f"{self._content.name}/{stored.path}")
        try:
            data = files.read_bytes(self._content / stored.path, MAX_FILE_SIZE)
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
