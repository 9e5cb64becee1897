"""New files to fill in."""

from datetime import UTC, datetime
from typing import Any

import pytest

from site_gen import frontmatter
from site_gen.convert.drafts.scaffold import Proposal, new_article, new_edition
from site_gen.problems import SiteError, UsageError
from site_gen.read.names import Names
from site_gen.read.notes import read_note

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


def note(folder: Any, name: str, **found: Any) -> str:
    return new_edition(folder.root, folder.settings, Proposal(name, **found), NOW)


def test_the_note_of_an_edition(folder: Any) -> None:
    assert note(folder, "2024-W07") == "content/editions/2024-W07.md"
    assert folder.text("content/editions/2024-W07.md").startswith("---\ntitle:")


def test_nothing_is_replaced(folder: Any) -> None:
    note(folder, "2024-W07")
    with pytest.raises(SiteError, match="there already"):
        note(folder, "2024-W07")


@pytest.mark.parametrize("week", ["2024-W54", "../x", "7"])
def test_wrong_weeks_are_usage_errors(folder: Any, week: str) -> None:
    with pytest.raises(UsageError):
        note(folder, week)
    assert folder.files() == []


def test_a_title_is_needed(folder: Any) -> None:
    with pytest.raises(UsageError):
        new_article(folder.root, folder.settings, " ", NOW)


def test_what_is_proposed_is_a_note_that_can_be_read(folder: Any) -> None:
    stories = (("tower", "Tower: a vote\n# no"), ("b", "B"))
    path = note(folder, "2024-W07", number=4, stories=stories, sections=("One", "Two"))
    text = folder.text(path)
    found = read_note(text, "editions/2024-W07.md", folder.settings, Names(folder.settings))
    assert found.problems == ()
    assert found.value is not None
    assert (found.value.number, found.value.lead) == (4, "tower")
    assert found.value.sections == ("One", "Two")
    assert "\n# 2. b: B\n" in text


def test_an_article_for_a_certain_edition(folder: Any) -> None:
    path = new_article(folder.root, folder.settings, "Tower", NOW, "2024-W09")
    assert path == "content/2024-W09/tower.md"
    assert "edition: 2024-W09\n" in folder.text(path)
    with pytest.raises(UsageError):
        new_article(folder.root, folder.settings, "Tower", NOW, "2024-W60")
