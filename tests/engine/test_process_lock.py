"""One build at a time, and what the other is told."""

import os
from pathlib import Path
from typing import Any

import pytest

from site_gen.problems import SiteError
from site_gen.workers import process_lock


def test_a_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    with process_lock.build_lock(tmp_path):
        with pytest.raises(SiteError) as caught, process_lock.build_lock(tmp_path, wait=0):
            pass
        (problem,) = caught.value.problems
        assert problem.code == "build/locked"
        assert f"process {os.getpid()}" in problem.message
    with process_lock.build_lock(tmp_path, wait=0):
        pass


def test_a_lock_is_freed_by_death(tmp_path: Path) -> None:
    ready, write = os.pipe()
    child = os.fork()
    if child == 0:
        with process_lock.build_lock(tmp_path):
            os.write(write, b"x")
            os.kill(os.getpid(), 9)
    os.close(write)
    assert os.read(ready, 1) == b"x"
    os.close(ready)
    os.waitpid(child, 0)
    with process_lock.build_lock(tmp_path, wait=0):
        pass


def test_a_build_waits_or_says_who_holds_the_lock(
    small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.root / ".site_gen"
    folder.mkdir()
    function: Any = process_lock.build_lock
    monkeypatch.setattr(function.__wrapped__, "__defaults__", (0.0,))
    with process_lock.build_lock(folder):
        report = small.build()
    assert not report.ok
    assert [p.code for p in report.problems] == ["build/locked"]
    assert not small.public.exists()
    small.good()


def test_builds_at_once_all_come_through(small: Any, tmp_path: Path) -> None:
    wanted = small.clean(tmp_path / "clean")
    processes = [small.spawn() for _ in range(4)]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    assert small.tree() == wanted
