"""Letters through the services: a draft, then sent, once, whatever breaks half-way.

The services do not install here: stand-ins made after their documentation answer (services.py).
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .services import Service

KINDS = ("buttondown", "listmonk", "mailchimp", "kit", "ghost")
SECRETS = {
    "buttondown": ("BUTTONDOWN_TOKEN", "secret"),
    "listmonk": ("LISTMONK_TOKEN", "secret"),
    "mailchimp": ("MAILCHIMP_TOKEN", "secret-us1"),
    "kit": ("KIT_TOKEN", "secret"),
    "ghost": ("GHOST_KEY", "1:abcd"),
}
RELEASES = {
    "buttondown": "PATCH /v1/emails/1",
    "listmonk": "PUT /api/campaigns/1/status",
    "mailchimp": "POST /campaigns/1/actions/send",
    "kit": "PUT /v4/broadcasts/1",
    "ghost": "PUT /ghost/api/admin/posts/1",
}
DRAFTS = {
    "buttondown": "POST /v1/emails",
    "listmonk": "POST /api/campaigns",
    "mailchimp": "POST /campaigns",
    "kit": "POST /v4/broadcasts",
    "ghost": "POST /ghost/api/admin/posts",
}


@pytest.fixture(params=KINDS)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    made = Service(request.param)
    yield made
    made.close()


@pytest.fixture(scope="module")
def built() -> dict[str, Path]:
    """A digest for each kind of service, closed and built by the first test that sends there."""
    return {}


@pytest.fixture
def send(
    service: Service, digest: Any, built: dict[str, Path], monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Any]:  # fmt: skip
    name, value = SECRETS[service.kind]
    monkeypatch.setenv(f"SITE_GEN_{name}", value)
    digest.settings(
        f'[send]\nchannel = "{service.kind}"\n[send.{service.kind}]\nurl = "{service.url}"\n'
    )
    if found := built.get(service.kind):
        for name in ("content", "public", ".site_gen"):
            shutil.copytree(found / name, digest.root / name, dirs_exist_ok=True)
    else:
        digest.close()
        digest.build()
        copy = tmp_path_factory.mktemp("built") / service.kind
        built[service.kind] = shutil.copytree(digest.root, copy)
    return lambda *words: digest.run("send", "2026-W10", *words)


def receipt(digest: Any) -> str:
    return (digest.root / "content/editions/2026-W10.sent").read_text("utf-8")


def test_a_draft_first_then_sent_and_never_again(service: Service, send: Any, digest: Any) -> None:
    done = send()
    assert done.code == 0, done.err
    assert f"is a draft of {service.kind}" in done.err
    assert (len(service.rows), service.mailed) == (1, [])
    assert 'state = "drafted"' in receipt(digest)
    assert send("--now").code == 0
    assert service.mailed == ["1"]
    assert 'state = "sent"' in receipt(digest)
    again = send("--now")
    assert (again.code, service.mailed) == (0, ["1"])
    assert "--again sends it again" in again.err


def test_the_draft_holds_the_letter(service: Service, send: Any) -> None:
    send()
    told = str(service.rows["1"])
    assert "Harbour Weekly No. 1 · 2–8 March 2026" in told
    assert "<html" in told


def test_a_letter_that_was_built_anew_brings_its_draft_up_to_date(
    service: Service, send: Any, digest: Any
) -> None:
    send()
    digest.put("content/ferry.md", (digest.root / "content/ferry.md").read_text().replace(
        "A ferry", "A faster ferry"))  # fmt: skip
    digest.build()
    assert send().code == 0
    assert list(service.rows) == ["1"]
    assert "A faster ferry" in str(service.rows["1"])


def test_at_a_time(service: Service, send: Any, digest: Any) -> None:
    assert send("--at", "2026-03-10T06:00:00Z").code == 0
    assert "2026-03-10T06:00:00" in str(service.rows["1"])
    assert 'state = "scheduled"' in receipt(digest)
    if service.kind != "kit":  # where a time and a broadcast are one call
        assert service.mailed == []


def test_a_test_goes_to_one_address(service: Service, send: Any) -> None:
    done = send("--test", "me@example.org")
    if service.kind == "kit":
        assert "sends no tests" in done.err
    else:
        assert service.tests == ["me@example.org"]
    assert service.mailed == []


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_line_that_breaks_at_the_draft(
    service: Service, send: Any, digest: Any, how: str
) -> None:
    service.fail[DRAFTS[service.kind]] = how
    assert send("--now").code == 1
    assert 'state = "begun"' in receipt(digest)
    assert send("--now").code == 0
    assert len(service.rows) == 1
    assert len(service.mailed) == 1


@pytest.mark.parametrize("how", ["before", "after"])
def test_a_line_that_breaks_when_it_is_sent(
    service: Service, send: Any, digest: Any, how: str
) -> None:
    send()
    service.fail[RELEASES[service.kind]] = how
    assert send("--now").code == 1
    assert 'state = "releasing"' in receipt(digest)
    assert send("--now").code == 0
    assert len(service.mailed) == 1
    assert 'state = "sent"' in receipt(digest)


def test_a_wrong_token_and_none_are_said(
    service: Service, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, value = SECRETS[service.kind]
    monkeypatch.setenv(f"SITE_GEN_{name}", value.replace("secret", "other").replace("abcd", "ffff"))
    done = send()
    assert done.code == 1
    assert "answered 40" in done.err
    monkeypatch.delenv(f"SITE_GEN_{name}")
    done = send()
    assert done.code == 2
    assert f"SITE_GEN_{name} is not set" in done.err


def test_a_damaged_receipt_stops_everything(service: Service, send: Any, digest: Any) -> None:
    digest.put("content/editions/2026-W10.sent", "[smtp\n")
    assert "send/receipt" in send("--now").err
    assert service.rows == {}


def test_a_token_goes_nowhere_without_encryption(digest: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("SITE_GEN_LISTMONK_TOKEN", "secret")
    digest.settings('[send]\nchannel = "listmonk"\n[send.listmonk]\nurl = "http://l.example"\n')
    digest.build()
    assert "deliver/address" in digest.run("send", "2026-W10").err


def test_without_a_channel(digest: Any) -> None:
    assert "no channel is set" in digest.run("send", "2026-W10").err


ODD = (None, [], "ok", {}, {"id": []}, {"data": 5}, {"posts": []},
       {"results": [5], "campaigns": [5], "broadcasts": [5]})  # fmt: skip


@pytest.mark.parametrize("answer", ODD)
def test_an_answer_of_another_form_is_said(
    service: Service, send: Any, digest: Any, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    at = "2026-03-09T06:00:00+00:00"
    digest.put("content/editions/2026-W10.sent", f'[{service.kind}]\nstate = "begun"\n'
               f'digest = "x"\nat = "{at}"\nid = ""\n')  # fmt: skip
    monkeypatch.setattr(service, "answer", lambda *words: (200, answer))
    for words in ((), ("--now",)):
        done = send(*words)
        assert done.code in (0, 1), done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize("status", [301, 302, 307])
def test_an_answer_that_leads_elsewhere_is_no_success(
    service: Service, send: Any, digest: Any, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    send()
    monkeypatch.setattr(service, "answer", lambda *words: (status, None))
    assert send("--now").code == 1
    assert 'state = "sent"' not in receipt(digest)


def test_a_draft_that_was_sent_by_hand_is_not_sent_again(
    service: Service, send: Any, digest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
    monkeypatch.setattr(sending_channel(service.kind), "is_draft", lambda self, id: False)
    calls = len(service.calls)
    done = send("--now")
    assert (done.code, "already" in done.err) == (0, True)
    assert [c for c in service.calls[calls:] if not c.startswith("GET")] == []
    assert 'state = "sent"' in receipt(digest)


def sending_channel(kind: str) -> Any:
    import importlib

    module = importlib.import_module(f"site_gen.deliver.channels.{kind}")
    return getattr(module, kind.capitalize())


def test_a_token_is_never_said(
    service: Service, send: Any, digest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _ = SECRETS[service.kind]
    for value in ("pass\nword-us1", "p\u00e4ssword-us1", "pass\x7fword-us1", "password"):
        monkeypatch.setenv(f"SITE_GEN_{name}", value)
        done = send()
        assert done.code in (1, 2), done.err
        assert value not in done.err
        assert "word" not in done.err.replace("password and", "")
    monkeypatch.setattr(service, "answer", lambda *words: (401, {"detail": "secrettoken is bad"}))
    monkeypatch.setenv(f"SITE_GEN_{name}", "secrettoken")
    assert "secrettoken" not in send().err


@pytest.mark.parametrize("row", ['state = "gone"', "state = 5", 'state = "sent"\nid = 5'])
def test_a_receipt_of_another_form_stops_everything(digest: Any, row: str) -> None:
    from site_gen.deliver import receipts
    from site_gen.problems import SiteError

    digest.put("content/editions/e.sent", f'[kit]\n{row}\ndigest = ""\nat = ""\n')
    with pytest.raises(SiteError, match="cannot be read"):
        receipts.load(digest.root, "e")


@pytest.mark.parametrize(
    ("status", "cure"),
    [(401, "look at the token"), (403, "look at the token"), (404, "look at the settings"),
     (422, "mend it"), (429, "goes on where it was"), (503, "goes on where it was")],
)  # fmt: skip
def test_what_a_service_refuses_has_its_own_cure(
    service: Service, send: Any, monkeypatch: pytest.MonkeyPatch, status: int, cure: str
) -> None:
    monkeypatch.setattr(service, "answer", lambda *words: (status, {"detail": "no"}))
    assert cure in send().err
