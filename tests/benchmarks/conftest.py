"""The benchmarks are scripts beside the package: their folder is searched while a test runs."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

MINE = (
    "generate", "invented", "measure", "contenders", "documented", "build",
    "preview", "preview_edits", "preview_lasting", "preview_page", "preview_servers",
    "preview_tables", "reading",
)  # fmt: skip


@pytest.fixture
def benchmark(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], ModuleType]]:
    """`benchmark("measure")`: a module of the folder `benchmarks/`."""
    monkeypatch.syspath_prepend(checkout / "benchmarks")
    yield importlib.import_module
    for name in MINE:
        sys.modules.pop(name, None)
