"""The built feeds beside those that subscribers have."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.check import against
from site_gen.problems import SiteError


@pytest.fixture
def built(site: Any, run: Any) -> Any:
    def build() -> Path:
        assert run("-C", str(site.root), "build", "--now", "2026-03-20").code == 0
        return Path(site.root / "public")

    for name in ("a", "b", "c"):
        site.article(name)
    return build


def test_nothing_is_said_of_feeds_that_are_the_same(site: Any, built: Any) -> None:
    against.keep(site.root, built())
    found = against.compare(built(), against.in_folder(site.root / against.KEPT))
    assert found == ([], [])


def test_new_changed_and_dropped_entries_are_counted(site: Any, built: Any) -> None:
    against.keep(site.root, built())
    site.article("d", publishedDateTime="2026-03-04T08:30:00Z")
    site.article("b", "Other text, much changed.")
    (site.root / "content/a.md").unlink()
    found, problems = against.compare(built(), against.in_folder(site.root / against.KEPT))
    main = next(d for d in found if d.path == "feed.xml")
    assert problems == []
    assert main == ("feed.xml", ("The story of d",), ("The story of b",), 1, False)
    assert next(against.as_lines([main])) == (
        'feed.xml: 1 new ("The story of d"), 1 changed ("The story of b"), 1 taken away'
    )


def test_an_id_that_changes_is_an_error(site: Any, built: Any, run: Any) -> None:
    against.keep(site.root, built())
    site.article("a", guid="tag:other.example,2026:a")
    built()
    words = ("-C", str(site.root), "check", "--now", "2026-03-20", "--only", "text")
    done = run(*words, "--against", "last")
    assert done.code == 1
    assert "feed/churn" in done.out
    assert "--> feed.xml" in done.out


def test_no_folder_or_no_build_is_said(site: Any, built: Any) -> None:
    with pytest.raises(SiteError, match="no folder"):
        against.in_folder(site.root / against.KEPT)
    with pytest.raises(SiteError, match="nothing is built"):
        against.keep(site.root, site.root / "public")
