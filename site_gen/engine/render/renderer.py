"""The second map: stale pages to staged files. Runs in this process or in a worker."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen import formats
from site_gen.arrange.pictures import localized
from site_gen.basics import digest, files, safehtml
from site_gen.basics.stamps import Stamp, stamp
from site_gen.engine.snapshot import CONTENT
from site_gen.formats.common.remarked import Remarked
from site_gen.memo.memo import Memo
from site_gen.model import ArticleView, Detail, Page, SafeHtml, Stored, View
from site_gen.output.staging import Staging
from site_gen.problems import Problem, SiteError, Where
from site_gen.theme.load import Theme

_DETAIL = msgspec.msgpack.Decoder(Detail)
_FIELDS = Detail.__struct_fields__
MAX_COPY = 1 << 30
AT_ONCE = 64
"""Articles whose terms are fetched together."""
LAST = 128
"""Articles whose detail and body are kept for what shows them next."""


class Outcome(NamedTuple):
    """What became of one page: its stamp once written, or problems.

    same   the output folder already holds these bytes: nothing was staged
    """

    path: str
    stamp: Stamp | None
    same: bool
    seconds: float
    problems: tuple[Problem, ...] = ()


class Parts(Sequence[Any]):
    """Stored parts of many articles, each read when it is first asked for: a page that shows a
    thousand of them may be given up amid them."""

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


def _never() -> None:
    """A worker is not given up: its parent is."""


class Renderer:
    """Renders pages of one plan into the staging folder. Picklable.

    `pause` is called amid a page that shows many articles; what it raises ends the build.
    """

    def __init__(
        self,
        root: Path,
        theme: Theme,
        memo: Path,
        staging: Staging,
        pause: Callable[[], None] = _never,
    ) -> None:
        self.root = root
        self.theme = theme
        self._memo_path = memo
        self.staging = staging
        self._pause = pause
        self._memo: Memo | None = None
        self._last: dict[str, tuple[Detail, SafeHtml]] = {}
        self._many = View(digest="", value=())
        self._terms: tuple[tuple[Stored, ...], list[list[str]]] = ((), [])

    def __getstate__(self) -> dict[str, Any]:
        none = Renderer(self.root, self.theme, self._memo_path, self.staging)
        return none.__dict__

    def render(self, page: Page) -> Outcome:
        """One page: rendered, compared with what is there, staged when it differs."""
        start = time.perf_counter()
        made = rendered(self.theme, self.filled(page))
        return self.placed(made._replace(seconds=time.perf_counter() - start))

    def filled(self, page: Page) -> "Page | Rendered":
        """The page with what its views stand for, or what is wrong with that."""
        try:
            views = {name: self._view(each) for name, each in page.views.items()}
        except SiteError as error:
            return Rendered(page.path, None, error.problems)
        return replace(page, views=views)

    def placed(self, made: "Rendered") -> Outcome:
        """Bytes compared with what is there, and staged when they differ."""
        if made.data is None:
            return Outcome(made.path, None, False, 0, made.problems)
        start = time.perf_counter()
        found = self.staging.existing(made.path, made.data)
        same = found is not None
        at = stamp(found) if found is not None else self.staging.write(made.path, made.data)
        seconds = made.seconds + time.perf_counter() - start
        return Outcome(made.path, at, same, seconds, made.problems)

    def _view(self, view: View) -> View:
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
                self._many = View(digest=view.digest, value=Parts(value, self._one_of_many))
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
            local = safehtml.localize(body, stored.targets)
            local = safehtml.illustrated(local, stored.pictures, stored.root)
            return safehtml.rooted(local, stored.root)
        known = dict(stored.targets)
        translations = (
            replace(t, url=known.get(t.url.removeprefix(f"{safehtml.LOCAL}:"), t.url))
            for t in detail.translations
        )
        shown = (localized(p, stored.targets, stored.pictures) for p in detail.pictures)
        own = {name: getattr(detail, name) for name in _FIELDS}
        own["pictures"] = tuple(p for p in shown if p)
        own["related"] = tuple(r for r in detail.related if known.get(r.web_url, r))
        own["translations"] = tuple(t for t in translations if t.url)
        assert stored.card is not None
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
        where = Where(f"{CONTENT}/{stored.path}")
        try:
            data = files.read_bytes(self.root / CONTENT / stored.path, MAX_COPY)
        except files.Unreadable as error:
            fault, cure = f"the file {error.reason}", "restore it, and build again"
            raise SiteError([Problem("file/unreadable", fault, where, cure)]) from None
        if digest.of_bytes(data) != stored.digest:
            fault = "the file changed while it was read"
            raise SiteError([Problem("file/changed", fault, where, "build again")])
        return data

    def close(self) -> None:
        if self._memo is not None:
            self._memo.close()
            self._memo = None


class Rendered(NamedTuple):
    """The bytes of a page and what is said of it; None, and why, where there are none."""

    path: str
    data: bytes | None
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0


def rendered(theme: Theme, page: "Page | Rendered") -> Rendered:
    """A page that has all that it shows, wherever that is done."""
    if isinstance(page, Rendered):
        return page
    start = time.perf_counter()
    try:
        data = formats.render(page, theme)
    except SiteError as error:
        return Rendered(page.path, None, error.problems)
    except MemoryError:
        return Rendered(page.path, None, (_no_memory(page),))
    said = data.problems if isinstance(data, Remarked) else ()
    return Rendered(page.path, bytes(data), said, time.perf_counter() - start)


def rendered_all(theme: Theme, pages: "Sequence[Page | Rendered]") -> list[Rendered]:
    """Several, in order."""
    return [rendered(theme, page) for page in pages]


def _no_memory(page: Page) -> Problem:
    return Problem(
        "page/memory",
        f"the machine has not memory enough to make {page.path}",
        Where(page.origin),
        "shorten or split what it is made from, or build with fewer --jobs",
    )


def render_all(renderer: Renderer, pages: Sequence[Page]) -> list[Outcome]:
    """Several pages, in order."""
    return [renderer.render(page) for page in pages]
