"""File events of the operating system, collected until the main thread takes them."""

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from site_gen.preview.scan import Inputs, is_noise

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

REPORTED_EVENTS = frozenset(("created", "modified", "deleted", "moved", "closed", "attrib"))
MAX_PATHS = 256
FEW = 2
"""If more files change at once, more events probably follow."""


class ChangedPaths:
    """A thread-safe set of changed paths. None stands for "scan everything"."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._complete: dict[str | None, bool] = {}
        self._count = 0

    def add(self, path: str | None, *, complete: bool = False) -> None:
        """Add a changed path, or None for a folder; `complete` if its writer has closed it."""
        with self._changed:
            self._complete[path if len(self._complete) < MAX_PATHS else None] = complete
            self._count += 1
            self._changed.notify_all()

    @property
    def count(self) -> int:
        """The number of events so far."""
        return self._count

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` for a path; return whether there is one."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._complete), seconds)

    def next(self, seconds: float, complete: float | None = None) -> bool:
        """Wait up to `seconds` for another event; return whether there was one.

        `complete` is the time to wait if there are only a few paths, all of them complete.
        """
        with self._changed:
            before = self._count
            if complete is not None and len(self._complete) <= FEW and all(self._complete.values()):
                seconds = complete
            return self._changed.wait_for(lambda: self._count != before, seconds)

    def take(self) -> frozenset[str | None]:
        """Return all paths and clear the set."""
        with self._changed:
            taken = frozenset(self._complete)
            self._complete.clear()
            return taken


class AddPath(Protocol):
    """The type of `ChangedPaths.add`."""

    def __call__(self, path: str | None, *, complete: bool = False) -> None: ...


class Observer(Protocol):
    """A source of events."""

    def refresh(self) -> None:
        """Watch folders that were created again."""

    def stop(self) -> None:
        """Stop the events."""


class FileEvents:
    """File events from watchdog. Raises OSError if the system has no more watches."""

    def __init__(self, inputs: Inputs, add: AddPath) -> None:
        from watchdog.observers import Observer as SystemObserver

        self._inputs = inputs
        self._add = add
        self._files = frozenset(str(path) for path in (*inputs.files, *inputs.folders))
        self._replaced: set[str] = set()
        self._watched: dict[Path, tuple[int, Any]] = {}
        self._observer = SystemObserver()
        try:
            self.refresh()
            self._observer.start()
        except OSError:
            self.stop()  # a thread of its may run before it is started itself
            raise

    def refresh(self) -> None:
        """Watch each folder that exists, again if it was deleted and created anew."""
        for folder in self._inputs.folders:
            self._watch(folder, recursive=True)
        for folder in dict.fromkeys(file.parent for file in self._inputs.files):
            self._watch(folder, recursive=False)

    def stop(self) -> None:
        """End the threads of watchdog."""
        self._observer.stop()
        if self._observer.is_alive():
            self._observer.join()

    def _watch(self, folder: Path, *, recursive: bool) -> None:
        try:
            inode = folder.stat().st_ino
        except OSError:
            inode = 0
        known, watch = self._watched.get(folder, (0, None))
        if inode == known and str(folder) not in self._replaced:
            return
        self._replaced.discard(str(folder))
        if watch is not None:
            self._observer.unschedule(watch)
            del self._watched[folder]
        if inode:
            handler: Any = self._handler(recursive=recursive)
            where, options = str(folder), _writes_only()
            watch = self._observer.schedule(handler, where, recursive=recursive, **options)
            self._watched[folder] = (inode, watch)

    def _handler(self, *, recursive: bool) -> object:
        """A handler; that of a folder's parent also notes that the folder itself was moved or
        deleted, since its watch ends then, even if the same folder comes back."""
        if recursive:
            return _Handler(self._add, None)
        return _Handler(self._add, self._files, self._replaced)


def _writes_only() -> dict[str, Any]:
    """Return options by which Linux reports only writing.

    Otherwise each file or folder that is read causes two or four events, which doubles the time of
    a scan.
    """
    if not sys.platform.startswith("linux"):
        return {}
    from watchdog import events

    kinds = ("Created", "Modified", "Deleted", "Moved", "Closed", "Attrib")
    names = (f"{what}{kind}Event" for what in ("File", "Dir") for kind in kinds)
    return {"event_filter": [found for name in names if (found := getattr(events, name, None))]}


class _Handler:
    """The handler that watchdog calls in its thread. `only` limits it to these paths; folders of
    them that were created, moved or deleted are added to `replaced`."""

    def __init__(
        self, add: AddPath, only: frozenset[str] | None, replaced: set[str] | None = None
    ) -> None:
        self._add = add
        self._only = only
        self._replaced = set() if replaced is None else replaced

    def dispatch(self, event: "FileSystemEvent") -> None:
        """Add the paths of an event, except for reads and temporary files of editors."""
        if event.event_type not in REPORTED_EVENTS or (
            event.is_directory and event.event_type in ("modified", "attrib")
        ):
            return
        complete = {"closed": event.src_path, "moved": event.dest_path}.get(event.event_type)
        for path in (str(event.src_path), str(event.dest_path)):
            name = os.path.basename(path)
            if not path or is_noise(name) or (self._only is not None and path not in self._only):
                continue
            if event.is_directory:
                self._replaced.add(path)
                self._add(None)
            else:
                self._add(path, complete=path == complete)
