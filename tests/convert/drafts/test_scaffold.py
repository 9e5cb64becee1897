"""New files to fill in."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen import frontmatter
from site_gen.convert.drafts.scaffold import new_article, new_edition
from site_gen.problems import SiteError, UsageError

NOW = datetime(2024, 2, 17, 9, tzinfo=UTC)


def test_an_article_of_this_week(folder: Any) -> None:
    path = new_article(folder.root, folder.settings, "Tower: a vote", NOW)
    assert path == "content/2024-W07/tower-a-vote.md"
    head = frontmatter.split(folder.text(path)).head
    checked = frontmatter.check(frontmatter.load(head), head, path, UTC)
    assert checked.problems == ()
    assert checked.matter is not None
    assert checked.matter.draft
    assert checked.matter.guid == "tag:t.example,2024:2024-W07/tower-a-vote"


def test_the_note_of_an_edition(folder: Any) -> None:
    assert new_edition(folder.root, folder.settings, "", NOW) == "content/editions/2024-W07.md"
    assert folder.text("content/editions/2024-W07.md").startswith("---\ntitle:")


def test_nothing_is_replaced(folder: Any) -> None:
    new_edition(folder.root, folder.settings, "2024-W07", NOW)
    with pytest.raises(SiteError, match="there already"):
        new_edition(folder.root, folder.settings, "2024-W07", NOW)


@pytest.mark.parametrize("week", ["2024-W54", "../x", "7"])
def test_wrong_weeks_are_usage_errors(folder: Any, week: str) -> None:
    with pytest.raises(UsageError):
        new_edition(folder.root, folder.settings, week, NOW)
    assert folder.files() == []


def test_a_title_is_needed(folder: Any) -> None:
    with pytest.raises(UsageError):
        new_article(folder.root, folder.settings, " ", NOW)
