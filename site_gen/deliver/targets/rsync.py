"""Publishes by rsync over ssh, in three passes, so that no page refers to a missing file.

rsync replaces each file by a rename, and can continue after an interruption.
"""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from site_gen.basics import subprocesses
from site_gen.deliver.site_files import REFERRING, Changes, SiteFile
from site_gen.deliver.targets.folder import MARK
from site_gen.deliver.web_api import TRY_AGAIN
from site_gen.output.file_list import format_list, parse_paths
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings import RsyncSettings

UNREACHED = 255
FILES = (3, 11, 12, 23)
_REMOTE = re.compile(r"[^/]*:")
"""A colon before the first slash means a host, see rsync(1)."""
_SPECIAL = re.compile(r"[*?\[\\]")


def publish(
    output: Path, files: Mapping[str, SiteFile], settings: RsyncSettings, *, dry_run: bool = False
) -> Changes:
    """Send assets, then pages, then remove files that an earlier run published.

    Raises SiteError with the message of rsync.
    """
    target = settings.target
    if not target or target.startswith("-"):
        text = "[publish.rsync] names no target"
        raise UsageError([Problem("publish/settings", text, help="add target = user@host:/path")])
    assets = [path for path in sorted(files) if not path.endswith(REFERRING)]
    pages = [path for path in sorted(files) if path.endswith(REFERRING)]
    dry = ("--dry-run",) if dry_run else ()
    if not dry_run and not _REMOTE.match(target):
        Path(target).mkdir(parents=True, exist_ok=True)
    before = _read_list(target)
    gone = sorted(before - files.keys())
    if not dry_run:
        # Before sending, so that the next run knows all our files even if this one stops.
        _write_list(target, before | files.keys())
    sent = [*_send_files(output, assets, target, dry), *_send_files(output, pages, target, dry)]
    if gone:
        _remove(output, gone, target, dry)
    if not dry_run:
        _write_list(target, files.keys())
    new = [files[path] for path in sent if path in files]
    return Changes(
        tuple(f for f in new if not f.path.endswith(REFERRING)),
        tuple(f for f in new if f.path.endswith(REFERRING)),
        tuple(gone),
        len(files) - len(new),
    )


def _read_list(target: str) -> set[str]:
    """Return the paths that earlier runs published, from their list. Nothing else is removed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _rsync("-8", f"{target.rstrip('/')}/{MARK}", f"{folder}/")
            return parse_paths((Path(folder) / MARK).read_text("utf-8", "replace"))
        except (SiteError, OSError):  # the first run; an unreachable host fails the next call
            return set()


def _write_list(target: str, paths: Iterable[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MARK).write_bytes(format_list(paths))
        _rsync("-8", "--chmod=F644", "--perms", f"{folder}/{MARK}", f"{target.rstrip('/')}/")


def _send_files(output: Path, paths: list[str], target: str, more: tuple[str, ...]) -> list[str]:
    """Send files if they changed; return the paths that were sent."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as named:
        named.write("".join(f"{path}\0" for path in paths))
        named.flush()
        told = _rsync(
            "-r", "--checksum", "--perms", "--chmod=F644,D755", "--out-format=%n",
            "-8", "--from0", f"--files-from={named.name}", *more, f"{output}/", target,
        )  # fmt: skip
    wanted = set(paths)
    return [line for line in told.splitlines() if line in wanted]


def _remove(output: Path, paths: list[str], target: str, more: tuple[str, ...]) -> None:
    """Remove files, and folders that become empty. Filter rules protect everything else."""
    folders = {str(f) for path in paths for f in PurePosixPath(path).parents if f.name}
    places = [*paths, *(f"{folder}/" for folder in sorted(folders))]
    rules = ["R /" + _SPECIAL.sub(r"\\\g<0>", place) for place in places]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as named:
        named.write("".join(f"{rule}\n" for rule in (*rules, "P *")))
        named.flush()
        _rsync("-r", "-8", "--delete-after", "--existing", "--ignore-existing",
               f"--filter=merge {named.name}", *more, f"{output}/", target)  # fmt: skip


def _rsync(*words: str) -> str:
    try:
        done = subprocesses.run("rsync", *words)
    except subprocesses.NotInstalledError as error:
        raise SiteError([Problem("publish/rsync", str(error), help="install it")]) from None
    if done.code:
        text = clean(done.err.strip(), 300)
        raise SiteError([Problem("publish/rsync", f"rsync says: {text}",
                                 help=_cure(done.code, done.err))])  # fmt: skip
    return done.out


def _cure(code: int, said: str) -> str:
    """Return advice for an exit code of rsync(1) or ssh(1)."""
    if "Permission denied" in said and code != UNREACHED:
        return "give yourself the right to write there"
    if code == UNREACHED:
        return "look at [publish.rsync] target: `ssh` must reach that host without a question"
    if code in FILES and "No such file or directory" in said:
        return "make the folder there, with those above it: `ssh HOST mkdir -p FOLDER`"
    return TRY_AGAIN
