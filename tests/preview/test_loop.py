import gc
import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.report import Options, Report
from site_gen.preview import loop
from site_gen.preview.loop import BuildResult, rebuild, run
from site_gen.problems import Problem, SiteError

OPTIONS = Options(now=datetime(2026, 1, 1, tzinfo=UTC), preview=True)
BROKEN = Report(ok=False, problems=(Problem("x/y", "broken"),))


def untold(report: Report) -> None:
    pytest.fail("nothing is shown before the end")


class Changes:
    def __init__(self, *changes: tuple[str, ...]) -> None:
        self.left = list(changes)
        self.again: list[bool] = []

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        self.again.append(again)
        return self.left.pop(0) if self.left else None

    def waiting(self) -> bool:
        return bool(self.left)


def turns(*reports: Report) -> tuple[list[dict[str, Any]], list[BuildResult]]:
    told: list[dict[str, Any]] = []
    seen: list[BuildResult] = []
    left = list(reports)
    changes = Changes(*((f"{n}",) for n in range(len(reports) - 1)))
    run(lambda _, viewer: left.pop(0), lambda: OPTIONS, changes, told.append, seen.append)
    return told, seen


def test_it_builds_at_once_and_after_each_change() -> None:
    told, seen = turns(Report(written=("a",)), Report(written=("b",)), Report())
    assert [turn.changed for turn in seen] == [(), ("0",), ("1",)]
    assert [news["changed"] for news in told] == [["a"], ["b"]]


def test_a_problem_is_told_once_and_its_end_too() -> None:
    told, seen = turns(BROKEN, BROKEN, Report(), Report())
    assert [len(news["problems"]) for news in told] == [1, 0]
    assert len(seen) == 4


def test_options_are_made_for_each_build() -> None:
    moments = iter((1, 2))
    used: list[int] = []

    def options() -> Options:
        return Options(now=datetime(2026, 1, next(moments), tzinfo=UTC))

    def build(given: Options, viewer: Any) -> Report:
        used.append(given.now.day)
        return Report()

    run(build, options, Changes(("a",)), lambda _: None, lambda _: None)
    assert used == [1, 2]


def test_a_site_error_is_a_problem() -> None:
    def build(_: Options, viewer: Any) -> Report:
        raise SiteError([Problem("x/y", "broken")])

    report = rebuild(build, OPTIONS, untold)
    assert not report.ok
    assert report.problems[0].code == "x/y"


def test_our_own_bug_is_named_and_written_down(tmp_path: Path) -> None:
    def build(_: Options, viewer: Any) -> Report:
        raise ZeroDivisionError("oops")

    log = tmp_path / ".site_gen" / "crash.log"
    report = rebuild(build, OPTIONS, untold, log)
    assert report.problems[0].code == "preview/crash"
    assert "ZeroDivisionError: oops" in report.problems[0].message
    assert "Traceback" in log.read_text()


def test_an_interrupt_goes_through() -> None:
    def build(_: Options, viewer: Any) -> Report:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(build, OPTIONS, untold)


@pytest.mark.parametrize(
    ("code", "again"), [("build/locked", True), ("build/system", True), ("x/y", False)]
)
def test_what_may_pass_by_itself_is_tried_again(code: str, again: bool) -> None:
    changes = Changes()
    broken = Report(ok=False, problems=(Problem(code, "broken"),))
    run(lambda _, viewer: broken, lambda: OPTIONS, changes, lambda _: None, lambda _: None)
    assert changes.again == [again]


def test_pages_shown_early_are_told_of_at_once_and_only_then() -> None:
    told: list[dict[str, Any]] = []

    def build(_: Options, viewer: Any) -> Report:
        viewer.shown(Report(written=("a.html",), removed=("b.html",)))
        assert [news["changed"] for news in told] == [["a.html"]]
        return Report(written=("a.html", "feed.xml"), removed=("b.html", "b.json"))

    run(build, lambda: OPTIONS, Changes(), told.append, lambda _: None)
    assert [news["changed"] for news in told] == [["a.html"], ["feed.xml"]]
    assert [news["removed"] for news in told] == [["b.html"], ["b.json"]]


def test_when_all_was_shown_early_nothing_is_told_at_the_end() -> None:
    told: list[dict[str, Any]] = []

    def build(_: Options, viewer: Any) -> Report:
        viewer.shown(Report(written=("a.html",)))
        return Report(written=("a.html",))

    run(build, lambda: OPTIONS, Changes(("x",)), told.append, lambda _: None)
    assert [news["changed"] for news in told] == [["a.html"], ["a.html"]]


def test_what_was_written_a_second_time_is_told_a_second_time() -> None:
    """A page is saved twice: the first is shown early, the second came before the site was read."""
    told: list[dict[str, Any]] = []

    def build(_: Options, viewer: Any) -> Report:
        viewer.shown(Report(written=("a.html",)))
        viewer.shown(Report(written=("a.html", "b.html"), rewritten=("a.html",)))
        return Report(written=("a.html", "b.html", "feed.xml"), rewritten=("a.html",))

    run(build, lambda: OPTIONS, Changes(), told.append, lambda _: None)
    assert [news["changed"] for news in told] == [["a.html"], ["a.html", "b.html"], ["feed.xml"]]


def test_it_gives_way_after_each_news_amid_a_build_and_only_then() -> None:
    happened: list[str] = []

    def build(_: Options, viewer: Any) -> Report:
        viewer.shown(Report(written=("a.html",)))
        happened.append("builds")
        viewer.shown(Report(written=("a.html",)))
        viewer.shown(Report(written=("a.html", "b.html")))
        return Report(written=("a.html", "b.html", "feed.xml"))

    def tell(news: dict[str, Any]) -> None:
        happened.append(" ".join(news["changed"]))

    def wait_for_pages() -> None:
        happened.append("gives way")

    run(build, lambda: OPTIONS, Changes(), tell, lambda _: None, wait_for_pages=wait_for_pages)
    assert happened == ["a.html", "gives way", "builds", "b.html", "gives way", "feed.xml"]


def test_a_build_can_ask_what_is_open_and_what_changed() -> None:
    open_pages, asked = ["a.html"], []

    def build(_: Options, viewer: Any) -> Report:
        asked.append((list(viewer.open()), viewer.changed))
        open_pages.append("b.html")
        return Report()

    changes, nothing = Changes(("x",)), lambda _: None
    run(build, lambda: OPTIONS, changes, nothing, nothing, open_pages=lambda: open_pages)
    assert asked == [(["a.html"], ()), (["a.html", "b.html"], ("x",))]


def test_a_build_that_gave_way_is_no_turn_and_the_next_is_told_all() -> None:
    asked: list[tuple[str, ...]] = []
    told: list[Any] = []
    seen: list[BuildResult] = []

    def build(_: Options, viewer: Any) -> Report:
        asked.append(viewer.changed)
        warned = (Problem("a/b", "c", severity="warning"),)
        return Report(unfinished=viewer.newer(), problems=warned)

    run(build, lambda: OPTIONS, Changes(("x",), ("y", "x")), told.append, seen.append)
    assert asked == [(), ("x",), ("x", "y")]
    assert [turn.changed for turn in seen] == [("x", "y")]
    assert len(told) == 1


def test_what_a_build_that_gave_way_has_published_is_told() -> None:
    """The next one finds it made already."""
    told: list[Any] = []
    reports = [Report(), Report(written=("a",), unfinished=True), Report()]
    run(lambda _, viewer: reports.pop(0), lambda: OPTIONS, Changes(("x",), ("y",)), told.append,
        lambda _: None)  # fmt: skip
    assert [change["changed"] for change in told] == [["a"]]


def test_who_never_stops_writing_sees_a_whole_build_now_and_then() -> None:
    seen: list[BuildResult] = []
    changes = Changes(*[("x",)] * (2 * loop.MAX_UNFINISHED + 1))

    def build(_: Options, viewer: Any) -> Report:
        return Report(unfinished=viewer.newer())

    run(build, lambda: OPTIONS, changes, lambda _: None, seen.append)
    assert len(seen) == 2


class Patient(Changes):
    """A change comes only once garbage was collected after the last build."""

    def __init__(self, *changes: tuple[str, ...]) -> None:
        super().__init__(*changes)
        self.collected = threading.Semaphore(0)

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        assert self.collected.acquire(timeout=30)
        return super().wait(again=again)


def test_what_lives_as_long_as_the_preview_is_looked_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []
    changes = Patient(("a",), ("b",))

    def collect() -> None:
        done.append("collect")
        changes.collected.release()

    monkeypatch.setattr(loop, "IDLE_SECONDS", 0)
    monkeypatch.setattr(loop.gc, "collect", collect)
    monkeypatch.setattr(loop.gc, "freeze", lambda: done.append("freeze"))
    run(lambda _, viewer: Report(), lambda: OPTIONS, changes, lambda _: None, lambda _: None)
    assert done == ["collect", "freeze", "collect", "collect"]


class Closing:
    """Garbage during whose end somebody presses Ctrl-C."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)


class Idle(Changes):
    """Nothing changes until somebody interrupts."""

    def wait(self, *, again: bool = False) -> tuple[str, ...] | None:
        threading.Event().wait(30)
        return None


def test_an_interrupt_while_garbage_is_collected_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def build(_: Options, viewer: Any) -> Report:
        Closing()
        return Report()

    monkeypatch.setattr(loop, "IDLE_SECONDS", 0)
    threads = threading.active_count()
    gc.disable()
    try:
        with pytest.raises(KeyboardInterrupt):
            run(build, lambda: OPTIONS, Idle(), lambda _: None, lambda _: None)
    finally:
        gc.enable()
    assert threading.active_count() == threads


def test_a_closer_look_follows_each_finished_build_and_hears_of_what_is_newer() -> None:
    looked: list[tuple[int, tuple[str, ...], bool]] = []
    moments = iter(range(1, 9))
    reports = [Report(written=("a",)), Report(unfinished=True), Report(written=("b",))]

    def options() -> Options:
        return Options(now=datetime(2026, 1, next(moments), tzinfo=UTC))

    def after_build(given: Options, report: Report, newer: Any) -> None:
        looked.append((given.now.day, report.written, newer()))

    run(lambda _, viewer: reports.pop(0), options, Changes(("x",), ("y",)), lambda _: None,
        lambda _: None, after_build=after_build)  # fmt: skip
    assert looked == [(1, ("a",), True), (3, ("b",), False)]
