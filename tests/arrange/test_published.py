"""Addresses and guids that the last build published, and what became of them."""

from typing import Any

import pytest

from site_gen.memo.memo import Memo, Published

ONE = """
-- content/one.md --
---
title: One
publishedDateTime: 2024-02-13T09:00:00Z
{}---
Body.
"""
NAMES = ("article/renamed", "article/guid-changed", "article/vanished")


def said_of(report: Any) -> list[tuple[str, str]]:
    return [(p.code, p.help) for p in report.problems if p.code in NAMES]


def renamed(site: Any, old: str, new: str) -> Any:
    (site.root / old).rename(site.root / new)
    return site.build()


def test_a_renamed_file_is_told_guid_and_alias(site: Any) -> None:
    site.write(ONE.format(""))
    site.good()
    report = renamed(site, "content/one.md", "content/uno.md")
    assert said_of(report) == [
        (
            "article/renamed",
            'write guid: "tag:t.example,2024:one" and aliases: ["/articles/one/"] into its front '
            "matter, or feed readers show it again",
        )
    ]


def test_with_a_slug_of_its_own_only_the_guid_is_missing(site: Any) -> None:
    site.write(ONE.format("slug: one\n"))
    site.good()
    report = renamed(site, "content/one.md", "content/uno.md")
    assert said_of(report) == [
        ("article/guid-changed", 'write guid: "tag:t.example,2024:one" into its front matter')
    ]


def test_with_a_guid_of_its_own_only_the_alias_is_missing(site: Any) -> None:
    site.write(ONE.format('guid: "g"\n'))
    site.good()
    report = renamed(site, "content/one.md", "content/uno.md")
    assert said_of(report) == [("article/vanished", FOLLOW.format("/articles/one/"))]


FOLLOW = 'add aliases: ["{}"] to its front matter, so that old links lead there'


def test_another_slug_is_told_in_the_article_that_has_it(site: Any) -> None:
    site.write(ONE.format("slug: one\n"))
    site.good()
    site.edit("content/one.md", "slug: one", "slug: uno")
    report = site.build()
    assert said_of(report) == [("article/vanished", FOLLOW.format("/articles/one/"))]
    (problem,) = [p for p in report.problems if p.code == "article/vanished"]
    assert problem.message.endswith("its article is at /articles/uno/ now")
    assert str(problem.where).startswith("content/one.md:")
    site.edit("content/one.md", "slug: uno", 'slug: uno\naliases: ["/articles/one/"]')
    site.good()


def test_who_followed_the_advice_hears_nothing(site: Any) -> None:
    site.write(ONE.format(""))
    site.good()
    both = 'guid: "tag:t.example,2024:one"\naliases: ["/articles/one/"]\n'
    site.remove("content/one.md")
    site.write(ONE.replace("one.md", "uno.md").format(both))
    site.good()


def test_another_tag_of_feeds_is_told(site: Any) -> None:
    site.write(ONE.format(""))
    site.good()
    site.edit("site.toml", "t.example,2024", "other.example,2024")
    assert [code for code, _ in said_of(site.build())] == ["article/guid-changed"]


def test_a_deleted_article_is_named_with_the_way_to_take_it_back(site: Any) -> None:
    site.write(ONE.format("") + ONE.replace("one.md", "two.md").replace("One", "Two").format(""))
    site.good()
    site.remove("content/one.md")
    ((code, cure),) = said_of(site.build())
    assert code == "article/vanished"
    assert "withdrawn:" in cure


def test_only_articles_that_changed_are_compared(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, three = (
        ONE.replace("one.md", f"{name}.md").replace("One", name) for name in ("two", "three")
    )
    site.write(ONE.format("") + two.format(""))
    site.good()
    asked: list[set[str]] = []
    plain = Memo.published

    def published(self: Memo, output: str, paths: Any = None) -> Published:
        asked.append({"all"} if paths is None else {*paths})
        return plain(self, output, paths)

    monkeypatch.setattr(Memo, "published", published)
    site.write(three.format(""))
    site.good()
    site.edit("content/two.md", "title: two", "title: Other")
    site.good()
    assert set().union(*asked) == {"three.md", "two.md"}
    site.remove("content/two.md")
    assert [code for code, _ in said_of(site.build())] == ["article/vanished"]
    assert "all" not in set().union(*asked)
