"""Whatever is done to a site, in any order: a build of what is left equals a clean build.

Bounded on every run; `SITE_GEN_LONG=600 pytest tests/engine/test_exact.py` searches for as many
seconds.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from site_gen.engine.cache.in_process import Kept
from site_gen.engine.site import Viewer
from site_gen.output.file_list import LIST_NAME
from tests.engine.edits import (
    ARTICLES,
    BODIES,
    DAYS,
    EDITS,
    FOREIGN,
    PICTURES,
    SETTING_LINES,
    TITLES,
    picture,
    retitled,
    toggled_front_matter,
    toggled_setting,
    variants,
)

pytestmark = pytest.mark.any_version

MOMENTS = (
    datetime(2024, 6, 1, 12, tzinfo=UTC),
    datetime(2024, 2, 14, 9, tzinfo=UTC),
    datetime(2024, 2, 20, 8, 59, 59, tzinfo=UTC),
    datetime(2024, 2, 20, 9, tzinfo=UTC),
    datetime(2024, 2, 26, 0, tzinfo=UTC),
    datetime(2024, 6, 10, 0, tzinfo=UTC),
)
ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"drafts": True},
    {"future": True},
    {"noindex": True},
    {"base_url": "https://preview.example"},
    {"preview": True, "output": Path("public")},
)
TOLD = ("nothing", "all", "the last", "others")


class AnySite(RuleBasedStateMachine):
    """One site, edited at random and built after most edits."""

    engines: ClassVar[Any]
    folder: ClassVar[Path]
    known: ClassVar[dict[Any, Any]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp())
        shutil.copytree(self.folder, self.top / "site")
        self.site = self.engines.Engine(self.top / "site", MOMENTS[0])
        self.site.age()
        self.clock = self.engines.LONG_AGO
        self.asked: dict[str, Any] = {}
        self.kept: Kept | None = Kept()
        self.looks: dict[str, Any] = {}
        self.hasty = False
        self.changed: list[str] = []
        self.past: dict[str, bytes] = {}
        self.foreign: dict[str, bytes] = {}
        self.due = True

    def teardown(self) -> None:
        try:
            self.due = True
            self.a_build_equals_a_clean_one(fresh=True)
        finally:
            shutil.rmtree(self.top)

    # -- means ------------------------------------------------------------------------------

    def put(self, path: str, data: str | bytes | None) -> None:
        """A file with this content, at once believed; no file for None."""
        full = self.site.root / path
        self.changed.append(str(full))
        if full.is_file():
            self.past[path] = full.read_bytes()
        if data is None:
            full.unlink(missing_ok=True)
            return
        self.site.put(path, data)
        self.stamp(path)

    def stamp(self, path: str) -> None:
        self.clock += 1
        os.utime(self.site.root / path, (self.clock, self.clock))

    def articles(self) -> list[str]:
        found = sorted((self.site.root / "content").rglob("*.md"))
        names = [p.relative_to(self.site.root).as_posix() for p in found]
        return [n for n in names if not n.startswith(("content/editions/", "content/pages/"))]

    def one(self, data: Any) -> str:
        return str(data.draw(st.sampled_from(self.articles())))

    # -- what people do ---------------------------------------------------------------------

    @initialize(built=st.booleans(), few=st.booleans())
    def begin(self, built: bool, few: bool) -> None:
        """With few formats an edited body has a short way in a process that starts afresh."""
        if few:
            self.put("site.toml", self.engines.FEW + self.site.read("site.toml"))
        self.due = built

    @rule(
        name=st.sampled_from(ARTICLES),
        title=st.sampled_from(TITLES),
        day=st.integers(12, 28),
        body=st.sampled_from(BODIES),
        topic=st.sampled_from(("Tides", "Ferries", "Fog")),
    )
    def add(self, name: str, title: str, day: int, body: str, topic: str) -> None:
        text = self.engines.article(title, day, body).replace("\n", f"\ntopics: [{topic}]\n", 1)
        self.put(f"content/{name}.md", text)
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), body=st.sampled_from(BODIES))
    def edit_body(self, data: Any, body: str) -> None:
        path = self.one(data)
        head = self.site.read(path).rpartition("---\n")[0]
        self.put(path, f"{head}---\n{body}\n")
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), title=st.sampled_from(TITLES))
    def edit_title(self, data: Any, title: str) -> None:
        path = self.one(data)
        self.put(path, retitled(self.site.read(path), title))
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), line=st.sampled_from(EDITS["front_matter"]))
    def edit_front_matter(self, data: Any, line: str) -> None:
        path = self.one(data)
        self.put(path, toggled_front_matter(self.site.read(path), line))
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def edit_date(self, data: Any, day: str) -> None:
        path = self.one(data)
        self.put(path, re.sub(r"(?m)^publishedDateTime: .*$", day, self.site.read(path)))
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        self.put(self.one(data), None)
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data(), name=st.sampled_from(ARTICLES))
    def rename(self, data: Any, name: str) -> None:
        path = self.one(data)
        (self.site.root / f"content/{name}.md").parent.mkdir(exist_ok=True)
        os.replace(self.site.root / path, self.site.root / f"content/{name}.md")
        self.due = True

    @precondition(lambda self: self.articles())
    @rule(data=st.data())
    def touch(self, data: Any) -> None:
        self.stamp(self.one(data))
        self.due = True

    @precondition(lambda self: self.past)
    @rule(data=st.data())
    def restore_an_older_file(self, data: Any) -> None:
        path = data.draw(st.sampled_from(sorted(self.past)))
        self.put(path, self.past[path])
        self.due = True

    @rule(edit=variants("templates"))
    def edit_shadow_or_delete_a_template(self, edit: tuple[str, str | None]) -> None:
        self.put(*edit)
        self.due = True

    @rule(edit=variants("assets"))
    def change_an_asset(self, edit: tuple[str, str | None]) -> None:
        self.put(*edit)
        self.due = True

    @rule(edit=variants("others"))
    def change_a_note_page_or_file(self, edit: tuple[str, str | None]) -> None:
        self.put(*edit)
        self.due = True

    @rule(pair=st.sampled_from([*map(tuple, EDITS["settings"])]))
    def change_a_setting(self, pair: tuple[str, str]) -> None:
        text = self.site.read("site.toml")
        old, new = pair if pair[1] not in text else (pair[1], pair[0])
        self.put("site.toml", text.replace(old, new, 1))
        self.due = True

    @rule(line=st.sampled_from(SETTING_LINES))
    def write_or_take_out_a_setting(self, line: tuple[str, str]) -> None:
        self.put("site.toml", toggled_setting(self.site.read("site.toml"), *line))
        self.due = True

    @rule(name=st.sampled_from(PICTURES), width=st.sampled_from((40, 900)), shade=st.integers(0, 3))
    def change_a_picture(self, name: str, width: int, shade: int) -> None:
        self.put(name, picture(width, width // 2, shade * 60))
        self.due = True

    @rule(asked=st.sampled_from(ASKED))
    def ask_otherwise(self, asked: dict[str, Any]) -> None:
        self.asked = asked
        self.due = True

    @rule(kept=st.booleans())
    def begin_another_process(self, kept: bool) -> None:
        """One that builds once, or one that builds again and again, as a preview does."""
        self.kept = Kept() if kept else None

    @rule(
        every=st.integers(0, 3),
        told=st.sampled_from(TOLD),
        newer=st.integers(0, 99),
        hasty=st.booleans(),
    )
    def look_at_the_site(self, hasty: bool, **looks: Any) -> None:
        """With every so-maniest page open, and told so much of what changed. Who is hasty edits
        on while a build that gave way is unfinished."""
        self.looks, self.hasty = looks, hasty

    @rule(now=st.sampled_from(MOMENTS))
    def move_now(self, now: datetime) -> None:
        self.site.now = now
        self.due = True

    # -- what goes wrong --------------------------------------------------------------------

    @rule(how=st.sampled_from(("gone", "garbage", "cut", "emptied")))
    def spoil_the_memo(self, how: str) -> None:
        memo = self.site.root / ".site_gen/memo.sqlite"
        if not memo.is_file():
            return
        data = memo.read_bytes()
        memo.unlink()
        if how != "gone":
            memo.write_bytes({"garbage": b"x" * 5000, "cut": data[:5000], "emptied": b""}[how])
        self.due = True

    @rule(data=st.data(), how=st.sampled_from(("wipe", "remove", "edit", "link")))
    def harm_the_output(self, data: Any, how: str) -> None:
        public = self.site.public
        if not public.is_dir() or how == "wipe":
            shutil.rmtree(public, ignore_errors=True)
            self.foreign.clear()
        else:
            listed = (public / ".site_gen-files").read_text().split("\n")[1:-1]
            page = public / data.draw(st.sampled_from(listed))
            page.unlink(missing_ok=True)
            if how == "edit" and page.parent.is_dir():
                page.write_bytes(b"edited")
            elif how == "link" and page.parent.is_dir():
                page.symlink_to("/dev/null")
        self.due = True

    @rule(path=st.sampled_from(FOREIGN))
    def put_a_foreign_file(self, path: str) -> None:
        full = self.site.public / path
        if not (self.site.public / ".site_gen-files").is_file():
            return
        self.foreign[path] = b"mine"
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(b"mine")
        self.due = True

    @rule(data=st.data(), step=st.integers(1, 90), revert=st.booleans(), many=st.booleans())
    def kill_half_way(self, data: Any, step: int, revert: bool, many: bool) -> None:
        paths = self.articles()[:1]
        if many:
            paths += ["site.toml"]
        before = {path: (self.site.root / path).read_bytes() for path in paths}
        for path in paths:
            title = data.draw(st.sampled_from(TITLES))
            self.put(path, retitled(before[path].decode(), title))
        if self.clean(False) is not None:
            self.site.killed(step, **self.asked)
        if revert:
            for path, old in before.items():
                self.put(path, old)
        self.due = True

    # -- what must hold ---------------------------------------------------------------------

    @invariant()
    def a_build_equals_a_clean_one(self, fresh: bool = False) -> None:
        if not self.due:
            return
        self.due = False
        wanted = self.clean(fresh)
        before = self.site.tree() if self.site.public.is_dir() else {}
        viewer = self.engines.viewer(before, self.changed, self.articles(), **self.looks)
        report = self.site.build(kept=self.kept, viewer=viewer, **self.asked)
        if report.unfinished:
            if self.hasty and not fresh:
                return
            report = self.site.build(kept=self.kept, viewer=Viewer(print), **self.asked)
        self.changed = []
        found = self.site.tree() if self.site.public.is_dir() else {}
        if wanted is None:
            assert not report.ok
            early = set(viewer.open()) if self.kept else set()
            if LIST_NAME not in before:  # of a new site, home is shown before the rest is tried
                return
            assert [p for p in self.engines.differing(found, before) if p not in early] == []
            return
        assert report.ok, report.problems
        assert self.engines.differing(found, self.with_foreign(wanted)) == []
        again = self.site.build(**self.asked)
        assert (again.read, again.rendered, again.written, again.removed) == (0, (), (), ())

    def clean(self, fresh: bool) -> dict[str, bytes] | None:
        """The tree of a clean build, None where there can be none."""
        inputs = {p: (self.site.root / p).read_bytes() for p in self.engines.inputs(self.site.root)}
        key = (tuple(inputs.items()), self.site.now, repr(self.asked))
        if key not in self.known or fresh:
            self.known[key] = self.clean_build(fresh)
        found: dict[str, bytes] | None = self.known[key]
        return found

    def clean_build(self, fresh: bool) -> dict[str, bytes] | None:
        other = self.engines.Engine(self.top / "clean", self.site.now)
        shutil.rmtree(other.root, ignore_errors=True)
        self.engines.copy(self.site.root, other.root)
        if fresh and not self.asked:
            good = other.outside(env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})["ok"]
        else:
            good = other.build(**self.asked).ok
        return dict(other.tree()) if good else None

    def with_foreign(self, wanted: dict[str, bytes]) -> dict[str, bytes]:
        whole = {**wanted, **self.foreign}
        for path in self.foreign:
            whole |= {f"{parent}/": b"" for parent in map(str, Path(path).parents) if parent != "."}
        return whole


@pytest.fixture
def machine(
    engines: Any, weekly_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], AnySite]]:
    """Makes machines over the site of this folder, whose builds look often who waits."""
    AnySite.engines, AnySite.folder = engines, weekly_folder
    yield AnySite
    AnySite.known.clear()


def bounds(examples: int, steps: int, **others: Any) -> Any:
    """Settings of a search."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **others,
    )


def test_whatever_is_done_a_build_equals_a_clean_one(machine: Any, long_run: float) -> None:
    if not long_run:
        run_state_machine_as_test(machine, settings=bounds(4, 14, derandomize=True))
        return
    end = time.monotonic() + long_run
    first = int(os.environ.get("SITE_GEN_SEED", "0"))
    while time.monotonic() < end:
        seed(first)(machine)
        run_state_machine_as_test(machine, settings=bounds(10, 20))
        machine.known.clear()
        first += 1
