"""Looking at a site changes nothing in it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_gen import query
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options
from site_gen.memo.memo import Memo
from site_gen.problems import SiteError


def test_explain_names_the_inputs_that_changed(small: Any) -> None:
    small.good()
    options = Options(now=small.now, jobs=1)
    found = query.explain(small.root, options, "/articles/a/")
    assert found
    assert (found.path, found.template) == ("articles/a/index.html", "article.html")
    assert found.current
    assert found.made == ("new",)
    assert [name for name, _, changed in found.inputs if changed] == []
    small.edit("content/a.md", "A plain", "Another")
    found = query.explain(small.root, options, "content/a.md")
    assert found
    assert not found.current
    assert [name for name, _, changed in found.inputs if changed] == [
        "article",
        "body",
    ]  # its excerpt too
    # Its own looking is not taken for a build.
    small.good()
    assert "Another" in (small.public / "articles/a/index.html").read_text()


def test_explain_of_a_first_build_and_of_nothing(small: Any) -> None:
    options = Options(now=small.now, jobs=1)
    found = query.explain(small.root, options, "articles/a/index.html")
    assert found
    assert found.made == ()
    assert not found.current
    assert query.explain(small.root, options, "/nowhere/") is None
    assert not small.public.exists()


def test_what_is_read_ahead_a_build_does_not_read_again(small: Any) -> None:
    small.put("content/b.md", "---\ntitle: [\n---\n")
    small.age()
    kept = Kept()
    query.read_ahead(small.root, Options(now=small.now), kept)
    assert not small.public.exists()
    report = small.build(kept=kept)
    assert report.read == 0
    assert [each.where.path for each in report.problems if each.where] == ["content/b.md"]


def test_reading_ahead_leaves_what_is_wrong_to_the_build(small: Any) -> None:
    small.put("site.toml", "title = ")
    query.read_ahead(small.root, Options(now=small.now), Kept())
    assert [each.code for each in small.build().problems] == ["settings/syntax"]


def test_a_catalog_comes_with_its_problems(small: Any) -> None:
    options = Options(now=small.now, jobs=1)
    catalog, problems = query.catalog_of(small.root, options)
    assert [a.card.title for a in catalog.articles] == ["Title b", "Title a"]
    assert [p for p in problems if p.severity == "error"] == []
    small.put("content/x.md", "no front matter")
    with pytest.raises(SiteError) as caught:
        query.catalog_of(small.root, options)
    assert [p.where.path for p in caught.value.problems if p.where] == ["content/x.md"]


def test_a_damaged_memo_is_no_bug(small: Any) -> None:
    """It may come from a stranger: whatever stands in it, looking goes on without it."""
    small.good()
    memo = Memo(small.root / ".site_gen/memo.sqlite")
    memo._db.execute("update part set facts = x'c1'")
    memo._db.execute("update state set value = '7' where name = 'analyses'")
    memo._db.execute("delete from state where name = 'catalog'")
    memo.close()
    options = Options(now=small.now, jobs=1)
    catalog, _ = query.catalog_of(small.root, options)
    assert len(catalog.articles) == 2
    found = query.explain(small.root, options, "/articles/a/")
    assert found
    assert found.made == ()


@pytest.mark.parametrize("words", [["list"], ["explain", "/articles/a/"]])
@pytest.mark.parametrize(
    ("place", "mode"), [(".site_gen", 0o500), (".site_gen/memo.sqlite", 0o400)]
)
def test_a_memo_without_rights_is_said(
    small: Any,
    checkout: Path,
    powerless: Callable[[], None],
    words: list[str],
    place: str,
    mode: int,
) -> None:
    small.good()
    small.edit("content/a.md", "Title a", "Other")
    path = small.root / place
    rights = path.stat().st_mode
    path.chmod(mode)
    command = [sys.executable, "-m", "site_gen", "-C", str(small.root), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=powerless, cwd=checkout
    )
    path.chmod(rights)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("error[build/system] the system refused: ")
    assert "memo.sqlite\n" in done.stderr


def test_a_folder_that_cannot_be_opened_is_named(small: Any, powerless: Callable[[], None]) -> None:
    """A folder of themes was said to be the content."""
    small.good()
    (small.root / "themes/bare/templates").chmod(0)
    report = small.outside(preexec_fn=powerless)
    (small.root / "themes/bare/templates").chmod(0o755)
    errors = [(p["code"], p["path"]) for p in report["problems"] if p["severity"] == "error"]
    assert ("file/refused", "themes/bare/templates") in errors


CATALOG = """
import sys
from datetime import datetime
from pathlib import Path
from site_gen import query
from site_gen.engine.cache.in_process import Kept
from site_gen.engine.report import Options
now = datetime.fromisoformat(sys.argv[2])
catalog, _ = query.catalog_of(Path(sys.argv[1]), Options(now=now, jobs=1))
print(len(catalog.articles), "jinja2" in sys.modules)
"""


def test_who_lists_articles_needs_no_templates(small: Any) -> None:
    small.good()
    asked = [sys.executable, "-c", CATALOG, str(small.root), small.now.isoformat()]
    said = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["2", "False"]
