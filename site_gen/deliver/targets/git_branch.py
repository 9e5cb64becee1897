"""Publishes to a branch of a git repository, such as for GitHub Pages, in one commit."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from site_gen.basics import subprocesses
from site_gen.deliver.site_files import Changes, SiteFile
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings import BranchSettings

NAME = "site_gen"
DOMAIN = "CNAME"
"""GitHub Pages writes the site's domain into this file of the branch, so it is kept."""


def publish(
    root: Path, output: Path, files: Mapping[str, SiteFile], settings: BranchSettings,
    message: str, *, dry_run: bool = False,
) -> Changes:  # fmt: skip
    """Commit the output to the branch and push it, unless nothing changed.

    Does not touch the work tree or the index. Raises SiteError with the message of git.
    """
    git = _Git(root)
    remote, branch = settings.remote, settings.branch
    if remote.startswith("-") or not git.is_branch(branch):
        text = "[publish.branch] needs the name of a remote and of a branch"
        raise UsageError([Problem("publish/settings", text, help="correct remote and branch")])
    ref = f"refs/heads/{branch}"
    # Without a depth, which would make the editor's repository shallow.
    fetched = git.run("fetch", "--quiet", "--no-tags", "--", remote, ref, check=False)
    parent = git.run("rev-parse", "FETCH_HEAD").strip() if fetched is not None else ""
    before = dict(git.files(parent)) if parent else {}
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        entries = [f"100644 {git.store_file(output / path)}\t{path}\0" for path in sorted(files)]
        entries.append(f"100644 {git.store_text('')}\t.nojekyll\0")
        if DOMAIN in before and DOMAIN not in files:
            entries.append(f"100644 {before[DOMAIN]}\t{DOMAIN}\0")
        git.run("update-index", "--add", "-z", "--index-info", stdin="".join(entries), env=index)
        tree = git.run("write-tree", env=index).strip()
    after = dict(git.files(tree))
    new = [files[p] for p in sorted(after) if p in files and before.get(p) != after[p]]
    found = Changes(
        tuple(f for f in new if not f.path.endswith(".html")),
        tuple(f for f in new if f.path.endswith(".html")),
        tuple(sorted(before.keys() - after.keys())),
        len(files) - len(new),
    )
    if {"site.toml", "pyproject.toml"} & (before.keys() - files.keys()):
        text = f"the branch {branch} holds a site's sources, which this would take away"
        raise SiteError([Problem("publish/foreign", text, help="name a branch of its own")])
    if dry_run or before == after:
        return found
    own = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
           for what, value in (("NAME", NAME), ("EMAIL", f"{NAME}@localhost"))}  # fmt: skip
    parents = ("-p", parent) if parent else ()
    commit = git.run("commit-tree", tree, *parents, "-m", message, env=own).strip()
    git.run("push", "--quiet", "--", remote, f"{commit}:refs/heads/{branch}")
    return found


class _Git:
    """git in one repository."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def run(
        self, *words: str, stdin: str | None = None, env: Mapping[str, str] | None = None,
        check: bool = True,
    ) -> str:  # fmt: skip
        """Return the output of git. Raises SiteError on failure, or returns None without check."""
        try:
            done = subprocesses.run("git", "-C", str(self._root), *words, stdin=stdin, env=env)
        except subprocesses.NotInstalledError as error:
            raise SiteError([Problem("publish/git", str(error), help="install it")]) from None
        if done.code:
            if not check:
                return None  # type: ignore[return-value]
            text = clean(done.err.strip(), 300)
            cure = "mend it, and run the same command again"
            raise SiteError([Problem("publish/git", f"git says: {text}", help=cure)])
        return done.out

    def is_branch(self, name: str) -> bool:
        """Whether git takes it for a branch: no option, no pattern, no second name behind it."""
        ref = self.run("check-ref-format", f"refs/heads/{name}", check=False)
        return not name.startswith("-") and ref is not None

    def store_file(self, file: Path) -> str:
        """The name under which git has the file's bytes."""
        return self.run("hash-object", "-w", "--no-filters", str(file.absolute())).strip()

    def store_text(self, text: str) -> str:
        """The same for a text."""
        return self.run("hash-object", "-w", "--stdin", stdin=text).strip()

    def files(self, tree: str) -> list[tuple[str, str]]:
        """(path, name) of every file of a tree or commit."""
        rows = self.run("ls-tree", "-r", "-z", tree).split("\0")
        return [(path, head.split()[2]) for head, _, path in (r.partition("\t") for r in rows if r)]
