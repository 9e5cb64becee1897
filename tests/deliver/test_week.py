"""The week in its nine commands: from a raw text to a site in a folder and a letter in a box."""

import email
import email.policy
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from site_gen.deliver.targets import folder

RAW = """The ferry is back in the harbour

By Ann Lee

The ferry came back to the harbour on Wednesday after three weeks in the dock. Its engine was
taken apart, cleaned and put together again by the yard of the town.

The first crossing left at eight in the morning with forty people on board. The company says
that the timetable of the summer holds from Monday on, and that tickets cost what they did.

The next inspection is due in five years, when the hull gets its new paint.
"""
SETTINGS = """[editions]
cutoff_day = "friday"
cutoff_time = "17:00"
[publish]
target = "folder"
folder = "www"
[send]
channel = "smtp"
[send.smtp]
host = "127.0.0.1"
security = "none"
port = {port}
sender = "Harbour Weekly <post@t.example>"
"""
THURSDAY, MONDAY = "2026-03-05T12:00:00Z", "2026-03-09T06:00:00Z"


def served_home(root: Path) -> str:
    """The home page that `serve` shows."""
    words = (sys.executable, "-m", "site_gen", "-C", str(root), "serve")
    process = subprocess.Popen(
        [*words, "--port", "0", "--no-reload", "--now", THURSDAY],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        for line in process.stdout:
            if found := re.match(r"Site +(http://\S+)", line):
                with urllib.request.urlopen(found[1]) as answer:
                    return str(answer.read().decode())
        raise AssertionError("serve said no address")
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_nine_commands(digest: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773036000")  # MONDAY
    root: Path = digest.root
    (root / "content/ferry.md").unlink()
    digest.settings(SETTINGS.format(port=inbox.port))
    digest.put("subscribers.txt", "ann@example.org\nben@example.org\n")
    digest.put("raw/ferry.txt", RAW)

    done = digest.run("convert", "raw", "--date", "2026-03-04T10:00:00Z", "--now", THURSDAY)
    assert done.code == 0, done.err
    assert digest.run("accept", "--all").code == 0
    done = digest.run("new", "edition", "--now", THURSDAY)
    assert done.out.strip() == "content/editions/2026-W10.md"
    assert "The ferry is back" in served_home(root)
    done = digest.run("check", "--now", MONDAY)
    assert done.code == 0, done.out + done.err
    assert digest.run("close", "--now", MONDAY).out.strip() == "content/editions/2026-W10.lock"
    digest.build()

    # The folder cannot take it half-way, and then it can.
    copy, left = folder.shutil.copyfile, [3]

    def failing(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("the disk of the server is gone")
        return copy(*words, **named)

    monkeypatch.setattr(folder.shutil, "copyfile", failing)
    assert digest.run("publish").code != 0
    assert not (root / "www/index.html").exists()
    monkeypatch.setattr(folder.shutil, "copyfile", copy)
    assert digest.run("publish").code == 0
    page = (root / "www/editions/2026-W10/index.html").read_text("utf-8")
    assert "The ferry is back in the harbour" in page

    # The mail server takes one of two, and then the other: nobody gets two.
    inbox.plan["rcpt ben@example.org"] = ["451 later"]
    assert digest.run("send", "2026-W10", "--now").code == 1
    assert inbox.addresses == ["ann@example.org"]
    assert digest.run("send", "2026-W10", "--now").code == 0
    assert inbox.addresses == ["ann@example.org", "ben@example.org"]
    letter: Any = email.message_from_bytes(inbox.got[1][1], policy=email.policy.default)
    text = letter.get_body(("plain",)).get_content()
    assert "The ferry is back in the harbour" in text
    assert "https://t.example/editions/2026-W10/" in text

    # Each of them again finds nothing to do.
    assert "locked" in digest.run("close", "--now", MONDAY).err
    digest.build()
    assert "sent 0 files" in digest.run("publish").err
    assert digest.run("send", "2026-W10", "--now").err == "0 sent, 2 had it already\n"
    assert len(inbox.got) == 2
