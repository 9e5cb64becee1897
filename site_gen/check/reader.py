"""The content files of a check: parsed and checked when needed, with results cached by digest."""

import codecs
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files, urls
from site_gen.check.cache import IndexEntry, Row, Store, decode_row
from site_gen.check.document import Document, Summary, ignored_rules, parse, summary_of
from site_gen.check.findings import Hit
from site_gen.check.rules import BY_NAME, rules_of
from site_gen.check.rules.rule import Rule, Sight
from site_gen.check.rules.text import line_key, prepare, short_lines
from site_gen.check.scan import Link
from site_gen.plugins.load import Plugins
from site_gen.settings import Settings
from site_gen.workers import pool


class DocumentChecker:
    """Applies the rules for single documents, including those of plugins.

    Picklable, so that worker processes can use it. Raises SiteError if CHECK_RULES of a plugin
    contains something else than a rule.
    """

    def __init__(self, root: Path, settings: Settings, plugins: Plugins) -> None:
        self.root = root
        self.settings = settings
        self.plugins = plugins
        self.rules = rules_of(plugins)
        self._of_documents = [rule for rule in self.rules.values() if rule.document is not None]
        # A plugin's rule may look at any part of a document, so the document is parsed in full.
        parse_all = any(rule.name not in BY_NAME for rule in self._of_documents)
        self._own_host = None if parse_all else urls.host(settings.base_url)
        self._rule_letters = {name: chr(n) for n, name in enumerate(self.rules)}

    def __reduce__(self) -> Any:
        return DocumentChecker, (self.root, self.settings, self.plugins)

    def read(self, path: str, valid_digest: str = "") -> tuple[str, Document | None]:
        """Return the digest of a file ("" if unreadable) and the document, None if invalid.

        `valid_digest` is the digest of a version in which a build found no fault.
        """
        try:
            limit = self.settings.limits.file_bytes
            data = files.read_bytes(f"{self.root}/content/{path}", limit)
            own = digest.of_bytes(data)
            if own == valid_digest and self._own_host is not None and _is_plain_utf8(data):
                return own, parse(data.decode(), path, self._own_host)
            return own, parse(files.decode(data).text, path)
        except files.Unreadable:
            return "", None

    def check(self, path: str, clean_lines: tuple[int, ...] = (), valid_digest: str = "") -> Row:
        """Return what the rules find in a file.

        `clean_lines` are the keys (`line_key`) of short lines in which nothing was found before.
        """
        own, document = self.read(path, valid_digest)
        if document is None:
            return Row.of(path, IndexEntry(own, readable=False))
        sight = Sight(self.settings, clean_lines)
        hits = tuple(dict.fromkeys(find_hits(document, sight, self._of_documents)))
        entry = IndexEntry(
            own,
            "".join(self._rule_letters[hit.rule] for hit in hits),
            tuple(ignored_rules(document.matter)),
            tuple([x for x in _internal_links(document) if sight.is_ours(x)]),
        )
        leftovers = {hit.line for hit in hits if hit.rule == "text/leftover"}
        clean = {line_key(x.text) for x in short_lines(document) if x.line not in leftovers}
        return Row.of(path, entry, hits, summary_of(document), tuple(clean))


def find_hits(document: Document, sight: Sight, rules: Iterable[Rule]) -> Iterator[Hit]:
    """Return what the rules for single documents find in a document."""
    functions = [rule.document for rule in rules if rule.document is not None]
    return chain.from_iterable([function(document, sight) for function in functions])


def _is_plain_utf8(data: bytes) -> bool:
    """Whether decoding needs neither a change of line ends nor of a byte order mark."""
    return b"\r" not in data and data[:3] != codecs.BOM_UTF8


def _internal_links(document: Document) -> Iterable[Link]:
    """Return the links that may lead to a page or picture of this site."""
    if document.plain_head:
        return document.body_links
    return (link for link in document.links if link.image or not link.field)


def _check_chunk(checker: DocumentChecker, files: Sequence[tuple[str, str]]) -> list[bytes]:
    return [checker.check(path, valid_digest=valid).encoded() for path, valid in files]


class Reader:
    """The content files of a site by path relative to `content/`, each read when first needed.

    digests  of all files, ordered by path, from the build
    rules    all rules by name
    pause    called before a file is read; may raise to stop the check
    valid    paths of the files in which a build found no fault
    read     how many files had to be read because the cache has no results for their digest
    """

    def __init__(
        self,
        checker: DocumentChecker,
        store: Store,
        digests: Mapping[str, str],
        pause: Callable[[], None] = lambda: None,
        valid: Container[str] = (),
    ) -> None:
        self.digests = digests
        self._valid = valid
        self.rules = checker.rules
        self.read = 0
        self._checker = checker
        self._store = store
        self.pause = pause
        self._index = store.index()
        self._summaries: dict[str, Summary | None] = {}
        self._checked: dict[str, Row] = {}
        self._unsaved: set[str] = set()
        self._removed: set[str] = set()

    def index_entry(self, path: str) -> IndexEntry | None:
        """Return the index entry of a file; None if there is no such file."""
        if path not in self.digests:
            return None
        if path in self._checked:
            return self._checked[path].entry
        found = self._index.get(path)
        if found is None or found.digest != self.digests[path]:
            self.pause()
            self._record(self._checker.check(path, self._store.clean_lines(path)))
            return self._checked[path].entry
        return found

    def hits(self, path: str) -> tuple[Hit, ...]:
        """Return what the rules for single documents found in a file."""
        entry = self.index_entry(path)
        if entry is None or not entry.rules:
            return ()
        if path not in self._checked:
            found = self._store.hits(path, entry.digest)
            if found is not None:
                return found
            self._record(self._checker.check(path))  # another process replaced the results
        return self._checked[path].hits

    def summary(self, path: str) -> Summary | None:
        """Return the summary of a file; None if it is missing or invalid."""
        if path not in self._summaries:
            entry = self.index_entry(path)
            if entry is None or not entry.readable:
                return None
            row = self._checked.get(path)
            found = row.summary if row else self._store.summary(path)
            if found is None:  # another process deleted it
                self._record(self._checker.check(path))
                found = self._checked[path].summary
            self._summaries[path] = found
        return self._summaries[path]

    def document(self, path: str) -> Document | None:
        """Read and parse a file; None if it is invalid."""
        self.pause()
        return self._checker.read(path)[1]

    def check_all(self, jobs: int) -> None:
        """Check every file without cached results, in `jobs` processes (0: as many as fit)."""
        self._removed = self._index.keys() - self.digests.keys()
        unread = [(path, own if path in self._valid else "") for path, own in self.digests.items()
                  if (found := self._index.get(path)) is None or found.digest != own]  # fmt: skip
        if len(unread) >= pool.MIN_ITEMS:
            prepare()  # so that the phrases are not compiled by each worker
        for rows in pool.map_chunks(_check_chunk, self._checker, unread, jobs, _unreadable_row):
            for row in rows:
                self._record(decode_row(row))

    def save(self) -> None:
        """Write the results of the files that were read to the cache."""
        # A file that could not be read has no digest; the next check tries again.
        rows = [row for p in self._unsaved if (row := self._checked[p]).entry.digest]
        if not rows and not self._removed:
            return
        self._index |= {row.path: row.entry for row in rows}
        for path in self._removed:
            del self._index[path]
        self._store.save_files(rows, self._index, self._removed)
        self._unsaved, self._removed = set(), set()

    def _record(self, row: Row) -> None:
        self.read += 1
        self._checked[row.path] = row
        self._summaries.pop(row.path, None)
        self._unsaved.add(row.path)


def _unreadable_row(file: tuple[str, str]) -> bytes:
    return Row.of(file[0], IndexEntry("", readable=False)).encoded()


class Summaries(Mapping[str, Summary]):
    """The summaries of all valid files of a reader by path."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, path: str) -> Summary:
        found = self._reader.summary(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        reader = self._reader
        return (p for p in reader.digests if (found := reader.index_entry(p)) and found.readable)

    def __len__(self) -> int:
        return sum(1 for _ in self)
