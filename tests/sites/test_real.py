"""Three sites that no test author invented: the demo, the gold articles, the everyday corpus."""

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from site_gen.basics import dates
from site_gen.engine.build import build
from site_gen.engine.report import Options, Report
from site_gen.frontmatter import parse

LATER = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Demo:
    """This repository's own site, built once and read by tests."""

    report: Report
    tree: dict[str, bytes]

    def page(self, path: str) -> str:
        return self.tree[path].decode()


def write_demo(root: Path, checkout: Path) -> None:
    shutil.copytree(checkout / "content", root / "content")
    shutil.copy(checkout / "pyproject.toml", root)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Demo:
    root = tmp_path_factory.mktemp("demo")
    write_demo(root, checkout)
    report = build(root, Options(now=LATER, jobs=1))
    assert report.ok
    assert report.problems == ()
    files = (path for path in (root / "public").rglob("*") if path.is_file())
    return Demo(report, {p.relative_to(root / "public").as_posix(): p.read_bytes() for p in files})


def test_the_demo_builds_its_five_weeks(demo: Demo) -> None:
    assert (demo.report.articles, demo.report.editions) == (43, 5)
    for number, week in enumerate(("2024-W07", "2025-W05", "2025-W06", "2025-W19", "2025-W30"), 1):
        page = demo.page(f"editions/{week}/index.html")
        assert f"No. {number}" in page, week
    for path in ("index.html", "feed.xml", "sitemap.xml", "robots.txt", "404.html",
                 "about/index.html", "topics/index.html", "providers/index.html"):  # fmt: skip
        assert path in demo.tree, path
    assert "SharePoint" in demo.page("index.html")


def test_two_builds_of_the_demo_are_equal_in_every_byte(
    demo: Demo, site: Any, checkout: Path
) -> None:
    write_demo(site.root, checkout)
    site.good(now=LATER)
    assert site.tree() == demo.tree
    again = site.good(now=LATER)
    assert (again.read, again.rendered, again.written, again.removed) == (0, (), (), ())


def test_the_demo_links_to_nothing_that_is_not_there(demo: Demo) -> None:
    targets = {
        (target, path)
        for path, data in demo.tree.items()
        if path.endswith(".html")
        for target in re.findall(r' (?:href|src)="(/[^"#?]*)', data.decode())
    }
    assert len(targets) > 100
    files = {t: t.lstrip("/") + "index.html" * t.endswith("/") for t, _ in targets}
    # /latest/ is a redirect of the host, not a file.
    assert {t for t, file in files.items() if file not in demo.tree} <= {"/latest/"}


@pytest.fixture
def gold(shared: Path) -> dict[str, str]:
    """The gold articles by file name."""
    found = {p.name: p.read_text("utf-8") for p in sorted((shared / "gold").glob("*.md"))}
    if not found:
        pytest.skip(f"{shared / 'gold'} holds no articles")
    return found


def _undated(text: str) -> bool:
    raw, _ = parse(text)
    return not raw.get("publishedDateTime") and not raw.get("addedDateTime")


def test_gold_articles_without_a_date_are_problems(site: Any, gold: dict[str, str]) -> None:
    site.write("")
    for name, text in gold.items():
        site.put(f"content/{name}", text.encode())
    undated = [name for name, text in gold.items() if _undated(text)]
    assert undated
    report = site.build(now=LATER)
    assert not report.ok
    errors = [p for p in report.problems if p.severity == "error"]
    assert [p.where and p.where.path for p in errors] == [f"content/{name}" for name in undated]
    assert {p.message for p in errors} == {"neither publishedDateTime nor addedDateTime is given"}
    assert not site.has("index.html")


def test_gold_articles_build_once_dated(site: Any, gold: dict[str, str]) -> None:
    site.write("")
    for name, text in gold.items():
        if _undated(text):
            text = text.replace("---\n", "---\naddedDateTime: 2026-02-01T09:00:00Z\n", 1)
        site.put(f"content/{name}", text.encode())
    report = site.build(now=LATER)
    assert report.ok, [p.message for p in report.problems if p.severity == "error"]
    assert report.articles == len(gold)
    for name in gold:
        assert site.has(f"articles/{name.removesuffix('.md')}/index.html")


@pytest.fixture
def everyday(site: Any, shared: Path) -> Any:
    """The everyday corpus as a site."""
    folder = shared / "corpora" / "everyday"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    shutil.copytree(folder, site.root / "content")
    site.write("")
    return site


def test_the_everyday_corpus(everyday: Any) -> None:
    files = sorted((everyday.root / "content").glob("*.md"))
    fronts = [parse(path.read_text("utf-8"))[0] for path in files]
    report = everyday.build(now=LATER)
    assert report.ok, [p.message for p in report.problems if p.severity == "error"]
    assert (len(files), report.articles, report.editions) == (322, 203, 121)
    shown = [raw for raw in fronts if raw.get("published", True) is not False]
    hidden = [raw for raw in fronts if raw.get("published", True) is False]
    assert (len(shown), len(hidden)) == (203, 119)
    weeks = Counter(_week(raw) for raw in shown)
    assert weeks.most_common(1) == [("2021-W44", 8)]
    largest = everyday.page("editions/2021-W44/index.html")
    in_it = [p.stem for p, raw in zip(files, fronts, strict=True)
             if raw in shown and _week(raw) == "2021-W44"]  # fmt: skip
    assert all(f"/articles/{stem}/" in largest for stem in in_it)
    # Two share one original address; each keeps its page and its guid.
    originals = Counter(raw["originalUrl"] for raw in shown if raw.get("originalUrl"))
    assert [count for _, count in originals.most_common(2)] == [2, 1]
    _nothing_hidden_is_published(everyday, fronts, shown, hidden)


def _week(raw: dict[str, Any]) -> str:
    text = raw.get("publishedDateTime") or raw["addedDateTime"]
    return dates.week_of(dates.parse(text, UTC).date())


def _nothing_hidden_is_published(
    site: Any, fronts: list[dict[str, Any]], shown: list[dict[str, Any]],
    hidden: list[dict[str, Any]],
) -> None:  # fmt: skip
    secrets = {str(raw["secured"]).encode() for raw in fronts if raw.get("secured")}
    assert secrets
    public = {raw["title"] for raw in shown}
    titles = [raw["title"] for raw in hidden if not any(raw["title"] in t for t in public)]
    assert len(titles) > 100
    slugs = [p for raw in hidden for p in [raw.get("slug")] if p]
    forms = {form for title in titles for form in _spellings(title)}
    for path, data in site.tree().items():
        for secret in secrets:
            assert secret not in data, f"{path} holds a secured value"
        for form in forms:
            assert form not in data, f"{path} holds the hidden title {form!r}"
        for slug in slugs:
            assert f"/articles/{slug}/".encode() not in data, path


def _spellings(title: str) -> set[bytes]:
    plain = json.dumps(title, ensure_ascii=False)[1:-1]
    return {t.encode() for t in (title, escape(title), escape(title, quote=False), plain)}


def test_one_worker_or_two_give_the_same_bytes(everyday: Any) -> None:
    assert everyday.build(now=LATER, jobs=1).ok
    first = everyday.tree()
    shutil.rmtree(everyday.root / ".site_gen")
    shutil.rmtree(everyday.root / "public")
    assert everyday.build(now=LATER, jobs=2).ok
    assert everyday.tree() == first
