"""Another process arranges anew, and makes digests of units anew, only where it must."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from site_gen.engine import arrangement, open_pages
from site_gen.engine.cache.in_process import Kept
from site_gen.formats.common.units import Digests
from site_gen.formats.html import pages
from site_gen.formats.search import index
from site_gen.memo.memo import Memo

LATER = datetime(2024, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def desk(weekly: Any) -> Any:
    """The whole site, built, its inputs old enough to be believed."""
    weekly.age()
    weekly.build()
    return weekly


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was not spared: arrangements, digests of whole articles."""
    called: list[str] = []
    arrange, articles, digest = arrangement.arrange, Digests.articles, index._segment_digest

    def arranged(*arguments: Any) -> Any:
        called.append("arranged")
        return arrange(*arguments)

    def sealed(self: Digests, cards: Any) -> str:
        called.append("articles")
        return articles(self, cards)

    def segment(*arguments: Any) -> str:
        called.append("segment")
        return digest(*arguments)

    monkeypatch.setattr(arrangement, "arrange", arranged)
    monkeypatch.setattr(open_pages, "arrange", arranged)
    monkeypatch.setattr(Digests, "articles", sealed)
    monkeypatch.setattr(index, "_segment_digest", segment)
    return called


def body(desk: Any, text: str, path: str = "content/a.md") -> None:
    desk.put(path, desk.read(path) + f"\n{text}\n")


def title(desk: Any, text: str, path: str = "content/a.md") -> None:
    desk.put(path, desk.read(path).replace("title: ", f"title: {text} ", 1))


def catalog_rows(desk: Any) -> dict[str, bytes]:
    rows = sqlite3.connect(desk.root / ".site_gen/memo.sqlite").execute(
        "select name,value from state where name like 'catalog%'"
    )
    return dict(rows.fetchall())


def test_an_edited_body_arranges_nothing_and_decodes_one_article(
    desk: Any, made: list[str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    plain = Memo.reads

    def reads(self: Memo, paths: Any = None) -> Any:
        asked.append({*paths} if paths is not None else {"all"})
        return plain(self, paths)

    monkeypatch.setattr(Memo, "reads", reads)
    body(desk, "One.")
    report = desk.build()
    assert report.ok
    assert "arranged" not in made
    assert made.count("segment") == 1
    assert len(asked) == 1
    assert "a.md" in asked[0]
    assert not asked[0] & {"all", "b.md"}
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_bodies_edited_one_after_another_come_together(
    desk: Any, made: list[str], tmp_path: Any
) -> None:
    for path in ("content/a.md", "content/b.md", "content/a.md"):
        body(desk, "More.", path)
        assert desk.build().ok
    assert "arranged" not in made
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_a_title_arranges_its_edition_alone_and_writes_that(
    desk: Any, made: list[str], tmp_path: Any
) -> None:
    before = catalog_rows(desk)
    assert len(before) > 2
    title(desk, "Another")
    assert desk.build().ok
    assert "arranged" not in made
    after = catalog_rows(desk)
    assert len([name for name in after if after[name] != before.get(name)]) == 3
    body(desk, "And then.")
    assert desk.build().ok
    assert "arranged" not in made
    assert desk.tree() == desk.clean(tmp_path / "clean")


@pytest.mark.parametrize("rooted", [False, True])
def test_a_note_that_is_shown_as_it_was_read_is_not_written_again(
    desk: Any, rooted: bool, tmp_path: Any
) -> None:
    """Its text lies with the file's; one with a link into the site is another by then."""
    editions = {path.parent.name for path in desk.public.glob("editions/*/index.html")}
    note, other = sorted(each for each in editions if each[:4].isdigit())[:2]
    if rooted:
        body(desk, "See [home](/editions/).")
    desk.put(f"content/editions/{note}.md", "---\n---\nOnly here.\n")
    desk.put(f"content/editions/{other}.md", "---\n---\nOf [that](../a.md) too.\n")
    desk.age()
    assert desk.build().ok
    state = catalog_rows(desk)["catalog"]
    assert b"<p>Only here.</p>" not in state
    assert b"<p>Of <a" in state
    for edit in (body, title):
        edit(desk, "More")
        assert desk.build().ok
        assert desk.tree() == desk.clean(tmp_path / f"clean {edit.__name__}")


@pytest.mark.parametrize("kept", [False, True])
def test_articles_come_and_go_without_arranging_or_decoding_the_others(
    desk: Any,
    engines: Any,
    made: list[str],
    tmp_path: Any,
    monkeypatch: pytest.MonkeyPatch,
    kept: bool,
) -> None:
    own = Kept() if kept else None
    for number in (1, 2):  # what is kept in a process is kept by what it builds
        body(desk, f"Number {number}.", "content/b.md")
        assert desk.build(kept=own).ok
    asked: set[str] = set()
    plain = Memo.reads

    def reads(self: Memo, paths: Any = None) -> Any:
        asked.update(paths if paths is not None else {"all"})
        return plain(self, paths)

    monkeypatch.setattr(Memo, "reads", reads)
    made.clear()
    for name, day in (("new", 14), ("newer", 15)):
        desk.put(f"content/{name}.md", engines.article(name, day))
        report = desk.build(kept=own)
        assert report.ok
        assert f"articles/{name}/index.html" in report.written
    (desk.root / "content/new.md").unlink()
    report = desk.build(kept=own)
    assert "articles/new/index.html" in report.removed
    assert "article/vanished" in {p.code for p in report.problems}
    assert "arranged" not in made
    assert not asked & {"all", "a.md", "c.md", "d.md"}
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_what_another_process_built_meanwhile_is_compared_with(desk: Any, engines: Any) -> None:
    """That an address is gone is said, whoever made the page."""
    own = Kept()
    body(desk, "One.")
    assert desk.build(kept=own).ok
    desk.put("content/new.md", engines.article("New", 15))
    assert desk.build().ok
    (desk.root / "content/new.md").unlink()
    report = desk.build(kept=own)
    assert "article/vanished" in {p.code for p in report.problems}


@pytest.mark.parametrize("kept", [False, True])
def test_another_moment_alone_is_another_arrangement(desk: Any, tmp_path: Any, kept: bool) -> None:
    own = Kept() if kept else None
    wanted = []
    for days in (0, -110, 0):
        desk.now = LATER + timedelta(days=days)
        assert desk.build(kept=own).ok
        wanted.append(desk.clean(tmp_path / f"clean{len(wanted)}"))
        assert desk.tree() == wanted[-1]
    assert wanted[0] != wanted[1]


def test_a_catalog_that_was_changed_is_not_believed(
    desk: Any, made: list[str], tmp_path: Any
) -> None:
    for number, name in enumerate(catalog_rows(desk)):
        db = sqlite3.connect(desk.root / ".site_gen/memo.sqlite")
        db.execute("update state set value = value || x'00' where name=?", (name,))
        db.commit()
        db.close()
        body(desk, f"Number {number}.")
        made.clear()
        assert desk.build().ok
        # An edition's articles are read where somebody looks into them, and found out there.
        assert "arranged" in made or name.startswith("catalog:"), name
        assert desk.tree() == desk.clean(tmp_path / f"clean{number}")


def test_a_build_with_a_fault_leaves_none(desk: Any, made: list[str], tmp_path: Any) -> None:
    desk.put("content/z.md", "---\ntitle: [\n---\n")
    assert not desk.build(keep_going=True).ok
    assert "catalog" not in catalog_rows(desk)
    (desk.root / "content/z.md").unlink()
    body(desk, "One.")
    made.clear()
    assert desk.build().ok
    assert "arranged" in made
    assert desk.tree() == desk.clean(tmp_path / "clean")


def test_problems_are_those_of_an_arrangement(desk: Any, tmp_path: Any) -> None:
    body(desk, "[Nowhere](/nowhere/) and [gone](gone.md).", "content/b.md")
    told = desk.build()
    assert {p.code for p in told.problems}
    body(desk, "Something else.")
    again = desk.build()
    assert [p.code for p in again.problems] == [p.code for p in told.problems]
    assert desk.tree() == desk.clean(tmp_path / "clean")


LOCK = """number = 9
next = 10
first = 2024-02-12
last = 2024-02-18
closed = 2024-02-18T23:00:00Z
[[members]]
guid = "tag:harbour.example,2024:a"
path = "a.md"
seen = "0"
text = "0"
"""


def test_of_locked_editions_only_articles_that_changed_are_looked_up(
    desk: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is to be said of the others is said all the same, until it is no more so."""
    asked: set[str] = set()
    plain = Memo.reads

    def reads(self: Memo, paths: Any = None) -> Any:
        asked.update(paths if paths is not None else {"all"})
        return plain(self, paths)

    def told() -> set[str]:
        asked.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Memo, "reads", reads)
            report = desk.build()
        assert report.ok, report.problems
        clean = desk.clean(tmp_path / f"clean-{len(list(tmp_path.iterdir()))}")
        assert desk.tree() == clean
        found = {p.where.path for p in report.problems if p.code == "edition/changed"}
        return found - {"content/editions/2024-W07.md"}

    desk.put("content/editions/2024-W07.lock", LOCK)
    desk.age()
    assert told() == {"content/a.md"}
    body(desk, "More.", "content/b.md")
    assert told() == {"content/a.md"}
    assert asked
    assert not asked & {"all", "a.md"}
    title(desk, "Another", "content/c.md")
    assert told() == {"content/a.md"}
    assert asked
    assert not asked & {"all", "a.md"}
    day = "corrections: [{text: Put right., date: 2024-03-01}]\ntitle: "
    desk.edit("content/a.md", "title: ", day)
    assert told() == set()
    body(desk, "And more.", "content/b.md")
    assert told() == set()


def test_a_new_article_leaves_articles_of_older_editions_known(
    desk: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the cards before them: what they lead on to is not looked up again."""
    asked: list[str] = []
    plain = pages._Site._articles_digest

    def digest(self: Any, cards: Any, edition: Any = None) -> str:
        asked.append(edition.ref.id if edition else "")
        return plain(self, cards, edition)

    head = "title: A late boat\npublishedDateTime: 2024-02-27T09:00:00Z\ntopics: [Harbour]"
    desk.put("content/e.md", f"---\n{head}\n---\nIt came.\n")
    with monkeypatch.context() as patch:
        patch.setattr(pages._Site, "_articles_digest", digest)
        report = desk.build()
    assert report.ok
    assert set(asked) == {"2024-W09", ""}
    assert desk.tree() == desk.clean(tmp_path / "clean")
    asked.clear()
    title(desk, "Another")
    with monkeypatch.context() as patch:
        patch.setattr(pages._Site, "_articles_digest", digest)
        assert desk.build().ok
    assert {"2024-W07", "2024-W08"} <= set(asked)
    assert desk.tree() == desk.clean(tmp_path / "clean")
