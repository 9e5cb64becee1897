"""Where new files wait: the only place from which bytes reach an output folder.

A path is relative, without `..`, legal on every file system; a second write of one is a bug.
"""

import contextlib
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from site_gen.basics import digest
from site_gen.basics.output_paths import fault_of
from site_gen.basics.stamps import Stamp, stamp

STAGE = "stage"
NEW = "new"

operation: Callable[[str], None] = lambda what: None  # noqa: E731 - replaced by fault tests
"""Called before each file operation of a commit, with its name."""


def stage_folder(output: Path, work: Path) -> Path:
    """Where to stage for `output`: in `work` when on the same device, else beside the output.

    Each output has its own, so that no build finishes what one into another folder began.
    """
    near = _existing_parent(output)
    if os.stat(near).st_dev == os.stat(work).st_dev and not os.path.ismount(output):
        return work / STAGE / digest.of_parts(str(output.resolve()))[:8]
    if os.path.ismount(output):
        return output / ".site_gen-stage"
    return output.with_name(output.name + ".site_gen-stage")


def _existing_parent(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


class Staging:
    """Files on their way to `output`, under `folder`. Picklable: workers write through it."""

    def __init__(self, output: Path, folder: Path) -> None:
        self.output = output
        self.folder = folder
        self._new = f"{folder}/{NEW}/"
        self._made: set[str] = set()
        self._written: set[str] = set()

    @cached_property
    def _anew(self) -> bool:
        """Whether there was no output when the first file came: nothing to compare with."""
        return not os.path.lexists(self.output)

    def existing(self, path: str, data: bytes) -> os.stat_result | None:
        """The stat of the output file `path` when it holds exactly `data`."""
        if self._anew:
            return None
        try:
            descriptor = os.open(f"{self.output}/{path}", os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            status = os.fstat(descriptor)
            if status.st_size != len(data) or os.read(descriptor, len(data) + 1) != data:
                return None
            return status
        finally:
            os.close(descriptor)

    def write(self, path: str, data: bytes) -> Stamp:
        """Stage `data` for `path`; the stamp is that of the file, kept by the later rename."""
        if fault := fault_of(path):
            raise AssertionError(f"{path} {fault}")
        full = self._new + path
        folder = full.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        descriptor = self._opened(full)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            return stamp(os.fstat(descriptor))
        finally:
            os.close(descriptor)

    def _opened(self, full: str) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        try:
            descriptor = os.open(full, flags, 0o644)
        except FileExistsError:
            if full in self._written:
                raise
            os.unlink(full)  # what a worker that died had staged
            descriptor = os.open(full, flags, 0o644)
        self._written.add(full)
        return descriptor

    def staged(self, path: str) -> str:
        """Where the staged file of `path` lies."""
        return self._new + path

    def clear(self) -> None:
        """Take away all that waits, and the folder of such folders when it was the last."""
        self._made.clear()
        self._written.clear()
        if self.folder.exists():
            import shutil  # costs more than all else here, when there is nothing to take away

            shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.parent.name == STAGE:
            with contextlib.suppress(OSError):
                self.folder.parent.rmdir()
