import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from watchdog import events as of_watchdog

from site_gen.preview import file_events as module
from site_gen.preview.file_events import FEW, MAX_PATHS, ChangedPaths, FileEvents
from site_gen.preview.scan import Inputs

PATIENCE = 20.0


@contextmanager
def watching(inputs: Inputs, hints: ChangedPaths) -> Iterator[FileEvents]:
    events = FileEvents(inputs, hints.add)
    try:
        yield events
    finally:
        events.stop()


def expect(hints: ChangedPaths, path: str | None) -> None:
    """Wait until a hint at `path` came."""
    seen: set[str | None] = set()
    while path not in seen:
        assert hints.wait(PATIENCE), f"only {seen}"
        seen |= hints.take()


def test_hints_wake_the_one_who_waits() -> None:
    hints = ChangedPaths()
    threading.Thread(target=hints.add, args=("a",)).start()
    assert hints.wait(PATIENCE)
    assert hints.take() == {"a"}
    assert not hints.wait(0)
    assert not hints.next(0)


@pytest.mark.parametrize(
    ("added", "seconds"),
    [
        ([("a", True)], 0.5),
        ([("a", False), ("a", True)], 0.5),
        ([("a", True), ("b", True)], 0.5),
        ([("a", True), ("a", False)], 8.0),
        ([("a", True), ("b", False)], 8.0),
        ([(str(number), True) for number in range(FEW + 1)], 8.0),
        ([(None, False)], 8.0),
    ],
)
def test_few_files_that_are_whole_are_waited_for_less(
    monkeypatch: pytest.MonkeyPatch, added: list[tuple[str | None, bool]], seconds: float
) -> None:
    def wait_for(self: object, done: Callable[[], bool], timeout: float) -> bool:
        waited.append(timeout)
        return done()

    hints, waited = ChangedPaths(), []
    for path, whole in added:
        hints.add(path, complete=whole)
    monkeypatch.setattr(threading.Condition, "wait_for", wait_for)
    assert not hints.next(8.0, 0.5)
    assert not hints.next(8.0)
    assert waited == [seconds, 8.0]


@pytest.mark.parametrize(
    ("event", "added"),
    [
        (of_watchdog.FileModifiedEvent("/x/a.md"), [("/x/a.md", False)]),
        (of_watchdog.FileCreatedEvent("/x/a.md"), [("/x/a.md", False)]),
        (of_watchdog.FileDeletedEvent("/x/a.md"), [("/x/a.md", False)]),
        (of_watchdog.FileClosedEvent("/x/a.md"), [("/x/a.md", True)]),
        (of_watchdog.FileMovedEvent("/x/.a.md.swp", "/x/a.md"), [("/x/a.md", True)]),
        (of_watchdog.FileMovedEvent("/x/a", "/x/b"), [("/x/a", False), ("/x/b", True)]),
        (of_watchdog.DirMovedEvent("/x/a", "/x/b"), [(None, False), (None, False)]),
        (of_watchdog.DirModifiedEvent("/x"), []),
    ],
    ids=lambda given: getattr(given, "event_type", None),
)
def test_a_file_is_whole_once_it_is_closed_or_put_in_place(
    event: Any, added: list[tuple[str | None, bool]]
) -> None:
    found: list[tuple[str | None, bool]] = []

    def add(path: str | None, *, complete: bool = False) -> None:
        found.append((path, complete))

    module._Handler(add, None).dispatch(event)
    assert found == added


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells of reading")
def test_of_reading_the_system_does_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: set[str] = set()
    done = threading.Event()

    def dispatch(self: object, event: of_watchdog.FileSystemEvent) -> None:
        kinds.add(event.event_type)
        if event.event_type == "deleted":
            done.set()

    monkeypatch.setattr(module._Handler, "dispatch", dispatch)
    with watching(Inputs((tmp_path,)), ChangedPaths()):
        (tmp_path / "a.md").write_text("x")
        (tmp_path / "a.md").read_text()
        (tmp_path / "a.md").unlink()
        assert done.wait(PATIENCE)
    assert kinds - {"attrib"} == {"created", "modified", "closed", "deleted"}


def test_very_many_hints_become_one() -> None:
    hints = ChangedPaths()
    for number in range(MAX_PATHS * 2):
        hints.add(str(number))
    taken = hints.take()
    assert None in taken
    assert len(taken) == MAX_PATHS + 1


def test_saves_are_hinted_and_reads_are_not(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x")
    hints = ChangedPaths()
    with watching(Inputs((tmp_path,)), hints):
        file.read_text()
        (tmp_path / ".a.md.swp").write_text("noise")
        (tmp_path / "b.md").write_text("y")
        assert hints.wait(PATIENCE)
        assert hints.take() == {str(tmp_path / "b.md")}


def test_a_rename_hints_at_both_ends_and_a_folder_at_all(tmp_path: Path) -> None:
    (tmp_path / "c").mkdir()
    (tmp_path / "a.md").write_text("x")
    hints = ChangedPaths()
    with watching(Inputs((tmp_path,)), hints):
        os.replace(tmp_path / "a.md", tmp_path / "b.md")
        expect(hints, str(tmp_path / "b.md"))
        os.rename(tmp_path / "c", tmp_path / "d")
        expect(hints, None)


def test_only_named_files_of_the_root_are_hinted(tmp_path: Path) -> None:
    hints = ChangedPaths()
    with watching(Inputs((), (tmp_path / "site.toml",)), hints):
        (tmp_path / "other.txt").write_text("x")
        (tmp_path / "site.toml").write_text("x")
        assert hints.wait(PATIENCE)
        assert hints.take() == {str(tmp_path / "site.toml")}


def test_a_folder_that_is_made_anew_is_watched_again(tmp_path: Path) -> None:
    hints = ChangedPaths()
    folder = tmp_path / "themes"
    with watching(Inputs((folder,)), hints) as events:
        for _ in range(2):
            folder.mkdir()
            events.refresh()
            (folder / "a.html").write_text("x")
            expect(hints, str(folder / "a.html"))
            (folder / "a.html").unlink()
            folder.rename(tmp_path / "away")
            events.refresh()
            (tmp_path / "away").rmdir()


def test_a_folder_that_was_away_is_watched_again(tmp_path: Path) -> None:
    """As the same folder, whose watch ended all the same; with a look meanwhile, and without."""
    hints = ChangedPaths()
    folder, file = tmp_path / "content", tmp_path / "content/a.md"
    folder.mkdir()
    with watching(Inputs((folder,), (tmp_path / "site.toml",)), hints) as events:
        for looks in (True, False):
            folder.rename(tmp_path / "away")
            if looks:
                expect(hints, None)
                events.refresh()
            (tmp_path / "away").rename(folder)
            expect(hints, None)
            events.refresh()
            hints.take()
            file.write_text("x")
            expect(hints, str(file))


def test_no_watches_left_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchdog.observers.api.BaseObserver.schedule", full)
    with pytest.raises(OSError, match="limit"):
        FileEvents(Inputs((tmp_path,)), ChangedPaths().add)
