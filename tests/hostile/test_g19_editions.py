"""G19: what subscribers were sent stays: letter, entries, ids, whatever is done afterwards."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
timezone = "Europe/Berlin"
[editions]
cutoff_day = "friday"
cutoff_time = "17:00"
[feeds]
tag = "quay.example,2026"
"""
MONDAY = "2026-03-09T06:00:00+01:00"
LATER = "2026-03-23T06:00:00+01:00"
DAYS = {"gulls": "2026-03-03", "crane": "2026-03-04", "ropes": "2026-03-05"}


def story(site: Any, name: str, day: str, matter: str = "") -> None:
    head = f"title: Title of {name}\npublishedDateTime: {day}T10:00:00\n{matter}"
    body = f"What {name} is about, told in one sentence.\n\nIt has a {name}word too."
    site.put(f"content/{name}.md", f"---\n{head}---\n\n{body}\n".encode())


@pytest.fixture
def closed(site: Any) -> Any:
    """A digest whose first edition is closed and sent."""
    site.write(SITE)
    for heat, (name, day) in enumerate(DAYS.items()):
        story(site, name, day, f"heat: {heat}\n")
    words = ["-C", str(site.root), "close", "--now", MONDAY]
    assert CliRunner().invoke(group, words).exit_code == 0
    site.build(now=datetime.fromisoformat(MONDAY).astimezone(UTC))
    return site


def sent(site: Any) -> dict[str, bytes]:
    """The letter and the entry of each feed of the closed edition."""
    own = "editions/2026-W10/email."
    found = {path: data for path, data in site.tree().items() if path.startswith(own)}
    for kind, tag in (("feed.xml", "item"), ("atom.xml", "entry")):
        for entry in re.findall(f"<{tag}>.*?</{tag}>", site.page(f"editions/{kind}"), re.DOTALL):
            if "editions/2026-W10<" in entry:
                found[kind] = entry.encode()
    assert len(found) == 4, sorted(found)
    return found


def ids(site: Any, feed: str) -> list[str]:
    return [item["id"] for item in json.loads(site.page(feed))["items"]]


def _rank(site: Any) -> None:
    site.edit("content/gulls.md", "heat: 0", "heat: 90")


def _past(site: Any) -> None:
    story(site, "early", "2026-03-02", "heat: 99\n")


def _before(site: Any) -> None:
    story(site, "older", "2026-02-10")


def _rhythm(site: Any) -> None:
    site.edit("site.toml", 'cutoff_day = "friday"', 'every = "month"\nfirst_number = 40')


def _day(site: Any) -> None:
    site.edit("site.toml", '"friday"', '"tuesday"')


def _zone(site: Any) -> None:
    site.edit("site.toml", "Europe/Berlin", "Pacific/Auckland")


def _sections(site: Any) -> None:
    site.edit("site.toml", "[feeds]", '[[sections]]\nname = "Birds"\n[feeds]')
    site.edit("content/gulls.md", "heat", "section: Birds\nheat")


def _redated(site: Any) -> None:
    site.edit("content/ropes.md", "2026-03-05", "2026-03-17")


def _skipped(site: Any) -> None:
    site.put("content/editions/2026-W11.md", b"---\nskip: true\n---\n")


def _others(site: Any) -> None:
    for number in range(5):
        story(site, f"new{number}", f"2026-03-1{number}", f"heat: {number}\ntags: [gulls]\n")


EDITS = {
    "a rank": _rank,
    "an article into the past": _past,
    "an article before all": _before,
    "another rhythm": _rhythm,
    "another cut-off": _day,
    "another zone": _zone,
    "sections": _sections,
    "another date": _redated,
    "a week skipped": _skipped,
    "what came since": _others,
}


@pytest.mark.parametrize("edit", EDITS)
def test_g19_what_was_sent_stays(closed: Any, edit: str) -> None:
    before, entries = sent(closed), ids(closed, "feed.json")
    EDITS[edit](closed)
    closed.build(now=datetime.fromisoformat(LATER).astimezone(UTC))
    assert sent(closed) == before
    for feed in ("feed.json", "editions/feed.json"):
        found = ids(closed, feed)
        assert len(found) == len(set(found))
    assert set(entries) <= set(ids(closed, "feed.json"))


def test_g19_a_renamed_file_keeps_its_id_or_is_told(closed: Any) -> None:
    (closed.root / "content/gulls.md").rename(closed.root / "content/seabirds.md")
    report = closed.build(now=datetime.fromisoformat(LATER).astimezone(UTC))
    assert any("guid" in (problem.help or problem.message) for problem in report.problems)


def test_g19_a_dated_correction_is_the_one_way(closed: Any, tmp_path: Path) -> None:
    before = sent(closed)
    closed.edit("content/crane.md", "heat: 1\n", "heat: 1\ncorrections:\n"
                "  - {date: 2026-03-10, text: The crane is forty years old.}\n")  # fmt: skip
    report = closed.build(now=datetime.fromisoformat(LATER).astimezone(UTC))
    assert [p.code for p in report.problems if p.severity != "note"] == []
    letters = {path: data for path, data in sent(closed).items() if "email" in path}
    assert letters.items() <= before.items()
    assert b"forty years old" in sent(closed)["feed.xml"] or b"forty" in closed.page(
        "corrections/feed.xml").encode()  # fmt: skip
