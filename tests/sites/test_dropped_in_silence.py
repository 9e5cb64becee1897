"""Files and names that were dropped without a word: done right, or told."""

from datetime import UTC, datetime
from typing import Any

import pytest

ONE = """
-- content/one.md --
---
title: One
publishedDateTime: 2024-02-13T09:00:00Z
{}---
Body.
"""


def codes(report: Any) -> list[str]:
    return [p.code for p in report.problems]


@pytest.mark.parametrize("name", ["b.markdown", "c.MD", "d.mdx", "folder/e.mkd"])
def test_a_text_under_another_ending_is_named(site: Any, name: str) -> None:
    site.write(ONE.format(""))
    site.put(f"content/{name}", b"---\ntitle: B\n---\n")
    report = site.build()
    assert report.ok
    (found,) = report.problems
    assert (found.code, found.where.path) == ("file/ignored", f"content/{name}")
    again = site.build()
    assert codes(again) == ["file/ignored"]


def test_a_page_in_the_place_of_the_newest_edition_is_told(site: Any) -> None:
    site.write(ONE.format(""))
    site.put("content/pages/latest.md", b"---\ntitle: L\n---\nx\n")
    report = site.build()
    assert report.ok
    assert codes(report) == ["page/latest"]


def test_a_file_among_fingerprinted_ones_is_told_and_not_kept_for_ever(site: Any) -> None:
    site.write(ONE.format(""))
    site.good()
    assert "immutable" in site.page("_headers")
    site.put("content/static/assets/x.css", b"p {}")
    report = site.build()
    assert codes(report) == ["file/assets"]
    assert "immutable" not in site.page("_headers")


def test_own_redirects_are_joined_with_ours(site: Any) -> None:
    site.write(ONE.format("aliases: [/old/]\n"))
    site.put("content/static/_redirects", b"# mine\n/blog/* /articles/:splat 301")
    site.good()
    lines = site.page("_redirects").splitlines()
    assert lines[:2] == ["# mine", "/blog/* /articles/:splat 301"]
    assert "/old/ /articles/one/ 301" in lines
    site.put("content/static/_redirects", b"/a /b 302\n")
    report = site.good()
    assert report.written == ("_redirects",)
    assert site.page("_redirects").splitlines()[0] == "/a /b 302"


def test_own_headers_come_after_ours(site: Any) -> None:
    site.write(ONE.format(""))
    site.put("content/static/_headers", b"/feed.xml\n  X-Own: yes\n")
    site.good()
    text = site.page("_headers")
    assert text.startswith("/*\n")
    assert text.endswith("\n\n/feed.xml\n  X-Own: yes\n")


def test_without_the_format_the_own_file_is_copied(site: Any) -> None:
    site.write(ONE.format(""))
    site.put("content/static/_redirects", b"/a /b 302\n")
    site.put("site.toml", b'base_url = "https://t.example"\nformats = ["html"]\n'
                          b'[feeds]\ntag = "t.example,2024"\n')  # fmt: skip
    site.good()
    assert site.page("_redirects") == "/a /b 302\n"


def test_an_alias_that_is_a_whole_address_counts_by_its_path(site: Any) -> None:
    site.write(ONE.format('aliases: ["https://old.example/2019/one.html"]\n'))
    site.good()
    assert "/2019/one.html /articles/one/ 301" in site.page("_redirects").splitlines()


def test_what_was_added_in_the_future_waits(site: Any) -> None:
    site.write(ONE.format(""))
    site.write("-- content/two.md --\n---\ntitle: Two\naddedDateTime: 2062-03-01\n---\nx\n")
    assert site.build().ok
    assert not site.has("articles/two/index.html")
    assert "2062" not in site.page("feed.xml")
    assert "One" in site.page("index.html")
    assert site.build(now=datetime(2062, 3, 2, tzinfo=UTC)).ok
    assert site.has("articles/two/index.html")


def test_a_mistyped_week_takes_no_place(site: Any) -> None:
    site.write(ONE.format(""))
    site.write("-- content/two.md --\n---\ntitle: Two\npublishedDateTime: 2024-02-14\n"
               "edition: 2062-W07\n---\nx\n")  # fmt: skip
    report = site.build()
    assert report.ok
    assert "Two" not in site.page("index.html")
    assert "2062" not in site.page("_redirects")
    assert "2062" not in site.page("feed.xml")
    assert "edition/not-begun" in codes(report)


def test_a_format_that_is_off_leaves_nothing(site: Any) -> None:
    site.write(ONE.format(""))
    site.put("site.toml", b'base_url = "https://t.example"\nformats = ["html"]\n'
                          b'[feeds]\ntag = "t.example,2024"\n')  # fmt: skip
    site.good()
    assert [path for path in site.tree() if "search" in path] == []


def test_the_search_page_asks_not_to_be_indexed(site: Any) -> None:
    site.write(ONE.format(""))
    site.good()
    assert '<meta name="robots" content="noindex' in site.page("search/index.html")


def test_a_theme_of_the_command_line_is_not_sought_in_the_settings(site: Any) -> None:
    site.write(ONE.format(""))
    (found,) = site.build(theme="broadshet").problems
    assert found.where is None
    assert found.message == '--theme: there is no theme "broadshet". Did you mean "broadsheet"?'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("これは**「重要」**です。", "<strong>「重要」</strong>"),
        ("这是**我想做的事。**所以继续。", "<strong>我想做的事。</strong>"),
        ("**마크다운(Markdown)**을 사용.", "<strong>마크다운(Markdown)</strong>"),
        ("A ** star ** stays", "** star **"),
    ],
)
def test_emphasis_beside_scripts_without_blanks(site: Any, text: str, shown: str) -> None:
    site.write(ONE.format("").replace("Body.", text))
    site.good()
    assert shown in site.page("articles/one/index.html")
