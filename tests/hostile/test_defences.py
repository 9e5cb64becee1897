"""Each promise has tests and a defence, and a test that could not fail would be none."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from defences import DEFENCES, outcome

HERE = Path(__file__).resolve().parent
QUICK = ("lock", "fault-of", "folding", "losses", "links", "hidden", "locks")
EACH = """
import os
import defences

for name, defence in defences.DEFENCES.items():
    child = os.fork()
    if child == 0:
        defence.take_out()
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        print(name)
"""
PROMISES = [f"G{number:02}" for number in range(1, 20)]


@pytest.mark.parametrize("promise", PROMISES)
def test_every_promise_has_tests_a_defence_and_a_place_in_the_page(promise: str) -> None:
    tests = "".join(path.read_text("utf-8") for path in HERE.glob("test_g*.py"))
    assert re.search(rf"def test_{promise.lower()}_\w+", tests)
    assert promise in {defence.promise for defence in DEFENCES.values()}
    page = (HERE.parents[1] / "docs/guarantees.md").read_text("utf-8")
    assert re.search(rf"^## {promise.replace('G0', 'G')}\b", page, re.MULTILINE)


def test_the_tests_that_are_named_exist() -> None:
    for defence in DEFENCES.values():
        file, _, name = defence.test.partition("::")
        assert f"def {name}" in (HERE / file).read_text("utf-8")


def test_each_defence_is_there_to_be_taken_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EACH], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


@pytest.mark.parametrize("name", QUICK)
def test_without_its_defence_a_promise_is_broken(name: str) -> None:
    assert outcome(name, DEFENCES[name].test) == "fails"
