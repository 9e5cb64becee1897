"""Content files as a check reads them: what was found in them, kept by their digests."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files
from site_gen.check.document import Document, Summary, ignored_rules, parse, summary_of
from site_gen.check.findings import Hit
from site_gen.check.rules import rules_of
from site_gen.check.rules.rule import Rule, Sight
from site_gen.check.store import Entry, Row, Store
from site_gen.engine.workers import pool
from site_gen.plugins.load import Plugins
from site_gen.settings import Settings


class Examiner:
    """Asks the rules for single documents, those of plugins too. Picklable: it may work in another
    process. Raises SiteError for plugins that offer no rule."""

    def __init__(self, root: Path, settings: Settings, plugins: Plugins) -> None:
        self.root = root
        self.settings = settings
        self.plugins = plugins
        self.rules = rules_of(plugins)

    def __reduce__(self) -> Any:
        return Examiner, (self.root, self.settings, self.plugins)

    def document(self, path: str) -> tuple[str, Document | None]:
        """The digest of a file and what it holds: None where that is not to be read."""
        try:
            limit = self.settings.limits.file_bytes
            data = files.read_bytes(self.root / "content" / path, limit)
            return digest.of_bytes(data), parse(files.decode(data).text, path)
        except files.Unreadable:
            return "", None

    def row(self, path: str) -> Row:
        """A file and what the rules find in it."""
        own, document = self.document(path)
        if document is None:
            return path, Entry(own, readable=False), None
        sight = Sight(self.settings)
        entry = Entry(
            own,
            tuple(document_hits(document, sight, self.rules.values())),
            tuple(ignored_rules(document.matter)),
            tuple(link for link in document.links if sight.is_ours(link)),
        )
        return path, entry, summary_of(document)


def document_hits(document: Document, sight: Sight, rules: Iterable[Rule]) -> Iterator[Hit]:
    """What the rules for a single document find in it."""
    for rule in rules:
        if rule.document is not None:
            yield from rule.document(document, sight)


def _examined(examiner: Examiner, paths: Sequence[str]) -> list[Row]:
    return [examiner.row(path) for path in paths]


class Reader:
    """The content files of a site, by path below `content/`, each read when it is asked for.

    digests  of all of them, as the build knows them
    rules    those that are asked, by name
    pause    called before a file is read; may raise to give the reading up
    read     how many files were read, because what is kept was of other bytes
    """

    def __init__(
        self,
        examiner: Examiner,
        store: Store,
        digests: Mapping[str, str],
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        self.digests = digests
        self.rules = examiner.rules
        self.read = 0
        self._examiner = examiner
        self._store = store
        self.pause = pause
        self._entries: dict[str, Entry] = {}
        self._summaries: dict[str, Summary | None] = {}
        self._fresh: dict[str, Row] = {}

    def entry(self, path: str) -> Entry | None:
        """What is known of a file; None where there is none."""
        if path not in self.digests:
            return None
        found = self._entries.get(path)
        if found is None:
            found = self._store.entry(path)
            if found is None or found.digest != self.digests[path]:
                self.pause()
                self._keep(self._examiner.row(path))
                return self._entries[path]
            self._entries[path] = found
        return found

    def summary(self, path: str) -> Summary | None:
        """What other documents need to know of a file."""
        entry = self.entry(path)
        if entry is None or not entry.readable:
            return None
        if path not in self._summaries:
            self._summaries[path] = self._store.summary(path)
        return self._summaries[path]

    def document(self, path: str) -> Document | None:
        """A file, read again."""
        self.pause()
        return self._examiner.document(path)[1]

    def everything(self, jobs: int) -> None:
        """Every file at once: what is kept in one look, the rest with workers."""
        kept = self._store.entries()
        self._gone = kept.keys() - self.digests.keys()
        unread = []
        for path, own in self.digests.items():
            found = kept.get(path)
            if found is not None and found.digest == own:
                self._entries[path] = found
            else:
                unread.append(path)
        for rows in pool.mapped(_examined, self._examiner, unread, jobs, _unread):
            for row in rows:
                self._keep(row)

    def save(self) -> None:
        """Leave to the next check what was read."""
        self._store.put(self._fresh.values(), gone=self._gone)
        self._fresh = {}

    _gone: "set[str] | frozenset[str]" = frozenset()

    def _keep(self, row: Row) -> None:
        path, entry, summary = row
        self.read += 1
        self._entries[path], self._summaries[path] = entry, summary
        if entry.digest:  # what could not be read may be read the next time
            self._fresh[path] = row


def _unread(path: str) -> Row:
    return path, Entry("", readable=False), None


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
        return (p for p in reader.digests if (found := reader.entry(p)) and found.readable)

    def __len__(self) -> int:
        return sum(1 for _ in self)
