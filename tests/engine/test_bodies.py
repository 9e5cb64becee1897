"""The short way of edited bodies: taken where it may be, and never to another site."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine import bodies, work
from site_gen.engine.memo import Memo
from site_gen.engine.settled import INPUTS
from site_gen.engine.snapshot import SIZE

PAGE = "articles/a/index.html"


@pytest.fixture
def desk(weekly: Any, engines: Any) -> Any:
    """A site of few formats, built, its inputs old enough to be believed."""
    weekly.put("site.toml", engines.FEW + weekly.read("site.toml"))
    weekly.age()
    weekly.good()
    return weekly


@pytest.fixture
def long_ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The builds that arranged all articles."""
    found = []
    plain = work.arrange

    def told(*arguments: Any) -> Any:
        found.append("arrange")
        return plain(*arguments)

    monkeypatch.setattr(work, "arrange", told)
    return found


def write(desk: Any, text: str, path: str = "content/a.md") -> None:
    desk.put(path, desk.read(path) + f"\n{text}\n")


def spoil(desk: Any, state: str, spoilt: Callable[[bytes], bytes]) -> None:
    """Change what the memo has for the output under this name."""
    memo = Memo(desk.root / ".site_gen/memo.sqlite")
    name = str(desk.public.resolve())
    data = memo.bytes_of(name, state)
    assert data
    memo.set_bytes(name, state, spoilt(data))
    memo.close()


def same(desk: Any, tmp_path: Path, long_ways: list[str]) -> None:
    """The output is what a clean build gives, and another build has nothing to do."""
    before = len(long_ways)
    assert desk.tree() == desk.clean(tmp_path / "clean")
    assert len(long_ways) == before + 1
    again = desk.good()
    assert (again.read, again.rendered, again.written) == (0, (), ())


def test_an_edited_body_makes_its_page_and_the_feeds_that_carry_it(
    desk: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    for text in ("One.", "Two.", "Three."):
        write(desk, text)
        report = desk.good()
        rendered = {each.path: each.reasons for each in report.rendered}
        assert rendered[PAGE] == ("body",)
        assert rendered["feed.xml"] == rendered["topics/ferries/atom.xml"] == ("bodies",)
        assert (report.read, len(rendered)) == (1, len(report.written))
        assert not any(path.startswith(("editions/", "sitemap")) for path in rendered)
        assert report.articles == 4
        assert long_ways == []
        assert text in (desk.public / PAGE).read_text()
    same(desk, tmp_path, long_ways)


def test_several_bodies_at_once_and_one_with_a_picture_of_its_own(
    desk: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    for path in ("content/a.md", "content/b.md"):
        write(desk, "More.", path)
    assert desk.good().read == 2
    assert long_ways == []
    same(desk, tmp_path, long_ways)


def test_an_article_too_old_for_any_feed_makes_one_page(
    desk: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    desk.edit("site.toml", "items = 6", "items = 1")
    desk.good()
    long_ways.clear()
    oldest = min(
        (p for p in (desk.root / "content").glob("?.md")),
        key=lambda p: p.read_text().partition("publishedDateTime")[2][:14],
    )
    write(desk, "Late.", f"content/{oldest.name}")
    report = desk.good()
    assert "feed.xml" not in {each.path for each in report.rendered}
    assert long_ways == []
    same(desk, tmp_path, long_ways)


def test_a_touched_file_is_hashed_and_nothing_else(desk: Any, long_ways: list[str]) -> None:
    desk.put("content/a.md", desk.read("content/a.md"))
    report = desk.good()
    assert (report.hashed, report.read, report.rendered) == (1, 0, ())
    assert long_ways == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/a.md", "title:", "heat: 3\ntitle:"),
        ("site.toml", "items = 6", "items = 5"),
        ("themes/weekly/templates/tail.html", "", "x"),
        ("content/editions/2024-W07.md", "---\n", "---\ndraft: true\n"),
        ("content/pages/about.md", "---\n", "---\norder: 4\n"),
    ],
)
def test_whatever_else_changes_too_takes_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str], path: str, old: str, new: str
) -> None:
    write(desk, "And this.")
    desk.put(path, desk.read(path).replace(old, new, 1))
    desk.good()
    assert long_ways == ["arrange"]
    same(desk, tmp_path, long_ways)


def test_an_article_more_or_less_takes_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    desk.put("content/x.md", desk.read("content/a.md").replace("title: ", "title: Another "))
    desk.good()
    (desk.root / "content/x.md").unlink()
    desk.good()
    assert long_ways == ["arrange", "arrange"]
    same(desk, tmp_path, long_ways)


def test_a_body_that_comes_to_be_broken_is_said_and_stays(desk: Any) -> None:
    before = desk.tree()
    desk.put("content/a.md", "---\ntitle: [\n---\nx\n")
    report = desk.build()
    assert not report.ok
    assert [p.where.path for p in report.problems] == ["content/a.md"]
    assert desk.tree() == before


def test_other_options_or_another_time_take_the_long_way(desk: Any, long_ways: list[str]) -> None:
    write(desk, "More.")
    desk.good(drafts=True)
    write(desk, "Still more.")
    desk.good(noindex=True)
    assert len(long_ways) == 2


def test_a_harmed_output_takes_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    write(desk, "More.")
    (desk.public / "index.html").write_text("harmed")
    desk.good()
    assert long_ways == ["arrange"]
    same(desk, tmp_path, long_ways)


@pytest.mark.parametrize("same_stamp", [False, True])
def test_another_output_built_meanwhile_takes_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str], same_stamp: bool
) -> None:
    path = desk.root / "content/a.md"
    write(desk, "One.")
    desk.good()
    status = path.stat()
    path.write_text(path.read_text().replace("One.", "Two."))
    if same_stamp:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    desk.good(output=tmp_path / "other")
    long_ways.clear()
    desk.good()
    assert long_ways == ["arrange"]
    assert "Two." in (desk.public / PAGE).read_text()
    same(desk, tmp_path, long_ways)


@pytest.mark.parametrize("harm", ["gone", "short", "garbage"])
def test_stamps_that_are_wrong_cost_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str], harm: str
) -> None:
    def spoilt(data: bytes) -> bytes:
        assert len(data) % SIZE == 0
        return {"gone": b"", "short": data[1:], "garbage": data[::-1]}[harm]

    spoil(desk, INPUTS, spoilt)
    write(desk, "More.")
    assert desk.build().ok
    assert long_ways == ["arrange"]
    same(desk, tmp_path, long_ways)


@pytest.mark.parametrize("harm", ["gone", "of another state", "garbage"])
def test_an_outline_that_is_wrong_costs_the_long_way(
    desk: Any, tmp_path: Path, long_ways: list[str], harm: str
) -> None:
    def spoilt(data: bytes) -> bytes:
        other = data.replace(b"Ferries", b"Ferried")
        return {"gone": b"", "of another state": other, "garbage": b"\xc1" * 40}[harm]

    spoil(desk, bodies.OUTLINE, spoilt)
    write(desk, "More.")
    report = desk.build()
    assert report.ok
    assert long_ways == ["arrange"]
    same(desk, tmp_path, long_ways)


def test_a_site_with_search_takes_the_long_way(
    weekly: Any, tmp_path: Path, long_ways: list[str]
) -> None:
    weekly.age()
    weekly.good()
    long_ways.clear()
    write(weekly, "More.")
    weekly.good()
    assert long_ways == ["arrange"]
    same(weekly, tmp_path, long_ways)


def test_a_page_that_cannot_be_rendered_is_a_problem_and_the_site_stays(desk: Any) -> None:
    path = "themes/weekly/templates/tail.html"
    desk.put(path, desk.read(path) + "{{ boom if body and 'boom' in body }}")
    desk.age()
    desk.good()
    before = desk.tree()
    write(desk, "boom")
    report = desk.build()
    assert not report.ok
    assert desk.tree() == before
    write(desk, "and again")
    assert not desk.build().ok


@pytest.mark.parametrize("revert", [False, True])
def test_a_death_at_any_step_costs_only_another_build(
    desk: Any, tmp_path: Path, engines: Any, revert: bool
) -> None:
    """The process dies before each step of the commit in turn, until it comes to its end."""
    text = desk.read("content/a.md")
    for step in range(1, 60):
        write(desk, f"Number {step}.")
        steps = desk.killed(step)
        if revert:
            desk.put("content/a.md", text)
        desk.good()
        assert engines.differing(desk.tree(), desk.clean(tmp_path / "clean")) == [], step
        if steps:
            break
        desk.put("content/a.md", text)
        desk.good()
    assert steps >= 5  # a plan, a page, three feeds, the end
