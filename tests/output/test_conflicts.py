"""No two outputs share a path, on any file system, and both are named."""

import pytest

from site_gen.model import Page
from site_gen.output.conflicts import find_conflicts, has_collision


def page(path: str, origin: str) -> Page:
    return Page(path=path, format="html", kind="page", origin=origin)


@pytest.mark.parametrize(("one", "two"), [
    ("a/index.html", "a/index.html"), ("a/index.html", "A/Index.html"),
    ("caf\u00e9.html", "cafe\u0301.html"), ("a", "a/index.html"), ("A", "a/b/c"),
    ("stra\u00dfe", "strasse"),
])  # fmt: skip
def test_two_pages_on_one_path_are_refused_and_both_named(one: str, two: str) -> None:
    kept, (problem,) = find_conflicts([page(one, "first"), page(two, "second")])
    assert len(kept) <= 1
    assert has_collision([one], ["0", two])
    assert has_collision([two], [one, "z"])
    assert {problem.where.path, *(w.path for w in problem.also)} == {"first", "second"}  # type: ignore[union-attr]


def test_pages_apart_are_kept() -> None:
    pages = [page("a/index.html", "1"), page("a/b/index.html", "2"), page("ab", "3")]
    kept, problems = find_conflicts(pages)
    assert (kept, problems) == (pages, [])
    paths = [each.path for each in pages]
    assert not any(has_collision([path], [p for p in paths if p != path]) for path in paths)
    assert not has_collision([], paths)


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a/./b", "", "a/", "con", "aux.html/x",
                                  "a:b", "a\\b", "a\nb", "a ", "a.", "x" * 256, "nul.txt",
                                  "\u00e9" * 128, "a\x00b", 'a"b', "a?b", "lpt1",
                                  ".site_gen-files", ".Site_Gen-Files/a"])  # fmt: skip
def test_a_path_that_not_every_file_system_can_hold_is_refused(path: str) -> None:
    kept, (problem,) = find_conflicts([page(path, "content/a.md")])
    assert kept == []
    assert problem.code == "output/path"
    assert problem.where
    assert problem.where.path == "content/a.md"
