"""The open pages before the build: sooner, and never instead of it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine import build as building
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.site import Viewer
from site_gen.formats.common import stored_parts
from site_gen.memo.memo import Memo

pytestmark = pytest.mark.any_version

PAGE = "articles/a/index.html"
EDITION = "editions/2024-W07/index.html"


class Desk:
    """A site at which somebody looks; remembers what was shown before files were looked at."""

    def __init__(self, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = site
        self.kept = Kept()
        self.ahead: list[tuple[str, ...]] = []
        self.scanned = 0
        self.told: Any = lambda report: None
        plain = building.take_snapshot

        def counted(root: Path) -> Any:
            self.scanned += 1
            return plain(root)

        monkeypatch.setattr(building, "take_snapshot", counted)

    def build(self, *changed: str, newer: Any = lambda: False, at: str = PAGE, **asked: Any) -> Any:
        """A build told of these changes by a viewer of the page `at`."""
        start = self.scanned
        self.ahead = []

        def shown(report: Any) -> None:
            self.told(report)
            if self.scanned == start:
                self.ahead.append(report.written)

        paths = tuple(str(self.site.root / path) for path in changed)
        viewer = Viewer(shown, lambda: (at,), paths, newer)
        return self.site.build(kept=self.kept, viewer=viewer, **asked)

    def page(self, path: str = PAGE) -> str:
        return str((self.site.public / path).read_text())


@pytest.fixture
def desk(weekly: Any, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The whole site, built, its inputs old enough to be believed."""
    weekly.age()
    made = Desk(weekly, monkeypatch)
    assert made.build().ok
    return made


def title(desk: Desk, text: str, path: str = "content/a.md") -> None:
    lines = desk.site.read(path).split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = f"title: {text}"
    desk.site.put(path, "\n".join(lines))


def clean(desk: Desk, tmp_path: Path) -> None:
    assert desk.site.tree() == desk.site.clean(tmp_path / "clean")


def test_a_save_amid_a_build_that_wrote_its_page_already_is_told_again(desk: Desk) -> None:
    def saved(report: Any) -> None:
        if "Later." not in desk.site.read("content/a.md"):
            desk.site.put("content/a.md", desk.site.read("content/a.md") + "\nLater.\n")

    desk.told = saved
    desk.site.put("content/a.md", desk.site.read("content/a.md") + "\nEarly.\n")
    report = desk.build("content/a.md")
    assert "Later." in desk.page()
    assert report.rewritten == (PAGE,)


def test_an_edited_body_is_shown_before_any_file_is_looked_for(desk: Desk, tmp_path: Path) -> None:
    desk.site.put("content/a.md", desk.site.read("content/a.md") + "\nEarly.\n")
    report = desk.build("content/a.md")
    assert desk.ahead == [(PAGE,)]
    assert "Early." in desk.page()
    assert report.ok
    assert report.read == 1
    paths = [r.path for r in report.rendered]
    assert len(paths) == len(set(paths))
    clean(desk, tmp_path)


def test_of_a_thousand_changes_the_open_article_alone_is_read_before_it_is_shown(
    desk: Desk, tmp_path: Path
) -> None:
    changed = sorted(p.relative_to(desk.site.root).as_posix()
                     for p in (desk.site.root / "content").glob("*.md"))  # fmt: skip
    assert "content/a.md" in changed
    for path in changed:
        desk.site.put(path, desk.site.read(path) + "\nEarly.\n")
    others = [f"content/week/{number}.md" for number in range(1_000)]
    read: list[int] = []
    desk.told = lambda report: read.append(report.read)
    report = desk.build(*others, *changed)
    assert desk.ahead == [(PAGE,)]
    assert read[0] == 1
    assert report.ok
    assert report.read == len(changed)
    clean(desk, tmp_path)


def test_an_edited_title_is_shown_where_it_is_open_and_then_everywhere(
    desk: Desk, tmp_path: Path
) -> None:
    title(desk, "Quite another one")
    report = desk.build("content/a.md", at=EDITION)
    assert desk.ahead == [(EDITION,)]
    assert {EDITION, PAGE, "feed.xml"} <= set(report.written)
    clean(desk, tmp_path)


def test_an_edited_asset_of_the_theme_is_published_at_once(desk: Desk, tmp_path: Path) -> None:
    asked: dict[str, Any] = {"preview": True, "output": Path("public")}
    desk.build(**asked)
    path = "themes/weekly/assets/lamp.svg"
    desk.site.put(path, desk.site.read(path).replace("<svg", "<svg id='early'", 1))
    assert desk.build(path, at="nowhere.html", **asked).ok
    assert desk.ahead == [("assets/lamp.svg",)]
    assert "early" in desk.page("assets/lamp.svg")
    assert desk.site.tree() == desk.site.clean(tmp_path / "clean", **asked)


def test_an_edited_template_is_shown_on_the_open_page(desk: Desk, tmp_path: Path) -> None:
    path = "themes/weekly/templates/article.html"
    desk.site.put(path, desk.site.read(path).replace("{{ super() }}", "early {{ super() }}", 1))
    assert desk.build(path).ok
    assert desk.ahead == [(PAGE,)]
    clean(desk, tmp_path)


@pytest.mark.parametrize("said", ["content/b.md", "content/none.md", "site.toml", "content/"])
def test_what_is_said_is_not_believed(desk: Desk, said: str, tmp_path: Path) -> None:
    title(desk, "Nobody said so")
    assert desk.build(said).ok
    assert desk.ahead == []
    clean(desk, tmp_path)


def test_a_broken_article_is_a_problem_and_nothing_is_shown(desk: Desk) -> None:
    before = desk.site.tree()
    desk.site.put("content/a.md", "---\ntitle: [\n---\n")
    report = desk.build("content/a.md")
    assert not report.ok
    assert desk.ahead == []
    assert desk.site.tree() == before
    assert desk.kept.last_build is None


def test_without_an_open_page_nothing_is_made_ahead(desk: Desk, tmp_path: Path) -> None:
    title(desk, "Nobody looks")
    assert desk.build("content/a.md", at="nowhere.html").ok
    assert desk.ahead == []
    clean(desk, tmp_path)


def test_an_output_that_was_wiped_is_left_to_the_build(desk: Desk, tmp_path: Path) -> None:
    shutil.rmtree(desk.site.public)
    title(desk, "All gone")
    assert desk.build("content/a.md").ok
    assert desk.ahead == []
    clean(desk, tmp_path)


def test_a_build_gives_way_to_what_is_newer(desk: Desk, tmp_path: Path) -> None:
    title(desk, "First")
    report = desk.build("content/a.md", newer=lambda: True)
    assert report.unfinished
    assert report.ok
    assert "First" in desk.page()
    title(desk, "Second", "content/b.md")
    report = desk.build("content/b.md", at="articles/b/index.html")
    assert desk.ahead == [("articles/b/index.html",)]
    assert not report.unfinished
    clean(desk, tmp_path)


def test_a_page_that_shows_many_articles_is_given_up(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []
    plain = Memo.terms

    def terms(memo: Memo, paths: Any) -> Any:
        begun.append(paths)
        return plain(memo, paths)

    monkeypatch.setattr(Memo, "terms", terms)
    monkeypatch.setattr(stored_parts, "BATCH", 1)
    title(desk, "First")
    report = desk.build("content/a.md", newer=lambda: bool(begun))
    assert report.unfinished
    assert len(begun) == 1
    assert not desk.build("content/a.md").unfinished
    assert len(begun) > 2
    assert begun[1] == begun[0]
    clean(desk, tmp_path)


def test_a_first_build_gives_way_to_nothing(weekly: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Desk(weekly, monkeypatch).build(newer=lambda: True).unfinished


def test_of_a_site_never_built_home_and_the_open_page_come_before_the_plan(
    weekly: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = Desk(weekly, monkeypatch)
    told: list[tuple[set[str], int]] = []
    desk.told = lambda report: told.append((set(report.written), len(report.planned)))
    assert desk.build().ok
    first, planned = told[0]
    assert {PAGE, "index.html"} == {path for path in first if not path.startswith("assets/")}
    assert planned == 0
    assert first < told[1][0]
    clean(desk, tmp_path)


def test_a_fault_of_the_first_page_is_told_with_those_of_all_others(
    weekly: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    weekly.put("content/static/index.html", "<p>lies on home")
    weekly.put("themes/weekly/templates/home.html", "{{ nothing.of_that }}")
    found = {each.code for each in Desk(weekly, monkeypatch).build().problems}
    assert {"theme/render", "output/collision"} <= found


def test_a_death_after_it_costs_only_another_build(desk: Desk, tmp_path: Path) -> None:
    def shown(report: Any) -> None:
        raise KeyboardInterrupt

    title(desk, "Seen and gone")
    path = str(desk.site.root / "content/a.md")
    with pytest.raises(KeyboardInterrupt):
        desk.site.build(kept=desk.kept, viewer=Viewer(shown, lambda: (PAGE,), (path,)))
    assert "Seen and gone" in desk.page()
    report = desk.site.build()
    assert PAGE not in {each.path for each in report.rendered}
    clean(desk, tmp_path)


def settings(desk: Desk) -> None:
    text = desk.site.read("site.toml")
    desk.site.put("site.toml", 'article_permalink = "/{edition}/{slug}/"\n' + text)


def another_article(desk: Desk) -> None:
    text = desk.site.read("content/b.md")
    begin = text.index("publishedDateTime:")
    end = text.index("\n", begin)
    desk.site.put("content/b.md", text[:begin] + "publishedDateTime: 2024-02-20" + text[end:])


def note(desk: Desk) -> None:
    desk.site.put("content/editions/2024-W07.md", "---\ntitle: Elsewhere\n---\nOther words.\n")


@pytest.mark.parametrize("first", [settings, another_article, note])
@pytest.mark.parametrize("second", ["title", "date", "body"])
@pytest.mark.parametrize("step", [4, 8, 16, 32, 64])
def test_a_save_after_a_build_that_gave_way_ends_as_a_clean_build(
    desk: Desk, tmp_path: Path, first: Any, second: str, step: int
) -> None:
    first(desk)
    asked = iter(range(step))
    desk.build(newer=lambda: next(asked, None) is None)  # nobody told what changed
    text = desk.site.read("content/a.md")
    if second == "title":
        title(desk, "Quite another one")
    elif second == "body":
        desk.site.put("content/a.md", f"{text}\nEarly.\n")
    else:
        line = next(each for each in text.split("\n") if each.startswith("publishedDateTime:"))
        desk.site.put("content/a.md", text.replace(line, "publishedDateTime: 2024-06-09"))
    assert desk.build("content/a.md").ok
    clean(desk, tmp_path)
