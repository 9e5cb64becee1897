"""A digest of link entries as a collection of Jekyll: every entry at its address, none changed."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

CONFIG = """
title: Everyday
url: https://everyday.example
collections:
  news:
    output: true
    permalink: /{pattern}/
"""


@pytest.fixture
def entries(shared: Path, old: Path) -> list[Path]:
    folder = shared / "corpora" / "everyday"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    (old / "_news").mkdir()
    for path in folder.glob("*.md"):
        shutil.copy(path, old / "_news")
    return sorted((old / "_news").glob("*.md"))


def is_public(path: Path) -> bool:
    return not re.search(r"^published: false", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("pattern", ["news/:name", "power/:title"])
def test_every_entry_is_at_its_address(
    move: Any, site: Any, old: Path, entries: list[Path], pattern: str
) -> None:
    (old / "_config.yml").write_text(CONFIG.replace("{pattern}", pattern))
    outcome = move("jekyll")
    assert outcome.lost == []
    assert outcome.quarantined == []
    assert len(outcome.places.placed) == len(entries) == 322
    assert site.build(now=datetime(2026, 11, 27, tzinfo=UTC)).ok
    known = set(site.tree())
    rules = {line.split()[0] for line in site.page("_redirects").splitlines()}
    for path in entries:
        stem = path.stem if ":name" in pattern else path.stem[11:]
        address = f"/{pattern.split(':')[0]}{stem}/"
        there = f"{address.strip('/')}/index.html" in known or address in rules
        assert there == is_public(path), address


def test_entries_that_have_our_keys_keep_them(
    move: Any, site: Any, old: Path, entries: Any
) -> None:
    (old / "_config.yml").write_text(CONFIG.replace("{pattern}", "news/:name"))
    move("jekyll")
    made = site.tree("content")
    for path in entries[:40]:
        theirs, ours = path.read_text("utf-8"), made[path.name].decode()
        for key in ("originalUrl", "webUrl", "publishedDateTime", "quality", "heat", "secured"):
            line = re.search(rf"^{key}: .*$", theirs, re.MULTILINE)
            assert line is None or line[0] in ours, (path.name, key)
