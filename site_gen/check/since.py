"""What is new since a commit: findings that the version of the file there had not yet."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from site_gen.basics import subprocesses
from site_gen.check.document import Document, Summary, parse, summary_of
from site_gen.check.findings import Finding
from site_gen.check.reader import find_hits
from site_gen.check.rules.rule import Rule, Sight, View
from site_gen.check.selection import files_of, note_path
from site_gen.problems import Problem, SiteError, clean, did_you_mean, shown

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def place_in_repository(root: Path) -> str:
    """`digest/` for a site in that folder of a git repository; "" at its top, or in none."""
    try:
        return _git(root, "rev-parse", "--show-prefix").strip()
    except SiteError:
        return ""


class Base:
    """The commit from which the site's branch went its own way, or that it is compared with.

    Raises SiteError where the site is in no git repository or it knows no such commit.
    """

    def __init__(self, root: Path, reference: str) -> None:
        self._root = root
        self._prefix = _git(root, "rev-parse", "--show-prefix").strip()
        own = _commit(root, reference)
        try:
            self._commit = _git(root, "merge-base", own, "HEAD").strip()
        except SiteError:
            self._commit = own  # of another history
        self._changed = self._names()
        self._added: dict[str, set[int]] = {}

    def _names(self) -> dict[str, str]:
        """Files that differ, with the names they had; "" for new ones."""
        told = _git(self._root, "diff", "--name-status", "-M", "--relative", "-z", self._commit)
        fields = iter(told.split("\0"))
        names = {}
        for status in fields:
            if status.startswith(("R", "C")):
                before = next(fields)
                names[next(fields)] = before
            elif status:
                path = next(fields)
                names[path] = "" if status == "A" else path
        new = _git(self._root, "ls-files", "--others", "--exclude-standard", "-z")
        return names | dict.fromkeys(filter(None, new.split("\0")), "")

    def new(
        self, findings: Iterable[Finding], view: View, rules: Mapping[str, Rule]
    ) -> list[Finding]:
        """The findings in files that differ, less those that stood there already, and what is
        said of an edition, at its note, of which a file differs."""
        sight = Sight(view.settings)
        touched = [
            n
            for n, edition in enumerate(view.editions)
            if any(f"content/{path}" in self._changed for path in files_of(edition))
        ]
        notes = {f"content/{note_path(view.editions[n].ref.id)}" for n in touched}
        of_editions: set[tuple[str, str, str]] | None = None
        before: dict[str, set[tuple[str, str]]] = {}
        found = []
        for finding in findings:
            path, hit, rule = finding.path, finding.hit, rules[finding.hit.rule]
            if path not in self._changed and (path not in notes or rule.edition is None):
                continue
            if rule.edition is not None:
                if of_editions is None:
                    of_editions = self._of_editions(touched, view, rules.values())
                old = (path, hit.rule, hit.message) in of_editions
            elif rule.document is None:
                old = not self._is_new(path, hit.line)
            else:
                if path not in before:
                    before[path] = self._known(path, sight, rules.values())
                old = (hit.rule, hit.message) in before[path]
            if not old:
                found.append(finding)
        return found

    def _of_editions(
        self, places: list[int], view: View, rules: Iterable[Rule]
    ) -> set[tuple[str, str, str]]:
        """What was to be said of editions with the files as they were: path, rule and message."""
        documents = _Documents(view.documents, self._summary, self._changed)
        editions = [replace(edition, cards=tuple(card for card in edition.cards
                                                 if documents.had(f"{card.id}.md")))
                    for edition in view.editions]  # fmt: skip
        was = view._replace(documents=documents, editions=editions, links={})
        return {
            (f"content/{path}", hit.rule, hit.message)
            for rule in rules
            for place in places if rule.edition is not None
            if any(path in documents for path in files_of(editions[place]))
            for path, hit in rule.edition(editions[place], was)
        }  # fmt: skip

    def _summary(self, path: str) -> Summary | None:
        """What a file that differs was, None where it was not there."""
        document = self._document(f"content/{path}")
        return None if document is None else summary_of(document)

    def _known(self, path: str, sight: Sight, rules: Iterable[Rule]) -> set[tuple[str, str]]:
        document = self._document(path)
        if document is None:
            return set()
        return {(hit.rule, hit.message) for hit in find_hits(document, sight, rules)}

    def _document(self, path: str) -> Document | None:
        old = self._changed[path]
        if not old:
            return None
        text = _git(self._root, "show", f"{self._commit}:{self._prefix}{old}")
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return parse(text, path.removeprefix("content/"))

    def new_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """What a build says of lines that are new; errors whoever made them."""
        return [p for p in problems if p.severity == "error" or self._is_on_new_line(p)]

    def _is_on_new_line(self, problem: Problem) -> bool:
        where = problem.where
        if where is None or where.path not in self._changed:
            return False
        return self._is_new(where.path, where.line)

    def _is_new(self, path: str, line: int) -> bool:
        """Whether a line of a file that differs is one of those that do."""
        old = self._changed[path]
        if path not in self._added:
            words = ("diff", "-U0", "-M", "--relative", "--no-color", "--no-ext-diff", self._commit)
            told = _git(self._root, *words, "--", *{old, path} - {""}) if old else ""
            self._added[path] = {
                line
                for start, count in _HUNK.findall(told)
                for line in range(int(start), int(start) + int(count or 1))
            }
        return not old or line in self._added[path]


class _Documents(Mapping[str, Summary]):
    """The summaries of a site's files as they were: those that differ are read again."""

    def __init__(
        self,
        now: Mapping[str, Summary],
        before: Callable[[str], Summary | None],
        changed: Mapping[str, str],
    ) -> None:
        self._now, self._before = now, before
        self._changed = {path.removeprefix("content/") for path in changed}
        self._read: dict[str, Summary | None] = {}

    def _of(self, path: str) -> Summary | None:
        if path not in self._changed:
            return self._now.get(path)
        if path not in self._read:
            self._read[path] = self._before(path)
        return self._read[path]

    def had(self, path: str) -> bool:
        """Whether a file of the site was there then."""
        return path not in self._changed or self._of(path) is not None

    def __getitem__(self, path: str) -> Summary:
        found = self._of(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return (path for path in {*self._now, *self._changed} if self._of(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _commit(root: Path, reference: str) -> str:
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options")
        return _git(root, *asked, f"{reference}^{{commit}}").strip()
    except SiteError:
        known = _git(root, "for-each-ref", "--format=%(refname:short)").split()
        told = f"there is no commit or branch {shown(reference)}.{did_you_mean(reference, known)}"
        cure = "name one of this site's repository; a shallow clone has few (`fetch-depth: 0`)"
        raise SiteError([Problem("check/since", told, help=cure)]) from None


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocesses.run("git", "-C", str(root), *words)
    except subprocesses.MissingError as error:
        cure = "install it, or leave --since out"
        raise SiteError([Problem("check/git", str(error), help=cure)]) from None
    if done.code:
        reason = clean(done.err.strip().removeprefix("fatal: "), 200) or shown(words[-1])
        cure = "name a commit or branch of this site's repository"
        raise SiteError([Problem("check/since", f"git says: {reason}", help=cure)])
    return done.out
