"""Of files that are as the output was settled with nothing is looked up; whatever else became of
them meanwhile, a build gives what a first one gives."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.report import Options
from site_gen.memo.memo import Memo
from site_gen.query import catalog_of

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def text(name: str, body: str = "A boat came in.", **more: str) -> str:
    head = {
        "title": name,
        "excerpt": "In short.",
        "publishedDateTime": "2024-03-04T09:00:00Z",
        **more,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    return f"---\n{lines}---\n{body}\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """For what files each look into the memo asked; None for all."""
    found: list[Any] = []
    plain = Memo.read_marks

    def read_marks(memo: Memo, paths: Any = None) -> Any:
        found.append(None if paths is None else {*paths})
        return plain(memo, paths)

    monkeypatch.setattr(Memo, "read_marks", read_marks)
    return found


@pytest.fixture
def desk(weekly: Any, asked: list[Any]) -> Any:
    for name in "abcdef":
        weekly.put(f"content/{name}.md", text(name))
    weekly.age()
    assert weekly.build().ok
    asked.clear()
    return weekly


def same(desk: Any, clean: Path) -> None:
    assert desk.build().ok
    assert desk.tree() == desk.clean(clean)


def test_an_edit_looks_up_what_is_known_of_that_file_alone(
    desk: Any, asked: list[Any], tmp_path: Path
) -> None:
    desk.put("content/b.md", text("b", "Another one."))
    same(desk, tmp_path / "clean")
    assert asked[0] == {"b.md"}
    assert None not in asked[: asked.index({"b.md"}) + 1]


def test_an_edit_of_another_text_does_not_bring_the_last_one_back(
    desk: Any, asked: list[Any], tmp_path: Path
) -> None:
    """The arrangement in the memo is older than the output where bodies alone are others."""
    desk.put("content/b.md", text("b", "Another one."))
    desk.age()
    assert desk.build().ok
    desk.put("content/c.md", text("c", "And another one."))
    desk.age()
    same(desk, tmp_path / "clean")
    desk.put("content/d.md", text("another title"))
    same(desk, tmp_path / "clean2")
    assert {"b.md", "c.md", "d.md"} in asked


def test_what_came_and_went_is_looked_up(desk: Any, asked: list[Any], tmp_path: Path) -> None:
    desk.put("content/g.md", text("g"))
    (desk.root / "content/a.md").unlink()
    same(desk, tmp_path / "clean")
    assert asked[0] == {"a.md", "g.md"}


def moved_back(path: Path, away: Path) -> None:
    """As it was, with the very stamp that it had."""
    os.replace(away, path)


def test_a_file_that_was_away_while_somebody_looked_is_read_again(
    desk: Any, tmp_path: Path
) -> None:
    path, away = desk.root / "content/b.md", tmp_path / "away.md"
    shutil.move(path, away)
    catalog_of(desk.root, Options(NOW))
    moved_back(path, away)
    desk.put("content/c.md", text("c", "Another one."))
    same(desk, tmp_path / "clean")


def test_a_file_that_was_another_while_somebody_looked_is_read_again(
    desk: Any, tmp_path: Path
) -> None:
    path, away = desk.root / "content/b.md", tmp_path / "away.md"
    shutil.move(path, away)
    desk.put("content/b.md", text("another title", "Other words."))
    catalog_of(desk.root, Options(NOW))
    moved_back(path, away)
    desk.put("content/c.md", text("c", "Another one."))
    same(desk, tmp_path / "clean")


def test_a_look_that_finds_nothing_new_leaves_it_at_that(desk: Any, asked: list[Any]) -> None:
    catalog_of(desk.root, Options(NOW))
    asked.clear()
    desk.put("content/c.md", text("c", "Another one."))
    assert desk.build().ok
    assert asked[0] == {"c.md"}


@pytest.mark.parametrize("kind", ["draft", "quality", "note", "page", "static"])
def test_what_becomes_something_else_is_told(desk: Any, kind: str, tmp_path: Path) -> None:
    new = {
        "draft": ("content/b.md", text("b", draft="true")),
        "quality": ("content/b.md", text("b", quality="lots")),
        "note": ("content/editions/2024-W10.md", "---\ntitle: A week\n---\nA note.\n"),
        "page": ("content/pages/about.md", "---\ntitle: About\n---\nWords.\n"),
        "static": ("content/static/file.txt", "Words.\n"),
    }[kind]
    desk.put(*new)
    desk.age()
    report = desk.build()
    assert report.ok is (kind != "quality")
    desk.put("content/b.md", text("b"))
    same(desk, tmp_path / "clean")
    (desk.root / new[0]).unlink()
    same(desk, tmp_path / "clean2")


def test_what_is_said_of_a_text_is_said_again_after_another_edit(desk: Any) -> None:
    desk.put("content/b.md", text("b", webUrl="/nowhere"))
    desk.age()
    said = [p for p in desk.build().problems if p.where and p.where.path == "content/b.md"]
    assert said
    desk.put("content/c.md", text("c", "Another one."))
    again = [p for p in desk.build().problems if p.where and p.where.path == "content/b.md"]
    assert again == said
