"""The machine, as it is and as it might be."""

import shutil
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from site_gen.doctor import machine


def test_here_all_is_installed(found: Any) -> None:
    for name in ("site-gen", "python", "libraries", "pictures", "fonts", "disk"):
        (one,) = found(name)
        assert (one.level, one.cure) == ("fine", ""), one


def test_a_library_that_is_absent_is_named(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "nh3":
            raise metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    (one,) = found("libraries")
    assert (one.level, one.cure) == ("error", "pip install nh3")


def test_without_zone_data_of_the_system_ours_is_named(
    found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    (one,) = found("zone data")
    assert (one.level, "tzdata" in one.said) == ("fine", True)
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    assert [each.level for each in found("zone data")] == ["error"]


def test_a_pillow_without_avif_says_so_where_it_is_asked_for(
    found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("PIL.features.check", lambda name: name != "avif")
    assert [each.level for each in found("pictures")] == ["error"]
    assert [e.level for e in found("pictures", 'images = {variants = ["webp"]}\n')] == ["fine"]


def test_a_list_of_any_name_and_its_ledgers_are_for_no_repository(
    found: Any, repository: Path
) -> None:
    more = '[send]\nchannel = "smtp"\n[send.smtp]\nrecipients = "people/readers.txt"\n'
    ledger = repository / "people/readers.txt.2026-W10.log"
    ledger.parent.mkdir()
    ledger.write_text("", "utf-8")
    (repository / "people/readers.txt").write_text("a@t.example\n", "utf-8")
    ignored = repository / ".gitignore"
    for pattern in ("", "/people/readers.txt\n", "*.log\n"):
        ignored.write_text(pattern, "utf-8")
        (one,) = (each for each in found("git", more) if each.level != "fine")
        assert one.said == "people/readers.txt, or the ledgers beside it, are not ignored"
        assert one.cure == "add /people/readers.txt* to .gitignore"
    ignored.write_text("/people/readers.txt*\n", "utf-8")
    assert [each.level for each in found("git", more)] == ["fine"]
    (repository / ".site_gen").mkdir()
    (repository / ".site_gen/x").write_text("", "utf-8")
    ignored.write_text("/people/readers.txt*\n.site_gen\n", "utf-8")
    add = ["git", "add", "-f", "people/readers.txt", str(ledger), ".site_gen/x"]
    subprocess.run(add, cwd=repository, check=True)
    told = [(each.level, each.cure.partition(";")[0]) for each in found("git", more)[1:]]
    assert told == [
        ("warning", "git rm -r -q --cached .site_gen"),
        ("error", "git rm --cached people/readers.txt"),
        ("error", "git rm --cached people/readers.txt.2026-W10.log"),
    ]


@pytest.fixture
def repository(site: Any) -> Path:
    root: Path = site.root
    root.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def test_git_is_told_of_what_should_and_should_not_be_kept(found: Any, repository: Path) -> None:
    (repository / "subscribers.txt").write_text("a@t.example\n", "utf-8")
    lock = repository / "content/editions/2024-W07.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text("", "utf-8")
    said = [each.said for each in found("git") if each.level == "warning"]
    assert said == [
        "subscribers.txt, or the ledgers beside it, are not ignored",
        "1 lock of editions not committed, first content/editions/2024-W07.lock",
    ]
    (repository / ".gitignore").write_text("/subscribers.txt*\n*.lock\n", "utf-8")
    assert [each.level for each in found("git")] == ["fine"]


def test_no_program_that_a_repository_names_is_started(found: Any, repository: Path) -> None:
    """A stranger's folder may bring a `.git/config`."""
    ran = repository / "ran"
    hook = repository / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n", "utf-8")
    hook.chmod(0o755)
    words = ["git", "config", "core.fsmonitor", str(hook)]
    subprocess.run(words, cwd=repository, check=True)
    (repository / "subscribers.txt").write_text("", "utf-8")
    found("git")
    assert not ran.exists()


def test_without_git_or_a_repository(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = found("git")
    assert (one.level, one.said) == ("warning", "the site is in no repository")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    (one,) = found("git")
    assert one.said == "is not installed"


def test_a_full_disk_and_a_closed_folder(
    found: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MIN_FREE_BYTES", 1 << 60)
    assert [each.level for each in found("disk")] == ["warning"]
    monkeypatch.setattr("os.access", lambda path, mode: path != site.root / "content")
    assert [each.cure for each in found("rights")] == [
        "give yourself the right: chmod u+rwx content"
    ]


def test_a_disk_that_knows_no_case(found: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [each.level for each in found("file names")] == ["fine"]
    monkeypatch.setattr(Path, "exists", lambda path: True)
    monkeypatch.setattr(Path, "samefile", lambda path, other: True)
    assert [e.level for e in machine.disk(site.root, None) if e.name == "file names"] == ["warning"]


def test_the_key_of_the_memory(found: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert "first build" in found("memory key")[0].said
    key = tmp_path / "site_gen/memo.key"
    key.parent.mkdir()
    key.write_bytes(b"x" * 32)
    key.chmod(0o644)
    assert found("memory key")[0].cure == f"chmod 600 {key}"
    key.chmod(0o600)
    assert found("memory key")[0].level == "fine"


def test_few_watches(found: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "limit"
    limit.write_text("1\n", "ascii")
    monkeypatch.setattr(machine, "WATCH_LIMIT", limit)
    assert [each.level for each in found("watching")] == ["warning"]
    monkeypatch.setattr(machine, "WATCH_LIMIT", tmp_path / "none")
    assert found("watching") == []
