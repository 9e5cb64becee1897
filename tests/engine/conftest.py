"""A site whose theme leans on others in every way, and the means to build, kill and compare."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.build import build
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options, Report
from site_gen.engine.site import Viewer
from site_gen.formats.html.template_context import OFFERED
from site_gen.memo.memo import Memo
from site_gen.output import staging
from site_gen.problems import layout

HERE = Path(__file__).resolve().parent
NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
KILLED = 9
LONG_AGO = 1_600_000_000

FEW = 'formats = ["html", "rss", "atom", "json_feed", "sitemap", "headers"]\n'
"""Settings of a site without formats of which one page shows many articles, feeds aside."""

Tree = dict[str, bytes]


@dataclass
class Engine:
    """One site folder under test. `now` is the moment its builds believe in."""

    root: Path
    now: datetime = NOW

    @property
    def public(self) -> Path:
        """The output folder."""
        return self.root / "public"

    def put(self, path: str, text: str | bytes) -> None:
        """A file with this content."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text("utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces text that stands in the file."""
        text = self.read(path)
        assert old in text, f"{old!r} does not stand in {path}"
        self.put(path, text.replace(old, new))

    def age(self) -> None:
        """Gives every input an old mtime, so that its stamp is believed at once."""
        for path in inputs(self.root):
            os.utime(self.root / path, (LONG_AGO, LONG_AGO))

    def build(
        self, *, kept: Kept | None = None, viewer: Viewer | None = None, **asked: Any
    ) -> Report:
        """A build in this process; without `kept` one as if in a process of its own."""
        options = Options(**{"now": self.now, "jobs": 1, **asked})
        return build(self.root, options, viewer=viewer, kept=kept)

    def good(self, **asked: Any) -> Report:
        """A build that must come through without an error."""
        report = self.build(**asked)
        assert report.ok, [layout(p) for p in report.problems]
        return report

    def tree(self) -> Tree:
        """The output as it stands."""
        return tree(self.public)

    def clean(self, root: Path, **asked: Any) -> Tree:
        """What a build of the same inputs gives in an empty folder `root`."""
        shutil.rmtree(root, ignore_errors=True)
        copy(self.root, root)
        Engine(root, self.now).good(**asked)
        return tree(root / "public")

    def spawn(self, *arguments: str, env: Mapping[str, str] = {}, **asked: Any) -> Any:
        """A build in a process of its own, started."""
        command = [sys.executable, "-m", "site_gen", "--format", "json", "-C", str(self.root)]
        command += ["build", "--now", self.now.isoformat(), "--jobs", "1", *arguments]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(HERE.parent.parent), **env},
            **asked,
        )

    def outside(self, *arguments: str, env: Mapping[str, str] = {}, **asked: Any) -> Any:
        """A build in a process of its own: its report as data."""
        process = self.spawn(*arguments, env=env, **asked)
        out, err = process.communicate()
        assert process.returncode in (0, 1), err.decode()
        return json.loads(out)

    def killed(self, at: int, **asked: Any) -> int:
        """A build that dies, as by `kill -9`, before its step `at`. Returns the number of steps
        that it took when it came to its end before that, else 0."""
        report, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(report)
            steps = _count_down(at)
            result = self.build(**asked)
            os.write(write, f"{steps()} {int(result.ok)}".encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(report, "rb") as stream:
            said = stream.read().split()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == KILLED:
            return 0
        assert (code, said[1:]) == (0, [b"1"]), f"the build ended with {code}: {said}"
        return int(said[0])


def viewer(
    tree: Tree,
    changed: list[str],
    articles: list[str],
    every: int = 0,
    told: str = "nothing",
    newer: int = 0,
) -> Viewer:
    """Somebody who has every so-maniest page open, is told so much of what changed, and wants
    something newer at the so-maniest look."""
    pages = tuple(path for path in tree if path.endswith(".html"))[:: max(1, every)]
    others = [str(articles[i]) for i in range(0, len(articles), 3)]
    named = {"nothing": [], "all": changed, "the last": changed[-1:], "others": others}[told]
    looks = iter(range(newer))
    last = newer - 1

    return Viewer(
        lambda report: None,
        lambda: pages if every else (),
        tuple(dict.fromkeys(named)),
        lambda: next(looks, -2) == last,
    )


def _count_down(at: int) -> Callable[[], int]:
    """Ends this process before the step `at` of those that leave something behind."""
    taken = 0

    def step(*_: object) -> None:
        nonlocal taken
        taken += 1
        if taken == at:
            os._exit(KILLED)

    def before(owner: type, name: str) -> None:
        plain = getattr(owner, name)

        def stepped(self: Any, *arguments: Any) -> Any:
            step()
            return plain(self, *arguments)

        setattr(owner, name, stepped)

    staging.before_operation = step
    before(staging.Staging, "write")
    for name in ("put_reads", "put_files", "put_pages", "set_state", "forget_pages", "close"):
        before(Memo, name)
    return lambda: taken


def inputs(root: Path) -> list[str]:
    """Every file of a site that people made, by path."""
    made = (p.relative_to(root) for p in sorted(root.rglob("*")) if p.is_file())
    return [p.as_posix() for p in made if p.parts[0] not in ("public", ".site_gen")]


def copy(root: Path, other: Path) -> None:
    """The inputs of a site, in another folder."""
    for path in inputs(root):
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, other / path)


def tree(top: Path) -> Tree:
    """Everything below a folder: bytes of files, folders (with `/`), where links lead."""
    found: Tree = {}
    for path in top.rglob("*"):
        name = path.relative_to(top).as_posix()
        if path.is_symlink():
            found[f"{name}@"] = os.fsencode(os.readlink(path))
        elif path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found


def differing(one: Tree, two: Tree) -> list[str]:
    """Paths on which two trees differ: what a failing comparison should say."""
    return sorted(p for p in one.keys() | two.keys() if one.get(p) != two.get(p))


@pytest.fixture
def weekly(tmp_path: Path) -> Engine:
    """The whole site of `weekly/`, not yet built."""
    root = tmp_path / "weekly"
    shutil.copytree(HERE / "weekly", root)
    return Engine(root)


@pytest.fixture
def small(tmp_path: Path) -> Engine:
    """Two articles in two weeks, three formats, a theme that costs nothing."""
    engine = Engine(tmp_path / "small")
    engine.put("themes/bare/theme.toml", 'name = "bare"\n')
    for name in OFFERED:
        engine.put(f"themes/bare/templates/{name}", "{{ page.title }}\n")
    engine.put("themes/bare/templates/article.html", "{{ article.card.title }} {{ body }}\n")
    engine.put("themes/bare/templates/edition.html", "{{ lead.title }}\n")
    formats = 'theme = "bare"\nformats = ["html", "rss", "sitemap"]\n'
    engine.put("site.toml", f'base_url = "https://s.example"\n{formats}[feeds]\ntag = "s,2024"\n')
    for name, day in (("a", 13), ("b", 20)):
        engine.put(f"content/{name}.md", article(f"Title {name}", day))
    return engine


def article(title: str, day: int, body: str = "A plain body.") -> str:
    """The text of a content file of February 2024."""
    return f"---\ntitle: {title}\npublishedDateTime: 2024-02-{day:02}T09:00:00Z\n---\n{body}\n"


@pytest.fixture(scope="session")
def weekly_folder() -> Path:
    """Where the whole site lies, to be copied."""
    return HERE / "weekly"


@pytest.fixture(scope="session")
def engines() -> Any:
    """The tools of this folder, for tests that make sites of their own."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def long_run() -> float:
    """Seconds that a long run may take, from SITE_GEN_LONG; 0 = the bounded one."""
    text = os.environ.get("SITE_GEN_LONG", "")
    return (float(text) if float(text) > 1 else 600.0) if text else 0.0
