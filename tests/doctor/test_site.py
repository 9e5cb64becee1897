"""Settings that surprise, and what was left behind."""

from typing import Any

import pytest

from site_gen.doctor.site import SURPRISES
from site_gen.read import schemas
from site_gen.settings import Settings

GIVEN = [
    ("noindex = true\n", "noindex"),
    ("[editions]\nshow_open = false\n", "show_open"),
    ('[rights]\ndefault = "link"\n', "rights.default"),
    ('[images]\nremote = "off"\n', "images.remote"),
    ('formats = ["rss", "redirects"]\n', "no pages"),
    ('formats = ["html", "redirects"]\n', "all feeds"),
    ('formats = ["html", "rss"]\n', "former addresses lead nowhere"),
    ('[publish]\ntarget = "branch"\n', "reads no `_redirects`"),
    ('alias_pages = true\n[publish]\ntarget = "netlify"\n', "better rule"),
    ('formats = ["html", "rss", "redirects"]\n[newsletter]\nservice = "form"\n'
     'action = "https://m.example/in"\n', "email"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "said"), GIVEN)
def test_settings_that_surprise_are_told(found: Any, more: str, said: str) -> None:
    told = found("setting", more)
    assert [said in each.said for each in told] == [True], told
    assert all(each.level == "warning" and each.cure for each in told)


def test_plain_settings_surprise_nobody(found: Any) -> None:
    assert found("setting") == []
    assert not [each for each in SURPRISES if each.holds(Settings(base_url="https://t.example"))]


def test_settings_that_cannot_be_read_are_an_error_and_the_rest_is_still_looked_at(
    found: Any,
) -> None:
    (one,) = found("settings", "titel = 1\n")
    assert (one.level, "titel" in one.said) == ("error", True)
    assert found("send", "titel = 1\n")


def test_an_address_of_this_machine_is_told(found: Any, site: Any) -> None:
    said = found("settings", "")
    assert [each.level for each in said] == ["fine"]
    site.put("site.toml", b"")
    from site_gen.doctor.run import examine

    said = [each for each in examine(site.root) if each.name == "settings"]
    assert any("base_url is not set" in each.said for each in said)


def test_the_environment(found: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found("environment") == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert "stands for the clock" in found("environment")[0].said


def test_what_was_left_to_be_looked_at(found: Any, site: Any) -> None:
    assert (found("quarantine"), found("crash"), found("schemas")) == ([], [], [])
    site.put(".site_gen/quarantine/a.md", b"")
    site.put(".site_gen/crash.log", b"")
    assert "1 draft of convert" in found("quarantine")[0].said
    assert found("crash")[0].level == "warning"
    line = f"#:schema ./{schemas.FOLDER}/site.json\n"
    assert found("schemas", line)[0].cure == "site-gen config schema --write"
    schemas.write(site.root)
    assert found("schemas", line)[0].level == "fine"
