"""What a process keeps between builds makes them quicker, and changes nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine import arrangement, open_pages
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.site import Viewer
from site_gen.formats.html import head as heads

MOST = 12
"""Units that an edited body may concern, the search index aside."""

PREVIEW: dict[str, Any] = {"preview": True, "output": Path("public")}


@pytest.fixture
def desk(weekly: Any) -> Any:
    """The whole site, built twice in one process, its inputs old enough to be believed."""
    weekly.age()
    weekly.kept = Kept()
    weekly.build(kept=weekly.kept)
    weekly.edit("content/c.md", "---\n", "---\nheat: 11\n")
    weekly.build(kept=weekly.kept)
    return weekly


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whether arranging was not spared, and how often."""
    called: list[str] = []
    plain = arrangement.arrange

    def told(*arguments: Any) -> Any:
        called.append("arrange")
        return plain(*arguments)

    monkeypatch.setattr(arrangement, "arrange", told)
    monkeypatch.setattr(open_pages, "arrange", told)
    return called


def same(desk: Any, tmp_path: Any) -> None:
    """The next build equals a clean one."""
    report = desk.build(kept=desk.kept)
    assert report.ok
    assert desk.tree() == desk.clean(tmp_path / "clean")


def body(desk: Any, text: str, path: str = "content/a.md") -> None:
    desk.put(path, desk.read(path) + f"\n{text}\n")


def test_an_edited_body_costs_no_arranging_and_a_few_units(
    desk: Any, made: list[str], tmp_path: Any
) -> None:
    for text in ("One.", "Two.", "Three."):
        body(desk, text)
        report = desk.build(kept=desk.kept)
        assert report.ok
        assert made == []
        beside = [name for name in report.planned if not name.startswith("search ")]
        assert 1 <= len(beside) <= MOST
        assert len(report.planned) - len(beside) == 1
        assert "articles/a/index.html" in {r.path for r in report.rendered}
        assert {r.reasons for r in report.rendered} <= {
            ("body",),
            ("bodies",),
            ("articles",),
            ("terms",),
        }
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_two_bodies_at_once(desk: Any, made: list[str], tmp_path: Any) -> None:
    body(desk, "One.")
    body(desk, "Two.", "content/b.md")
    assert desk.build(kept=desk.kept).ok
    assert made == []
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_a_body_edited_before_a_build_that_failed(desk: Any, tmp_path: Any) -> None:
    """The failed build arranges and never plans; the next one sees both edits."""
    body(desk, "Seen by the build that fails.")
    desk.put("themes/weekly/theme.toml", desk.read("themes/weekly/theme.toml") + "\n[broken")
    assert not desk.build(kept=desk.kept).ok
    desk.edit("themes/weekly/theme.toml", "\n[broken", "")
    body(desk, "Seen by the next.", "content/b.md")
    same(desk, tmp_path)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/a.md", "---\n", "---\nheat: 77\n"),
        ("site.toml", "items = 6", "items = 2"),
        ("themes/weekly/theme.toml", "\n", "\n# said\n"),
    ],
)
def test_another_edit_beside_a_body(
    desk: Any, path: str, old: str, new: str, tmp_path: Any
) -> None:
    body(desk, "More.", "content/b.md")
    desk.put(path, desk.read(path).replace(old, new, 1))
    same(desk, tmp_path)


def test_a_moment_at_which_an_edition_closes(desk: Any, made: list[str], tmp_path: Any) -> None:
    desk.now -= timedelta(days=110)
    body(desk, "Earlier.")
    same(desk, tmp_path)
    assert "arrange" in made


def test_files_that_come_and_go(desk: Any, engines: Any, tmp_path: Any) -> None:
    desk.put("content/new.md", engines.article("New", 15))
    body(desk, "One.")
    same(desk, tmp_path)
    (desk.root / "content/new.md").unlink()
    body(desk, "Two.")
    same(desk, tmp_path)


def test_what_another_process_built_meanwhile(desk: Any, made: list[str], tmp_path: Any) -> None:
    body(desk, "Built by another.")
    assert desk.outside()["ok"]
    body(desk, "Built by this one.")
    same(desk, tmp_path)
    assert made.count("arrange") == 1  # of the clean build alone


def test_a_body_that_comes_to_be_or_goes(desk: Any, tmp_path: Any) -> None:
    text = desk.read("content/a.md")
    head = text.rpartition("---\n")[0]
    for now in (f"{head}---\n", text):
        desk.put("content/a.md", now)
        same(desk, tmp_path)


def test_pages_are_published_before_all_else_for_who_waits(desk: Any, tmp_path: Any) -> None:
    seen = []

    def shown(report: Any) -> None:
        page, feed = ((desk.public / p).read_text() for p in ("articles/a/index.html", "atom.xml"))
        seen.append(("Early." in page, "Early." in feed, set(report.written)))

    body(desk, "Early.")
    report = desk.build(kept=desk.kept, viewer=Viewer(shown))
    ((in_page, in_feed, written),) = seen
    assert (in_page, in_feed) == (True, False)
    assert {"articles/a/index.html"} <= written < set(report.written)
    assert len(report.rendered) == len({r.path for r in report.rendered})
    assert desk.tree() == desk.clean(tmp_path / "clean")
    assert not (desk.root / ".site_gen/stage").exists()


def test_home_is_there_first_and_feeds_are_last_in_a_first_build(
    weekly: Any, tmp_path: Any
) -> None:
    there = []

    def shown(report: Any) -> None:
        there.append({p for p in ("index.html", "articles/a/index.html", "feed.xml")
                      if (weekly.public / p).is_file()})  # fmt: skip

    weekly.age()
    assert weekly.build(kept=Kept(), viewer=Viewer(shown)).ok
    assert there == [{"index.html"}, {"index.html", "articles/a/index.html"}]
    assert weekly.tree() == weekly.clean(tmp_path / "clean")


def test_the_page_that_somebody_waits_for_comes_with_home_in_a_first_build(weekly: Any) -> None:
    there = []

    def shown(report: Any) -> None:
        there.append(sorted(path for path in report.written if path.startswith("articles/")))

    weekly.age()
    waited_for = ("articles/b/index.html", "no/such/page.html")
    assert weekly.build(kept=Kept(), viewer=Viewer(shown, lambda: waited_for)).ok
    assert there[0] == ["articles/b/index.html"]
    assert len(there[1]) > 1


def test_a_death_between_pages_and_the_rest_costs_only_another_build(
    desk: Any, tmp_path: Any
) -> None:
    def shown(report: Any) -> None:
        raise KeyboardInterrupt

    body(desk, "Early.")
    with pytest.raises(KeyboardInterrupt):
        desk.build(kept=desk.kept, viewer=Viewer(shown))
    report = desk.build()
    assert "articles/a/index.html" not in {r.path for r in report.rendered}
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_an_edited_title_plans_the_articles_of_its_edition(
    desk: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    planned: list[str] = []
    plain = heads.article

    def told(site: Any, card: Any, *others: Any) -> Any:
        planned.append(card.slug)
        return plain(site, card, *others)

    monkeypatch.setattr(heads, "article", told)
    desk.edit("content/a.md", "title: ", "title: Another ")
    assert desk.build(kept=desk.kept).ok
    assert "a" in planned
    assert 0 < len(planned) < len(list(desk.public.glob("articles/*/index.html")))
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_an_edited_style_sheet_plans_nothing_and_costs_one_file(
    desk: Any, made: list[str], tmp_path: Any
) -> None:
    """As in a preview, where the names of assets have no fingerprint."""
    style = "themes/weekly/assets/style.css"
    for colour in ("#123", "#456"):
        desk.put(style, f"body {{ color: {colour} }}\n")
        report = desk.build(kept=desk.kept, **PREVIEW)
        assert report.ok
    assert report.planned == ("assets theme",)
    assert [each.path for each in report.rendered] == ["assets/style.css"]
    assert desk.tree() == desk.clean(tmp_path / "clean", **PREVIEW)


def test_a_style_sheet_with_another_colour_for_cards_draws_them_anew(
    desk: Any, tmp_path: Any
) -> None:
    style = "themes/weekly/assets/style.css"
    for colour in ("#123456", "#654321"):
        desk.put(style, f":root {{ --accent: {colour} }}\n")
        assert desk.build(kept=desk.kept, **PREVIEW).ok
    assert desk.tree() == desk.clean(tmp_path / "clean", **PREVIEW)


def test_a_page_that_leaves_the_menu_leaves_every_page(desk: Any, tmp_path: Any) -> None:
    (desk.root / "content/pages/about.md").unlink()
    same(desk, tmp_path)
