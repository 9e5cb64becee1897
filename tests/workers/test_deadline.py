"""A deadline counts what the process worked; the clock on the wall only where nothing is done."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from site_gen.workers import deadline as module
from site_gen.workers.deadline import WALL_FACTOR, TooSlow, deadline

pytestmark = pytest.mark.any_version


def test_it_counts_seconds_of_the_processor() -> None:
    with deadline(5):
        prof = signal.getitimer(signal.ITIMER_PROF)[0]
        wall = signal.getitimer(signal.ITIMER_REAL)[0]
    assert 4 < prof <= 5.1
    assert wall > 4 * WALL_FACTOR
    assert WALL_FACTOR >= 4
    assert signal.getitimer(signal.ITIMER_PROF)[0] == signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_work_without_end_is_ended() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(TooSlow), deadline(0.05):
        endless()


def test_what_waits_without_work_is_ended_too() -> None:
    with pytest.raises(TooSlow), deadline(0.02):
        signal.pause()


def test_handlers_are_given_back() -> None:
    numbers = (signal.SIGPROF, signal.SIGALRM)
    before = [signal.getsignal(number) for number in numbers]
    with deadline(1):
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before


def in_thread(work: Callable[[], None]) -> list[str]:
    """What a thread of its own came to, as a worker of a cluster has."""
    found: list[str] = []

    def run() -> None:
        try:
            work()
            found.append("done")
        except TooSlow:
            found.append("too slow")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found


def test_work_without_end_is_ended_in_another_thread() -> None:
    def endless() -> None:
        with deadline(0.05):
            while True:
                pass

    assert in_thread(endless) == ["too slow"]


def test_another_thread_that_is_in_time_goes_on_as_before() -> None:
    def many() -> None:
        for _ in range(200):
            with deadline(5):
                assert signal.getitimer(signal.ITIMER_PROF)[0] == 0

    assert in_thread(many) == ["done"]
    assert not any(thread.name == module.THREAD_NAME for thread in threading.enumerate())


def test_a_deadline_that_runs_out_at_the_end_is_raised_in_its_block_or_not_at_all() -> None:
    def racing() -> None:
        for _ in range(200):
            with contextlib.suppress(TooSlow), deadline(0.0001):
                sum(range(2000))

    assert in_thread(racing) == ["done"]


def test_time_that_is_up_before_the_block_has_begun_leaves_no_watcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would raise in the next thread of this number: where that is one that begins, who started
    it waits for ever."""

    class Slow(threading.Thread):
        def start(self) -> None:
            super().start()
            until = time.thread_time() + 0.05
            while time.thread_time() < until:
                pass

    def in_time() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(module.threading, "Thread", Slow)
            watched = deadline(0.01)
            with contextlib.suppress(TooSlow):
                watched.__enter__()
            patch.undo()
            with contextlib.suppress(TooSlow):
                watched.__exit__(None, None, None)

    assert in_thread(in_time) == ["done"]
    assert not any(thread.name == module.THREAD_NAME for thread in threading.enumerate())


def test_what_is_raised_at_the_end_of_a_block_leaves_no_watcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One that went on would raise in whatever thread has the number of that one later."""
    late, plain = [TooSlow()], module._stop_watcher

    def settle(*watcher: Any) -> None:
        if late:
            raise late.pop()
        plain(*watcher)

    def in_time() -> None:
        with deadline(5):
            pass

    monkeypatch.setattr(module, "_stop_watcher", settle)
    assert in_thread(in_time) == ["done"]
    assert not any(thread.name == module.THREAD_NAME for thread in threading.enumerate())


TRACED = """
import sys, threading
from site_gen.workers.deadline import TooSlow, deadline

def late():
    try:
        with deadline(0.02):
            while True:
                pass
    except TooSlow:
        print("too slow")

def in_time():
    with deadline(5):
        pass

for work in (late, in_time):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
lines = []
sys.settrace(lambda frame, event, _: lines.append(event))
in_time()
sys.settrace(None)
print(bool(lines))
"""


def test_a_program_that_is_traced_afterwards_goes_on() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRACED], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split("\n")[:2] == ["too slow", "True"]
