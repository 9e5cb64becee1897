"""The short way of a check: what it reads, and that it says what the long way says."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen.check import run as checking
from site_gen.check.findings import in_order
from site_gen.query import contents_of

pytestmark = pytest.mark.any_version

FERRY = "A ferry burns shells of mussels at Port Isaac"


@pytest.fixture
def long_ways(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Each time that a whole site is read."""
    seen: list[Any] = []

    def counted(*given: Any) -> Any:
        seen.append(given)
        return contents_of(*given)

    monkeypatch.setattr(checking, "contents_of", counted)
    return seen


def large(site: Any, stories: int = 6) -> None:
    """Three weeks of stories, the last open and with a note."""
    for week, day in enumerate(("2026-02-18", "2026-02-25", "2026-03-04")):
        for n in range(stories):
            site.article(f"w{week}/s{week}{n}", f"Words of the story {n} on {day}.",
                         publishedDateTime=f"{day}T0{n}:30:00Z",
                         webUrl=f"https://harbour.example/{week}/{n}")  # fmt: skip
    note = "---\ntitle: The week\nlead: s21\n---\n\nText.\n"
    for number in (8, 9, 10):
        site.put(f"content/editions/2026-W{number:02}.md", note)


def same_as_anew(site: Any, tmp_path: Path, **request: Any) -> None:
    """What is said now is what a check of a fresh copy says."""
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site.root, copy, ignore=shutil.ignore_patterns(".site_gen", "copy"))
    here, there = site.check(**request), type(site)(copy, settings=None).check(**request)
    assert here.findings == there.findings
    assert here.problems == there.problems
    assert here.ignored == there.ignored


EDITS: dict[str, Callable[[Any], None]] = {
    "body": lambda s: s.article("w2/s21", "Other words, and the the quay.",
                                publishedDateTime="2026-03-04T01:30:00Z",
                                webUrl="https://harbour.example/2/1"),
    "title": lambda s: s.article("w2/s22", title=FERRY, publishedDateTime="2026-03-04T02:30:00Z",
                                 webUrl="https://harbour.example/2/2"),
    "the same title": lambda s: s.article("w2/s23", title=FERRY,
                                          publishedDateTime="2026-03-04T03:30:00Z",
                                          webUrl="https://harbour.example/2/3"),
    "excerpt": lambda s: s.article("w1/s10", excerpt="It ends in…",
                                   publishedDateTime="2026-02-25T00:30:00Z",
                                   webUrl="https://harbour.example/1/0"),
    "address": lambda s: s.article("w2/s24", publishedDateTime="2026-03-04T04:30:00Z",
                                   webUrl="https://harbour.example/0/4"),
    "provider": lambda s: s.article("w0/s04", publishedDateTime="2026-02-18T04:30:00Z",
                                    provider={"name": "Another"}),
    "note": lambda s: s.put("content/editions/2026-W10.md",
                            "---\ntitle: W\nlead: s21\n---\n\nSays 4,711 [so](https://a.example/).\n"),
    "links of an old note": lambda s: s.put(
        "content/editions/2026-W08.md",
        "---\ntitle: W\n---\n\n- [It](https://harbour.example/2/5)\n- [X](https://a.example/1)\n"),
    "a heading and a link to it": lambda s: s.article(
        "w1/s13", "[up](#quay)\n\n# Quay\n\nText.", publishedDateTime="2026-02-25T03:30:00Z"),
    "a dead link": lambda s: s.article("w1/s13", "[up](/nowhere/)",
                                       publishedDateTime="2026-02-25T03:30:00Z"),
    "the same, moved": lambda s: s.article("w1/s13", "Text.\n\n[up](/nowhere/)",
                                           publishedDateTime="2026-02-25T03:30:00Z"),
    "silenced": lambda s: s.article("w2/s25", "It is the the quay.", checkIgnore=["text: so it is"],
                                    publishedDateTime="2026-03-04T05:30:00Z"),
    "silenced otherwise": lambda s: s.article("w2/s25", "Is the the quay.", checkIgnore=["txt: no"],
                                              publishedDateTime="2026-03-04T05:30:00Z"),
    "a fault of the build": lambda s: s.article("w0/s00", quality="lots",
                                                publishedDateTime="2026-02-18T00:30:00Z"),
    "mended": lambda s: s.article("w0/s00", quality=3, publishedDateTime="2026-02-18T00:30:00Z"),
    "another week": lambda s: s.article("w0/s01", publishedDateTime="2026-03-01T00:30:00Z"),
    "far ahead": lambda s: s.article("w0/s01", publishedDateTime="2026-05-01T00:30:00Z"),
    "one more": lambda s: s.article("w2/new", "It is the the quay."),
    "one less": lambda s: (s.root / "content/w2/new.md").unlink(),
    "a picture": lambda s: s.put("content/a.png", "x" * 2_000_000),
    "seen in": lambda s: s.article("w2/s21", "![A quay](../a.png)",
                                   publishedDateTime="2026-03-04T01:30:00Z"),
    "lighter": lambda s: s.put("content/a.png", "x"),
    "no text": lambda s: (s.root / "content/w1/s14.md").write_bytes(b"---\ntitle: \xff\n---\n"),
    "a locked note": lambda s: s.put("content/editions/2026-W08.lock", "number = 1\n"),
}  # fmt: skip


def test_after_each_edit_it_says_what_a_first_check_says(site: Any, tmp_path: Path) -> None:
    large(site)
    same_as_anew(site, tmp_path)
    for edit in EDITS.values():
        edit(site)
        same_as_anew(site, tmp_path)
        same_as_anew(site, tmp_path, edition="open")
        same_as_anew(site, tmp_path, edition="2026-W08")
    same_as_anew(site, tmp_path, paths=("content/w1",))


@pytest.mark.parametrize("name", ["body", "title", "excerpt", "note"])
def test_one_edit_reads_one_file_and_no_catalog(
    site: Any, tmp_path: Path, long_ways: list[Any], name: str
) -> None:
    large(site)
    assert site.check().read == 21
    assert len(long_ways) == 1
    EDITS[name](site)
    assert site.check().read == 1
    assert site.check().read == 0
    assert site.check(edition="open").read == 0
    assert len(long_ways) == 1
    same_as_anew(site, tmp_path)


def test_what_the_clock_brings_goes_the_long_way(site: Any, long_ways: list[Any]) -> None:
    from datetime import UTC, datetime

    large(site)
    site.article("soon", publishedDateTime="2026-03-20T07:30:00Z")
    assert "front-matter/future" in {r for r, _, _ in site.rules()}
    later = datetime(2026, 3, 15, tzinfo=UTC)
    assert "front-matter/future" not in {r for r, _, _ in site.rules(now=later)}
    site.rules(now=later)
    assert len(long_ways) == 2


def test_of_many_findings_of_a_rule_the_first_are_told_and_the_others_counted(site: Any) -> None:
    large(site)
    for n in range(9):
        site.article(f"c/{n}", "It is the the quay.", checkIgnore=["text: so"] if n == 4 else [],
                     title="THE FERRY HAS LEFT THE HARBOUR")  # fmt: skip
    whole, brief = site.check(only=("text",)), site.check(only=("text",), most=2)
    first = {f for rule in {f.hit.rule for f in whole.findings}
             for f in [f for f in whole.findings if f.hit.rule == rule][:2]}  # fmt: skip
    assert first <= set(brief.findings)
    assert brief.findings == in_order(brief.findings)
    counted = [(f.hit.rule, f.level) for f in brief.findings]
    counted += [rule for rule, count in brief.only_counted.items() for _ in range(count)]
    assert sorted(counted) == sorted((f.hit.rule, f.level) for f in whole.findings)
    assert brief.ignored == whole.ignored == 2
    assert (brief.only_counted["text/doubled-word", "hint"], brief.read) == (6, 0)


def test_what_was_kept_and_is_gone_is_made_anew(site: Any) -> None:
    import sqlite3

    large(site)
    before = site.check().findings
    for spoil in ("delete from edition", "delete from file", "update state set data='x'"):
        db = sqlite3.connect(site.root / ".site_gen/check.sqlite")
        with db:
            db.execute(spoil)
        db.close()
        EDITS["excerpt"](site)
        assert site.check().findings != []
        site.article("w1/s10", "Words of the story 0 on 2026-02-25.",
                     publishedDateTime="2026-02-25T00:30:00Z",
                     webUrl="https://harbour.example/1/0")  # fmt: skip
        assert site.check().findings == before


def test_a_longer_note_is_held_against_the_budgets(
    site: Any, tmp_path: Path, long_ways: list[Any]
) -> None:
    large(site)
    site.settings("[check]\nwords = 900\nminutes = 9")

    def told() -> list[str]:
        found = site.check().findings
        return [f.hit.message for f in found if f.hit.rule == "editions/budget"]

    site.put("content/editions/2026-W08.md", "---\ntitle: Eight\n---\nA note.\n")
    assert told() == []
    site.put("content/editions/2026-W08.md", f"---\ntitle: Eight\n---\nA note. {'word ' * 2000}\n")
    assert len(told()) == 2
    assert len(long_ways) == 1
    same_as_anew(site, tmp_path)
