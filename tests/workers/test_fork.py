"""A process that works aside: what it hands over, and that nothing of it stays."""

import mmap
import os
import signal
from collections.abc import Callable, Iterator

import pytest

from site_gen.workers import fork
from site_gen.workers.fork import Aside


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The processes that were forked; each must be gone and reaped when the test is over."""
    found: list[int] = []
    real = os.fork

    def noted() -> int:
        child = real()
        found.append(child)
        return child

    monkeypatch.setattr(os, "fork", noted)
    before = sorted(os.listdir("/dev/fd"))
    yield found
    assert sorted(os.listdir("/dev/fd")) == before
    for child in found:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def told(memory: mmap.mmap) -> None:
    memory[:] = b"%8d" % os.getpid()


def test_what_another_process_wrote_is_handed_over(children: list[int]) -> None:
    memory = Aside(told, 8).result()
    assert memory
    assert int(memory[:]) == children[0] != os.getpid()


def fails(memory: mmap.mmap) -> None:
    raise ValueError("no")


def is_interrupted(memory: mmap.mmap) -> None:
    raise KeyboardInterrupt


def is_killed(memory: mmap.mmap) -> None:
    memory[:] = b"half...."
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("work", [fails, is_interrupted, is_killed])
def test_one_that_dies_hands_over_nothing(
    children: list[int], work: Callable[[mmap.mmap], None]
) -> None:
    aside = Aside(work, 8)
    assert aside.result() is None
    aside.end()
    assert len(children) == 1


def test_one_that_goes_on_is_ended(children: list[int]) -> None:
    aside = Aside(lambda memory: signal.pause(), 8)
    aside.end()
    aside.end()
    assert len(children) == 1


def test_where_no_process_is_to_be_had_there_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    aside = Aside(told, 8)
    assert aside.result() is None
    aside.end()


def test_one_that_the_system_reaps_is_not_believed(children: list[int]) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        aside = Aside(told, 8)
        assert aside.result() is None
        aside.end()
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_it_holds_nothing_that_its_parent_has_open(children: list[int]) -> None:
    """A lock above all: it would stay locked when the parent is killed."""
    held = os.open(os.devnull, os.O_RDONLY)

    def look(memory: mmap.mmap) -> None:
        try:
            os.fstat(held)
        except OSError:
            memory[:] = b"closed"

    try:
        memory = Aside(look, 6).result()
        assert memory
        assert memory[:] == b"closed"
    finally:
        os.close(held)


def test_a_process_with_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fork.threading, "active_count", lambda: 1)
    assert fork.may_fork()
    monkeypatch.setattr(fork.threading, "active_count", lambda: 2)
    assert not fork.may_fork()
