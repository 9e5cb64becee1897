"""What is new since a commit: findings that the version of the file there had not yet."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_gen.basics import subprocesses
from site_gen.check.document import parse
from site_gen.check.findings import Finding
from site_gen.check.reader import document_hits
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
        touched = {
            f"content/{note_path(edition.ref.id)}"
            for edition in view.editions
            if any(f"content/{path}" in self._changed for path in files_of(edition))
        }
        before: dict[str, set[tuple[str, str]]] = {}
        found = []
        for finding in findings:
            path = finding.path
            if path in touched and rules[finding.hit.rule].edition is not None:
                found.append(finding)
                continue
            if path not in self._changed:
                continue
            if path not in before:
                before[path] = self._known(path, sight, rules.values())
            if (finding.hit.rule, finding.hit.message) not in before[path]:
                found.append(finding)
        return found

    def _known(self, path: str, sight: Sight, rules: Iterable[Rule]) -> set[tuple[str, str]]:
        old = self._changed[path]
        if not old:
            return set()
        text = _git(self._root, "show", f"{self._commit}:{self._prefix}{old}")
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        document = parse(text, path.removeprefix("content/"))
        if document is None:
            return set()
        return {(hit.rule, hit.message) for hit in document_hits(document, sight, rules)}

    def new_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """What a build says of lines that are new; errors whoever made them."""
        return [p for p in problems if p.severity == "error" or self._is_on_new_line(p)]

    def _is_on_new_line(self, problem: Problem) -> bool:
        where = problem.where
        if where is None or where.path not in self._changed:
            return False
        old = self._changed[where.path]
        if where.path not in self._added:
            words = ("diff", "-U0", "-M", "--relative", "--no-color", "--no-ext-diff", self._commit)
            told = _git(self._root, *words, "--", *{old, where.path} - {""}) if old else ""
            self._added[where.path] = {
                line
                for start, count in _HUNK.findall(told)
                for line in range(int(start), int(start) + int(count or 1))
            }
        return not old or where.line in self._added[where.path]


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
