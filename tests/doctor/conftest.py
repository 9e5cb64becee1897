"""A small site, and what is found about it."""

from collections.abc import Callable
from typing import Any

import pytest

from site_gen.doctor.finding import Finding
from site_gen.doctor.run import examine

SETTINGS = """title = "T"
base_url = "https://t.example"
feeds = {tag = "t.example,2024"}
"""


@pytest.fixture
def found(site: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Finding]]:
    """`found("git")`: the findings of that name; more settings may be given."""
    for name in ("SOURCE_DATE_EPOCH", "NETLIFY", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    (site.root / "content").mkdir(parents=True)

    def look(name: str = "", more: str = "") -> list[Finding]:
        site.put("site.toml", (SETTINGS + more).encode())
        return [each for each in examine(site.root) if name in ("", each.name)]

    return look
