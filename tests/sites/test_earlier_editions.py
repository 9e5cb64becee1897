"""The earlier editions that the letter of a locked edition names on its stories."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from site_gen.cli.main import group
from tests.sites.test_closed_editions import GULLS, LETTER, LOCK, NOW, codes, forget, write

TOLD = {
    "content/one.md": b"---\ntitle: One\npublishedDateTime: 2026-02-17\nstory: quay\n---\nx\n",
    "content/two.md": b"---\ntitle: Two\npublishedDateTime: 2026-02-24\nstory: quay\n---\nx\n",
}
EARLIER = {
    "leaves the story": lambda site: site.edit("content/one.md", "story: quay\n", ""),
    "comes to the story": lambda site: site.put(
        "content/new.md", TOLD["content/one.md"].replace(b"02-17", b"02-11")
    ),
    "goes to another week": lambda site: site.edit("content/one.md", "02-17", "02-24"),
}


@pytest.fixture
def told(site: Any) -> Any:
    """A locked edition with a story that two earlier ones, which are not locked, tell of too."""
    write(site)
    site.edit(GULLS, "why:", "story: quay\nwhy:")
    for path, text in TOLD.items():
        site.put(path, text)
    site.put("content/stays.md", b"---\ntitle: S\npublishedDateTime: 2026-02-17\n---\nx\n")
    found = CliRunner().invoke(group, ["-C", str(site.root), "close", "--now", NOW])
    assert found.exit_code == 0, found.output
    assert codes(site) == []
    return site


@pytest.mark.parametrize("name", EARLIER)
def test_stories_of_earlier_editions_do_not_change_it(told: Any, name: str) -> None:
    before = _told_earlier(told)
    assert all("/editions/2026-W08/" in text for text in before)
    EARLIER[name](told)
    codes(told)
    assert _told_earlier(told) == before


def _told_earlier(site: Any) -> list[str]:
    """The letter, and what the page says below stories of editions before it."""
    page = site.page("editions/2026-W10/index.html")
    return [site.page(LETTER[0]), *re.findall(r'class="earlier">(.*?)·', page, re.DOTALL)]


def test_an_earlier_edition_that_it_names_and_that_is_gone_is_said(told: Any) -> None:
    told.remove("content/two.md")
    report = told.build(now=datetime.fromisoformat(NOW).astimezone(UTC))
    (found,) = (p for p in report.problems if p.code == "edition/changed")
    assert (found.where.path, found.where.excerpt[:7]) == (LOCK, "threads")
    assert "2026-W09" in found.message


def test_a_lock_of_before_tells_of_no_earlier_editions(told: Any) -> None:
    forget(told, "threads")
    told.remove("content/two.md")
    codes(told)
    assert "2026-W09" not in told.page(LETTER[0])
