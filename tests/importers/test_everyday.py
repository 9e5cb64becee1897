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


HEAD = (
    "---\ntitle: {0}\npublishedDateTime: {1}\noriginalUrl: https://o.example/{0}\n{2}---\nWords.\n"
)
ODD = {
    "2020-05-12-UPPER-Case.md": ("2020-05-12T00:10:15Z", "", "/news/2020-05-12-upper-case/"),
    "2020-05-12-straße-日本.md": ("2020-05-12T00:10:15Z", "", "/news/2020-05-12-straße-日本/"),
    "2020-05-12-dot.net c#.md": ("2020-05-12T00:10:15Z", "", "/news/2020-05-12-dot-net-c/"),
    "2020-5-2-short.md": ('"May 12, 2020"', "", "/news/2020-5-2-short/"),
    "nodate.md": ("1589241600", "", "/news/nodate/"),
    "2020-05-12-empty.md": ("", "", "/news/2020-05-12-empty/"),
    "2020-05-12-offset.md": ("2020-05-12T23:30:00-08:00", "", "/news/2020-05-12-offset/"),
    "a.md": ("2020-05-12", "permalink: /Custom/UPPER/\n", "/Custom/UPPER/"),
    "b.md": ("2020-05-12", "permalink: /custom/page.html\n", "/custom/page.html"),
    "c.md": ("2020-05-12", "permalink: custom/plain\n", "/custom/plain"),
    "d.md": ("2020-05-12", "permalink: /custom/x/index.html\n", "/custom/x/"),
    "e.md": ("2020-05-12", "permalink: /custom/ünï/\n", "/custom/%C3%BCn%C3%AF/"),
    "f.md": ("2020-05-12", "permalink: /custom/page.html\n", "/custom/page.html"),
    "2020-05-12-x.md": ("2020-05-12", "permalink: /:collection/:year/:month/x.html\n",
                        "/news/2020/05/x.html"),
}  # fmt: skip


def test_odd_names_dates_and_permalinks_of_entries(move: Any, site: Any, put: Any) -> None:
    """What a larger set of such entries may hold; the addresses are those that Jekyll 4.3 made."""
    config = CONFIG.replace("{pattern}", "news/:name")
    put(f"-- _config.yml --{config}" + "".join(
        f"-- _news/{name} --\n{HEAD.format('t', day, more)}" for name, (day, more, _) in ODD.items()
    ))  # fmt: skip
    outcome = move("jekyll", form="articles")
    assert outcome.lost == []
    assert not outcome.quarantined
    assert len(outcome.places.placed) == len(ODD)
    assert site.build(now=datetime(2026, 11, 27, tzinfo=UTC)).ok
    known = {path.removesuffix("index.html") for path in site.tree()}
    rules = {line.split()[0] for line in site.page("_redirects").splitlines()}
    for _, _, address in ODD.values():
        assert address.lstrip("/") in known or address in rules, address
