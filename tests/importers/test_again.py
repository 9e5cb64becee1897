"""A second import: what the old site took back meanwhile, what an editor changed or took away."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from site_gen.importers import report
from site_gen.importers.old_site import Wishes
from site_gen.importers.run import import_site

from .conftest import NOW

OLD = """
-- a.md --
---
title: A
date: 2024-01-01
---
Fog.
-- b.md --
---
title: B
date: 2024-01-02
---
Ice.
-- c.md --
---
title: C
date: 2024-01-03
---
Mud.
"""


def test_a_text_that_was_taken_back_or_away_is_named(
    move: Any, put: Any, old: Path, site: Any
) -> None:
    put(OLD)
    move("markdown")
    mine = site.root / "content/a.md"
    mine.write_text(mine.read_text("utf-8").replace("Fog.", "Fog at sea."), "utf-8")
    (site.root / "content/c.md").unlink()
    put("-- a.md --\n---\ntitle: A\ndate: 2024-01-01\ndraft: true\n---\nFog.\n")
    (old / "b.md").unlink()
    outcome = move("markdown")
    said = report.markdown(outcome)
    assert "- content/b.md: its text is gone from the old site, and still here" in said
    assert "(draft: true): yours is, so write `draft: true` into it" in said
    assert "- Removed by you here: 1. Their addresses lead nowhere." in said
    assert "- Posts, issues and pages found: 2." in said
    mine.write_text(mine.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    assert "yours is, so" not in report.markdown(move("markdown"))


def test_what_another_folder_brought_is_not_gone(
    move: Any, put: Any, tmp_path: Path, site: Any
) -> None:
    put(OLD)
    move("markdown")
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.md").write_text("---\ntitle: D\ndate: 2024-01-04\n---\nx\n", "utf-8")
    outcome = import_site(site.root, other, Wishes(kind="markdown"), NOW, feed=None, dry=False)
    assert outcome.gone == ()


def test_only_settings_that_are_missing_are_shown(move: Any, put: Any, site: Any) -> None:
    put(OLD + "-- _config.yml --\ntitle: Old\nurl: https://old.example\n")
    move("markdown")
    assert "Settings that your" not in report.markdown(move("markdown"))
    path = site.root / "site.toml"
    path.write_text(path.read_text("utf-8").replace("https://old", "https://mine"), "utf-8")
    said = report.markdown(move("markdown"))
    told = said.partition("Settings that your")[2]
    assert 'base_url = "https://old.example"' in told
    assert "[feeds]" not in told


def test_days_are_those_of_the_site(move: Any, put: Any) -> None:
    put(
        "-- _config.yml --\ntitle: Old\ntimezone: Europe/Berlin\n"
        f"-- a.md --\n---\ntitle: A\ndate: {NOW + timedelta(days=400):%Y-%m-%d}\n---\nx\n"
    )
    said = report.markdown(move("markdown"))
    assert f"to appear on {NOW + timedelta(days=400):%Y-%m-%d}" in said
