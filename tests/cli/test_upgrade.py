"""`site-gen upgrade`."""

from typing import Any

import pytest

from site_gen import __version__
from site_gen.settings import renames
from site_gen.settings.renames import Renamed


def test_a_site_of_this_version_has_nothing_to_do(run: Any, harbour: Any) -> None:
    harbour.good()
    said = run("upgrade")
    assert (said.code, said.out) == (0, "")
    assert f"built last by {__version__}; this is {__version__}" in said.err
    assert "nothing changed" in said.err


def test_changes_are_told_with_what_to_do(run: Any, harbour: Any) -> None:
    said = run("upgrade", "--from", "0.0.1")
    assert "0.1.0: HTML in bodies is cleaned" in said.out
    assert '-> look at articles with tags, or set markdown.html = "text"' in said.out
    rows = run("--format", "json", "upgrade").data
    assert (rows["from"], rows["to"], rows["renamed"]) == ("", __version__, 0)
    assert all(row["cure"] for row in rows["changes"])


def test_a_setting_with_its_former_name_is_told_with_its_line(
    run: Any, harbour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renames, "RENAMED", (Renamed(("site_name",), ("title",), "0.2.0"),))
    harbour.edit("site.toml", "title =", "site_name =")
    said = run("upgrade", "--from", __version__)
    assert said.code == 0
    assert "warning[settings/renamed] site_name is called title since 0.2.0" in said.err
    assert "site.toml:1:1" in said.err
    assert run("build").code == 0


@pytest.mark.parametrize("word", ["banana", "", "latest"])
def test_what_is_no_version_is_refused(run: Any, harbour: Any, word: str) -> None:
    said = run("upgrade", "--from", word)
    assert (said.code, "is no version" in said.err) == (2, True)


def test_a_version_may_be_written_as_a_tag(run: Any, harbour: Any) -> None:
    assert run("upgrade", "--from", "v0.0.1").out == run("upgrade", "--from", "0.0.1").out
