"""The old site's files, for reading alone: regular files, nothing behind a link, bounded."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from site_gen.basics import files
from site_gen.convert import time_limit
from site_gen.convert.sources import encodings, sniff
from site_gen.importers.old_site import OldSite
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where

NEVER = frozenset(["node_modules", "__pycache__", "_site", ".git", ".github", ".sass-cache"])
"""Folders that no system publishes, wherever they lie."""
NEVER_AT_TOP = frozenset(
    ["vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby", "resources/_gen"]
)
"""Those of Ruby's libraries, and of what Hugo keeps."""

MAX_FILES = 200_000
SECONDS = 20.0


class Folder:
    """Files below `root` by relative path with `/`, sorted; a single file counts as one.

    doubts   file -> why its letters may be wrong, of those that were read
    """

    def __init__(self, root: Path) -> None:
        self.root = root if root.is_dir() else root.parent
        self.names = _walked(root) if root.is_dir() else [root.name]
        self.doubts: dict[str, str] = {}

    def under(self, place: str, *endings: str) -> list[str]:
        """The files below a folder (`""` = all) whose names end so."""
        start = f"{place.strip('/')}/" if place.strip("/.") else ""
        return [
            name
            for name in self.names
            if name.startswith(start) and (not endings or name.lower().endswith(endings))
        ]

    def first(self, *names: str) -> str:
        """The first of these that is there, else ""."""
        known = set(self.names)
        return next((name for name in names if name in known), "")

    def data(self, name: str, most: int = sniff.MAX_BYTES) -> bytes:
        """The bytes, `most` of them. Raises SiteError."""
        try:
            return files.read_bytes(self.root / name, most)
        except files.Unreadable as error:
            problem = Problem("import/file", f"{name} {error.reason}", Where(name), "look at it")
            raise SiteError([problem]) from None

    def text(self, name: str) -> str:
        """The text, in whatever encoding, with newlines as we have them. Raises SiteError."""
        raw = RawDocument(name=name, data=self.data(name))
        found = encodings.decode(raw)
        if found.doubt or (
            name.lower().endswith((".md", ".markdown", ".mdx")) and not _is_utf8(raw)
        ):
            self.doubts[name] = found.doubt or "it is no UTF-8"
        text = files.clean(found.text)
        return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def _is_utf8(raw: RawDocument) -> bool:
    try:
        raw.data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def each(names: Iterable[str], work: Callable[[str], None], site: OldSite) -> None:
    """Do `work` for each; one that cannot be read, or takes too long, stops no other."""
    for name in names:
        try:
            with time_limit.within(SECONDS, name):
                work(name)
        except SiteError as error:
            site.failed.append((name, _located(error.problems[0])))
        except (ValueError, RecursionError) as error:
            site.failed.append((name, f"it cannot be read ({error})"))


def _located(problem: Problem) -> str:
    line = problem.where.line if problem.where else 0
    return f"line {line}: {problem.message}" if line else problem.message


def _walked(root: Path) -> list[str]:
    found: list[str] = []
    for folder, folders, names in os.walk(root):
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        start = "" if inside == "." else f"{inside}/"
        folders[:] = sorted(
            name for name in folders
            if name not in NEVER and start + name not in NEVER_AT_TOP
            and not os.path.islink(os.path.join(folder, name))
        )  # fmt: skip
        for name in names:
            if not os.path.islink(os.path.join(folder, name)):
                found.append(start + name)
        if len(found) > MAX_FILES:
            message = f"{root} holds more than {MAX_FILES} files"
            raise SiteError([Problem("import/folder", message, None, "name the site's own folder")])
    return sorted(found)
