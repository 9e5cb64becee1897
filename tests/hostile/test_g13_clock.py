"""G13 under a clock that jumps: a build gives what a clean one gives, whatever the clock says.

The clock of the file system is a stand-in, and files get their times from it; nobody sleeps. Every
edit keeps size and inode, so that the time alone could tell it: the worst that an editor can do."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import NOW

from site_gen.engine import site
from site_gen.engine.build import build
from site_gen.engine.inputs import content
from site_gen.engine.report import Options, Report
from site_gen.problems import layout

pytestmark = pytest.mark.any_version

LONG = bool(os.environ.get("SITE_GEN_LONG"))
HERE = Path(__file__).resolve().parent
SECOND = 1_000_000_000
TODAY = 1_717_243_200
FAR = {"1910": -1_893_456_000, "1970": 0, "2100": 4_102_444_800, "2400": 13_569_465_600}
JUMPS = {
    "it stands still": (TODAY, TODAY, TODAY),
    "it is set back to the same moment": (TODAY, TODAY + 500, TODAY),
    "it is set back, and comes there again": (TODAY + 500, TODAY, TODAY + 500),
    "it is set back by a second": (TODAY, TODAY - 1, TODAY),
    "it forgets the day at each start": (TODAY, 1000, TODAY, 1000),
    "it was far ahead": (FAR["2100"], TODAY, FAR["2100"], TODAY),
    "it is far behind": (TODAY, 0, 0, TODAY),
}
Tree = dict[str, bytes]


class Clock:
    """The time of the file system, and what is written under it. `at` in seconds."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.at = TODAY
        (root / "content").mkdir(parents=True)
        text = 'base_url = "https://t.example"\ntheme = "minimal"\n[feeds]\ntag = "t,2024"\n'
        (root / "site.toml").write_text(text + 'link = "page"\n')
        (root / "content/other.md").write_text(article(0))
        for path in ("site.toml", "content/other.md"):
            os.utime(root / path, (1, 1))

    def read(self, folder: Path) -> int:
        return self.at * SECOND

    def write(self, version: int, when: int | None = None) -> None:
        """Into the same file, as many bytes, stamped by the clock unless `when` is said."""
        path = self.root / "content/a.md"
        with path.open("r+b" if path.exists() else "wb") as stream:
            stream.write(article(version).encode())
        seconds = self.at if when is None else when
        os.utime(path, (seconds, seconds))

    def build(self, now: datetime = NOW) -> Report:
        report = build(self.root, Options(now=now, jobs=1))
        assert report.ok, [layout(p) for p in report.problems]
        return report


def article(version: int) -> str:
    return f"---\ntitle: Version {version}\npublishedDateTime: 2024-02-14\n---\nIt is {version}.\n"


def tree(root: Path) -> Tree:
    found = (p for p in (root / "public").rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


@pytest.fixture
def clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(tmp_path / "site")
    monkeypatch.setattr(site, "file_system_time", made.read)
    return made


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Tree]:
    """What a clean build gives, by version."""
    found = {}
    for version in range(5):
        made = Clock(tmp_path_factory.mktemp("clean") / "site")
        made.write(version)
        made.build()
        found[version] = tree(made.root)
    assert len({tuple(sorted(t.items())) for t in found.values()}) == 5
    return found


@pytest.mark.parametrize("jumps", JUMPS.values(), ids=JUMPS)
def test_g13_a_clock_that_jumps_leaves_no_page_stale(
    clock: Clock, clean: dict[int, Tree], jumps: tuple[int, ...]
) -> None:
    for version, seconds in enumerate(jumps):
        clock.at = seconds
        clock.write(version)
        clock.build()
        assert tree(clock.root) == clean[version]
        assert clock.build().written == ()
        clock.at += 10
        clock.build()
        assert clock.build().hashed == 0, "what was written long ago is not looked at for ever"
        assert tree(clock.root) == clean[version]


@pytest.mark.parametrize("seconds", FAR.values(), ids=FAR)
def test_g13_a_file_of_another_century(clock: Clock, clean: dict[int, Tree], seconds: int) -> None:
    """A time that lies ahead may come again: such a file is looked at in each build, and read
    in none."""
    for version in range(3):
        clock.write(version, seconds + version)
        clock.build()
        assert tree(clock.root) == clean[version]
        again = clock.build()
        assert (again.read, again.rendered) == (0, ())
        assert again.hashed == (seconds > TODAY)
        assert tree(clock.root) == clean[version]


def test_g13_a_time_beyond_what_the_memo_can_hold_is_read_once(clock: Clock) -> None:
    """It ended the build in a traceback: SQLite holds numbers of 63 bits."""
    clock.write(1, 10 * FAR["2400"] if _holds(clock.root, 10 * FAR["2400"]) else FAR["2400"])
    clock.build()
    assert clock.build().read == 0


def _holds(root: Path, seconds: int) -> bool:
    probe = root / "probe"
    probe.touch()
    try:
        os.utime(probe, (seconds, seconds))
    except (OSError, OverflowError):
        return False
    finally:
        probe.unlink()
    return True


def test_g13_a_memo_from_the_future_is_not_believed(clock: Clock, clean: dict[int, Tree]) -> None:
    """All was looked at in 2100; the clock is mended, and an old stamp comes once more."""
    clock.at = TODAY
    clock.write(1)
    clock.build()
    clock.at = FAR["2100"]
    clock.build()
    clock.at = TODAY
    clock.write(2)
    report = clock.build()
    assert tree(clock.root) == clean[2]
    assert (report.read, report.hashed) == (1, 2), "every stamp is doubted once, only one is read"
    clock.at += 10
    clock.build()
    assert clock.build().hashed == 0


def test_g13_a_build_that_was_killed_while_it_doubted_leaves_the_doubt(
    clock: Clock, clean: dict[int, Tree], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.write(1)
    clock.build()
    clock.at += 500
    clock.build()
    clock.at = TODAY
    clock.write(2)
    with monkeypatch.context() as patch:
        patch.setattr(content.Content, "_really_changed", _killed)
        with pytest.raises(KeyboardInterrupt):
            clock.build()
    clock.at += 600
    clock.build()
    assert tree(clock.root) == clean[2]


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


STEPS = st.tuples(
    st.sampled_from([0, 1000, TODAY - 1, TODAY, TODAY + 1, TODAY + 500, FAR["2100"]]),
    st.integers(0, 4) | st.none(),
    st.sampled_from([None, None, *FAR.values()]),
)


@settings(
    max_examples=150 if LONG else 15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=2, max_size=8))
def test_g13_any_jumps_in_any_order(
    clean: dict[int, Tree], monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[int, int | None, int | None]],
) -> None:  # fmt: skip
    with tempfile.TemporaryDirectory() as name, monkeypatch.context() as patch:
        clock = Clock(Path(name) / "site")
        patch.setattr(site, "file_system_time", clock.read)
        shown = 0
        clock.write(shown)
        for number, (seconds, version, when) in enumerate(steps):
            clock.at = seconds
            if version is not None:
                clock.write(version, None if when is None else when + number)
                shown = version
            clock.build()
            assert tree(clock.root) == clean[shown]


def test_g13_now_may_go_back_and_forth(clock: Clock, tmp_path: Path) -> None:
    """`--now` earlier than before, an article not yet due, and all as it was."""
    for name, day in (("a", 13), ("b", 20)):
        text = article(3).replace("2024-02-14", f"2024-02-{day}T09:00:00Z")
        (clock.root / f"content/{name}.md").write_text(text)
    moments = [datetime(2024, 2, 20, 9, tzinfo=UTC) + timedelta(days=d) for d in (0, -1, 9, -30)]
    wanted = {}
    for number, now in enumerate(moments):
        other = Clock(tmp_path / f"clean{number}")
        for path in (clock.root / "content").glob("*.md"):
            (other.root / "content" / path.name).write_bytes(path.read_bytes())
        other.build(now)
        wanted[now] = tree(other.root)
    assert len({tuple(sorted(t.items())) for t in wanted.values()}) == 4
    for now in (*moments, *reversed(moments), moments[0]):
        clock.build(now)
        assert tree(clock.root) == wanted[now], now
        assert clock.build(now).rendered == ()


@pytest.mark.parametrize("epoch", ["0", "-86400", "4102444800", "253402300799", "-62135596800"])
def test_g13_the_systems_own_clock_may_say_anything(clock: Clock, epoch: str) -> None:
    """A machine without a battery lives in 1970; its site is empty, and no traceback."""
    command = [sys.executable, str(HERE / "defences.py"), "-C", str(clock.root), "build"]
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        settings_ = (clock.root / "site.toml").read_text().partition("timezone")[0]
        head, mark, rest = settings_.partition("[feeds]")
        (clock.root / "site.toml").write_text(f'{head}timezone = "{zone}"\n{mark}{rest}')
        done = subprocess.run(
            command, env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "bug" not in done.stderr
