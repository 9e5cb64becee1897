"""Which changes concern a site."""

import re
from pathlib import Path
from typing import Any

import pytest

from site_gen import __version__
from site_gen.doctor import upgrade
from site_gen.doctor.upgrade import Change, changes
from site_gen.settings import Settings

MADE = (
    Change("0.2.0", lambda s: s.noindex, "a", "do a"),
    Change("0.10.0", lambda s: True, "b", "do b"),
    Change("1.0.0", lambda s: True, "c", "do c"),
)


@pytest.mark.parametrize(
    ("last", "now", "said"),
    [
        ("", "0.2.0", ["a"]),
        ("0.1.9", "0.10.0", ["a", "b"]),
        ("0.2.0", "0.10.0", ["b"]),
        ("0.10.0", "0.10.0", []),
        ("1.0.0", "0.2.0", []),
        ("0.9", "1.0.0rc1", ["b", "c"]),
    ],
)
def test_those_after_the_last_version(
    last: str, now: str, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "CHANGES", MADE)
    assert [each.said for each in changes(Settings(noindex=True), last, now)] == said


def test_those_that_concern_no_setting_of_the_site_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upgrade, "CHANGES", MADE)
    assert changes(Settings(), "0.1.0", "0.2.0") == []


def test_the_real_table_is_of_versions_that_are_in_the_changelog() -> None:
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    for each in upgrade.CHANGES:
        assert re.search(rf"^## {re.escape(each.version)}\b", text, re.MULTILINE)
        assert each.cure


def test_doctor_tells_that_another_version_built_the_site(found: Any, site: Any) -> None:
    assert found("version") == []
    site.put(".site_gen/version", b"0.0.1\n")
    assert "0.0.1" in found("version")[0].said
    site.put(".site_gen/version", f"{__version__}\n".encode())
    assert found("version") == []
