"""What `--fix` leaves alone, and says so."""

import os
from pathlib import Path
from typing import Any

import pytest

from site_gen.check import fix
from site_gen.check.findings import Finding, Fix, Hit

OLD, NEW = "https://h.example/a?utm_source=x", "https://h.example/a"


def finding(name: str = "a.md") -> Finding:
    hit = Hit(rule="links/tracking", message="m", line=1, fix=Fix(1, OLD, NEW))
    return Finding(path=name, level="warning", hit=hit)


def test_a_file_without_rights_to_write_stays_and_is_named(tmp_path: Path) -> None:
    for name, mode in (("a.md", 0o444), ("b.md", 0o640)):
        (tmp_path / name).write_text(OLD)
        (tmp_path / name).chmod(mode)
    mended, problems = fix.apply_fixes(tmp_path, [finding(), finding("b.md")])
    assert [found.path for found in mended] == ["b.md"]
    assert [str(p.where) for p in problems] == ["a.md"]
    assert (tmp_path / "a.md").read_text() == OLD
    assert (tmp_path / "b.md").stat().st_mode & 0o777 == 0o640


def test_what_the_system_refuses_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.md").write_text(OLD)
    monkeypatch.setattr(Path, "write_bytes", full)
    mended, problems = fix.apply_fixes(tmp_path, [finding()])
    assert (mended, [p.message for p in problems]) == (
        [], ["the file is not mended: No space left on device"],
    )  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_links_fifos_and_files_that_are_gone_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text(OLD)
    (tmp_path / "link.md").symlink_to("real.md")
    os.mkfifo(tmp_path / "fifo.md")
    names = ("link.md", "fifo.md", "gone.md")
    assert fix.apply_fixes(tmp_path, [finding(name) for name in names]) == ([], [])
    assert (tmp_path / "real.md").read_text() == OLD


def test_a_file_that_is_saved_meanwhile_is_the_editors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text(OLD)
    chmod = os.chmod

    def saved(path: Any, mode: int) -> None:
        chmod(path, mode)
        file.write_text(f"{OLD} and more")

    monkeypatch.setattr(fix.os, "chmod", saved)
    assert fix.apply_fixes(tmp_path, [finding()]) == ([], [])
    assert file.read_text() == f"{OLD} and more"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
