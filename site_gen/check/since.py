"""`--since`: selects the findings that are new since a commit of git."""

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
    """Return the site's path in its git repository, such as "digest/"; "" for its top or none."""
    try:
        return _git(root, "rev-parse", "--show-prefix").strip()
    except SiteError:
        return ""


class Base:
    """The commit to compare with: the merge base of HEAD and `reference`, or `reference` itself.

    Raises SiteError if the site is in no git repository, or if there is no such commit.
    """

    def __init__(self, root: Path, reference: str) -> None:
        self._root = root
        self._prefix = _git(root, "rev-parse", "--show-prefix").strip()
        own = _commit(root, reference)
        try:
            self._commit = _git(root, "merge-base", own, "HEAD").strip()
        except SiteError:
            self._commit = own  # no common history
        self._changed = self._names()
        self._added: dict[str, set[int]] = {}

    def _names(self) -> dict[str, str]:
        """Return the changed files with their former names, "" for new files."""
        output = _git(self._root, "diff", "--name-status", "-M", "--relative", "-z", self._commit)
        fields = iter(output.split("\0"))
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
        """Return the findings that are new: in changed files, and in editions with changed files.

        Findings for a whole edition are placed in its note.
        """
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
                old = hit.line > 0 and not self._is_new(path, hit.line)
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
        """Return the former findings in editions by index: path, rule and message."""
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
        """Return the summary of the former version of a changed file, None if there was none."""
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
        """Return the problems of the build in new lines, and all errors."""
        return [p for p in problems if p.severity == "error" or self._is_on_new_line(p)]

    def _is_on_new_line(self, problem: Problem) -> bool:
        where = problem.where
        if where is None or where.path not in self._changed:
            return False
        return not where.line or self._is_new(where.path, where.line)

    def _is_new(self, path: str, line: int) -> bool:
        """Whether a line of a changed file is new or changed."""
        old = self._changed[path]
        if path not in self._added:
            words = ("diff", "-U0", "-M", "--relative", "--no-color", "--no-ext-diff", self._commit)
            diff = _git(self._root, *words, "--", *{old, path} - {""}) if old else ""
            self._added[path] = {
                line
                for start, count in _HUNK.findall(diff)
                for line in range(int(start), int(start) + int(count or 1))
            }
        return not old or line in self._added[path]


class _Documents(Mapping[str, Summary]):
    """The summaries of a site's files at the commit; changed files are read from git."""

    def __init__(
        self,
        now: Mapping[str, Summary],
        before: Callable[[str], Summary | None],
        changed: Mapping[str, str],
    ) -> None:
        self._now, self._before = now, before
        self._changed = {path.removeprefix("content/") for path in changed}
        self._read: dict[str, Summary | None] = {}

    def _summary(self, path: str) -> Summary | None:
        if path not in self._changed:
            return self._now.get(path)
        if path not in self._read:
            self._read[path] = self._before(path)
        return self._read[path]

    def had(self, path: str) -> bool:
        """Whether a file of the site existed at the commit."""
        return path not in self._changed or self._summary(path) is not None

    def __getitem__(self, path: str) -> Summary:
        found = self._summary(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return (path for path in {*self._now, *self._changed} if self._summary(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _commit(root: Path, reference: str) -> str:
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options")
        return _git(root, *asked, f"{reference}^{{commit}}").strip()
    except SiteError:
        known = _git(root, "for-each-ref", "--format=%(refname:short)").split()
        text = f"there is no commit or branch {shown(reference)}.{did_you_mean(reference, known)}"
        cure = "name one of this site's repository; a shallow clone has few (`fetch-depth: 0`)"
        raise SiteError([Problem("check/since", text, help=cure)]) from None


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocesses.run("git", "-C", str(root), *words)
    except subprocesses.NotInstalledError as error:
        cure = "install it, or leave --since out"
        raise SiteError([Problem("check/git", str(error), help=cure)]) from None
    if done.code:
        reason = clean(done.err.strip().removeprefix("fatal: "), 200) or shown(words[-1])
        cure = "name a commit or branch of this site's repository"
        raise SiteError([Problem("check/since", f"git says: {reason}", help=cure)])
    return done.out
