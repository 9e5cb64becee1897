"""A cluster of real dask, processes on loopback: the same bytes, whatever dies amid."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from site_gen.problems import SiteError, UsageError
from site_gen.workers import cluster
from site_gen.workers.cluster import Cluster

MANY = 193
"""Articles, more than are read and rendered in one process."""
SETTINGS = """
title = "Test"
base_url = "https://t.example"
feeds.tag = "t.example,2024"
formats = ["html"]
"""
ARTICLE = "---\ntitle: Lamp {0}\npublishedDateTime: 2024-02-13T09:00:00Z\n---\n*{0}* is lit.\n"
DEADLY = """
import os
from pathlib import Path

def risky(title):
    if title == "Lamp 7" and {when}:
        Path({mark!r}).touch()
        os._exit(1)
    return title

FILTERS = {{"risky": risky}}
"""
TEMPLATE = """{% extends "parent:article.html" %}
{% block article_more %}{{ article.card.title|risky }}{{ super() }}{% endblock %}
"""
COMMAND = (sys.executable, "-m", "site_gen")


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is worth workers."""
    root = tmp_path_factory.mktemp("lamps")
    (root / "content").mkdir()
    (root / "site.toml").write_text(SETTINGS)
    for number in range(MANY):
        (root / "content" / f"lamp-{number}.md").write_text(ARTICLE.format(number))
    return root


Start = Callable[..., str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a scheduler and workers, gives its address; all end with the test."""
    started: list[subprocess.Popen[bytes]] = []
    # A worker that dies amid a piece of work is no accident the second time.
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}

    def dask(*words: str) -> None:
        command = (sys.executable, "-m", "dask", *words, "--no-dashboard")
        with (tmp_path / f"{words[0]}.log").open("ab") as log:
            started.append(subprocess.Popen(
                command, stdout=log, stderr=log, cwd=tmp_path, env=environment,
                start_new_session=True,
            ))  # fmt: skip

    def run(workers: int, *words: str) -> str:
        file = tmp_path / "scheduler.json"
        dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        for _ in range(workers):
            dask("worker", "--scheduler-file", str(file), "--nthreads", "1", *words)
        until = time.monotonic() + 60
        while True:
            assert time.monotonic() < until, "no scheduler"
            with contextlib.suppress(FileNotFoundError, ValueError):
                return str(json.loads(file.read_text())["address"])

    yield run
    for process in started:  # with the workers that it started
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def build(root: Path, output: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`site-gen build` into a folder of its own, from nothing."""
    command = (*COMMAND, "-C", str(root), "build", "-o", str(output), *words)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1717243200"}
    memo = root / ".site_gen" / "memo.sqlite"
    memo.unlink(missing_ok=True)
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def plugged(lamps: Path, tmp_path: Path, when: str) -> Path:
    """The same site with a filter that can kill."""
    root = tmp_path / "site"
    root.mkdir()
    (root / "content").mkdir()
    for path in (lamps / "content").iterdir():
        os.link(path, root / "content" / path.name)
    mark = str(tmp_path / "mark")
    for path, text in {
        "site.toml": f'plugins = ["deadly"]\n{SETTINGS}',
        "plugins/deadly.py": DEADLY.format(when=when.format(mark=repr(mark)), mark=mark),
        "themes/overrides/templates/article.html": TEMPLATE,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    subprocess.run((*COMMAND, "-C", str(root), "trust"), check=True, capture_output=True)
    return root


@pytest.mark.slow
def test_the_bytes_are_those_of_an_ordinary_build(
    lamps: Path, tmp_path: Path, start: Start
) -> None:
    done = build(lamps, tmp_path / "one", "--workers", start(2, "--no-nanny"))
    assert (done.returncode, "warning" in done.stderr) == (0, False), done.stderr
    assert build(lamps, tmp_path / "two").returncode == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert len(tree(tmp_path / "one")) > MANY


@pytest.mark.slow
def test_a_worker_that_is_killed_amid_changes_no_byte(
    lamps: Path, tmp_path: Path, start: Start
) -> None:
    root = plugged(lamps, tmp_path, "not Path({mark}).exists()")
    done = build(root, tmp_path / "one", "--workers", start(2, "--no-nanny"))
    assert (tmp_path / "mark").exists()  # one did die
    assert done.returncode == 0, done.stderr
    assert build(root, tmp_path / "two").returncode == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


@pytest.mark.slow
def test_a_page_that_kills_each_worker_is_named_and_the_site_stays(
    lamps: Path, tmp_path: Path, start: Start
) -> None:
    root = plugged(lamps, tmp_path, "Path({mark}).exists()")
    assert build(root, tmp_path / "one").returncode == 0
    before = tree(tmp_path / "one")
    (tmp_path / "mark").touch()
    done = build(root, tmp_path / "one", "--workers", start(1))
    assert done.returncode == 1
    assert "error[page/crash] rendering articles/lamp-7/index.html" in done.stderr
    assert done.stderr.count("error[") == 1
    assert tree(tmp_path / "one") == before


@pytest.mark.slow
def test_the_limit_for_an_article_holds_on_workers(
    lamps: Path, tmp_path: Path, start: Start
) -> None:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    for path in (lamps / "content").iterdir():
        os.link(path, root / "content" / path.name)
    (root / "site.toml").write_text(f"{SETTINGS}[limits]\narticle_seconds = 0.2\n")
    long = "".join(f"> * *a* [{n}](https://t.example/{n}) **b**\n\n" for n in range(9000))
    (root / "content" / "long.md").write_text(ARTICLE.format("long") + long)
    done = build(root, tmp_path / "one", "--workers", start(1, "--no-nanny"))
    assert done.returncode == 1
    assert "error[article/slow]" in done.stderr
    assert "content/long.md" in done.stderr
    assert done.stderr.count("error[") == 1


@pytest.mark.parametrize("url", [
    "tcp://example.org:8786", "tcp://10.0.0.7:8786", "127.0.0.1:8786", "http://127.0.0.1:1", "tls://",
])  # fmt: skip
def test_work_is_sent_over_tls_or_to_this_machine_alone(url: str) -> None:
    with pytest.raises(UsageError, match="is neither tls://"):
        Cluster(url)


def test_addresses_that_are_safe() -> None:
    for url in (
        "tls://farm.example:8786",
        "tcp://127.0.0.1:1",
        "tcp://[::1]:1",
        "tcp://localhost:1",
    ):
        Cluster(url).close()


class Future:
    """A future of dask that comes to this, in turn."""

    def __init__(self, *outcomes: BaseException | int) -> None:
        self._outcomes = iter(outcomes)

    def result(self, timeout: float) -> int:
        outcome = next(self._outcomes)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


class Client:
    """Knows which workers there are, look by look."""

    def __init__(self, *workers: int) -> None:
        self._workers = iter(workers)

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": {str(n): {} for n in range(next(self._workers))}}


def test_who_is_slow_is_waited_for_and_who_is_gone_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "MAX_EMPTY_POLLS", 2)
    slow = cluster._Task(Client(1, 0, 0, 1, 0, 0), Future(*[TimeoutError()] * 6, 7))
    assert slow.result() == 7
    gone = cluster._Task(Client(0, 0, 0), Future(*[TimeoutError()] * 3))
    with pytest.raises(SiteError, match="no worker is left"):
        gone.result()


def test_what_dask_says_of_a_death_and_of_its_own_end() -> None:
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    dead = KilledWorker("a", None, 1)  # type: ignore[no-untyped-call]
    with pytest.raises(BrokenExecutor):
        cluster._Task(Client(), Future(dead)).result()
    for error in (CancelledError(), CommClosedError(), ConnectionRefusedError()):
        with pytest.raises(SiteError, match="the scheduler is gone"):
            cluster._Task(Client(), Future(error)).result()


def test_no_scheduler_is_said_and_nothing_changes(lamps: Path, tmp_path: Path) -> None:
    assert build(lamps, tmp_path / "one").returncode == 0
    before = tree(tmp_path / "one")
    (lamps / ".site_gen/memo.sqlite").unlink()
    done = build(lamps, tmp_path / "one", "--workers", "tcp://127.0.0.1:1")
    assert done.returncode == 1
    assert "error[workers/lost] no scheduler answers" in done.stderr
    assert tree(tmp_path / "one") == before
