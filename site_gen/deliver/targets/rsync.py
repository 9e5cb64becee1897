"""A machine reached by rsync, over ssh: in three passes, so that no page names what is not there.

rsync puts each file in its place by a rename, and goes on where it was cut off.
"""

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from site_gen.basics import subprocesses
from site_gen.deliver.site_files import LAST, Changes, SiteFile
from site_gen.deliver.targets.folder import MARK
from site_gen.deliver.web_api import AGAIN
from site_gen.output.file_list import format_list, parse_paths
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings import RsyncSettings

UNREACHED = 255
FILES = (3, 11, 12, 23)
_REMOTE = re.compile(r"[^/]*:")
"""A colon before the first slash: a host, as rsync(1) tells one."""
_SPECIAL = re.compile(r"[*?\[\\]")


def publish(
    output: Path, files: Mapping[str, SiteFile], settings: RsyncSettings, *, dry_run: bool = False
) -> Changes:
    """Assets, then pages, then removals of what an earlier call put there.

    Raises SiteError with rsync's own words.
    """
    target = settings.target
    if not target or target.startswith("-"):
        told = "[publish.rsync] names no target"
        raise UsageError([Problem("publish/settings", told, help="add target = user@host:/path")])
    assets = [path for path in sorted(files) if not path.endswith(LAST)]
    pages = [path for path in sorted(files) if path.endswith(LAST)]
    dry = ("--dry-run",) if dry_run else ()
    if not dry_run and not _REMOTE.match(target):
        Path(target).mkdir(parents=True, exist_ok=True)
    before = _listed(target)
    gone = sorted(before - files.keys())
    if not dry_run:
        _list(target, before | files.keys())  # cut off, nothing of ours is forgotten
    sent = [*_pass(output, assets, target, dry), *_pass(output, pages, target, dry)]
    if gone:
        _remove(output, gone, target, dry)
    if not dry_run:
        _list(target, files.keys())
    new = [files[path] for path in sent if path in files]
    return Changes(
        tuple(f for f in new if not f.path.endswith(LAST)),
        tuple(f for f in new if f.path.endswith(LAST)),
        tuple(gone),
        len(files) - len(new),
    )


def _listed(target: str) -> set[str]:
    """What an earlier call put there, by the list that it left: nothing else is ever removed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            _rsync("-8", f"{target.rstrip('/')}/{MARK}", f"{folder}/")
            return parse_paths((Path(folder) / MARK).read_text("utf-8", "replace"))
        except (SiteError, OSError):  # a first time; a host that is away is told by what follows
            return set()


def _list(target: str, paths: Iterable[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MARK).write_bytes(format_list(paths))
        _rsync("-8", "--chmod=F644", "--perms", f"{folder}/{MARK}", f"{target.rstrip('/')}/")


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


def _remove(output: Path, paths: list[str], target: str, more: tuple[str, ...]) -> None:
    """Take these away, with folders that are empty then; all else there is protected."""
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
    except subprocesses.MissingError as error:
        raise SiteError([Problem("publish/rsync", str(error), help="install it")]) from None
    if done.code:
        told = clean(done.err.strip(), 300)
        raise SiteError([Problem("publish/rsync", f"rsync says: {told}",
                                 help=_cure(done.code, done.err))])  # fmt: skip
    return done.out


def _cure(code: int, said: str) -> str:
    """What heals it; the codes are those of rsync(1) and ssh(1)."""
    if "Permission denied" in said and code != UNREACHED:
        return "give yourself the right to write there"
    if code == UNREACHED:
        return "look at [publish.rsync] target: `ssh` must reach that host without a question"
    if code in FILES and "No such file or directory" in said:
        return "make the folder there, with those above it: `ssh HOST mkdir -p FOLDER`"
    return AGAIN
