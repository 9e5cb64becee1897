"""Documents are converted on all cores, in order, and one that kills its process fails alone."""

import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from site_gen.convert import workers


def square(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def killed() -> tuple[int, int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0, 0


def test_results_come_in_order_from_other_processes() -> None:
    found = list(workers.results([partial(square, n) for n in range(20)], 2))
    assert [pair[0] for pair in found if pair] == [n * n for n in range(20)]
    assert os.getpid() not in {pair[1] for pair in found if pair}


def test_few_documents_need_no_process() -> None:
    found = list(workers.results([partial(square, 3)] * workers.FEW, 2))
    assert {pair[1] for pair in found if pair} == {os.getpid()}


def test_one_that_kills_its_process_fails_alone() -> None:
    work = [partial(square, n) for n in range(10)]
    found = list(workers.results([*work[:4], killed, *work[4:]], 2))
    assert found[4] is None
    assert [pair[0] for at, pair in enumerate(found) if pair and at != 4] == [
        n * n for n in range(10)
    ]


def test_folder_gives_the_same_on_any_number_of_cores(
    folder: Any, news_page: Callable[..., str], monkeypatch: Any
) -> None:
    for n in range(workers.FEW + 3):
        folder.put(f"raw/{n}.html", news_page(f"Lighthouse number {n} to be rebuilt"))
    folder.put("raw/9.pdf", "%PDF-1.4")
    monkeypatch.setattr(workers, "cores", lambda: 2)
    many = folder.convert("raw", to="content/many")
    monkeypatch.setattr(workers, "cores", lambda: 1)
    one = folder.convert("raw", to="content/one", again=True)
    assert [row.status for row in many.rows] == [row.status for row in one.rows]
    assert many.counts["created"] == workers.FEW + 3
    assert [row.kept for row in many.rows] == [row.kept for row in one.rows]
