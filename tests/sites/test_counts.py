"""Whole sites built twice and edited: how much work each build does."""

from datetime import UTC, datetime
from typing import Any

TWO_WEEKS = """
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
topics: [Chips]
---
The first of two.
-- content/b.md --
---
title: Beta
publishedDateTime: 2024-02-20T09:00:00Z
topics: [Law]
---
The second of two.
"""


def test_a_first_build_reads_and_writes_everything(site: Any, counts: Any) -> None:
    site.write(TWO_WEEKS)
    report = site.good()
    done = counts(report)
    assert (done.read, done.removed) == (2, 0)
    assert done.rendered == done.written == report.pages
    assert (report.articles, report.editions) == (2, 2)
    # What was written is what is listed as ours, and nothing else lies there.
    built, *listed = site.page(".site_gen-files").splitlines()
    assert built.startswith("/built {")
    assert sorted(report.written) == listed
    assert sorted({*listed, ".site_gen-files"}) == sorted(site.tree())


def test_a_second_build_does_nothing(site: Any, counts: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    before = site.tree()
    done = counts(site.good())
    assert (done.read, done.rendered, done.written, done.removed) == (0, 0, 0, 0)
    assert site.tree() == before


def test_an_edited_body_renders_only_what_shows_it(site: Any, counts: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    site.edit("content/a.md", "The first of two.", "The first of two.\n\nSaid again.")
    report = site.good()
    assert counts(report).read == 1
    rendered = {each.path for each in report.rendered}
    assert "articles/a/index.html" in rendered
    # The excerpt and the card stay: neither home nor another article is touched.
    assert rendered.isdisjoint({"index.html", "articles/b/index.html", "editions/index.html"})
    assert "Said again." in site.page("articles/a/index.html")


def test_an_edited_title_reaches_every_page_that_shows_it(site: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    site.edit("content/a.md", "title: Alpha", "title: Omega")
    report = site.good()
    rendered = {each.path for each in report.rendered}
    assert {"articles/a/index.html", "editions/2024-W07/index.html", "feed.xml"} <= rendered
    assert "articles/b/index.html" not in rendered
    assert not any(b"Alpha" in data for data in site.tree().values())


def test_a_deleted_article_takes_its_pages_along(site: Any, said: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    site.remove("content/b.md")
    report = site.build()
    assert report.ok
    assert said(report) == [
        "warning[article/vanished] /articles/b/ was published and is gone\n"
        "  --> content\n"
        'help: add aliases: ["/articles/b/"] to the article that took its place, if there is one'
        "; to take a text back, keep its file and write `withdrawn:`"
    ]
    assert {"articles/b/index.html", "editions/2024-W08/index.html", "topics/law/index.html"} <= (
        set(report.removed)
    )
    assert not any(path.startswith(("articles/b/", "topics/law/")) for path in site.tree())
    assert not (site.root / "public/articles/b").exists()


def test_an_incremental_build_equals_a_clean_one(site: Any, tmp_path: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    site.edit("content/b.md", "title: Beta", "title: Gamma")
    site.write("-- content/editions/2024-W08.md --\n---\ntitle: A note\n---\nHello.\n")
    site.good()
    clean = type(site)(tmp_path / "clean")
    for path, data in site.tree(".").items():
        if path.startswith("content/") or path == "site.toml":
            clean.put(path, data)
    clean.good()
    assert clean.tree() == site.tree()


def test_a_wiped_page_comes_back(site: Any, counts: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    before = site.tree()
    site.remove("public/articles/a/index.html")
    report = site.good()
    assert counts(report).written == 1
    assert report.rendered[0].path == "articles/a/index.html"
    assert site.tree() == before


def test_foreign_files_stay(site: Any) -> None:
    site.write(TWO_WEEKS)
    site.good()
    site.put("public/mine.txt", b"keep me")
    site.edit("content/a.md", "title: Alpha", "title: Omega")
    site.good()
    assert site.page("mine.txt") == "keep me"
    assert "mine.txt" not in site.page(".site_gen-files").split()


def test_only_output_and_memory_are_written(site: Any) -> None:
    site.write(TWO_WEEKS)
    before = site.tree(".")
    site.good()
    after = {p: d for p, d in site.tree(".").items() if not p.startswith(("public/", ".site_gen/"))}
    assert after == before


STORY = """
-- content/s{number:02}.md --
---
title: Story {number}
publishedDateTime: 2024-02-{day}T{hour:02}:00:00Z
topics: [Chips, Law, Sea]
quality: {quality}
provider: {{name: Wire, domain: wire.example}}
---
What story {number} says.
"""


def story(number: int) -> str:
    """One of a week of 24; their importance has nothing to do with their times."""
    place = {"day": 13 + number // 6, "hour": number % 6 + 9, "quality": number * 7 % 24}
    return STORY.format(number=number, **place)


def test_a_story_more_in_the_open_edition_changes_few_files(site: Any) -> None:
    """At most 30 beside the search's; the contract would allow two more for each of its topics."""
    now = datetime(2024, 2, 18, 12, tzinfo=UTC)
    site.write("".join(map(story, range(23))))
    site.good(now=now)
    before = site.tree()
    site.write(story(23))
    site.good(now=now)
    after = site.tree()
    changed = {path for path in after if before.get(path) != after[path]}
    assert "articles/s23/index.html" in changed
    beside = {path for path in changed if not path.startswith("search/")}
    assert len(beside) <= 30, sorted(beside)
    # Its own page, and those of its neighbours by importance.
    assert sum(path.startswith("articles/") for path in changed) == 3, sorted(changed)
