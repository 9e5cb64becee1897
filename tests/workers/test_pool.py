"""The two maps: in this process, and in workers."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from site_gen.workers import pool

pytestmark = pytest.mark.any_version

WORK = """
import os

def double(tool, chunk):
    return [(os.getpid(), id(tool), tool["times"] * item) for item in chunk]

def plain(tool, chunk):
    return [(os.getpid(), tool["times"] * int(item)) for item in chunk]

def deadly(tool, chunk):
    if tool["deadly"] in chunk:
        os._exit(1)
    return [item for item in chunk]

def spinning(tool, chunk):
    while tool["deadly"] in chunk:  # hears of no signal that Python handles
        pass
    return [item for item in chunk]

def busy(tool, chunk):
    import time
    end = time.process_time() + tool["burn"]
    while time.process_time() < end:
        pass
    return [item for item in chunk]

def sized(tool, chunk):
    deadly(tool, chunk)
    return [len(chunk) for item in chunk]

def crashed(item):
    return f"crashed {item}"

alive = 0

class Counted:
    def __init__(self):
        global alive
        alive += 1

    def __reduce__(self):
        return Counted, ()

    def __del__(self):
        global alive
        alive -= 1

def counted(tool, chunk):
    return [Counted() for item in chunk]
"""

ALONE = """
import os, sys
from site_gen.workers import pool

def hang(tool, chunk):
    os.write(1, b"w")
    os.read(0, 1)

pool.MIN_ITEMS, pool.CHUNK_SIZE = 2, 1
list(pool.map_chunks(hang, None, [1, 2], 2, print))
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Functions that workers can import, and small chunks."""
    (tmp_path / "work_of_pool_tests.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(pool, "CHUNK_SIZE", 3)
    monkeypatch.setattr(pool, "MIN_ITEMS", 6)
    monkeypatch.delitem(sys.modules, "work_of_pool_tests", raising=False)
    import work_of_pool_tests  # type: ignore[import-not-found]

    return work_of_pool_tests


def flat(chunks: Any) -> list[Any]:
    return [result for chunk in chunks for result in chunk]


def test_few_items_are_done_in_this_process(work: Any) -> None:
    tool = {"times": 2}
    done = flat(pool.map_chunks(work.double, tool, range(5), 2, work.crashed))
    assert done == [(os.getpid(), id(tool), 2 * i) for i in range(5)]


def test_many_items_go_to_workers_and_come_back_in_order(work: Any) -> None:
    done = flat(pool.map_chunks(work.double, {"times": 2}, range(20), 2, work.crashed))
    assert [number for _, _, number in done] == [2 * i for i in range(20)]
    assert os.getpid() not in {process for process, _, _ in done}


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_few_items_a_risky_one_has_a_worker_of_its_own(work: Any, jobs: int) -> None:
    """What would end this process ends that worker, and is named; its neighbours are done here."""
    tool = {"deadly": 2, "times": 2}
    kinds = {"risky": lambda item: item in (2, 3)}
    done = flat(pool.map_chunks(work.deadly, tool, range(5), jobs, work.crashed, **kinds))
    assert done == [0, 1, "crashed 2", 3, 4]
    done = flat(pool.map_chunks(work.double, tool, range(5), jobs, work.crashed, **kinds))
    here = [process == os.getpid() for process, _, _ in done]
    assert here == [True, True, False, False, True]


@pytest.mark.parametrize("large", [False, True])
def test_an_item_that_never_ends_is_ended_and_named(work: Any, large: bool) -> None:
    count = 12 if large else 3
    tool = {"deadly": 2}
    kinds = {"risky": lambda item: item == 2, "seconds": 0.1}
    done = flat(pool.map_chunks(work.spinning, tool, range(count), 2, work.crashed, **kinds))
    assert done == [0, 1, "crashed 2", *range(3, count)]


def test_the_bound_of_a_worker_is_renewed_for_each_item(work: Any) -> None:
    """Or the second of two that take nearly all of it would be ended for both."""
    tool = {"burn": 0.9}
    kinds = {"risky": lambda item: True, "seconds": 1.0}
    assert flat(pool.map_chunks(work.busy, tool, range(3), 1, work.crashed, **kinds)) == [0, 1, 2]


class Unsendable(int):
    """What no worker can be sent."""

    def __reduce__(self) -> Any:
        raise AssertionError("sent to a worker")


def test_forked_workers_are_sent_no_items(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "can_fork", lambda: True)  # whatever threads other tests left
    items = [Unsendable(i) for i in range(20)]
    done = flat(pool.map_chunks(work.plain, {"times": 2}, items, 2, work.crashed))
    assert [number for _, number in done] == [2 * i for i in range(20)]
    assert os.getpid() not in {process for process, _ in done}


def test_what_workers_made_is_let_go_once_it_is_handed_on(work: Any) -> None:
    made = pool.map_chunks(work.counted, None, range(60), 2, work.crashed)
    for _ in range(20):
        last = next(made)
    assert work.alive == len(last) == 3


def test_forked_workers_live_for_so_many_chunks(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they look at of this process's memory becomes their own until they end."""
    monkeypatch.setattr(pool, "can_fork", lambda: True)  # whatever threads other tests left
    monkeypatch.setattr(pool, "CHUNKS_PER_ROUND", 4)
    done = flat(pool.map_chunks(work.plain, {"times": 2}, range(30), 2, work.crashed))
    assert [number for _, number in done] == [2 * i for i in range(30)]
    rounds = [{process for process, _ in done[at : at + 12]} for at in (0, 12, 24)]
    assert not (rounds[0] & rounds[1])
    assert not (rounds[1] & rounds[2])


def test_one_job_needs_no_worker(work: Any) -> None:
    done = flat(pool.map_chunks(work.double, {"times": 2}, range(20), 1, work.crashed))
    assert {process for process, _, _ in done} == {os.getpid()}


def test_what_has_something_in_common_counts_as_one(work: Any) -> None:
    items = [*range(3), *[9] * 40]
    common = {9: "nine"}.get
    done = flat(pool.map_chunks(work.double, {"times": 2}, items, 2, work.crashed, common=common))
    assert {process for process, _, _ in done} == {os.getpid()}


def test_what_has_something_in_common_goes_to_one_worker(work: Any) -> None:
    items = [1, 2, *[9] * 8, *range(20, 30)]
    common = {9: "nine"}.get
    done = flat(pool.map_chunks(work.sized, {"deadly": 0}, items, 2, work.crashed, common=common))
    assert done == [*[10] * 10, *[3] * 9, 1]


def test_few_dear_items_go_to_workers(work: Any) -> None:
    cost = {0: 1}.get
    done = flat(pool.map_chunks(work.double, {"times": 2}, range(3), 2, work.crashed,
                            cost=lambda item: cost(item, 3)))  # fmt: skip
    assert [number for _, _, number in done] == [0, 2, 4]
    assert os.getpid() not in {process for process, _, _ in done}


def test_dear_items_go_to_workers_by_themselves(work: Any) -> None:
    done = flat(pool.map_chunks(work.sized, {"deadly": 0}, range(1, 6), 2, work.crashed,
                            cost=lambda item: 3))  # fmt: skip
    assert done == [1] * 5


def test_a_worker_that_dies_names_the_culprit(work: Any) -> None:
    done = flat(pool.map_chunks(work.deadly, {"deadly": 7}, range(12), 2, work.crashed))
    assert done == [*range(7), "crashed 7", *range(8, 12)]


def test_after_a_death_the_others_are_done_as_before(work: Any) -> None:
    """All that followed was done one at a time, each in a worker of its own."""
    done = flat(pool.map_chunks(work.sized, {"deadly": 4}, range(30), 2, work.crashed))
    assert done[3:6] == [1, "crashed 4", 1]
    assert done[-18:] == [3] * 18


def test_workers_end_with_the_process_that_started_them(checkout: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ALONE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    assert parent.stdout
    assert parent.stdout.read(1) == b"w"
    parent.kill()
    # The pipe ends when the last worker has let go of it; without an end this test fails here.
    reader = threading.Thread(target=parent.stdout.read, daemon=True)
    reader.start()
    reader.join(60)
    assert not reader.is_alive()
    parent.wait()
    for stream in (parent.stdin, parent.stdout):
        assert stream
        stream.close()
