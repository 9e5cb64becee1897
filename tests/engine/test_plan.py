"""Units: only those are planned of which something changed, whatever process asks."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.cache.in_process import Kept
from site_gen.memo.memo import Memo

BODY = 12
"""Units that an edited body may concern, the search index aside."""


@pytest.fixture
def built(weekly: Any) -> Any:
    """The whole site with every format, built once, its inputs old enough to be believed."""
    weekly.put("site.toml", weekly.read("site.toml") + "\n[api]\nbodies = true\n")
    weekly.age()
    assert weekly.build().ok
    return weekly


def planned(site: Any, **asked: Any) -> set[str]:
    report = site.build(**asked)
    assert report.ok, report.problems
    return set(report.planned)


def beside_search(units: set[str]) -> set[str]:
    return {name for name in units if not name.startswith("search ")}


def same(site: Any, folder: Path) -> None:
    assert site.tree() == site.clean(folder)


def test_a_first_build_plans_everything_and_the_next_nothing(built: Any) -> None:
    built.put("content/a.md", built.read("content/a.md"))
    assert planned(built) == set()
    built.put("site.toml", built.read("site.toml").replace("items = 6", "items = 5"))
    assert len(planned(built)) > 40


@pytest.mark.parametrize("kept", [True, False])
def test_an_edited_body_plans_what_shows_it(built: Any, tmp_path: Path, kept: bool) -> None:
    process = Kept() if kept else None
    built.put("content/a.md", built.read("content/a.md") + "\nOne more sentence.\n")
    found = planned(built, kept=process)
    assert 1 <= len(beside_search(found)) <= BODY
    assert len(found - beside_search(found)) == 1
    assert len([name for name in found if name.startswith("html ")]) == 1
    same(built, tmp_path / "clean")


def test_an_edited_title_plans_no_edition_that_does_not_name_it(built: Any, tmp_path: Path) -> None:
    built.edit("content/a.md", "title: ", "title: Another ")
    found = planned(built)
    own, names_it = "html articles 2024-W07", "html articles 2024-W08"
    assert {name for name in found if name.startswith("html articles ")} == {own, names_it}
    assert len([name for name in found if name.startswith("html edition ")]) == 1
    assert len([name for name in found if name.startswith("epub ")]) <= 1
    same(built, tmp_path / "clean")


def test_a_file_harmed_in_the_output_is_made_though_its_unit_is_known(
    built: Any, tmp_path: Path
) -> None:
    (built.public / "articles/a/index.html").unlink()
    (built.public / "sitemap.xml").write_text("harmed")
    report = built.build()
    assert report.planned == ()
    assert {each.path for each in report.rendered} == {"articles/a/index.html", "sitemap.xml"}
    same(built, tmp_path / "clean")


@pytest.mark.parametrize("path", ["articles/b/index.html", "ARTICLES/B", "Articles/a/index.html/x"])
def test_a_file_that_comes_to_lie_on_a_known_page_is_refused_as_in_a_first_build(
    built: Any, tmp_path: Path, path: str
) -> None:
    before = built.tree()
    built.put(f"content/static/{path}", "mine")
    report = built.build()
    assert not report.ok
    assert "output/collision" in {p.code for p in report.problems}
    assert built.tree() == before
    (built.root / f"content/static/{path}").unlink()
    built.put("content/static/articles/mine.txt", "mine")
    assert planned(built)
    same(built, tmp_path / "clean")


def test_pages_of_known_units_are_not_looked_up(
    built: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = Memo.unit_pages

    def pages(self: Memo, output: str, name: str) -> tuple[bytes, str]:
        asked.append(name)
        return plain(self, output, name)

    monkeypatch.setattr(Memo, "unit_pages", pages)
    built.put("content/a.md", built.read("content/a.md") + "\nOne more sentence.\n")
    assert set(asked) <= planned(built)
    assert asked
    same(built, tmp_path / "clean")


def test_units_that_are_no_more_are_forgotten(built: Any, tmp_path: Path) -> None:
    def units() -> set[str]:
        memo = Memo(built.root / ".site_gen/memo.sqlite")
        try:
            return set(memo.units(str(built.public.resolve())))
        finally:
            memo.close()

    before = units()
    built.put("site.toml", 'formats = ["html"]\n' + built.read("site.toml"))
    assert built.build().ok
    after = units()
    assert after < before
    assert {name.split(" ")[0] for name in after} <= {
        "html",
        "assets",
        "images",
        "security_txt",
        "service_worker",
    }
    same(built, tmp_path / "clean")


def test_units_of_one_format_have_names_of_their_own(built: Any) -> None:
    built.put("site.toml", built.read("site.toml").replace("items = 6", "items = 5"))
    report = built.build()
    assert len(report.planned) == len(set(report.planned))
