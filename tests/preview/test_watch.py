import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from site_gen.preview import watch as module
from site_gen.preview.scan import Inputs, State
from site_gen.preview.watch import Watcher

AddPath = Callable[[str | None], None]


class Deaf:
    """Events that never come, as on a network folder."""

    def __init__(self, inputs: Inputs, add: AddPath) -> None:
        self.add = add

    def refresh(self) -> None:
        pass

    def stop(self) -> None:
        pass


@contextmanager
def watch(folder: Path, **options: Any) -> Iterator[Watcher]:
    watcher = Watcher(Inputs((folder,)), **({"quiet": 0.01, "complete": 0.01} | options))
    try:
        yield watcher
    finally:
        watcher.close()


def test_a_save_is_found_by_its_event(tmp_path: Path) -> None:
    with watch(tmp_path, interval=3600) as watcher:
        (tmp_path / "a.md").write_text("x")
        assert watcher.wait() == (str(tmp_path / "a.md"),)


def test_a_burst_is_one_change(tmp_path: Path) -> None:
    with watch(tmp_path, interval=3600, quiet=0.3, complete=0.3) as watcher:
        for name in ("a", "b", "c"):
            (tmp_path / name).write_text("x")
        assert watcher.wait() == tuple(str(tmp_path / name) for name in ("a", "b", "c"))


def test_a_change_without_event_is_found_by_looking_and_said_once(tmp_path: Path) -> None:
    said: list[str] = []
    with watch(tmp_path, interval=0.01, observe=Deaf, warn=said.append) as watcher:
        for number in range(3):
            (tmp_path / f"{number}").write_text("x")
            assert watcher.wait() == (str(tmp_path / f"{number}"),)
            assert watcher.wait() == ()  # the second look, for a save in the same tick
    assert len(said) == 1
    assert "looking every 0.01 s" in said[0]


def test_a_late_event_is_no_missing_one(tmp_path: Path) -> None:
    said: list[str] = []
    made: list[Deaf] = []

    def late(inputs: Inputs, add: AddPath) -> Deaf:
        made.append(Deaf(inputs, add))
        return made[0]

    with watch(tmp_path, interval=0.01, observe=late, warn=said.append) as watcher:
        for number in range(3):
            (tmp_path / f"{number}").write_text("x")
            assert watcher.wait() == (str(tmp_path / f"{number}"),)
            made[0].add(str(tmp_path / f"{number}"))
            assert watcher.wait() == ()
            assert watcher.wait() == ()
    assert said == []


def test_an_event_ends_a_look_at_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, looks = tmp_path / "a", []
    made: list[Deaf] = []

    def observe(inputs: Inputs, add: AddPath) -> Deaf:
        made.append(Deaf(inputs, add))
        return made[0]

    def scan(inputs: Inputs, stop: Callable[[], bool]) -> State:
        looks.append("look")
        file.write_text("x" * len(looks))
        made[0].add(str(file))
        return real(inputs, stop)

    with watch(tmp_path, interval=0.01, observe=observe) as watcher:
        real = module.scan
        monkeypatch.setattr(module, "scan", scan)
        for number in range(3):
            assert watcher.wait() == (str(file),)
            assert len(looks) == number + 1  # a look that finds it would look once more


def test_no_watches_left_is_said_and_looked_around(tmp_path: Path) -> None:
    def full(inputs: Inputs, add: AddPath) -> Deaf:
        raise OSError(28, "inotify watch limit reached")

    said: list[str] = []
    with watch(tmp_path, interval=0.01, observe=full, warn=said.append) as watcher:
        (tmp_path / "a").write_text("x")
        assert watcher.wait() == (str(tmp_path / "a"),)
    assert said == [
        "file events are not to be had (inotify watch limit reached): looking every 0.01 s instead"
    ]


def test_watches_that_run_out_later_are_said_too(tmp_path: Path) -> None:
    class Full(Deaf):
        def refresh(self) -> None:
            raise OSError(28, "inotify watch limit reached")

    said: list[str] = []
    with watch(tmp_path, interval=0.01, observe=Full, warn=said.append) as watcher:
        (tmp_path / "a").write_text("x")
        assert watcher.wait() == (str(tmp_path / "a"),)
        (tmp_path / "b").write_text("x")
        assert str(tmp_path / "b") in (watcher.wait() or watcher.wait() or ())
    assert len(said) == 1


def test_polling_uses_no_events(tmp_path: Path) -> None:
    said: list[str] = []
    with watch(tmp_path, interval=0.01, observe=None, warn=said.append) as watcher:
        (tmp_path / "a").write_text("x")
        assert watcher.wait() == (str(tmp_path / "a"),)
        (tmp_path / "a").unlink()
        assert (watcher.wait() or watcher.wait()) == (str(tmp_path / "a"),)
    assert said == []


def test_what_changes_before_the_first_wait_is_not_lost(tmp_path: Path) -> None:
    with watch(tmp_path, interval=0.01, observe=None) as watcher:
        (tmp_path / "a").write_text("x")
        (tmp_path / "d").mkdir()
        (tmp_path / "d" / "b").write_text("x")
        assert watcher.wait() == (str(tmp_path / "a"), str(tmp_path / "d" / "b"))


def test_again_returns_soon_without_a_change(tmp_path: Path) -> None:
    with watch(tmp_path, interval=0.01, observe=None) as watcher:
        assert watcher.wait(again=True) == ()


@pytest.mark.parametrize("observe", [None, Deaf])
def test_stopping_ends_the_wait_from_another_thread(tmp_path: Path, observe: Any) -> None:
    with watch(tmp_path, interval=3600, observe=observe) as watcher:
        threading.Thread(target=watcher.stop).start()
        assert watcher.wait() is None
        assert watcher.wait() is None
