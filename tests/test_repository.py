"""What the repository holds: the folders that its readers expect, and no file by mistake."""

import ast
import re
import subprocess
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "Dockerfile", "pyproject.toml"),
    *("site_gen", "themes", "content", "public", "tests", "netlify.toml"),
    *("docs", "benchmarks", "requirements"),
}
MOST = 512 << 10
"""Bytes of the largest file: more than that is a download or a build."""


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the tests are not in a git repository")
    return [path for path in listed.split("\0") if path]


def test_the_top_level_holds_nothing_else(tracked: list[str]) -> None:
    top = {path.partition("/")[0] for path in tracked}
    assert sorted(name for name in top - TOP if not name.startswith(".")) == []


def test_no_file_is_large(tracked: list[str]) -> None:
    sizes = {path: (ROOT / path).lstat().st_size for path in tracked if (ROOT / path).exists()}
    assert {path: size for path, size in sizes.items() if size > MOST} == {}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_tests_that_fare_alike_with_any_version_of_a_library_name_none() -> None:
    lines = (line for line in requires("site-gen") or [] if "test" not in line.partition(";")[2])
    ours = {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
    given = packages_distributions().items()
    libraries = {name for name, makers in given if ours & {maker.lower() for maker in makers}}
    assert {"jinja2", "yaml", "PIL", "distributed"} <= libraries
    marked = {path: text for path in (ROOT / "tests").rglob("test_*.py")
              if "mark.any_version" in (text := path.read_text("utf-8"))}  # fmt: skip
    found = {
        path.name: libraries & set(_imported(ast.parse(text))) for path, text in marked.items()
    }
    assert len(found) > 10
    assert {name: named for name, named in found.items() if named} == {}
