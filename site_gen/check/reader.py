"""Content files as a check reads them: what was found in them, kept by their digests."""

import codecs
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files, urls
from site_gen.check.cache import Mark, Row, Store, decode_row
from site_gen.check.document import Document, Summary, ignored_rules, parse, summary_of
from site_gen.check.findings import Hit
from site_gen.check.rules import BY_NAME, rules_of
from site_gen.check.rules.rule import Rule, Sight
from site_gen.check.rules.text import line_key, prepare, short_lines
from site_gen.check.scan import Link
from site_gen.plugins.load import Plugins
from site_gen.settings import Settings
from site_gen.workers import pool


class Examiner:
    """Asks the rules for single documents, those of plugins too. Picklable: it may work in another
    process. Raises SiteError for plugins that offer no rule."""

    def __init__(self, root: Path, settings: Settings, plugins: Plugins) -> None:
        self.root = root
        self.settings = settings
        self.plugins = plugins
        self.rules = rules_of(plugins)
        self._of_documents = [rule for rule in self.rules.values() if rule.document is not None]
        # What a plugin's rule asks of a document nobody knows: it gets all of it.
        whole = any(rule.name not in BY_NAME for rule in self._of_documents)
        self._ours = None if whole else urls.host(settings.base_url)
        self._letters = {name: chr(n) for n, name in enumerate(self.rules)}

    def __reduce__(self) -> Any:
        return Examiner, (self.root, self.settings, self.plugins)

    def document(self, path: str, sound: str = "") -> tuple[str, Document | None]:
        """The digest of a file and what it holds: None where that is not to be read. A build found
        no fault in bytes of the digest `sound`."""
        try:
            limit = self.settings.limits.file_bytes
            data = files.read_bytes(f"{self.root}/content/{path}", limit)
            own = digest.of_bytes(data)
            if own == sound and self._ours is not None and _is_usual(data):
                return own, parse(data.decode(), path, self._ours)
            return own, parse(files.decode(data).text, path)
        except files.Unreadable:
            return "", None

    def row(self, path: str, harmless: tuple[int, ...] = (), sound: str = "") -> Row:
        """A file and what the rules find in it, of whose lines some are known for `harmless`."""
        own, document = self.document(path, sound)
        if document is None:
            return Row.of(path, Mark(own, readable=False))
        sight = Sight(self.settings, harmless)
        hits = tuple(dict.fromkeys(document_hits(document, sight, self._of_documents)))
        mark = Mark(
            own,
            "".join(self._letters[hit.rule] for hit in hits),
            tuple(ignored_rules(document.matter)),
            tuple([x for x in _inner(document) if sight.is_ours(x)]),
        )
        told = {hit.line for hit in hits if hit.rule == "text/leftover"}
        short = {line_key(x.text) for x in short_lines(document) if x.line not in told}
        return Row.of(path, mark, hits, summary_of(document), tuple(short))


def document_hits(document: Document, sight: Sight, rules: Iterable[Rule]) -> Iterator[Hit]:
    """What the rules for a single document find in it."""
    looks = [rule.document for rule in rules if rule.document is not None]
    return chain.from_iterable([look(document, sight) for look in looks])


def _is_usual(data: bytes) -> bool:
    """Whether bytes without a fault are their text as they stand."""
    return b"\r" not in data and data[:3] != codecs.BOM_UTF8


def _inner(document: Document) -> Iterable[Link]:
    """The links that may lead to our site: those of the body, and pictures."""
    if document.plain_head:
        return document.body_links
    return (link for link in document.links if link.image or not link.field)


def _examined(examiner: Examiner, files: Sequence[tuple[str, str]]) -> list[bytes]:
    return [examiner.row(path, sound=sound).encoded() for path, sound in files]


class Reader:
    """The content files of a site, by path below `content/`, each read when it is asked for.

    digests  of all of them in the order of their paths, as the build knows them
    rules    those that are asked, by name
    pause    called before a file is read; may raise to give the reading up
    sound    those in which a build found no fault
    read     how many files were read, because what is kept was of other bytes
    """

    def __init__(
        self,
        examiner: Examiner,
        store: Store,
        digests: Mapping[str, str],
        pause: Callable[[], None] = lambda: None,
        sound: Container[str] = (),
    ) -> None:
        self.digests = digests
        self._sound = sound
        self.rules = examiner.rules
        self.read = 0
        self._examiner = examiner
        self._store = store
        self.pause = pause
        self._index = store.index()
        self._summaries: dict[str, Summary | None] = {}
        self._fresh: dict[str, Row] = {}
        self._unsaved: set[str] = set()
        self._gone: set[str] = set()

    def mark(self, path: str) -> Mark | None:
        """What is known of a file; None where there is none."""
        if path not in self.digests:
            return None
        if path in self._fresh:
            return self._fresh[path].mark
        found = self._index.get(path)
        if found is None or found.digest != self.digests[path]:
            self.pause()
            self._keep(self._examiner.row(path, self._store.harmless(path)))
            return self._fresh[path].mark
        return found

    def hits(self, path: str) -> tuple[Hit, ...]:
        """What the rules for a single document found in a file."""
        mark = self.mark(path)
        if mark is None or not mark.rules:
            return ()
        if path not in self._fresh:
            found = self._store.hits(path, mark.digest)
            if found is not None:
                return found
            self._keep(self._examiner.row(path))  # another process looked at it meanwhile
        return self._fresh[path].hits

    def summary(self, path: str) -> Summary | None:
        """What other documents need to know of a file."""
        if path not in self._summaries:
            mark = self.mark(path)
            if mark is None or not mark.readable:
                return None
            row = self._fresh.get(path)
            found = row.summary if row else self._store.summary(path)
            if found is None:  # another process forgot it
                self._keep(self._examiner.row(path))
                found = self._fresh[path].summary
            self._summaries[path] = found
        return self._summaries[path]

    def document(self, path: str) -> Document | None:
        """A file, read again."""
        self.pause()
        return self._examiner.document(path)[1]

    def everything(self, jobs: int) -> None:
        """Every file at once: what is not known as it is, with workers."""
        self._gone = self._index.keys() - self.digests.keys()
        unread = [(path, own if path in self._sound else "") for path, own in self.digests.items()
                  if (found := self._index.get(path)) is None or found.digest != own]  # fmt: skip
        if len(unread) >= pool.LARGE:
            prepare()  # phrases are compiled once and not by each worker
        for rows in pool.mapped(_examined, self._examiner, unread, jobs, _unread):
            for row in rows:
                self._keep(decode_row(row))

    def save(self) -> None:
        """Leave to the next check what was read."""
        # What could not be read may be read the next time.
        rows = [row for p in self._unsaved if (row := self._fresh[p]).mark.digest]
        if not rows and not self._gone:
            return
        self._index |= {row.path: row.mark for row in rows}
        for path in self._gone:
            del self._index[path]
        self._store.put_files(rows, self._index, self._gone)
        self._unsaved, self._gone = set(), set()

    def _keep(self, row: Row) -> None:
        self.read += 1
        self._fresh[row.path] = row
        self._summaries.pop(row.path, None)
        self._unsaved.add(row.path)


def _unread(file: tuple[str, str]) -> bytes:
    return Row.of(file[0], Mark("", readable=False)).encoded()


class Summaries(Mapping[str, Summary]):
    """The summaries of a reader's files that have one, by path."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, path: str) -> Summary:
        found = self._reader.summary(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        reader = self._reader
        return (p for p in reader.digests if (found := reader.mark(p)) and found.readable)

    def __len__(self) -> int:
        return sum(1 for _ in self)
