import signal
import socket
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.report import Options, Report
from site_gen.preview.scan import Inputs
from site_gen.preview.start import Setup, start
from site_gen.preview.visitors import Visitors
from site_gen.problems import UsageError

PATIENCE = 20.0
OUTPUT = Path(".site_gen") / "preview" / "public"


@dataclass
class Voice:
    """Remembers what it is told."""

    url: str = ""
    built: bool | None = None
    turns: list[Any] = field(default_factory=list)
    turned: threading.Condition = field(default_factory=threading.Condition)
    ready: threading.Event = field(default_factory=threading.Event)

    def serving(self, url: str, *, built: bool) -> None:
        self.url, self.built = url, built
        self.ready.set()

    def warn(self, text: str) -> None:
        raise AssertionError(text)

    def show_build(self, turn: Any) -> None:
        with self.turned:
            self.turns.append(turn)
            self.turned.notify_all()

    def wait(self, count: int) -> None:
        with self.turned:
            assert self.turned.wait_for(lambda: len(self.turns) >= count, PATIENCE)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as reply:
        text: str = reply.read().decode()
    return text


def options(url: str) -> Options:
    return Options(now=datetime(2026, 1, 1, tzinfo=UTC), base_url=url, preview=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("one")
    return tmp_path


def builder(root: Path, seen: list[Options]) -> Callable[[Options, Any], Report]:
    def build(given: Options, viewer: Any) -> Report:
        seen.append(given)
        page = root / OUTPUT / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<p>{(root / 'content' / 'a.md').read_text()}")
        return Report(written=("index.html",))

    return build


def interrupted(work: Callable[[], None]) -> threading.Thread:
    """A thread that does `work` and then presses Ctrl-C."""

    def run() -> None:
        try:
            work()
        finally:
            main = threading.main_thread().ident
            assert main is not None
            signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def preview(root: Path, build: Any, voice: Voice, work: Callable[[], None]) -> None:
    setup = Setup(root, Inputs((root / "content",)), port=0)
    problems: list[BaseException] = []

    def guarded() -> None:
        try:
            assert voice.ready.wait(PATIENCE)
            work()
        except BaseException as error:
            problems.append(error)

    thread = interrupted(guarded)
    with pytest.raises(KeyboardInterrupt):
        start(setup, build, options, voice)
    thread.join()
    assert problems == []


def test_a_save_is_built_and_served_until_ctrl_c(root: Path) -> None:
    voice, seen = Voice(), []

    def work() -> None:
        voice.wait(1)
        assert fetch(voice.url).startswith("<p>one")
        (root / "content" / "a.md").write_text("two")
        voice.wait(2)
        assert fetch(voice.url).startswith("<p>two")

    before = set(threading.enumerate())
    preview(root, builder(root, seen), voice, work)
    assert voice.built is False
    assert {given.base_url for given in seen} == {voice.url}
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)  # some have been told to end, and are on their way
        assert not thread.is_alive(), thread
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(voice.url.rpartition(":")[2]))) != 0


@pytest.mark.parametrize("built", [True, False])
def test_what_is_done_ahead_is_done_without_threads_where_nothing_can_be_served(
    root: Path, built: bool
) -> None:
    if built:
        (root / OUTPUT).mkdir(parents=True)
    threads = []

    class EndedError(Exception):
        pass

    def ahead(given: Options) -> None:
        threads.append(threading.active_count())
        raise EndedError

    def build(given: Options, viewer: Any) -> Report:
        raise KeyboardInterrupt

    before = threading.active_count()
    setup = Setup(root, Inputs((root / "content",)), port=0)
    with pytest.raises(KeyboardInterrupt if built else EndedError):
        start(setup, build, options, Voice(), read_ahead=ahead)
    assert threads == ([] if built else [before])


def test_the_last_good_output_is_served_while_the_first_build_runs(root: Path) -> None:
    voice, served = Voice(), threading.Event()
    (root / OUTPUT).mkdir(parents=True)
    (root / OUTPUT / "index.html").write_text("<p>from last time")
    inner = builder(root, [])

    def build(given: Options, viewer: Any) -> Report:
        assert served.wait(PATIENCE)
        return inner(given, viewer)

    def work() -> None:
        assert fetch(voice.url).startswith("<p>from last time")
        served.set()
        voice.wait(1)
        assert fetch(voice.url).startswith("<p>one")

    preview(root, build, voice, work)
    assert voice.built is True


def test_a_build_knows_the_open_page_and_waits_until_it_is_fetched(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Visitors.__init__, "__kwdefaults__", {"max_wait": PATIENCE, "max_pages": 9})
    voice, happened = Voice(), []
    inner = builder(root, [])

    def build(given: Options, viewer: Any) -> Report:
        happened.append(tuple(viewer.open()))
        report = inner(given, viewer)
        viewer.shown(report)
        happened.append("goes on")
        return report

    def work() -> None:
        voice.wait(1)
        fetch(voice.url)
        with urllib.request.urlopen(f"{voice.url}/.site_gen/events", timeout=PATIENCE) as news:
            assert b'"hello":true' in line(news)
            (root / "content" / "a.md").write_text("two")
            assert b'"changed":["index.html"]' in line(news)
            happened.append("fetches")
            fetch(voice.url)
            voice.wait(2)

    preview(root, build, voice, work)
    assert happened == [(), "goes on", ("index.html",), "fetches", "goes on"]


def line(news: Any) -> bytes:
    """The next event's data."""
    found: bytes = next(line for line in news if line.startswith(b"data: "))
    return found


def test_where_nobody_can_listen_that_is_a_problem(root: Path) -> None:
    setup = Setup(root, Inputs(()), host="192.0.2.1")
    with pytest.raises(UsageError) as raised:
        start(setup, builder(root, []), options, Voice())
    assert raised.value.problems[0].code == "serve/listen"


class Closing:
    """Garbage during whose end somebody ends the preview: Python drops what is raised there."""

    def __init__(self, by: signal.Signals) -> None:
        self.by = by

    def __del__(self) -> None:
        signal.raise_signal(self.by)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_end_that_python_drops_is_an_end(
    root: Path, by: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = Voice()

    def build(given: Options, viewer: Any) -> Report:
        Closing(by)
        return Report()

    start(Setup(root, Inputs((root / "content",)), port=0), build, options, voice)
    assert capsys.readouterr().err == ""


def test_an_end_before_anything_is_watched_is_an_end(root: Path) -> None:
    seen: list[Options] = []

    def ahead(given: Options) -> None:
        Closing(signal.SIGINT)

    setup = Setup(root, Inputs((root / "content",)), port=0)
    start(setup, builder(root, seen), options, Voice(), read_ahead=ahead)
    assert len(seen) == 1


def test_what_else_is_dropped_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", told.append)

    class Broken:
        def __del__(self) -> None:
            raise ValueError

    def build(given: Options, viewer: Any) -> Report:
        Broken()
        Closing(signal.SIGINT)
        return Report()

    start(Setup(root, Inputs((root / "content",)), port=0), build, options, Voice())
    assert [dropped.exc_type for dropped in told] == [ValueError]
