"""What is new since a commit: findings that the version of the file there had not yet."""

from collections.abc import Iterable
from pathlib import Path

from site_gen.basics import programs
from site_gen.check.document import parse
from site_gen.check.findings import Finding
from site_gen.check.reader import document_hits
from site_gen.check.rules.rule import Rule, Sight
from site_gen.problems import Problem, SiteError, clean, shown
from site_gen.settings import Settings


def new_since(
    root: Path,
    reference: str,
    findings: list[Finding],
    settings: Settings,
    rules: Iterable[Rule],
) -> list[Finding]:
    """The findings in files that differ from `reference`, less those that stood there already.

    Raises SiteError where the site is in no git repository or it knows no such commit.
    """
    prefix = _git(root, "rev-parse", "--show-prefix").strip()
    _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    changed = set(
        _git(root, "diff", "--name-only", "--relative", "-z", reference, "--", "content").split(
            "\0"
        )
    )
    changed |= set(
        _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "content").split("\0")
    )
    found = []
    before: dict[str, set[tuple[str, str, str]]] = {}
    for finding in findings:
        if finding.path not in changed:
            continue
        if finding.path not in before:
            before[finding.path] = _keys(root, reference, prefix, finding.path, settings, rules)
        if finding.key not in before[finding.path]:
            found.append(finding)
    return found


def _keys(
    root: Path, reference: str, prefix: str, path: str, settings: Settings, rules: Iterable[Rule]
) -> set[tuple[str, str, str]]:
    try:
        text = _git(root, "show", f"{reference}:{prefix}{path}")
    except SiteError:
        return set()  # the file is new
    document = parse(text.replace("\r\n", "\n"), path.removeprefix("content/"))
    if document is None:
        return set()
    sight = Sight(settings)
    return {(hit.rule, path, hit.message) for hit in document_hits(document, sight, rules)}


def _git(root: Path, *words: str) -> str:
    try:
        done = programs.run("git", "-C", str(root), *words)
    except programs.MissingError as error:
        cure = "install it, or leave --since out"
        raise SiteError([Problem("check/git", str(error), help=cure)]) from None
    if done.code:
        reason = clean(done.err.strip().removeprefix("fatal: "), 200) or shown(words[-1])
        cure = "name a commit or branch of this site's repository"
        raise SiteError([Problem("check/since", f"git says: {reason}", help=cure)])
    return done.out
