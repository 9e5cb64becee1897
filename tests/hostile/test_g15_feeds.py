"""G15: feeds of hostile articles are valid, their ids unique and stable, without odd characters."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from reading import NOW

from site_gen.engine.build import build
from site_gen.engine.report import Options

ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def feeds(whole: Any) -> dict[str, bytes]:
    found = [*whole.public.rglob("feed.*"), *whole.public.rglob("atom.xml")]
    return {p.relative_to(whole.public).as_posix(): p.read_bytes() for p in found}


def ids(name: str, data: bytes) -> list[str]:
    if name.endswith(".json"):
        return [item["id"] for item in json.loads(data)["items"]]
    root = ElementTree.fromstring(data)
    found = [*root.iter("guid"), *(e.find(f"{ATOM}id") for e in root.iter(f"{ATOM}entry"))]
    return [element.text or "" for element in found if element is not None]


def test_g15_every_feed_parses_and_has_unique_ids(feeds: dict[str, bytes]) -> None:
    assert len(feeds) > 100
    for name, data in feeds.items():
        found = ids(name, data)
        assert all(found), name
        assert len(found) == len(set(found)), name


def test_g15_no_character_that_xml_forbids(feeds: dict[str, bytes]) -> None:
    for name, data in feeds.items():
        text = data.decode("utf-8")
        assert not ODD.search(text), name
        if name.endswith(".json"):
            assert not re.search(r"\\u(00[01]|d[89a-f])", text), name


def test_g15_readers_take_the_main_feeds(feeds: dict[str, bytes]) -> None:
    for name in ("feed.xml", "atom.xml"):
        found = feedparser.parse(feeds[name])
        assert not found.bozo, (name, found.get("bozo_exception"))
        assert len(found.entries) == len(ids(name, feeds[name]))
        assert all(entry.get("id") and entry.get("link") for entry in found.entries)


def test_g15_ids_stay_when_all_else_changes(tmp_path: Path) -> None:
    def built(title: str, base: str) -> list[str]:
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "site.toml").write_text(f'base_url = "{base}"\n[feeds]\ntag = "t,2024"\n')
        text = f"---\ntitle: {title}\npublishedDateTime: 2024-02-14\nslug: {title}\n---\n{title}\n"
        (tmp_path / "content/a.md").write_text(text)
        assert build(tmp_path, Options(now=NOW, jobs=1)).ok
        return ids("feed.xml", (tmp_path / "public/feed.xml").read_bytes())

    assert built("One", "https://t.example") == built("Two", "https://else.example/deep") != []
