"""A machine reached by rsync, over ssh: in three passes, so that no page names what is not there.

rsync puts each file in its place by a rename, and goes on where it was cut off.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from site_gen.basics import programs
from site_gen.deliver.site_files import LAST, Changes, SiteFile
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings import RsyncSettings


def publish(
    output: Path, files: Mapping[str, SiteFile], settings: RsyncSettings, *, dry_run: bool = False
) -> Changes:
    """Assets, then pages, then removals. Raises SiteError with rsync's own words."""
    target = settings.target
    if not target or target.startswith("-"):
        told = "[publish.rsync] names no target"
        raise UsageError([Problem("publish/settings", told, help="add target = user@host:/path")])
    assets = [path for path in sorted(files) if not path.endswith(LAST)]
    pages = [path for path in sorted(files) if path.endswith(LAST)]
    dry = ("--dry-run",) if dry_run else ()
    sent = [*_pass(output, assets, target, dry), *_pass(output, pages, target, dry)]
    removed = _removed(output, sorted(files), target, dry)
    new = [files[path] for path in sent if path in files]
    return Changes(
        tuple(f for f in new if not f.path.endswith(LAST)),
        tuple(f for f in new if f.path.endswith(LAST)),
        tuple(removed),
        len(files) - len(new),
    )


def _pass(output: Path, paths: list[str], target: str, more: tuple[str, ...]) -> list[str]:
    """The files that were sent, of those named."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as named:
        named.write("".join(f"{path}\0" for path in paths))
        named.flush()
        told = _rsync(
            "-r", "--checksum", "--perms", "--chmod=F644,D755", "--out-format=%n",
            "-8", "--from0", f"--files-from={named.name}", *more, f"{output}/", target,
        )  # fmt: skip
    wanted = set(paths)
    return [line for line in told.splitlines() if line in wanted]


def _removed(output: Path, paths: list[str], target: str, more: tuple[str, ...]) -> list[str]:
    """Take away what is no part of the site; what a filter of rsync protects stays."""
    told = _rsync(
        "-r", "-8", "--checksum", "--delete-after", "--existing", "--ignore-existing",
        "--out-format=%n", "--itemize-changes", *more, f"{output}/", target,
    )  # fmt: skip
    return sorted(
        line.removeprefix("*deleting").strip()
        for line in told.splitlines()
        if line.startswith("*deleting") and not line.endswith("/")
    )


def _rsync(*words: str) -> str:
    try:
        done = programs.run("rsync", *words)
    except programs.MissingError as error:
        raise SiteError([Problem("publish/rsync", str(error), help="install it")]) from None
    if done.code:
        told = clean(done.err.strip(), 300)
        cure = "run the same command again: it goes on where it was"
        raise SiteError([Problem("publish/rsync", f"rsync says: {told}", help=cure)])
    return done.out
