"""Letters through a real mail server on loopback: each reader once, whatever breaks."""

import email
import email.policy
import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.deliver import readers
from site_gen.deliver.built_letter import Letter
from site_gen.deliver.ledger import Ledger
from site_gen.deliver.smtp import build_message
from site_gen.problems import SiteError
from site_gen.settings import SendSettings, Settings, SmtpSettings

from .conftest import READERS


def test_each_reader_gets_it_once(letters: Any, inbox: Any, digest: Any) -> None:
    done = letters("--now")
    assert (done.code, done.err) == (0, "4 sent\n")
    assert inbox.addresses == list(READERS)
    receipt = tomllib.loads((digest.root / "content/editions/2026-W10.sent").read_text())["smtp"]
    went = f"2026-W10 went out on {receipt['at']}: "
    assert letters("--now").err == f"{went}0 sent, 4 had it already\n"
    assert (len(inbox.got), receipt["state"]) == (4, "sent")
    letters("--now", "--again")
    assert len(inbox.got) == 8


def test_the_message_says_who_sends_it_and_how_to_leave(letters: Any, inbox: Any) -> None:
    letters("--now")
    made = email.message_from_bytes(inbox.got[0][1], policy=email.policy.default)
    assert made["From"] == "Harbour Weekly <post@t.example>"
    assert made["Subject"] == "Harbour Weekly No. 1 · 2–8 March 2026"
    assert made["List-Unsubscribe"] == "<https://t.example/leave?a=ann%40example.org>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert made["Message-ID"].startswith("<2026-W10.")
    assert [part.get_content_type() for part in made.iter_parts()] == ["text/plain", "text/html"]
    assert "A ferry" in made.get_body(("plain",)).get_content()
    first = [m["Message-ID"] for m in (email.message_from_bytes(d) for _, d in inbox.got)]
    letters("--now", "--again")
    again = [m["Message-ID"] for m in (email.message_from_bytes(d) for _, d in inbox.got[4:])]
    assert first == again
    assert len(set(first)) == 4


def test_a_test_goes_to_one_address_and_leaves_no_trace(
    letters: Any, inbox: Any, digest: Any
) -> None:
    assert letters("--test", "me@example.org").code == 0
    assert inbox.addresses == ["me@example.org"]
    assert not list(digest.root.glob("subscribers.txt.*"))
    assert not (digest.root / "content/editions/2026-W10.sent").exists()


def test_a_dry_run_writes_the_message(letters: Any, inbox: Any, digest: Any) -> None:
    done = letters("--dry-run")
    data = (digest.root / done.out.strip()).read_bytes()
    made = email.message_from_bytes(data, policy=email.policy.default)
    assert made["Subject"] == "Harbour Weekly No. 1 · 2–8 March 2026"
    assert inbox.got == []


def test_without_a_word_nothing_is_sent(letters: Any, inbox: Any) -> None:
    assert letters().code == 2
    assert inbox.got == []


def test_a_refused_reader_is_named_and_not_tried_again(letters: Any, inbox: Any) -> None:
    inbox.plan["rcpt ben@example.org"] = ["550 no such user"]
    done = letters("--now")
    assert done.code == 0
    assert "ben@example.org was refused: 550 no such user" in done.err
    assert inbox.addresses == [READERS[0], *READERS[2:]]
    said = letters("--now").err
    told = ": 0 sent, 3 had it already, 1 left out, whose address was refused before\n"
    assert said.endswith(told)
    assert inbox.addresses == [READERS[0], *READERS[2:]]


def test_a_reader_who_is_put_off_gets_it_by_the_same_command(letters: Any, inbox: Any) -> None:
    inbox.plan["rcpt ben@example.org"] = ["451 later"]
    inbox.plan["data cem@example.org"] = ["452 full"]
    done = letters("--now")
    assert done.code == 1
    assert "ben@example.org did not get it: 451 later" in done.err
    assert letters("--now").code == 0
    assert sorted(inbox.addresses) == sorted(READERS)


def test_a_line_that_breaks_before_the_text_is_tried_again(letters: Any, inbox: Any) -> None:
    inbox.plan["rcpt ben@example.org"] = ["drop", "drop"]
    assert letters("--now").code == 0
    assert inbox.addresses == list(READERS)


def test_a_line_that_breaks_after_the_text_leaves_a_reader_in_doubt(
    letters: Any, inbox: Any, digest: Any
) -> None:
    inbox.plan["data ben@example.org"] = ["keep and drop"]
    done = letters("--now")
    assert done.code == 1
    assert "nobody knows whether ben@example.org got it" in done.err
    assert sorted(inbox.addresses) == sorted(READERS)
    again = letters("--now")
    assert again.code == 1
    assert "ben@example.org" in again.err
    assert inbox.addresses.count("ben@example.org") == 1
    assert letters("--now", "--again-doubtful").code == 0
    assert inbox.addresses.count("ben@example.org") == 2
    assert letters("--now").code == 0


@pytest.mark.parametrize("words", [("--now",), ("--now", "--again")])
def test_a_command_killed_between_reader_and_reader(
    letters: Any, inbox: Any, digest: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Killed at every line of the ledger in turn: in the end everybody has it, nobody twice."""
    whole = Ledger.record
    for stop in range(8):
        seen = 0

        def note(self: Ledger, address: str, state: Any, reason: str = "", stop: int = stop
                 ) -> None:  # fmt: skip
            nonlocal seen
            whole(self, address, state, reason)
            seen += 1
            if seen > stop:
                raise KeyboardInterrupt

        for pattern in ("subscribers.txt.*", "content/editions/*.sent"):
            for file in digest.root.glob(pattern):
                file.unlink()
        if "--again" in words:
            letters("--now")
        inbox.got.clear()
        monkeypatch.setattr(Ledger, "record", note)
        letters(*words)
        monkeypatch.setattr(Ledger, "record", whole)
        if "--again" in words:  # without it nobody is written to a second time
            before = len(inbox.got)
            letters("--now")
            assert len(inbox.got) == before
        done = letters(*words)
        if done.code:  # the one that was begun may have got it or not: only a person can tell
            assert "nobody knows" in done.err
            doubtful = [a for a in READERS if a in done.err]
            assert len(doubtful) == 1
            assert set(inbox.addresses) | set(doubtful) == set(READERS)
        else:
            assert set(inbox.addresses) == set(READERS)
        assert len(inbox.addresses) == len(set(inbox.addresses))


def test_the_ledger_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    list_ = tmp_path / "subscribers.txt"
    with Ledger(list_, "e") as ledger:
        ledger.record("a@example.org", "sent")
    with open(ledger.path, "a") as file:
        file.write('{"to": "b@exam')
    with Ledger(list_, "e") as ledger:
        assert ledger.recipient_states().sent == {"a@example.org"}
        ledger.record("b@example.org", "begun")
    with Ledger(list_, "e") as ledger:  # what follows the cut stands on a line of its own
        assert ledger.recipient_states().doubtful == ("b@example.org",)
    rows = [line for line in ledger.path.read_text().splitlines() if line.endswith("}")]
    assert json.loads(rows[0])["to"] == "a@example.org"
    assert ledger.path.stat().st_mode & 0o077 == 0


def test_a_bad_list_names_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("ann@example.org\nnot an address\nben@@example.org\nBen <ben@example.org>\n")
    with pytest.raises(SiteError) as error:
        readers.read_recipients(file)
    assert [p.where.line for p in error.value.problems if p.where] == [2, 3]
    file.write_text("ann@example.org\nBen <ben@example.org> # since May\n\n")
    assert readers.read_recipients(file) == ["ann@example.org", "ben@example.org"]


def test_an_open_line_is_refused(digest: Any) -> None:
    digest.settings('[send]\nchannel = "smtp"\n[send.smtp]\nhost = "mail.example"\n'
                    'sender = "a@t.example"\nsecurity = "none"\n')  # fmt: skip
    digest.put("subscribers.txt", "ann@example.org\n")
    for words in (("build",), ("send", "2026-W10", "--now"), ("doctor",)):
        done = digest.run(*words)
        assert done.code == 1
        assert "on this machine alone" in done.out + done.err


def test_an_open_edition_and_an_unbuilt_letter_are_refused(
    digest: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.settings('[send]\nchannel = "smtp"\n')
    assert "deliver/unbuilt" in digest.run("send", "2026-W10", "--now").err
    assert 'Did you mean "2026-W10"?' in digest.run("send", "2026-W1", "--now").err
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772712000")
    assert "send/open" in digest.run("send", "2026-W10", "--now").err


def test_a_line_with_two_addresses_loses_nobody_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    odd = ("a@x.example, b@x.example", "A <a@x.example> <b@x.example>", "Team: a@x.example;",
           "j\u00f6s@x.example", "a@x.example\x00")  # fmt: skip
    for line in odd:
        file.write_text(f"{line}\n")
        with pytest.raises(SiteError, match="is no address"):
            readers.read_recipients(file)
    file.write_text("ann@f\u00e4hre.example\n")
    assert readers.read_recipients(file) == ["ann@xn--fhre-loa.example"]


def test_a_reader_written_in_other_letters_gets_it_once(
    letters: Any, inbox: Any, digest: Any
) -> None:
    letters("--now")
    digest.put("subscribers.txt", "".join(f"{a.upper()}\n" for a in READERS))
    assert letters("--now").err.endswith(": 0 sent, 4 had it already\n")
    assert len(inbox.got) == len(READERS)


def test_two_commands_at_once_send_it_once(letters: Any, inbox: Any, digest: Any) -> None:
    from site_gen.workers.process_lock import SEND, build_lock

    with build_lock(digest.root / ".site_gen", name=SEND):
        done = letters("--now")
    assert (done.code, "another send" in done.err, inbox.got) == (1, True, [])


def test_a_full_disk_is_no_line_in_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger(tmp_path / "l.txt", "e") as ledger:
        monkeypatch.setattr("site_gen.deliver.ledger.os.write", lambda file, data: 3)
        with pytest.raises(OSError, match="No space"):
            ledger.record("a@example.org", "begun")
        assert ledger.recipient_states().doubtful == ()


def test_a_long_address_to_leave_is_never_encoded(letters: Any, inbox: Any, digest: Any) -> None:
    leave = "https://t.example/" + "leave-" * 40 + "?a={address}"
    file = digest.root / "site.toml"
    file.write_text(file.read_text().replace("https://t.example/leave?a={address}", leave))
    letters("--test", "ann@example.org")
    written = digest.run("send", "2026-W10", "--dry-run").out.strip()
    raw = (digest.root / written).read_bytes()
    assert f"List-Unsubscribe: <{leave[:-9]}".encode() in raw


@pytest.mark.parametrize("subject", [
    "Fog\r\nBcc: all@t.example", "=?utf-8?q?Fog=0D=0ABcc:_all=40t.example?=",
    "=?utf-8?b?Rm9nDQpCY2M6IGFsbEB0LmV4YW1wbGU=?=", "Fog =?utf-8?q?a=0A=0Abody?= in \u00fc",
    "=?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3D0D=3D0ABcc:b=3F=3D?=", "==??=?utf-8?q?a=0D=0ABcc:_b?=",
])  # fmt: skip
def test_no_title_adds_a_header(subject: str) -> None:
    smtp = SmtpSettings(host="h", sender="post@t.example")
    settings = Settings(base_url="https://t.example", send=SendSettings(smtp=smtp))
    letter = Letter("2026-W10", subject, "", "<p>Words.</p>", "Words.\n", "", "", "")
    data = build_message(
        letter, "ann@example.org", settings, datetime(2026, 3, 9, tzinfo=UTC)
    ).as_bytes()
    made = email.message_from_bytes(data, policy=email.policy.default)
    assert "Bcc" not in made
    assert {"Subject", "Date", "Message-ID", "List-Id", "MIME-Version"} <= set(made.keys())
    assert made.get_body(("plain",)).get_content().split() == ["Words."]  # type: ignore[union-attr]


@pytest.mark.parametrize("key", ["sender", "reply_to", "unsubscribe"])
def test_a_setting_that_would_add_a_header_is_refused(
    letters: Any, inbox: Any, digest: Any, key: str
) -> None:
    lines = (digest.root / "site.toml").read_text().splitlines()
    kept = [line for line in lines if not line.startswith(f"{key} =")]
    kept.append(f'{key} = "a@t.example\\r\\nBcc: all@t.example"')
    (digest.root / "site.toml").write_text("\n".join(kept) + "\n")
    for words in (("--now",), ("--test", "ann@example.org"), ("--dry-run",)):
        done = letters(*words)
        assert (done.code, "control character" in done.err) == (2, True), done.err
    assert inbox.got == []


def test_a_test_to_nobody_or_to_one_who_is_refused_is_said(letters: Any, inbox: Any) -> None:
    for address in ("ann", "a@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example"):
        done = letters("--test", address)
        assert (done.code, "is no address" in done.err) == (2, True), done.err
    inbox.port = 0
    assert inbox.got == []
