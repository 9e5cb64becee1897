"""Former addresses as pages that send readers on."""

from typing import Any

import pytest

SITE = """
-- site.toml --
title = "T"
base_url = "https://t.example/digest"
alias_pages = true
feeds = {tag = "t.example,2024"}
-- content/a.md --
---
title: A
publishedDateTime: 2024-02-14
aliases: ["/old/", "/2019/a.html", "/v1.2/"]
---
Words.
"""
NEW = "https://t.example/digest/articles/a/"


@pytest.fixture
def moved(site: Any) -> Any:
    site.write(SITE)
    return site


def test_each_former_address_has_a_page_that_leads_on(moved: Any) -> None:
    moved.good()
    for path in ("old/index.html", "2019/a.html", "v1.2/index.html"):
        page = moved.page(path)
        assert f'<meta http-equiv="refresh" content="0; url={NEW}">' in page
        assert f'<link rel="canonical" href="{NEW}">' in page
        assert '<meta name="robots" content="noindex">' in page
    assert "/editions/2024-W07/" in moved.page("latest/index.html")
    assert "/old/" not in moved.page("sitemap.xml")


def test_without_the_setting_there_is_none(moved: Any) -> None:
    moved.edit("site.toml", "alias_pages = true\n", "")
    moved.good()
    assert not moved.has("old/index.html")
    assert not moved.has("latest/index.html")


def test_a_page_is_made_again_only_when_its_target_changed(moved: Any) -> None:
    moved.good()
    moved.edit("content/a.md", "Words.", "Other words.")
    assert not [page for page in moved.good().rendered if page.path.startswith(("old", "2019"))]
    moved.edit("content/a.md", '"/old/", ', "")
    moved.good()
    assert not moved.has("old/index.html")


def test_what_is_there_is_never_written_over(moved: Any) -> None:
    """A page by another case, a file where a folder must be: told, and left."""
    moved.put("content/static/old/INDEX.html", b"mine")
    moved.put("content/static/V1.2", b"mine")
    report = moved.build()
    assert report.ok
    (problem,) = report.problems
    assert (problem.code, problem.severity) == ("output/alias-page", "warning")
    assert "2 former addresses" in problem.message
    assert moved.page("old/INDEX.html") == "mine"
    assert moved.has("2019/a.html")


def test_no_page_stands_for_a_feed(moved: Any) -> None:
    moved.edit(
        "site.toml", "feeds =", 'redirects = [{from = "/index.xml", to = "/feed.xml"}]\nfeeds ='
    )
    report = moved.build()
    assert [p.code for p in report.problems] == ["output/alias-page"]
    assert "/index.xml" in report.problems[0].message
    assert not moved.has("index.xml")
    assert not moved.has("index.xml/index.html")


def test_an_address_elsewhere_stays_whole(moved: Any) -> None:
    rule = 'redirects = [{from = "/out/", to = "https://x.example/?a=1&b=2"}]\nfeeds ='
    moved.edit("site.toml", "feeds =", rule)
    moved.good()
    assert 'url=https://x.example/?a=1&amp;b=2"' in moved.page("out/index.html")


def test_faults_of_rules_are_said_though_no_file_of_rules_is_written(moved: Any) -> None:
    names = 'formats = ["html", "rss"]\nredirects = [{from = "/x/", to = "/nowhere/"}]\nfeeds ='
    moved.edit("site.toml", "feeds =", names)
    assert [p.code for p in moved.build().problems] == ["settings/redirect"]


def test_what_is_built_step_by_step_is_what_a_clean_build_makes(moved: Any, tmp_path: Any) -> None:
    moved.good()
    moved.edit("content/a.md", '"/v1.2/"', '"/v1.2/", "/third/"')
    moved.good()
    newer = "---\ntitle: B\npublishedDateTime: 2024-02-21\n---\nMore.\n"
    moved.put("content/b.md", newer.encode())
    moved.good()
    assert "/editions/2024-W08/" in moved.page("latest/index.html")
    moved.put(
        "content/a.md", (moved.root / "content/a.md").read_bytes().replace(b"/old/", b"/new/")
    )
    moved.good()
    step_by_step = moved.tree()
    moved.good(output=tmp_path / "clean")
    assert moved.tree(tmp_path / "clean") == step_by_step
    assert "new/index.html" in step_by_step
    assert "old/index.html" not in step_by_step


@pytest.mark.parametrize("alias", ["/.site_gen-files", "/.SITE_GEN-files/x"])
def test_no_page_takes_the_place_of_the_list_of_files(moved: Any, alias: str) -> None:
    moved.good()
    moved.edit("content/a.md", '"/v1.2/"', f'"/v1.2/", "{alias}"')
    assert "output/alias-page" in [p.code for p in moved.build().problems]
    assert "articles/a/index.html" in moved.page(".site_gen-files")
