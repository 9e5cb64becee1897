"""The list in an output of what is ours there; its first line says what build made that."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import slugs
from site_gen.basics.output_paths import fault_of

LIST = ".site_gen-files"

_MARK = "/built "
"""Begins the line: no path of a list begins with a slash."""


class Built(NamedTuple):
    """The options that decide whether an output is for readers.

    base_url  as the pages were made for
    """

    base_url: str
    drafts: bool = False
    future: bool = False
    preview: bool = False

    def line(self) -> str:
        """As it stands in the list."""
        return _MARK + json.dumps(self._asdict(), ensure_ascii=False)


def is_list(name: str) -> bool:
    """Whether a file or folder of that name at the top of an output is its list, on any file
    system."""
    return name.startswith(".") and slugs.folded(name) == LIST


def listing(paths: Iterable[str], mark: str = "") -> bytes:
    """The list as it is written: first what says how it was built."""
    first = [mark] if mark else []
    return "\n".join((*first, *sorted(paths), "")).encode("utf-8")


def read(output: Path) -> bytes:
    """The list as it stands, b"" where there is none."""
    try:
        return (output / LIST).read_bytes()
    except OSError:
        return b""


def lines(output: Path) -> list[str]:
    """What it names, in order; nothing where it is no text. It may come from a stranger."""
    try:
        found = read(output).decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []
    return [line for line in found if line and line[0] != _MARK[0]]


def paths_in(listed: str) -> set[str]:
    """The paths of a list; lines that are no plain path are left out."""
    return {line for line in listed.split("\n") if line and not fault_of(line)}


def owned(output: Path) -> set[str]:
    """Paths listed as ours; lines that are no plain path are left out."""
    return {line for line in lines(output) if not fault_of(line)}


def built_of(output: Path) -> Built | None:
    """None where the list does not say: cut off, or written by a version that said nothing."""
    try:
        with open(output / LIST, encoding="utf-8") as lines:
            line = lines.readline(10_000)
        if not line.startswith(_MARK):
            return None
        found = Built(**json.loads(line.removeprefix(_MARK)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    known = isinstance(found.base_url, str) and all(isinstance(v, bool) for v in found[1:])
    return found if known else None


def owned_files(output: Path) -> list[str] | None:
    """The paths of the list in an output, None where there is none. Lines that no build writes
    (absolute, with `..`, through a link to elsewhere) are left out."""
    if not (output / LIST).is_file():
        return None
    top = output.resolve()
    folders: dict[Path, bool] = {}
    found = []
    for line in read(output).decode("utf-8", "replace").split("\n"):
        if not line or fault_of(line):
            continue
        folder = (top / line).parent
        if folder not in folders:
            folders[folder] = folder.resolve() == folder
        if folders[folder]:
            found.append(line)
    return found
