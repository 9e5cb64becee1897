"""A bare build says and does what one read by the library for command lines does."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen.cli import quick_build

ARTICLE = "---\ntitle: {}\npublishedDateTime: 2024-02-13T09:00:00Z\n---\nText.\n"
SITE = 'title = "T"\nbase_url = "https://t.example"\n[feeds]\ntag = "t.example,2024"\n'
Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    (root / "site.toml").write_text(SITE)
    (root / "content/a.md").write_text(ARTICLE.format("One"))
    return root


@pytest.fixture
def run(site: Path, checkout: Path) -> Run:
    def run(*words: str, **env: str) -> Said:
        """Exit code, stdout and stderr without the seconds."""
        done = subprocess.run(
            [sys.executable, "-m", "site_gen", *words],
            cwd=site,
            env={"PYTHONPATH": str(checkout), "PATH": "/usr/bin:/bin", **env},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout, re.sub(r"\d+\.\d\d s", "0.00 s", done.stderr)

    return run


def both(run: Run, *words: str) -> Said:
    """What a bare build says, if the other way says the same: an option takes that one."""
    one, other = run(*words, "build"), run("--no-color", *words, "build")
    assert one == other
    return one


def test_nothing_to_do_is_said_alike(run: Run) -> None:
    assert run("build")[0] == 0
    code, out, err = both(run)
    assert (code, out) == (0, "")
    assert "nothing to do" in err
    assert both(run, "-q") == (0, "", "")


def test_problems_are_said_alike(run: Run, site: Path) -> None:
    (site / "content/a.md").write_text("no front matter")
    code, _, err = both(run)
    assert code == 1
    assert "frontmatter/missing" in err
    (site / "site.toml").write_text("[")
    assert both(run, "-q")[0] == 1


def test_a_folder_that_is_no_site_is_said_alike(run: Run, site: Path) -> None:
    (site / "none").mkdir()
    assert both(run, "-C", "none")[0] == 1
    assert both(run, "-C", "missing")[0] == 2
    assert not (site / "none/.site_gen").exists()


def test_another_folder(run: Run, site: Path) -> None:
    assert run("-C", str(site), "-q", "build")[0] == 0
    assert (site / "public/index.html").is_file()


def test_a_bug_is_told_with_its_place(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(quick_build, "build", broken)
    assert quick_build.run(["-C", str(site), "build"]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err
    assert "ZeroDivisionError" in (site / ".site_gen/crash.log").read_text()


def test_an_interrupt_ends_it_quietly(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(quick_build, "build", stopped)
    assert quick_build.run(["-C", str(site), "build"]) == 130
    assert capsys.readouterr().err == "\n"


@pytest.mark.parametrize(
    "words",
    [
        ["build", "--strict"],
        ["build", "build"],
        ["-v", "build"],
        ["--format", "json", "build"],
        ["-C"],
        ["-q"],
        ["build", "-C", "missing"],
        ["build", "--help"],
    ],
)
def test_whatever_says_more_is_left_to_the_library(
    words: list[str], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    assert quick_build.run(words) is None
    assert not (site / ".site_gen").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [("NO_COLOR", "1"), ("SOURCE_DATE_EPOCH", "soon"), ("SOURCE_DATE_EPOCH", "9" * 11)],
)
def test_variables_that_need_more_words_too(
    name: str, value: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    monkeypatch.setenv(name, value)
    assert quick_build.run(["build"]) is None


@pytest.mark.parametrize("seconds", ["1707811200", "1707821200"])
def test_the_moment_that_a_variable_names(run: Run, site: Path, seconds: str) -> None:
    """The one article comes an hour after the first moment."""
    assert run("-q", "build", SOURCE_DATE_EPOCH=seconds)[0] == 0
    assert (site / "public/articles").exists() == (seconds == "1707821200")


def test_a_bare_build_with_nothing_to_do_imports_no_library(
    run: Run, site: Path, checkout: Path
) -> None:
    assert run("build")[0] == 0
    code = (
        "import sys\nsys.argv = ['site-gen', '-q', 'build']\n"
        "from site_gen.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n"
        "    print(end.code, [m for m in ('click', 'jinja2', 'msgspec') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site,
        env={"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("0 []\n", "")
