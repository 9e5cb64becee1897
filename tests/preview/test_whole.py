"""The preview over the real engine: what is served in the end is what a clean build gives."""

import os
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.engine.build import build
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options, Report
from site_gen.engine.site import output_folder
from site_gen.preview.loop import BuildResult, run
from site_gen.preview.scan import Inputs
from site_gen.preview.watch import Watcher

PATIENCE = 120.0
ARTICLE = """\
---
title: Story {number}
excerpt: In short, story {number}.
publishedDateTime: 2024-02-{day}T09:00:00Z
topics: [Topic {topic}]
provider: {{name: P, domain: p.example}}
---

Text of story {number}.
"""
Act = Callable[[Path], None]


@pytest.fixture
def options() -> Options:
    """As the command asks, at a fixed moment."""
    return Options(
        now=datetime(2024, 6, 1, 12, tzinfo=UTC),
        base_url="http://127.0.0.1:8000",
        drafts=True,
        future=True,
        jobs=1,
        preview=True,
    )


@pytest.fixture
def weekly(site: Any) -> Path:
    """A site of six articles in two weeks."""
    site.write("-- content/pages/about.md --\n---\ntitle: About\n---\n\nAbout us.\n")
    for number in range(6):
        text = ARTICLE.format(number=number, day=10 + number, topic=number % 2)
        site.put(f"content/week/{number}.md", text.encode())
    root: Path = site.root
    return root


def article(root: Path, number: int = 3) -> Path:
    return root / "content" / "week" / f"{number}.md"


def edit(file: Path, old: str, new: str) -> None:
    """An atomic save."""
    text = file.read_text("utf-8")
    assert old in text
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text.replace(old, new), "utf-8")
    os.replace(fresh, file)


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def clean(root: Path, options: Options) -> dict[str, bytes]:
    """What a clean build of the same inputs publishes."""
    copy = root.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".site_gen", "public"))
    report = build(copy, options)
    assert report.ok, report.problems
    return tree(output_folder(copy, options))


class Previewed:
    """A preview in the main thread, acted on from another."""

    def __init__(self, root: Path, options: Options, **watching: Any) -> None:
        self.root = root
        self.options = options
        self.turned = threading.Condition()
        self.turns: list[BuildResult] = []
        inputs = Inputs((root / "content", root / "themes"), (root / "site.toml",))
        self.watcher = Watcher(inputs, **watching)

    def wait(self, test: Callable[[Report], bool]) -> None:
        """Until the last build's report passes."""
        with self.turned:
            done = self.turned.wait_for(
                lambda: bool(self.turns) and test(self.turns[-1].report), PATIENCE
            )
        assert done, self.turns[-1:]

    def run(self, work: Callable[["Previewed"], None]) -> None:
        """Preview until `work` is done."""
        outcome: list[BaseException | None] = []

        def acting() -> None:
            try:
                self.wait(lambda report: True)
                work(self)
                outcome.append(None)
            except BaseException as error:
                outcome.append(error)
            finally:
                self.watcher.stop()

        thread = threading.Thread(target=acting)
        thread.start()
        options = self.options
        kept = Kept()

        def built(asked: Options, viewer: Any) -> Report:
            return build(self.root, asked, viewer=viewer, kept=kept)

        run(built, lambda: options, self.watcher, lambda _: None, self._seen)
        thread.join()
        self.watcher.close()
        assert outcome == [None]

    def _seen(self, turn: BuildResult) -> None:
        with self.turned:
            self.turns.append(turn)
            self.turned.notify_all()


def body(root: Path) -> None:
    edit(article(root), "Text of", "Words of")


def title(root: Path) -> None:
    edit(article(root), "title: Story 3", "title: Another title")


def deleted(root: Path) -> None:
    article(root).unlink()


def added(root: Path) -> None:
    article(root, 9).write_text(ARTICLE.format(number=9, day=17, topic=1))


def renamed(root: Path) -> None:
    (root / "content" / "week").rename(root / "content" / "other")


def drafted(root: Path) -> None:
    edit(article(root), "title:", "draft: true\ntitle:")


def settings(root: Path) -> None:
    edit(root / "site.toml", 'title = "Test"', 'title = "Other"')


def shadowed(root: Path) -> None:
    (root / "themes" / "overrides" / "templates").mkdir(parents=True)
    file = root / "themes" / "overrides" / "templates" / "article.html"
    file.write_text(
        "{% extends 'parent:article.html' %}{% block article_header %}<h1>Own</h1>{% endblock %}"
    )


@pytest.mark.parametrize(
    "act",
    [body, title, deleted, added, renamed, drafted, settings, shadowed],
    ids=lambda a: a.__name__,
)
def test_each_change_ends_in_a_clean_build(weekly: Path, options: Options, act: Act) -> None:
    before = clean(weekly, options)

    def work(preview: Previewed) -> None:
        act(weekly)
        wanted = clean(weekly, options)
        assert wanted != before
        preview.wait(lambda _: tree(output_folder(weekly, options)) == wanted)

    Previewed(weekly, options).run(work)


def test_a_body_costs_its_own_page_and_feeds(weekly: Path, options: Options) -> None:
    def work(preview: Previewed) -> None:
        body(weekly)
        preview.wait(lambda report: bool(report.written) and len(preview.turns) > 1)

    preview = Previewed(weekly, options, interval=3600)
    preview.run(work)
    pages = {path for path in preview.turns[-1].report.written if path.endswith(".html")}
    assert pages == {"articles/3/index.html"}


def test_a_broken_file_keeps_the_last_good_site_and_recovers(
    weekly: Path, options: Options
) -> None:
    def work(preview: Previewed) -> None:
        good = tree(output_folder(weekly, options))
        edit(article(weekly), "title: Story 3", "quality: lots\ntitle: Story 3")
        preview.wait(lambda report: not report.ok)
        (problem,) = preview.turns[-1].report.problems
        assert problem.where is not None
        assert (problem.where.path, problem.where.line) == ("content/week/3.md", 2)
        assert tree(output_folder(weekly, options)) == good
        edit(article(weekly), "quality: lots", "quality: 3")
        preview.wait(lambda report: report.ok)

    Previewed(weekly, options).run(work)


def test_drafts_of_the_preview_never_reach_public(weekly: Path, options: Options) -> None:
    drafted(weekly)
    public = options._replace(preview=False, drafts=False, future=False)
    assert build(weekly, public).ok
    before = tree(weekly / "public")

    def work(preview: Previewed) -> None:
        edit(article(weekly), "title: Story 3", "title: Unseen title")
        preview.wait(lambda report: "articles/3/index.html" in report.written)

    Previewed(weekly, options).run(work)
    assert tree(weekly / "public") == before
    assert not any(b"Story 3" in data or b"Unseen" in data for data in before.values())


def test_a_wiped_output_is_repaired_at_the_next_change(weekly: Path, options: Options) -> None:
    def work(preview: Previewed) -> None:
        shutil.rmtree(output_folder(weekly, options))
        body(weekly)
        wanted = clean(weekly, options)
        preview.wait(lambda _: tree(output_folder(weekly, options)) == wanted)

    Previewed(weekly, options).run(work)


def test_a_theme_deleted_and_restored(weekly: Path, options: Options) -> None:
    shadowed(weekly)
    (weekly / "themes" / "mine").mkdir()
    (weekly / "themes" / "mine" / "theme.toml").write_text('extends = "broadsheet"\n')
    edit(weekly / "site.toml", 'title = "Test"', 'title = "Test"\ntheme = "mine"')

    def work(preview: Previewed) -> None:
        (weekly / "themes").rename(weekly / "away")
        preview.wait(lambda report: not report.ok)
        assert preview.turns[-1].report.problems[0].code == "theme/missing"
        (weekly / "away").rename(weekly / "themes")
        preview.wait(lambda report: report.ok)
        edit(weekly / "themes" / "overrides" / "templates" / "article.html", "Own", "Restored")
        wanted = clean(weekly, options)
        preview.wait(lambda _: tree(output_folder(weekly, options)) == wanted)

    Previewed(weekly, options).run(work)
