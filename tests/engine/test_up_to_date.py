"""A build with nothing to do: what it imports, and what it must not take for nothing."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_gen.basics import program_version

HEAVY = (
    *("markdown_it", "mdit_py_plugins", "linkify_it", "jinja2", "markupsafe", "feedgen", "lxml"),
    *("msgspec", "rich", "importlib.metadata", "babel", "nh3", "yaml", "ruamel", "frontmatter"),
    *("feedparser", "watchdog", "concurrent.futures", "multiprocessing", "secrets"),
)
QUIET = """
import sys
sys.argv = ["site-gen", "-C", {root!r}, "build", "--now", "2024-06-01"]
from site_gen.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(sys.modules))
"""


def imported(root: Path, checkout: Path) -> tuple[str, set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", QUIET.format(root=str(root))],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    return done.stdout + done.stderr, set(done.stdout.split())


def test_a_build_with_nothing_to_do_imports_nothing_heavy(small: Any, checkout: Path) -> None:
    _, names = imported(small.root, checkout)
    assert "jinja2" in names
    said, names = imported(small.root, checkout)
    assert "nothing to do" in said
    assert {h for h in HEAVY if any(n == h or n.startswith(f"{h}.") for n in names)} == set()


def test_an_edited_body_imports_no_library_for_what_is_not_plain(
    small: Any, checkout: Path
) -> None:
    imported(small.root, checkout)
    path = "content/a.md"
    small.put(path, small.read(path) + "\nMore words.\n")
    said, names = imported(small.root, checkout)
    assert "1 read" in said
    assert "jinja2" in names
    assert names & {"yaml", "frontmatter", "markdown_it", "nh3", "babel"} == set()


def test_the_packages_that_count_are_installed() -> None:
    """A wrong name in the list above would make its test say nothing; rich is no part of us."""
    for name in HEAVY:
        if name != "rich":
            assert importlib.util.find_spec(name) is not None, name


def test_nothing_harmed_is_settled(small: Any) -> None:
    assert small.good().read > 0
    report = small.good()
    assert (report.read, report.rendered, report.written) == (0, (), ())
    assert "read" not in report.seconds


@pytest.mark.parametrize("harm", ["remove", "edit", "list", "extra time"])
def test_a_harmed_output_is_not_settled(small: Any, harm: str) -> None:
    small.good()
    wanted = small.tree()
    page = small.public / "articles/a/index.html"
    if harm == "remove":
        page.unlink()
    elif harm == "edit":
        page.write_bytes(b"x" * page.stat().st_size)
    elif harm == "list":
        (small.public / ".site_gen-files").write_text("articles/a/index.html\n" * 2)
        for path in wanted:
            if path not in (".site_gen-files", "articles/a/index.html"):
                (small.public / path).unlink() if not path.endswith("/") else None
    else:
        os.utime(page, (1, 1))
    assert "read" in small.good().seconds
    assert small.tree() == wanted


@pytest.fixture
def clock(engines: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The time that the file system gives, in seconds since inputs were written."""
    seconds = [1]

    def time(folder: Path) -> int:
        return (int(engines.LONG_AGO) + seconds[0]) * 1_000_000_000

    monkeypatch.setattr("site_gen.engine.site.file_system_time", time)
    return seconds


def test_a_file_written_twice_in_one_tick_is_seen(small: Any, clock: list[int]) -> None:
    """Same size, same mtime, same inode: only a look at the bytes tells."""
    path = small.root / "content/a.md"
    small.age()
    small.good()
    before = path.stat()
    with path.open("r+b") as stream:
        data = stream.read().replace(b"A plain", b"A vague")
        stream.seek(0)
        stream.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_ino == before.st_ino
    small.good()
    assert "A vague" in (small.public / "articles/a/index.html").read_text()


def test_an_older_file_put_back_is_seen(small: Any, tmp_path: Path) -> None:
    """Different is looked at, older too."""
    small.age()
    os.link(small.root / "content/a.md", tmp_path / "kept")
    small.good()
    wanted = small.tree()
    (small.root / "content/a.md").unlink()
    small.put("content/a.md", (tmp_path / "kept").read_text().replace("Title a", "Other"))
    small.good()
    assert small.tree() != wanted
    os.replace(tmp_path / "kept", small.root / "content/a.md")
    small.good()
    assert small.tree() == wanted


def test_files_that_grew_old_are_no_longer_hashed(small: Any, clock: list[int]) -> None:
    small.age()
    small.good()
    assert small.good().hashed > 0
    clock[0] = 10
    assert small.good().hashed > 0
    assert small.good().hashed == 0


def test_another_program_is_not_settled(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    small.good()
    monkeypatch.setattr(program_version, "quick_stamp", lambda: "another")
    monkeypatch.setattr(program_version, "exact_key", lambda: "another")
    report = small.good()
    assert report.read == 2
    assert len(report.rendered) == report.pages
    assert report.written == ()


def test_the_files_of_the_program_are_looked_at_once_a_build(
    small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    monkeypatch.setattr(program_version, "quick_stamp", lambda: looks.append("look") or "same")
    small.good()
    assert len(looks) == 1
    small.good()
    assert len(looks) == 2


def test_the_stamp_of_the_program_covers_code_and_shipped_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site_gen"
    for path in ("site_gen/a.py", "themes/broadsheet/theme.toml"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("1")
    monkeypatch.setattr(program_version, "PACKAGE", package)
    monkeypatch.setattr(program_version, "THEMES", tmp_path / "themes")
    stamps, keys = [program_version.quick_stamp()], [program_version.exact_key()]
    for path in ("site_gen/a.py", "themes/broadsheet/theme.toml"):
        (tmp_path / path).write_text("22")
        stamps.append(program_version.quick_stamp())
        keys.append(program_version.exact_key())
    assert len(set(stamps)) == 3
    # What a theme's files hold is in the keys of the pages that use them.
    assert len(set(keys)) == 2
