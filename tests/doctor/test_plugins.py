"""Plugins: there or not, let run or not, changed since; code that lies there for nothing."""

from typing import Any

import pytest

from site_gen.doctor.run import examine
from site_gen.plugins import trust
from site_gen.plugins.discovery import find

BY_NAME = 'base_url = "https://t.example"\nplugins = ["wire"]\n'
CODE = b"raise AssertionError('doctor runs no plugin')\n"


@pytest.fixture
def told(site: Any) -> Any:
    """What is said of plugins and trust: (level, text)."""

    def look() -> list[tuple[str, str]]:
        names = ("plugin", "trust")
        return [(each.level, each.said) for each in examine(site.root) if each.name in names]

    site.put("site.toml", BY_NAME.encode())
    site.put("plugins/wire.py", CODE)
    return look


def test_a_plugin_is_let_run_changed_or_neither(told: Any, site: Any) -> None:
    assert told() == [("error", "wire is code, which you have not let run")]
    trust.write_trust(site.root, trust.Trust({"wire": find(site.root, "wire").digest}))
    assert told() == [("fine", "wire runs as you read it")]
    site.put("plugins/wire.py", CODE + b"# more\n")
    assert told() == [("error", "wire is not as you let it run")]


def test_one_that_is_not_there_and_one_that_nobody_names(told: Any, site: Any) -> None:
    site.put("site.toml", BY_NAME.replace("wire", "wires").encode())
    (missing, idle) = told()
    assert missing[0] == "error"
    assert 'Did you mean "wire"?' in missing[1]
    assert idle == ("warning", "in plugins/, but not named in settings: wire")


def test_trust_that_is_wider_than_needed(told: Any, site: Any) -> None:
    seal = find(site.root, "wire").digest
    trust.write_trust(site.root, trust.Trust({"wire": seal, "gone": "0"}, edits=True))
    said = told()
    assert [level for level, _ in said] == ["fine", "warning", "warning"]
    assert "may become anything" in said[1][1]
    assert "not named in settings any more: gone" in said[2][1]


def test_a_site_without_plugins_hears_nothing(told: Any, site: Any) -> None:
    site.put("site.toml", b'base_url = "https://t.example"\n')
    (site.root / "plugins/wire.py").unlink()
    assert told() == []
