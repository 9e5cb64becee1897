"""Running commands and the arithmetic on what they took."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Benchmark = Callable[[str], ModuleType]
BUSY = "import time\nwhile time.process_time() < 0.2: pass\n"
FORKS = "import os\nif os.fork() == 0:\n    exec({0!r}); os._exit(0)\nos.wait()\n"


@pytest.fixture
def measure(benchmark: Benchmark) -> ModuleType:
    return benchmark("measure")


def test_medians_are_of_each_figure(measure: ModuleType) -> None:
    runs = [measure.Run(3, 1, 50), measure.Run(1, 2, 10), measure.Run(2, 9, 20)]
    assert measure.median(runs) == measure.Run(2, 2, 20)


def test_ratios_are_pairwise_before_the_median(measure: ModuleType) -> None:
    ours = [measure.Run(1, 2, 1), measure.Run(10, 20, 2), measure.Run(2, 3, 1)]
    theirs = [measure.Run(1, 1, 4), measure.Run(20, 10, 4), measure.Run(4, 1, 4)]
    # Ratios 1, .5, .5: a ratio of the medians, 2 / 4 and 3 / 1, would say otherwise for the CPU.
    assert measure.ratio(ours, theirs) == measure.Run(0.5, 2, 0.25)


def test_ratios_of_unlike_counts_are_refused(measure: ModuleType) -> None:
    one = measure.Run(1, 1, 1)
    with pytest.raises(ValueError, match="shorter"):
        measure.ratio([one, one], [one])


def test_cpu_of_children_counts(measure: ModuleType, tmp_path: Path) -> None:
    took = measure.run([sys.executable, "-c", FORKS.format(BUSY)], tmp_path)
    assert took.cpu >= 0.2
    assert took.memory > 1 << 20


def test_what_comes_before_counts_as_wall_time(measure: ModuleType, tmp_path: Path) -> None:
    called = []
    took = measure.run([sys.executable, "-c", "pass"], tmp_path, lambda: called.append(1))
    assert called == [1]
    assert took.wall > 0


def test_the_environment_can_be_another(measure: ModuleType, tmp_path: Path) -> None:
    words = "import os; assert os.environ == {'ONLY': 'this', **dict(os.environ)}"
    measure.run([sys.executable, "-c", words], tmp_path, None, {"ONLY": "this"})
    with pytest.raises(measure.CommandError, match="AssertionError"):
        measure.run([sys.executable, "-c", words], tmp_path, None, {})


def test_a_command_that_fails_is_told_with_what_it_said(
    measure: ModuleType, tmp_path: Path
) -> None:
    with pytest.raises(measure.CommandError, match="went wrong"):
        measure.run([sys.executable, "-c", "raise SystemExit('it went wrong')"], tmp_path)
