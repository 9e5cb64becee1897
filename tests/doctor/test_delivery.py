"""What the ways to readers need."""

from typing import Any

import pytest

from site_gen.doctor import delivery
from site_gen.settings.delivery import PublishSettings, SendSettings


def levels(findings: Any) -> list[str]:
    return [each.level for each in findings]


def test_nothing_is_asked_of_a_site_that_sends_nowhere(found: Any) -> None:
    assert levels(found("publish")) == levels(found("send")) == ["fine"]


def test_each_target_and_channel_is_known_here() -> None:
    for name in ("folder", "s3", "netlify", "branch", "rsync"):
        assert hasattr(PublishSettings(), name)
    fields = set(SendSettings.__struct_fields__) - {"channel"}
    assert fields <= set(delivery.SECRETS)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('target = "rsync"\n', "rsync is not told where to"),
        ('target = "folder"\n', "folder is not told where to"),
        ('target = "s3"\n', "s3 is not told where to"),
    ],
)
def test_a_target_that_is_not_told_where_to(found: Any, more: str, said: str) -> None:
    assert said in [each.said for each in found("publish", f"[publish]\n{more}")]


def test_a_program_a_library_and_a_secret_that_are_absent(
    found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rsync = '[publish]\ntarget = "rsync"\nrsync = {target = "a:b"}\n'
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert [each.cure for each in found("publish", rsync)] == ["install rsync", "install ssh"]
    monkeypatch.setattr(delivery, "find_spec", lambda name: None)
    for key in delivery.SECRETS["s3"]:
        monkeypatch.delenv(key, raising=False)
    told = found("publish", '[publish]\ntarget = "s3"\ns3 = {bucket = "b"}\n')
    assert levels(told) == ["warning", "warning", "error"]
    assert told[-1].cure == "pip install 'site-gen[s3]'"


def test_what_a_mail_server_needs(found: Any, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    more = '[send]\nchannel = "smtp"\n[send.smtp]\nrecipients = "readers.txt"\n'
    said = [each.said for each in found("send", more)]
    assert said == [
        "smtp has no host",
        "smtp has no sender",
        "smtp has no unsubscribe",
        "there is no readers.txt",
    ]
    site.put("subscribers.txt", b"a@t.example\n")
    whole = (
        '[send]\nchannel = "smtp"\n[send.smtp]\nhost = "m.example"\nsender = "a@t.example"\n'
        'unsubscribe = "mailto:a@t.example"\n'
    )
    assert levels(found("send", whole)) == ["fine"]
    monkeypatch.delenv("SITE_GEN_SMTP_PASSWORD", raising=False)
    assert levels(found("send", whole + 'user = "a"\n')) == ["warning"]


def test_the_service_of_the_newsletter_is_the_channel(
    found: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = '[newsletter]\nservice = "buttondown"\naction = "https://b.example/in"\n'
    monkeypatch.delenv("SITE_GEN_BUTTONDOWN_TOKEN", raising=False)
    assert levels(found("send", more)) == ["warning"]
    monkeypatch.setenv("SITE_GEN_BUTTONDOWN_TOKEN", "x")
    assert levels(found("send", more)) == ["fine"]


@pytest.mark.parametrize("kind", ["publish", "send"])
def test_the_way_of_a_plugin_is_looked_at_as_far_as_it_is_known(found: Any, kind: str) -> None:
    key = "target" if kind == "publish" else "channel"
    more = f'[{kind}]\n{key} = "zipped"\n'
    ((level, _, said, _),) = found(kind, f'plugins = ["zipped"]\n{more}')
    assert (level, said) == ("fine", "zipped is a plugin's, which is not run here")
