"""What stops a letter: an open edition, a lost ledger, a list that others read, no way to leave."""

import email
import email.policy
import smtplib
from typing import Any

import pytest

from site_gen.deliver import smtp
from site_gen.deliver.ledger import Ledger

from .conftest import READERS


@pytest.mark.parametrize(
    ("place", "folder"),
    [
        ("content/list.txt", "content"),
        ("content/static/list.txt", "content"),
        ("./content/../content/static/list.txt", "content"),
        ("themes/mine/assets/list.txt", "themes"),
        ("public/list.txt", "public"),
        ("linked.txt", "content"),
        ("people/list.txt", "content"),
    ],
)
def test_a_list_of_readers_is_never_published(digest: Any, place: str, folder: str) -> None:
    """By its name or through a link, of the file or of a folder; whatever command comes first."""
    list_ = digest.put("content/static/list.txt", "ann@example.org\n")
    (digest.root / "linked.txt").symlink_to(list_)
    (digest.root / "people").symlink_to(digest.root / "content/static")
    digest.settings(f'[publish]\ntarget = "folder"\nfolder = "www"\n[send]\nchannel = "smtp"\n'
                    f'[send.smtp]\nrecipients = "{place}"\n')  # fmt: skip
    for words in (("build",), ("check",), ("publish",), ("send", "2026-W10", "--now")):
        done = digest.run(*words)
        assert done.code == 1, words
        told = done.out + done.err
        assert f"the list of readers lies in {folder}/" in told
        assert "site.toml:11" in told
        assert "move it beside site.toml" in told
    assert not (digest.root / "public/list.txt").exists()
    assert not (digest.root / "www").exists()


def test_a_lost_ledger_sends_nothing_a_second_time(letters: Any, inbox: Any, digest: Any) -> None:
    """The list got another name, or the site is a fresh clone, whole or cut off half-way."""
    list_, ledger = digest.root / "subscribers.txt", digest.root / "subscribers.txt.2026-W10.log"
    settings = (digest.root / "site.toml").read_text()
    letters("--now")
    digest.put("readers.txt", list_.read_text())
    digest.put("site.toml", f'{settings}recipients = "readers.txt"\n')
    for words in (("--now",), ("--dry-run",)):
        done = letters(*words)
        assert (done.code, "send/ledger" in done.err) == (1, True)
        assert 'if "subscribers.txt.2026-W10.log" is it' in done.err
    ledger.rename(digest.root / "readers.txt.2026-W10.log")
    assert "4 had it already" in letters("--now").err
    (digest.root / "readers.txt.2026-W10.log").write_text("")
    assert "send/ledger" in letters("--now").err
    assert len(inbox.got) == 4
    assert letters("--now", "--again").err == "4 sent\n"
    assert len(inbox.got) == 8


def test_a_sending_that_was_cut_off_elsewhere_is_not_begun_anew(
    letters: Any, inbox: Any, digest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(self: Ledger, address: str, state: Any, reason: str = "") -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as amid:
        amid.setattr(Ledger, "record", note)
        letters("--now")
    assert letters("--now").err == "4 sent\n"  # here the ledger says that nobody had it
    receipt = digest.root / "content/editions/2026-W10.sent"
    receipt.write_text(receipt.read_text().replace('"sent"', '"releasing"'))
    (digest.root / "subscribers.txt.2026-W10.log").unlink()
    assert "send/ledger" in letters("--now").err
    assert len(inbox.got) == 4


def test_who_joined_the_list_since_gets_it(letters: Any, inbox: Any, digest: Any) -> None:
    letters("--now")
    with open(digest.root / "subscribers.txt", "a") as file:
        file.write("eve@example.org\n")
    assert letters("--dry-run").err.startswith("would go to 1 reader; 4 had it already")
    done = letters("--now").err
    assert done.startswith("2026-W10 went out on ")
    assert done.endswith(": 1 sent, 4 had it already\n")
    assert inbox.addresses == [*READERS, "eve@example.org"]


def test_an_edition_without_a_lock_is_not_sent(letters: Any, inbox: Any, digest: Any) -> None:
    (digest.root / "content/editions/2026-W10.lock").unlink()
    digest.build()
    done = letters("--now")
    assert (done.code, inbox.got) == (1, [])
    assert "send/unlocked" in done.err
    assert "site-gen close 2026-W10" in done.err
    assert letters("--dry-run").code == 0
    assert letters("--test", "me@example.org").code == 0
    digest.close()
    digest.build()
    assert letters("--now").err == "4 sent\n"


WAYS_TO_LEAVE = {
    "nowhere": ("", "", 0, "says nowhere how to leave"),
    "a header alone": ("", "https://t.example/x", 0, "shows no link to leave"),
    "dead": ("{{ unsubscribe_url }}", "", 2, "would lead nowhere"),
    "dead, written closely": ("{{unsubscribe_url}}", "", 2, "would lead nowhere"),
    "of a service": ("*|UNSUB|*", "https://t.example/x", 2, "another service fills in"),
    "a page": ("https://t.example/x", "", 0, ""),
    "both": ("{{unsubscribe_url}}", "https://t.example/x", 0, ""),
}


@pytest.mark.parametrize("way", WAYS_TO_LEAVE)
def test_a_letter_leads_to_a_way_to_leave_or_says_that_it_does_not(
    letters: Any, inbox: Any, digest: Any, way: str
) -> None:
    shown, header, code, told = WAYS_TO_LEAVE[way]
    lines = (digest.root / "site.toml").read_text().splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("unsubscribe ="))
    kept = kept.replace("[newsletter]", f'[newsletter]\nunsubscribe = "{shown}"')
    digest.put("site.toml", f'{kept}\nunsubscribe = "{header}"\n')
    digest.build()
    for words in (("--dry-run",), ("--test", "me@example.org"), ("--now",)):
        done = letters(*words)
        assert done.code == code, done.err
        assert ("send/unsubscribe" in done.err) == bool(told)
        assert told in done.err
    assert bool(inbox.got) == (code == 0)
    for _, data in inbox.got:
        made = email.message_from_bytes(data, policy=email.policy.default)
        html = made.get_body(("html",)).get_content()
        assert "unsubscribe_url" not in html
        assert 'href=""' not in html
    if code:  # nothing is written down of what was not begun
        assert not (digest.root / "content/editions/2026-W10.sent").exists()


@pytest.mark.parametrize("kind", ["keep and drop", "drop"])
def test_a_server_that_breaks_every_line_is_left_alone(
    letters: Any, inbox: Any, digest: Any, kind: str
) -> None:
    step = "rcpt" if kind == "drop" else "data"
    for address in READERS:
        inbox.plan[f"{step} {address}"] = [kind] * smtp.ATTEMPTS
    done = letters("--now")
    assert done.code == 1
    assert "2 more were not tried" in done.err
    assert set(inbox.addresses) <= set(READERS[:2])
    inbox.plan.clear()
    done = letters("--now")
    assert set(READERS[2:]) <= set(inbox.addresses)
    assert len(inbox.addresses) == len(set(inbox.addresses)) == len(READERS)


def test_a_server_that_hangs_up_after_its_refusal_ends_no_command(
    letters: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.plan["data ben@example.org"] = ["452 full"]

    def rset(self: Any) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as amid:
        amid.setattr(smtplib.SMTP, "rset", rset)
        assert "ben@example.org did not get it: 452 full" in letters("--now").err
    assert letters("--now").err == "1 sent, 3 had it already\n"


def test_a_dry_run_looks_at_the_list(letters: Any, digest: Any) -> None:
    assert letters("--dry-run").err == "would go to 4 readers\n"
    assert not list(digest.root.glob("subscribers.txt.*"))
    letters("--now")
    assert letters("--dry-run").err.startswith("would go to 0 readers; 4 had it already")
    assert letters("--dry-run", "--again").err == "would go to 4 readers\n"
    digest.put("subscribers.txt", "ann@example.org\nnot an address\n")
    assert "subscribers.txt:2" in letters("--dry-run").err
    (digest.root / "subscribers.txt").unlink()
    assert "send/recipients" in letters("--dry-run").err
