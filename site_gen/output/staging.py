"""The staging folder, through which all files reach the output.

Paths are relative, without `..`, and legal on every file system. Writing a path twice is a bug.
"""

import contextlib
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from site_gen.basics import digest
from site_gen.basics.output_paths import path_fault
from site_gen.basics.stamps import Stamp, stamp

STAGE_FOLDER = "stage"
NEW_FOLDER = "new"

before_operation: Callable[[str], None] = lambda what: None  # noqa: E731 - replaced by fault tests
"""Called with its name before each file operation of a commit."""


def stage_folder(output: Path, work: Path) -> Path:
    """The staging folder of `output`: in `work` if that is on the same device, else beside it.

    Each output has its own, so that no build completes an interrupted one of another output.
    """
    near = _existing_parent(output)
    if os.stat(near).st_dev == os.stat(work).st_dev and not os.path.ismount(output):
        return work / STAGE_FOLDER / digest.of_parts(str(output.resolve()))[:8]
    if os.path.ismount(output):
        return output / ".site_gen-stage"
    return output.with_name(output.name + ".site_gen-stage")


def _existing_parent(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


class Staging:
    """Files staged in `folder` for `output`. Picklable: workers write through it."""

    def __init__(self, output: Path, folder: Path) -> None:
        self.output = output
        self.folder = folder
        self._new = f"{folder}/{NEW_FOLDER}/"
        self._made: set[str] = set()
        self._written: set[str] = set()

    @cached_property
    def _is_first_build(self) -> bool:
        """Whether the output does not exist, so that there is nothing to compare with."""
        return not os.path.lexists(self.output)

    def stat_if_unchanged(self, path: str, data: bytes) -> os.stat_result | None:
        """The stat of the output file `path` if its content is exactly `data`, else None."""
        if self._is_first_build:
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
        """Stage `data` for `path`, and return the file's stamp, which the later rename keeps."""
        if fault := path_fault(path):
            raise AssertionError(f"{path} {fault}")
        full = self._new + path
        folder = full.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        descriptor = self._create(full)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            return stamp(os.fstat(descriptor))
        finally:
            os.close(descriptor)

    def _create(self, full: str) -> int:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        try:
            descriptor = os.open(full, flags, 0o644)
        except FileExistsError:
            if full in self._written:
                raise
            os.unlink(full)  # staged by a worker that died
            descriptor = os.open(full, flags, 0o644)
        self._written.add(full)
        return descriptor

    def staged_path(self, path: str) -> str:
        """The full path of the staged file of `path`."""
        return self._new + path

    def clear(self) -> None:
        """Delete all staged files, and the parent of staging folders if it is empty then."""
        self._made.clear()
        self._written.clear()
        if self.folder.exists():
            import shutil  # slow to import, and mostly not needed

            shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.parent.name == STAGE_FOLDER:
            with contextlib.suppress(OSError):
                self.folder.parent.rmdir()
