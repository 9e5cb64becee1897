"""Change events from the operating system, gathered until the main thread asks for them."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from site_gen.preview.scan import Inputs, is_noise

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

TELLING = frozenset(("created", "modified", "deleted", "moved", "closed", "attrib"))
MOST_PATHS = 256


class Hints:
    """A thread-safe bag of changed paths. `None` in it stands for "look at everything"."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paths: set[str | None] = set()
        self._count = 0

    def add(self, path: str | None) -> None:
        """Something happened to `path`, or to a folder if None."""
        with self._changed:
            self._paths.add(path if len(self._paths) < MOST_PATHS else None)
            self._count += 1
            self._changed.notify_all()

    @property
    def count(self) -> int:
        """How many came so far."""
        return self._count

    def wait(self, seconds: float) -> bool:
        """Whether there is a hint, waiting for one up to `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._paths), seconds)

    def next(self, seconds: float) -> bool:
        """Whether another hint came within `seconds`."""
        with self._changed:
            before = self._count
            return self._changed.wait_for(lambda: self._count != before, seconds)

    def take(self) -> frozenset[str | None]:
        """All hints so far; the bag is empty then."""
        with self._changed:
            taken = frozenset(self._paths)
            self._paths.clear()
            return taken


class Observer(Protocol):
    """A source of hints."""

    def refresh(self) -> None:
        """Watch folders that came back."""

    def stop(self) -> None:
        """Give no more hints."""


class FileEvents:
    """Hints from watchdog. Raises OSError where the system has no more watches to give."""

    def __init__(self, inputs: Inputs, add: Callable[[str | None], None]) -> None:
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
            made = self._observer.schedule(handler, str(folder), recursive=recursive)
            self._watched[folder] = (inode, made)

    def _handler(self, *, recursive: bool) -> object:
        return _Handler(self._add, None if recursive else self._files)


class _Handler:
    """What watchdog calls, in its own thread. `only` limits it to these files."""

    def __init__(self, add: Callable[[str | None], None], only: frozenset[str] | None) -> None:
        self._add = add
        self._only = only

    def dispatch(self, event: "FileSystemEvent") -> None:
        """Turn an event into hints; reads and editors' own files are none."""
        if event.event_type not in TELLING or (
            event.is_directory and event.event_type in ("modified", "attrib")
        ):
            return
        for path in (str(event.src_path), str(event.dest_path)):
            name = os.path.basename(path)
            if not path or is_noise(name) or (self._only is not None and path not in self._only):
                continue
            self._add(None if event.is_directory else path)
