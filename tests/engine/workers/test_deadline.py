"""A deadline counts what the process worked; the clock on the wall only where nothing is done."""

import signal
import threading

import pytest

from site_gen.engine.workers.deadline import WALL, TooSlow, deadline


def test_it_counts_seconds_of_the_processor() -> None:
    with deadline(5):
        prof = signal.getitimer(signal.ITIMER_PROF)[0]
        wall = signal.getitimer(signal.ITIMER_REAL)[0]
    assert 4 < prof <= 5.1
    assert wall > 4 * WALL
    assert WALL >= 4
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


def test_another_thread_has_none() -> None:
    found: list[float] = []

    def work() -> None:
        with deadline(1):
            found.append(signal.getitimer(signal.ITIMER_PROF)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [0]
