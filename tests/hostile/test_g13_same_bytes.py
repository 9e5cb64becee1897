"""G13: the same input gives the same bytes, wherever and however it is built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reading import NOW

from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.workers import pool

pytestmark = pytest.mark.any_version

HERE = Path(__file__).resolve().parent
Tree = dict[str, bytes]


@pytest.fixture
def few(whole: Any, tmp_path: Path) -> Path:
    """Some of the hostile articles, in folders."""
    root = tmp_path / "one" / "site"
    root.mkdir(parents=True)
    shutil.copyfile(whole.root / "site.toml", root / "site.toml")
    for name in list(whole.cases)[::7]:
        place = root / "content" / name[:4]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(whole.root / f"content/{name}.md", place / f"{name}.md")
    return root


def tree(root: Path) -> Tree:
    found = (p for p in (root / "public").rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def spawned(root: Path, umask: int = 0o022, **env: str) -> Tree:
    """A first build in a process of its own."""
    command = [sys.executable, str(HERE / "defences.py"), "-q", "-C", str(root), "build"]
    done = subprocess.run(
        [*command, "--now", NOW.isoformat(), "--jobs", "1", "--keep-going"],
        env={**os.environ, **env}, capture_output=True, check=False, umask=umask,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr.decode()[-500:]
    return tree(root)


def copied(root: Path, other: Path, *, backwards: bool = False) -> Path:
    """The inputs in another folder, written in another order, with other times."""
    paths = sorted((p for p in root.rglob("*") if p.is_file()), reverse=backwards)
    for number, path in enumerate(paths):
        if path.relative_to(root).parts[0] not in ("public", ".site_gen"):
            target = other / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (number, 1_700_000_000 - number))
    return other


def test_g13_seed_zone_locale_umask_folder_order_and_times(few: Path, tmp_path: Path) -> None:
    one = spawned(few, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    two = copied(few, tmp_path / "two/else where/site", backwards=True)
    other = spawned(two, 0o077, PYTHONHASHSEED="2", TZ="Pacific/Apia", LC_ALL="tr_TR.UTF-8")
    assert len(one) > 200
    assert [p for p in one.keys() | other.keys() if one.get(p) != other.get(p)] == []


def test_g13_workers_and_memo(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(now=NOW, jobs=1, keep_going=True)
    build(few, options)
    wanted = tree(few)
    two = copied(few, tmp_path / "two")
    monkeypatch.setattr(pool, "MIN_ITEMS", 0)
    monkeypatch.setattr(pool, "CHUNK_SIZE", 9)
    build(two, Options(now=NOW, jobs=2, keep_going=True))
    assert tree(two) == wanted
    (two / "content/zzz.md").write_text("---\ntitle: Z\npublishedDateTime: 2024-02-14\n---\nx\n")
    build(two, options)
    (two / "content/zzz.md").unlink()
    build(two, options)
    assert tree(two) == wanted
    (two / ".site_gen/memo.sqlite").write_bytes(b"no database")
    build(two, options)
    assert tree(two) == wanted
