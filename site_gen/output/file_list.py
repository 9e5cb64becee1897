"""`.site_gen-files`, the list of the files in an output that are ours, and the stamps of these.

The first line of the list has the options of the build that wrote it.
"""

import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, slugs
from site_gen.basics.output_paths import path_fault
from site_gen.basics.stamps import SIZE, Stamp, pack, stamp, stamp_at

LIST_NAME = ".site_gen-files"

_OPTIONS_PREFIX = "/built "
"""The begin of the line with the options. No path in the list begins with a slash."""

MISSING = (-1, -1, -1)
"""The stamp of a file that does not exist."""


class OutputOptions(NamedTuple):
    """The options of a build that decide whether its output may be published.

    base_url  the base URL that its pages have
    """

    base_url: str
    drafts: bool = False
    future: bool = False
    preview: bool = False

    def to_line(self) -> str:
        """The line of the list."""
        return _OPTIONS_PREFIX + json.dumps(self._asdict(), ensure_ascii=False)


def is_list_name(name: str) -> bool:
    """Whether a file or folder called `name` at the top of an output would be its list, on any file
    system."""
    return name.startswith(".") and slugs.folded(name) == LIST_NAME


def format_list(paths: Iterable[str], mark: str = "") -> bytes:
    """The bytes of a list; `mark` is the line with the options."""
    first = [mark] if mark else []
    return "\n".join((*first, *sorted(paths), "")).encode("utf-8")


def read_list(output: Path) -> bytes:
    """The bytes of the list; b"" if there is none."""
    try:
        return (output / LIST_NAME).read_bytes()
    except OSError:
        return b""


def read_lines(output: Path) -> list[str]:
    """The paths in the list, in order; none if it is no text. They are not checked, and may come
    from somebody else."""
    try:
        found = read_list(output).decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return []
    return [line for line in found if line and line[0] != _OPTIONS_PREFIX[0]]


def parse_paths(listed: str) -> set[str]:
    """The paths in the text of a list, without unsafe ones."""
    return {line for line in listed.split("\n") if line and not path_fault(line)}


def owned_paths(output: Path) -> set[str]:
    """The paths in the list of an output, without unsafe ones."""
    return {line for line in read_lines(output) if not path_fault(line)}


def read_options(output: Path) -> OutputOptions | None:
    """The options in the list; None if it has none, because it was cut off or written by an older
    version."""
    try:
        with open(output / LIST_NAME, encoding="utf-8") as lines:
            line = lines.readline(10_000)
        if not line.startswith(_OPTIONS_PREFIX):
            return None
        found = OutputOptions(**json.loads(line.removeprefix(_OPTIONS_PREFIX)))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    known = isinstance(found.base_url, str) and all(isinstance(v, bool) for v in found[1:])
    return found if known else None


def owned_files(output: Path) -> list[str] | None:
    """The paths in the list of an output; None without a list. Paths that no build writes are left
    out: absolute ones, with `..`, or through a link to elsewhere."""
    if not (output / LIST_NAME).is_file():
        return None
    top = output.resolve()
    folders: dict[Path, bool] = {}
    found = []
    for line in read_list(output).decode("utf-8", "replace").split("\n"):
        if not line or path_fault(line):
            continue
        folder = (top / line).parent
        if folder not in folders:
            folders[folder] = folder.resolve() == folder
        if folders[folder]:
            found.append(line)
    return found


class OutputState(NamedTuple):
    """The state of an output.

    paths    the paths in its list, in order
    packed   their stamps as `stamps.pack` writes them; MISSING for a file that does not exist
    digest   see `state_digest`
    """

    paths: list[str]
    packed: bytes
    digest: str

    def with_changes(self, stamps: Mapping[str, Stamp | None]) -> tuple[list[str], bytes]:
        """(paths, packed stamps) after `stamps` changed; None is for a removed file."""
        paths, data = list(self.paths), bytearray(self.packed)
        for path, own in stamps.items():
            at = bisect_left(paths, path)
            end = at + (at < len(paths) and paths[at] == path)
            paths[at:end] = [path] if own else []
            data[SIZE * at : SIZE * end] = pack((own,)) if own else b""
        return paths, bytes(data)


def read_state(output: Path) -> OutputState:
    """The state of an output now. Changes during and after the call are seen by the next build."""
    paths = read_lines(output)
    stamps, own = _read_stamps(output, paths), list_stamp(output)
    return OutputState(paths, stamps, state_digest(paths, stamps, own))


def state_digest(paths: Iterable[str], stamps: bytes, own: Stamp) -> str:
    """A digest of an output: paths in order, packed stamps, and the stamp `own` of the list."""
    names = list(paths)
    text = "\n".join((f"{len(names)}", *names)).encode("utf-8", "surrogatepass")
    return digest.of_bytes(b"".join((text, stamps, pack((own,)))))


def list_stamp(output: Path) -> Stamp:
    """The stamp of the list."""
    return stamp_at(output / LIST_NAME, follow=False) or MISSING


def _read_stamps(output: Path, paths: list[str]) -> bytes:
    try:
        folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return pack(MISSING for _ in paths)
    found = array("q")
    look_at, add = os.stat, found.extend  # local names: there may be a hundred thousand files
    try:
        for path in paths:
            try:
                add(stamp(look_at(path, dir_fd=folder, follow_symlinks=False)))
            except (
                OSError,
                ValueError,
            ):  # a list may contain anything, as it can come from somebody else
                add(MISSING)
    finally:
        os.close(folder)
    return found.tobytes()
