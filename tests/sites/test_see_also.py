"""What our archive has on the matter of an article: on its page, of older editions alone."""

import re
import shutil
from datetime import UTC, datetime
from typing import Any

import pytest

SITE = """
-- site.toml --
title = "Quay"
base_url = "https://quay.example"
formats = ["html"]
[feeds]
tag = "quay.example,2026"
"""
NOW = datetime(2026, 3, 31, tzinfo=UTC)


def article(name: str, day: str, more: str) -> str:
    return (
        f"-- content/{name}.md --\n---\ntitle: {name}\npublishedDateTime: {day}\n{more}\n---\n.\n"
    )


WEEKS = [
    article("tale", "2026-03-02", "story: Locks"),
    article("topic1", "2026-03-03", "topics: [Canals]"),
    article("topic2", "2026-03-10", "topics: [Canals]\nheat: 1"),
    article("topic3", "2026-03-10", "topics: [Canals]\nheat: 5"),
    article("paper", "2026-03-10", "provider: {name: Alpha}"),
    article("paper2", "2026-03-11", "provider: {name: Alpha}"),
    article("stranger", "2026-03-11", "provider: {name: Beta}"),
    article("new", "2026-03-17", "story: locks\ntopics: [Canals]\nprovider: {name: Alpha}"),
    article("beside", "2026-03-17", "story: locks\ntopics: [Canals]"),
    article("first", "2026-03-18", "provider: {name: Beta}\ntopics: [Nothing else]"),
]


def see_also(site: Any, name: str) -> list[str]:
    page = site.page(f"articles/{name}/index.html")
    found = re.search(r'<h2 id="see-also">From our archive</h2>(.*?)</section>', page, re.DOTALL)
    return re.findall(r"/articles/(\w+)/", found[1]) if found else []


@pytest.mark.parametrize("theme", ["broadsheet", "minimal"])
def test_story_then_topic_then_provider_four_at_most(site: Any, theme: str) -> None:
    site.write(SITE.replace("formats", f'theme = "{theme}"\nformats') + "".join(WEEKS))
    site.good(now=NOW)
    assert see_also(site, "new") == ["tale", "topic3", "topic2", "topic1"]
    assert see_also(site, "beside") == ["tale", "topic3", "topic2", "topic1"]
    assert see_also(site, "first") == ["stranger"]
    assert see_also(site, "topic3") == ["topic1"]
    assert see_also(site, "tale") == []


def test_a_new_article_changes_no_old_page_and_an_old_one_changes_those_that_name_it(
    site: Any,
) -> None:
    site.write(SITE + "".join(WEEKS))
    site.good(now=NOW)
    before = site.tree()
    more = article("later", "2026-03-24", "story: Locks\ntopics: [Canals]")
    site.write(SITE + "".join([*WEEKS, more]))
    site.good(now=NOW)
    after = site.tree()
    old = [path for path in before if path.startswith("articles/")]
    assert {path for path in old if before[path] != after[path]} == set()
    assert see_also(site, "later")[0] in ("new", "beside")
    site.edit("content/tale.md", "title: tale", "title: The tale of the locks")
    site.good(now=NOW)
    assert "The tale of the locks" in site.page("articles/new/index.html")
    incremental = site.tree()
    for folder in ("public", ".site_gen"):
        shutil.rmtree(site.root / folder)
    site.good(now=NOW)
    assert incremental == site.tree()
