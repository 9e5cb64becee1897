"""Change events from the operating system, gathered until the main thread asks for them."""

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from site_gen.preview.scan import Inputs, is_noise

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

TELLING = frozenset(("created", "modified", "deleted", "moved", "closed", "attrib"))
MOST_PATHS = 256
FEW = 2
"""Files that are saved one by one: where more change, something is at work."""


class Hints:
    """A thread-safe bag of changed paths. `None` in it stands for "look at everything"."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._whole: dict[str | None, bool] = {}
        self._count = 0

    def add(self, path: str | None, *, whole: bool = False) -> None:
        """Something happened to `path`, or to a folder if None; `whole`: its writer is done."""
        with self._changed:
            self._whole[path if len(self._whole) < MOST_PATHS else None] = whole
            self._count += 1
            self._changed.notify_all()

    @property
    def count(self) -> int:
        """How many came so far."""
        return self._count

    def wait(self, seconds: float) -> bool:
        """Whether there is a hint, waiting for one up to `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._whole), seconds)

    def next(self, seconds: float, whole: float | None = None) -> bool:
        """Whether another hint came within `seconds`; within `whole` where all hints are of a few
        files that their writers are done with."""
        with self._changed:
            before = self._count
            if whole is not None and len(self._whole) <= FEW and all(self._whole.values()):
                seconds = whole
            return self._changed.wait_for(lambda: self._count != before, seconds)

    def take(self) -> frozenset[str | None]:
        """All hints so far; the bag is empty then."""
        with self._changed:
            taken = frozenset(self._whole)
            self._whole.clear()
            return taken


class Add(Protocol):
    """Takes a hint, as Hints.add does."""

    def __call__(self, path: str | None, *, whole: bool = False) -> None: ...


class Observer(Protocol):
    """A source of hints."""

    def refresh(self) -> None:
        """Watch folders that came back."""

    def stop(self) -> None:
        """Give no more hints."""


class FileEvents:
    """Hints from watchdog. Raises OSError where the system has no more watches to give."""

    def __init__(self, inputs: Inputs, add: Add) -> None:
        from watchdog.observers import Observer as SystemObserver

        self._inputs = inputs
        self._add = add
        self._files = frozenset(str(file) for file in inputs.files)
        self._watched: dict[Path, tuple[int, Any]] = {}
        self._observer = SystemObserver()
        try:
            self.refresh()
            self._observer.start()
        except OSError:
            self._observer.unschedule_all()
            raise

    def refresh(self) -> None:
        """Watch each folder that exists; again where it was deleted and made anew."""
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
        if inode == known:
            return
        if watch is not None:
            self._observer.unschedule(watch)
            del self._watched[folder]
        if inode:
            handler: Any = self._handler(recursive=recursive)
            where, options = str(folder), _of_writers()
            made = self._observer.schedule(handler, where, recursive=recursive, **options)
            self._watched[folder] = (inode, made)

    def _handler(self, *, recursive: bool) -> object:
        return _Handler(self._add, None if recursive else self._files)


def _of_writers() -> dict[str, Any]:
    """What makes Linux tell of writing alone: each file or folder that is read would be two events
    or four, and a look at everything would take twice the time."""
    if not sys.platform.startswith("linux"):
        return {}
    from watchdog import events

    kinds = ("Created", "Modified", "Deleted", "Moved", "Closed", "Attrib")
    names = (f"{what}{kind}Event" for what in ("File", "Dir") for kind in kinds)
    return {"event_filter": [found for name in names if (found := getattr(events, name, None))]}


class _Handler:
    """What watchdog calls, in its own thread. `only` limits it to these files."""

    def __init__(self, add: Add, only: frozenset[str] | None) -> None:
        self._add = add
        self._only = only

    def dispatch(self, event: "FileSystemEvent") -> None:
        """Turn an event into hints; reads and editors' own files are none."""
        if event.event_type not in TELLING or (
            event.is_directory and event.event_type in ("modified", "attrib")
        ):
            return
        whole = {"closed": event.src_path, "moved": event.dest_path}.get(event.event_type)
        for path in (str(event.src_path), str(event.dest_path)):
            name = os.path.basename(path)
            if not path or is_noise(name) or (self._only is not None and path not in self._only):
                continue
            if event.is_directory:
                self._add(None)
            else:
                self._add(path, whole=path == whole)
