"""What the repository holds: the folders that its readers expect, and no file by mistake."""

import subprocess
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
