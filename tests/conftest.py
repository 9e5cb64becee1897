"""What every room's tests may lean on: the material beside the checkout, and whole sites."""

import ctypes
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from site_gen.basics.program_version import exact_key, quick_stamp
from site_gen.engine.build import build
from site_gen.engine.report import Options, Report
from site_gen.formats.deploy import manifest
from site_gen.problems import layout
from tests.chromium import chromium

# Bounded and the same on every run: a test that fails once fails always.
hypothesis_settings.register_profile(
    "house", max_examples=60, deadline=None, derandomize=True, database=None
)
hypothesis_settings.load_profile("house")

# The one file that a build keeps in the user's own data folder; programs that tests start as well.
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(prefix="site_gen-data-")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SETTINGS = 'title = "Test"\nbase_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'


@dataclass(frozen=True)
class Counts:
    """How much a build did."""

    read: int
    rendered: int
    written: int
    removed: int


@dataclass
class Site:
    """A whole site in a folder of its own: written from one string, edited, built, looked at."""

    root: Path

    def write(self, text: str) -> None:
        """Files from sections that begin with `-- path --`; settings are added where none are."""
        for path, body in _sections(text):
            self.put(path, body.encode())
        if not (self.root / "site.toml").exists() and not (self.root / "pyproject.toml").exists():
            self.put("site.toml", SETTINGS.encode())

    def put(self, path: str, data: bytes) -> None:
        """One file, exactly these bytes."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(data)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text that stands in a file exactly once."""
        text = (self.root / path).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.put(path, text.replace(old, new).encode())

    def remove(self, path: str) -> None:
        """Take a file away."""
        (self.root / path).unlink()

    def build(self, **asked: Any) -> Report:
        """A build at a fixed moment in this process, unless asked otherwise."""
        return build(self.root, Options(**{"now": NOW, "jobs": 1, **asked}))

    def good(self, **asked: Any) -> Report:
        """A build that must come through without any problem."""
        report = self.build(**asked)
        assert report.ok, said(report)
        assert said(report) == []
        return report

    def page(self, path: str) -> str:
        """The text of one output."""
        return (self.root / "public" / path).read_text("utf-8")

    def has(self, path: str) -> bool:
        """Whether an output is there."""
        return (self.root / "public" / path).is_file()

    def tree(self, folder: str = "public") -> dict[str, bytes]:
        """Every file below a folder: path -> bytes."""
        top = self.root / folder
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }


def _sections(text: str) -> Iterator[tuple[str, str]]:
    path, lines = "", list[str]()
    for line in text.lstrip("\n").splitlines(keepends=True):
        if line.startswith("-- ") and line.rstrip().endswith(" --"):
            if path:
                yield path, "".join(lines)
            path, lines = line.strip()[3:-3].strip(), []
        else:
            assert path, f"text before the first section: {line!r}"
            lines.append(line)
    if path:
        yield path, "".join(lines)


def counts(report: Report) -> Counts:
    """What a report counted."""
    return Counts(report.read, len(report.rendered), len(report.written), len(report.removed))


def said(report: Report) -> list[str]:
    """Every problem as a person reads it."""
    return [layout(problem) for problem in report.problems]


@cache
def _program_key() -> tuple[str, str]:
    return quick_stamp(), exact_key()


def pytest_configure() -> None:
    """A run in the background of a script ignores Ctrl-C, its children with it: tests press it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _icons_drawn_once() -> Iterator[None]:
    """An icon comes to the same bytes each time, and is a third of the work of a small site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest, "draw_icon", cache(manifest.draw_icon))
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A process with threads forks no workers, and no patch of a later test reaches others."""
    before = set(threading.enumerate())
    yield
    new = [thread for thread in threading.enumerate() if thread not in before]
    for thread in new:
        thread.join(5)
    left = [thread.name for thread in new if thread.is_alive()]
    assert not left, f"threads of these tests still run: {left}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty site folder. The program's code is taken to be what it was when the run began."""
    monkeypatch.setattr("site_gen.basics.program_version.quick_stamp", lambda: _program_key()[0])
    monkeypatch.setattr("site_gen.basics.program_version.exact_key", lambda: _program_key()[1])
    root = tmp_path / "site"
    root.mkdir()
    return Site(root)


@pytest.fixture(name="counts")
def counts_fixture() -> Any:
    """`counts(report)`: read, rendered, written, removed."""
    return counts


@pytest.fixture(name="said")
def said_fixture() -> Any:
    """`said(report)`: the problems as laid out for people."""
    return said


_CAPBSET_DROP = 24
_OVER_RIGHTS = (1, 2, 3)
"""The capabilities by which root writes, reads and searches everywhere, and owns every file."""


def _give_up_rights() -> None:
    """Root keeps its name, and obeys the rights of files like anybody."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None, use_errno=True)
        for capability in _OVER_RIGHTS:
            if system.prctl(_CAPBSET_DROP, capability, 0, 0, 0):
                raise OSError(ctypes.get_errno(), "cannot give up rights")


@pytest.fixture(scope="session")
def powerless() -> Callable[[], None]:
    """For `preexec_fn`: a process that may do no more than the rights of files say, root too."""
    return _give_up_rights


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser, see chromium.py."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of this repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real material beside the checkout; tests that need it skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    return folder
