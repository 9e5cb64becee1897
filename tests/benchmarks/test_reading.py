"""What is measured of pages: which of them, and which stories make the full edition."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Benchmark = Callable[[str], ModuleType]


def test_of_each_kind_of_page_some_are_chosen(benchmark: Benchmark) -> None:
    pages = [f"articles/{n}/index.html" for n in range(9)]
    pages += ["topics/index.html", "topics/a/index.html", "404.html"]
    assert benchmark("reading").one_of_a_kind(pages) == [*pages[:2], *pages[9:]]


def test_the_full_edition_has_ninety_stories(benchmark: Benchmark, tmp_path: Path) -> None:
    benchmark("reading").stories(tmp_path / "content", None)
    assert sum(1 for _ in (tmp_path / "content").rglob("*.md")) == 90


def test_stories_that_are_kept_back_make_no_edition(benchmark: Benchmark, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.md").write_text("---\ntitle: A\n---\nText.\n")
    (given / "b.md").write_text("---\ntitle: B\npublished: false\n---\nText.\n")
    reading = benchmark("reading")
    reading.stories(tmp_path / "content", given)
    (made,) = (tmp_path / "content").iterdir()
    assert made.read_text() == f"---\nedition: {reading.WEEK}\ntitle: A\n---\nText.\n"


def test_what_misses_its_mark_is_said_again_at_the_end(
    benchmark: Benchmark, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = benchmark("reading")
    reading.say("Nu", "0 errors", fine=True)
    reading.say("axe", "2 findings", fine=False)
    assert capsys.readouterr().out == "ok   Nu: 0 errors\nMISS axe: 2 findings\n"
    assert reading.missed == ["axe"]
