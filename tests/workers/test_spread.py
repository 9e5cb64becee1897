"""The two maps over workers that share nothing with this process."""

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from site_gen.basics import program_version
from site_gen.problems import Problem, SiteError
from site_gen.workers import spread

WORK = """
import threading
from site_gen.problems import Problem, SiteError

def double(tool, chunk):
    return [(threading.get_ident(), id(tool), tool["times"] * item) for item in chunk]

def refuse(tool, chunk):
    raise SiteError([Problem("a/b", "no")])

def crashed(item):
    return f"crashed {item}"
"""


class AtOnce:
    """Does what is submitted at once; a chunk with a deadly item ends it."""

    def __init__(self, deadly: int = -1) -> None:
        self.submitted: list[list[int]] = []
        self._deadly = deadly

    def submit(self, work: Callable[..., Any], /, *given: Any) -> "Future[Any]":
        self.submitted.append(given[-1])
        future: Future[Any] = Future()
        if self._deadly in given[-1]:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(*given))
        return future


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Functions that workers can import, and small chunks."""
    (tmp_path / "work_of_spread_tests.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(spread, "CHUNK_SIZE", 3)
    monkeypatch.setattr(program_version, "exact_key", lambda: "key")
    monkeypatch.delitem(sys.modules, "work_of_spread_tests", raising=False)
    import work_of_spread_tests  # type: ignore[import-not-found]

    return work_of_spread_tests


def flat(chunks: Any) -> list[Any]:
    return [result for chunk in chunks for result in chunk]


def test_all_is_done_there_in_order(work: Any) -> None:
    workers = AtOnce()
    done = flat(spread.map_on_workers(work.double, {"times": 3}, range(8), work.crashed, workers))
    assert [number for _, _, number in done] == [3 * i for i in range(8)]
    assert workers.submitted == [[0, 1, 2], [3, 4, 5], [6, 7]]


def test_no_more_is_taken_than_is_under_way(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "MAX_PENDING", 2)
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(30):
            taken.append(number)
            yield number

    results = spread.map_on_workers(work.double, {"times": 1}, items(), work.crashed, AtOnce())
    next(results)
    assert len(taken) == 6
    next(results)
    assert len(taken) == 9


def test_threads_share_no_tool(work: Any) -> None:
    tool = {"times": 2}
    with ThreadPoolExecutor(2) as workers:
        done = flat(spread.map_on_workers(work.double, tool, range(30), work.crashed, workers))
    assert [number for _, _, number in done] == [2 * i for i in range(30)]
    tools = {(thread, own) for thread, own, _ in done}
    assert len({thread for thread, _ in tools}) == len({own for _, own in tools})
    assert id(tool) not in {own for _, own in tools}
    assert threading.get_ident() not in {thread for thread, _ in tools}


def test_what_kills_its_workers_is_named_and_the_others_are_done(work: Any) -> None:
    workers = AtOnce(deadly=4)
    done = flat(spread.map_on_workers(work.double, {"times": 1}, range(8), work.crashed, workers))
    assert [d if isinstance(d, str) else d[-1] for d in done] == [0, 1, 2, 3, "crashed 4", 5, 6, 7]


def test_problems_come_back_whole(work: Any) -> None:
    with pytest.raises(SiteError) as said:
        flat(spread.map_on_workers(work.refuse, {}, [1], work.crashed, AtOnce()))
    assert said.value.problems == (Problem("a/b", "no"),)


def test_another_program_is_refused(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["ours", "theirs"])
    monkeypatch.setattr(program_version, "exact_key", lambda: next(keys))
    with pytest.raises(SiteError, match="another version"):
        flat(spread.map_on_workers(work.double, {"times": 7}, [1], work.crashed, AtOnce()))
