"""Checks the machine: Python, libraries, time zones, fonts, git, disk."""

import os
import re
import shlex
import shutil
import stat
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from site_gen import __version__
from site_gen.basics import user_data
from site_gen.basics.subprocesses import run
from site_gen.doctor.finding import Finding, error, fine, warning
from site_gen.formats.images.card_glyphs import FONT
from site_gen.problems import clean
from site_gen.settings import Settings

MIN_FREE_BYTES = 200_000_000
"""With less free space, a build of a large site may not fit beside the last one."""
WATCH_LIMIT = Path("/proc/sys/fs/inotify/max_user_watches")
FEATURES = {"webp": "WebP", "avif": "AVIF"}


def programs(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check site-gen, Python, and each required library."""
    place = Path(__file__).resolve().parents[1]
    yield fine("site-gen", f"{__version__} in {place}")
    yield fine("python", f"{sys.version.split()[0]} at {sys.executable}")
    missing = sorted(_missing())
    if missing:
        cure = f"pip install {' '.join(missing)}"
        yield error("libraries", f"not installed: {', '.join(missing)}", cure)
    else:
        yield fine("libraries", "all are installed")


def _missing() -> Iterator[str]:
    for line in metadata.requires("site-gen") or ():
        need, _, marker = line.partition(";")
        name = re.split(r"[^A-Za-z0-9._-]", need.strip())[0]
        if "extra" not in marker:
            try:
                metadata.version(name)
            except metadata.PackageNotFoundError:
                yield name


def zones(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check for the data of the site's time zone."""
    from zoneinfo import TZPATH

    name = settings.timezone if settings else "UTC"
    system = next((path for path in TZPATH if Path(path, name).is_file()), "")
    if system:
        yield fine("zone data", f"{name} from {system}")
    elif find_spec("tzdata"):
        yield fine("zone data", f"{name} from tzdata {metadata.version('tzdata')}")
    else:
        yield error("zone data", f"none for {name} on this machine", "pip install tzdata")


def pictures(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check the formats that this Pillow writes, and the font of social cards."""
    from PIL import features

    wanted = settings.images.variants if settings else ()
    absent = [name for name in wanted if name in FEATURES and not features.check(name)]
    for name in absent:
        cure = f'install a newer Pillow, or take "{name}" out of images.variants'
        yield error("pictures", f"this Pillow does not write {FEATURES[name]}", cure)
    if not absent:
        yield fine("pictures", f"Pillow {metadata.version('pillow')} writes what is asked for")
    if not FONT.is_file():
        yield error("fonts", f"{FONT} is not there", "install site-gen again")
    elif not features.check("freetype2"):
        yield error("fonts", "this Pillow sets no letters", "pip install --force-reinstall pillow")
    else:
        yield fine("fonts", f"cards are set in {FONT.stem}, which comes along")


def git(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check that the site is in a git repository, with its locks and without private files."""
    if shutil.which("git") is None:
        cure = "install git: locks and what you wrote are worth keeping"
        yield warning("git", "is not installed", cure)
        return
    inside = _git(root, "rev-parse", "--show-toplevel")
    if inside is None:
        reason = _git(root, "rev-parse", "--git-dir", said=True) or ""
        if "dubious" in reason:
            cure = f"git config --global --add safe.directory {root}"
            yield warning("git", "refuses the folder, which is another user's", cure)
            return
        yield warning("git", "the site is in no repository", "git init && git add -A && git commit")
        return
    yield fine("git", f"{_git(root, '--version')}, repository {inside}")
    yield from _private(root, settings)
    loose = _git(root, "ls-files", "--others", "--exclude-standard", "content/editions") or ""
    locks = [line for line in loose.splitlines() if line.endswith(".lock")]
    if locks:
        several = "s" if len(locks) > 1 else ""
        text = f"{len(locks)} lock{several} of editions not committed, first {locks[0]}"
        yield warning("git", text, "git add content/editions && git commit")


def _private(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check for files that must not be committed: `.site_gen`, the recipients, the ledgers."""
    list_ = (settings or Settings()).send.smtp.recipients
    if (root / ".site_gen").exists() and not _is_ignored(root, ".site_gen"):
        yield warning("git", ".site_gen is not ignored", "add /.site_gen to .gitignore")
    if _committed(root, ".site_gen"):
        cure = "git rm -r -q --cached .site_gen"
        yield warning("git", ".site_gen is in the repository: it is of this machine", cure)
    for name in _committed(root, f":(literal){list_}", f":(glob){list_}.*.log"):
        cure = f"git rm --cached {shlex.quote(name)}; earlier commits keep it all the same"
        yield error("git", f"{clean(name)} is in the repository: who reads is private", cure)
    file = Path(os.path.normpath(root / list_))
    if not file.exists() or _git(root, "ls-files", "--", str(file)) is None:
        return  # not there, or outside of the repository
    if not all(_is_ignored(root, f"{file}{end}") for end in ("", ".2026-W01.log")):
        name = f"/{file.relative_to(root)}*" if file.is_relative_to(root) else f"{file.name}*"
        text = f"{clean(list_)}, or the ledgers beside it, are not ignored"
        yield warning("git", text, f"add {name} to .gitignore")


def _committed(root: Path, *patterns: str) -> list[str]:
    """Return the files in the repository that match the patterns."""
    listed = _git(root, "ls-files", "-z", "--", *patterns) or ""
    return [name for name in listed.split("\0") if name]


def _is_ignored(root: Path, name: str) -> bool:
    return _git(root, "check-ignore", "-q", "--no-index", "--", name) is not None


def _git(root: Path, *words: str, said: bool = False) -> str | None:
    """Return the output of git, None if it fails; with `said`, its error messages.

    Does not start the file system monitor that the repository's settings may name.
    """
    done = run("git", "-c", "core.fsmonitor=false", "-C", str(root), *words)
    if said:
        return done.err.strip()
    return done.out.strip() if done.code == 0 else None


def disk(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check permissions, free space, and whether file names are case-sensitive."""
    closed = [folder for folder in (root, root / "public", root / ".site_gen", root / "content")
              if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK)]  # fmt: skip
    for folder in closed:
        cure = f"give yourself the right: chmod u+rwx {folder.name}"
        yield error("rights", f"{folder} cannot be written to", cure)
    if not closed:
        yield fine("rights", "the site's folders can be written to")
    room = shutil.disk_usage(root).free
    if room < MIN_FREE_BYTES:
        yield warning("disk", f"{room // 1_000_000} MB are free", "make room")
    else:
        yield fine("disk", f"{room / 1e9:.1f} GB are free")
    if is_case_insensitive(root):
        text = "two names that differ in case alone are one file here"
        cure = "mind that on your host they may be two; a build tells of such slugs"
        yield warning("file names", text, cure)
    else:
        yield fine("file names", "upper and lower case differ")


def is_case_insensitive(folder: Path) -> bool:
    """Whether a file of the folder is found by its name with swapped case."""
    for path in folder.iterdir():
        other = path.with_name(path.name.swapcase())
        if other.name != path.name:
            return other.exists() and other.samefile(path)
    return False


def memory(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check the key that protects this user's memo of builds."""
    place = user_data.data_folder()
    key = place / "memo.key" if place else None
    if key is None:
        cure = "set XDG_DATA_HOME to a folder that is kept"
        yield warning("memory key", "this user has no home: each build begins afresh", cure)
    elif not key.exists():
        yield fine("memory key", f"the first build makes {key}")
    elif not user_data.read_private(key, 33):
        mode = stat.filemode(key.lstat().st_mode)
        text = f"{key} is not yours alone ({mode}): bodies are read anew each time"
        yield warning("memory key", text, f"chmod 600 {key}")
    else:
        yield fine("memory key", f"{key}")


def watching(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """Check that the system allows enough watches for the preview."""
    try:
        limit = int(WATCH_LIMIT.read_text("ascii"))
    except (OSError, ValueError):
        return
    folders = sum(1 for _ in os.walk(root / "content")) + sum(1 for _ in os.walk(root / "themes"))
    if folders * 2 > limit:
        text = f"the system tells of changes in {limit} folders; the site has {folders}"
        cure = "raise fs.inotify.max_user_watches, or use `site-gen serve --poll 1`"
        yield warning("watching", text, cure)
    else:
        yield fine("watching", f"{limit} folders may be watched, the site has {folders}")
