"""Content files to rows of the memo, in this process or in a worker."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from site_gen.basics import digest, files, urls
from site_gen.basics.hidden_addresses import without_own
from site_gen.engine.snapshot import CONTENT
from site_gen.formats.common.publishable import shows_body
from site_gen.formats.search.terms import GroupedTerms, group_terms
from site_gen.memo.memo import ReadRow
from site_gen.memo.problem_codec import encode_problems
from site_gen.model import Article, ContentPage, Detail, Facts, Lock, Note
from site_gen.problems import Problem, SiteError, Where
from site_gen.read.article import read_article
from site_gen.read.hidden import hidden
from site_gen.read.locks import read_lock
from site_gen.read.names import Names
from site_gen.read.notes import read_note
from site_gen.read.pages import read_page
from site_gen.settings import Settings
from site_gen.workers.deadline import TooSlow, deadline

EDITIONS, PAGES, LOCK = "editions/", "pages/", ".lock"


class Reader:
    """Reads content files of one site. Picklable."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._content = os.path.join(root, CONTENT)
        self.settings = settings
        self._names = Names(settings)

    def read(self, path: str) -> ReadRow:
        """One file below `content/`. Never raises because of its content."""
        return self.parsed(self.loaded(path))

    def loaded(self, path: str) -> "Loaded":
        """A file with its bytes, or with the reason why it cannot be read."""
        try:
            limit = self.settings.limits.file_bytes
            return Loaded(path, files.read_bytes(f"{self._content}/{path}", limit))
        except files.Unreadable as error:
            return Loaded(path, b"", _unreadable(path, error))

    def parsed(self, loaded: "Loaded") -> ReadRow:
        """The result of parsing the bytes, wherever the file is."""
        path, data, fault = loaded
        if fault:
            return fault
        shown = f"{CONTENT}/{path}"
        file_digest = digest.of_bytes(data)
        try:
            with deadline(self.settings.limits.article_seconds):
                return self._parse(data, path, file_digest)
        except files.Unreadable as error:
            return _unreadable(path, error, file_digest)
        except TooSlow:
            limit = self.settings.limits.article_seconds
            problem = Problem(
                "article/slow",
                f"the file takes over {limit:g} s of the processor to read",
                Where(shown),
                "shorten or split it",
            )
        except MemoryError:
            problem = Problem(
                "article/memory",
                "the machine has not memory enough to read the file",
                Where(shown),
                "shorten or split it, or build with fewer --jobs",
            )
        return _failed(path, "", (problem,))  # another time the machine may be less busy

    def _parse(self, data: bytes, path: str, file_digest: str) -> ReadRow:
        text = files.decode(data)
        try:
            row = self._row(text, path, file_digest)
        except SiteError as error:
            row = _failed(path, file_digest, error.problems)
        if row.kind == "failed" and not path.endswith(LOCK):
            said = hidden(text.text, path, self.settings.zone)
            if said:
                return row._replace(
                    kind="hidden", frame=row.digest, facts=msgspec.msgpack.encode(said)
                )
        return row

    def _row(self, text: files.Text, path: str, file_digest: str) -> ReadRow:
        odd = tuple(
            Problem(
                "article/character",
                "a character that no page may hold is replaced",
                Where(f"{CONTENT}/{path}", line),
                "remove it",
                "warning",
            )
            for line in text.odd
        )
        if path.startswith(EDITIONS) and path.endswith(LOCK):
            lock = read_lock(text.text, path)
            return _plain(path, file_digest, "lock", lock.value, (*odd, *lock.problems))
        if path.startswith(EDITIONS):
            note = read_note(text.text, path, self.settings, self._names)
            return _plain(path, file_digest, "note", note.value, (*odd, *note.problems))
        if path.startswith(PAGES):
            page = read_page(text.text, path, self.settings)
            return _plain(path, file_digest, "page", page.value, (*odd, *page.problems))
        article, problems = read_article(text.text, path, self.settings, self._names)
        if article is None:
            return _failed(path, file_digest, (*odd, *problems))
        searched = (
            self._terms(article) if "search" in self.settings.formats else GroupedTerms([], b"")
        )
        return _article_row(article, searched, file_digest, (*odd, *problems))

    def _terms(self, article: Article) -> GroupedTerms:
        """What it is found by; not by our own addresses, which may be of texts that are hidden."""
        card, host = article.card, urls.host(self.settings.base_url)
        body = article.body if shows_body(card) else ""
        said = (without_own(text, host) for text in (card.title, card.excerpt, body))
        return group_terms(*said)


class Loaded(NamedTuple):
    """A content file with its bytes, not parsed yet."""

    path: str
    data: bytes
    fault: ReadRow | None = None


def _unreadable(path: str, error: files.Unreadable, file_digest: str = "") -> ReadRow:
    where = Where(f"{CONTENT}/{path}", error.line)
    told = f"the file {error.reason}"
    problem = Problem("article/unreadable", told, where, _cure(error.reason))
    return _failed(path, file_digest, (problem,))


def _cure(reason: str) -> str:
    if "UTF-8" in reason:
        return "save it as UTF-8"
    return "shorten or split it" if "bytes" in reason else "restore it, or remove it"


def _plain(
    path: str,
    file_digest: str,
    kind: str,
    value: Note | Lock | ContentPage | None,
    problems: tuple[Problem, ...],
) -> ReadRow:
    if value is None:
        return _failed(path, file_digest, problems)
    said, facts = encode_problems(problems), msgspec.msgpack.encode(value)
    return ReadRow(path, file_digest, kind, said, file_digest, facts=facts)


def _failed(path: str, file_digest: str, problems: tuple[Problem, ...]) -> ReadRow:
    return ReadRow(path, file_digest, "failed", encode_problems(problems))


def _article_row(
    article: Article, terms: GroupedTerms, file_digest: str, problems: tuple[Problem, ...]
) -> ReadRow:
    detail = msgspec.msgpack.encode(Detail(**_taken(article, Detail)))
    made = {
        "digest": digest.of_value(article.card),
        "detail": digest.of_bytes(detail),
        "body": digest.of_parts(article.body) if article.body else "",
        "terms": terms.digests,
    }
    facts = Facts(**{**_taken(article, Facts), **made})
    frame = replace(facts, detail="", body=str(bool(facts.body)), source="", terms=b"")
    return ReadRow(
        article.path,
        file_digest,
        "article",
        encode_problems(problems),
        _ties(facts) + digest.of_value(frame),
        digest.of_parts(facts.detail, facts.body, facts.source),
        msgspec.msgpack.encode(facts),
        detail,
        article.body,
        "\n".join(terms.lines),
    )


def _taken(article: Article, kind: type[Detail | Facts]) -> dict[str, Any]:
    """The fields of another type that an article has under the same name."""
    own = Article.__struct_fields__
    return {name: getattr(article, name) for name in kind.__struct_fields__ if name in own}


def _ties(facts: Facts) -> str:
    """Digest of its link targets and anchors, without line numbers."""
    links = [(link.target, link.image, link.fragment) for link in facts.links]
    return f"{digest.of_value((links, facts.anchors))} " if links or facts.anchors else ""


def parse_all(reader: Reader, loaded: Sequence[Loaded]) -> list[ReadRow]:
    """Several files that came with their bytes, in order."""
    return [reader.parsed(each) for each in loaded]


def read_all(reader: Reader, paths: Sequence[str]) -> list[ReadRow]:
    """Several files, in order."""
    return [reader.read(path) for path in paths]
