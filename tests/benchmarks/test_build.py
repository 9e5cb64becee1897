"""The runner: tables, absent peers, and edits that reach our pages."""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Benchmark = Callable[[str], ModuleType]


@pytest.fixture
def build(benchmark: Benchmark) -> ModuleType:
    return benchmark("build")


def given(**changes: object) -> argparse.Namespace:
    values = {"weeks": 2, "hugo": None, "alone": [], "everything": True, "hugo_site": Path("x"),
              "feeds": True, "corpus": None, "brief": False}  # fmt: skip
    return argparse.Namespace(**{**values, **changes})


def test_each_size_has_its_sites(build: ModuleType, tmp_path: Path) -> None:
    def names(**changes: object) -> list[str]:
        return [site.name for site in build.contenders(tmp_path, 20, given(**changes))]

    assert names(hugo="hugo") == ["pages and feeds", "Hugo", "everything"]
    assert names() == ["pages and feeds", "everything"]
    assert names(hugo="hugo", everything=False) == ["pages and feeds", "Hugo"]
    assert names(hugo="hugo", alone=[20]) == ["everything"]
    assert names(hugo="hugo", alone=[20], everything=None) == ["pages and feeds"]


def test_sites_take_turns_and_ratios_are_against_hugo(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []

    class Site:
        def __init__(self, name: str) -> None:
            self.name = name

    def measured(site: Site, case: str) -> object:
        order.append((site.name, case))
        return build.Run(1, 2, 3e6) if site.name == "Hugo" else build.Run(2, 1, 1.5e6)

    monkeypatch.setattr(build, "measured", measured)
    lines = list(build.table([Site("ours"), Site("Hugo")], ["cold"], 2))
    assert order == [("ours", "cold"), ("Hugo", "cold")] * 2
    assert lines[2:] == [
        "| cold | ours | 2.00 | 1.00 | 2 | 2.00 | 0.50 | 0.50 |",
        "| cold | Hugo | 1.00 | 2.00 | 3 |  |  |  |",
    ]


def test_an_absent_hugo_is_said(
    build: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("HUGO", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.hugo_program(tmp_path) is None
    assert "set HUGO" in capsys.readouterr().out
    monkeypatch.setenv("HUGO", "/bin/sh")
    assert build.hugo_program(tmp_path) is None
    assert "--hugo-site" in capsys.readouterr().out
    (tmp_path / "hugo.toml").touch()
    assert build.hugo_program(tmp_path) == "/bin/sh"


def test_every_case_runs_on_a_small_site(build: ModuleType, tmp_path: Path) -> None:
    sites = build.contenders(tmp_path, 12, given(everything=False))
    (made,) = build.ready(sites)
    assert made.startswith("pages and feeds: ")
    for case in build.CASES:
        assert build.measured(sites[0], case).wall > 0  # raises where an edit is not seen


def test_a_size_alone_is_built_first_when_it_is_measured(build: ModuleType, tmp_path: Path) -> None:
    """An old tree beside the new one may be more than the disk holds."""
    sites = build.contenders(tmp_path, 12, given(everything=False, brief=True))
    assert list(build.ready(sites, alone=True)) == []
    assert not (sites[0].folder / "public").exists()
    for case in ("cold", "one article added"):
        assert build.measured(sites[0], case).wall > 0
    assert [path.name for path in tmp_path.iterdir()] == [sites[0].folder.name]
    assert build.made(sites[0]).startswith("pages and feeds: ")


def test_hugo_gets_the_skeleton_and_the_same_slugs(benchmark: Benchmark, tmp_path: Path) -> None:
    contenders = benchmark("contenders")
    skeleton = tmp_path / "skeleton"
    (skeleton / "layouts").mkdir(parents=True)
    (skeleton / "layouts" / "page.html").write_text('{{ define "main" -}}\n<h1>x</h1>\n')
    hugo = contenders.Hugo(tmp_path / "hugo", 5, 1, "hugo", skeleton)
    ours = contenders.Ours(tmp_path / "ours", 5, 1, ())
    for site in (hugo, ours):
        site.folder.mkdir()
        site.prepare()
    slugs = {path.name for path in (tmp_path / "ours" / "content").rglob("*.md")}
    assert slugs == {path.name for path in (tmp_path / "hugo" / "content" / "articles").iterdir()}
    hugo.edit_article_template("mark1")
    hugo.edit_article_template("mark2")
    page = (tmp_path / "hugo" / "layouts" / "page.html").read_text()
    assert page == '{{ define "main" -}}\n<p>mark2</p>\n<h1>x</h1>\n'
