"""Previews side by side: edits and their signs, the same articles, tables, absent peers."""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Benchmark = Callable[[str], ModuleType]


@pytest.fixture
def servers(benchmark: Benchmark) -> ModuleType:
    return benchmark("preview_servers")


@pytest.fixture
def changes(benchmark: Benchmark) -> ModuleType:
    return benchmark("preview_edits")


@pytest.fixture
def tables(benchmark: Benchmark) -> ModuleType:
    return benchmark("preview_tables")


@pytest.fixture
def given(tmp_path: Path) -> argparse.Namespace:
    """All three servers, on skeletons of which one has a style sheet."""
    hugo, eleventy = tmp_path / "of-hugo", tmp_path / "of-eleventy"
    for path, text in (
        (hugo / "hugo.toml", ""),
        (hugo / "layouts" / "page.html", '{{ define "main" -}}\n<h1>x</h1>\n'),
        (eleventy / "eleventy.config.js", ""),
        (eleventy / "style.css", ":root {}\n"),
        (eleventy / "_includes" / "article.njk", "<article>\n<h1>x</h1>\n"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return argparse.Namespace(
        servers=["site_gen", "hugo", "eleventy"], weeks=2, hugo="hugo", hugo_site=hugo,
        eleventy=["node", "cmd.cjs"], eleventy_site=eleventy,
    )  # fmt: skip


def test_each_server_gets_the_same_articles(
    servers: ModuleType, given: argparse.Namespace, tmp_path: Path
) -> None:
    made = servers.servers(tmp_path / "work", 6, given)
    assert [server.name for server in made] == ["site-gen", "Hugo", "Eleventy"]
    for server in made:
        server.prepare()
    slugs = [{path.name for path in server.article.parent.rglob("*.md")} for server in made[1:]]
    assert slugs[0] == slugs[1] == {path.name for path in made[0].site.folder.rglob("*.md")}
    assert len(slugs[0]) == 6
    for server in made:
        assert server.article.read_text("utf-8").endswith("Body token 0.\n")
        assert str(8123) in " ".join(server.command(8123))


def test_edits_of_every_server_leave_their_sign_in_the_file(
    servers: ModuleType, changes: ModuleType, given: argparse.Namespace, tmp_path: Path
) -> None:
    names = {}
    for server in servers.servers(tmp_path / "work", 3, given):
        server.prepare()
        found = changes.edits(server)
        names[server.name] = list(found)
        for edit in found.values():
            for number in (10_001, 10_002):
                edit.save(number)
                text = edit.file.read_text("utf-8")
                assert edit.sign(number)[1] in text, edit
            assert edit.sign(10_001)[1] not in text, edit
        assert "title: Title 10002 of it\n" in server.article.read_text("utf-8")
        assert not list(server.site.folder.rglob(".*.tmp"))
    everything = ["body", "title", "css", "template"]
    assert names == {
        "site-gen": everything, "Hugo": ["body", "title", "template"], "Eleventy": everything,
    }  # fmt: skip


def test_only_the_article_itself_gets_the_title(changes: ModuleType) -> None:
    text = "---\ntitle: a\nrelated:\n  - title: b\n---\n\ntitle: c\n"
    assert changes.title(text, 7) == text.replace("title: a", "title: Title 7 of it")


def test_a_save_in_place_keeps_the_file(changes: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("a")
    node = file.stat().st_ino
    with file.open() as kept:  # so that its number is not given to another file
        changes.save(file, "b", in_place=True)
        assert (file.read_text(), file.stat().st_ino) == ("b", node)
        changes.save(file, "c")
        assert file.stat().st_ino != node
        assert kept.read() == "b"


def test_an_absent_eleventy_is_said(
    servers: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("ELEVENTY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert servers.eleventy_command(tmp_path) is None
    assert "set ELEVENTY" in capsys.readouterr().out
    monkeypatch.setenv("ELEVENTY", "/bin/sh 'a folder/cmd.cjs'")
    assert servers.eleventy_command(tmp_path) is None
    assert "--eleventy-site" in capsys.readouterr().out
    (tmp_path / "eleventy.config.js").touch()
    assert servers.eleventy_command(tmp_path) == ["/bin/sh", "a folder/cmd.cjs"]


@pytest.mark.parametrize(
    ("count", "expected"), [(1, 1), (2, 2), (10, 10), (19, 19), (20, 19), (40, 38), (100, 95)]
)
def test_the_95th_percentile(tables: ModuleType, count: int, expected: int) -> None:
    assert tables.late([float(each) for each in range(count, 0, -1)]) == expected


def test_rows_tell_what_was_not_seen(tables: ModuleType) -> None:
    row = tables.row(1000, "Hugo", "body", [3.0, None, 1.0, 20.4])
    assert row == "| 1,000 | Hugo | body | 3 | 20 | 20 | 1 |"
    assert tables.row(10, "Hugo", "css", [None]) == "| 10 | Hugo | css |  |  |  | 1 |"
    titles, rule = tables.head("rounds").split("\n")
    assert titles.count("|") == rule.count("|") == row.count("|")


def test_a_lost_save_is_not_a_stale_page(tables: ModuleType) -> None:
    found = [tables.Burst(True, True), tables.Burst(False, True), tables.Burst(False, False)]
    row = tables.burst_row(100, "x", "30 ms apart", [*found, found[1]])
    assert row == "| 100 | x | 30 ms apart | 4 | 1 | 2 |"
    assert tables.head("bursts").split("\n")[0].count("|") == row.count("|")


def test_bursts_are_spread_over_a_rebuild(benchmark: Benchmark) -> None:
    pytest.importorskip("playwright")
    lasting = benchmark("preview_lasting")
    soon, during = lasting.gaps(3, 0.4)
    assert soon == [0.03] * 3
    assert during == pytest.approx([0.1, 0.2, 0.3])
    kinds = [lasting.which(number) for number in range(1, 51)]
    assert [kinds.count(kind) for kind in ("body", "title", "template")] == [44, 4, 2]
