"""The week in its nine commands: from a raw text to a site in an object store, a letter in a box.

The site is that of `make site`: its settings, theme, pictures and articles.
"""

import email
import email.policy
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path
from typing import Any

import obstore
import pytest

from site_gen.importers import settings_text

from .served import wanted
from .store import emptied, objects

RAW = """The ferry is back in the harbour

By Ann Lee

The ferry came back to the harbour on Wednesday after three weeks in the dock. Its engine was
taken apart, cleaned and put together again by the yard of the town.

The first crossing left at eight in the morning with forty people on board. The company says
that the timetable of the summer holds from Monday on, and that tickets cost what they did.

The next inspection is due in five years, when the hull gets its new paint.
"""
SETTINGS = """
[publish]
target = "s3"
[publish.s3]
bucket = "site"
endpoint = "{store}"
[send]
channel = "smtp"
[send.smtp]
host = "127.0.0.1"
security = "none"
port = {port}
sender = "Harbour Weekly <post@t.example>"
unsubscribe = "https://t.example/leave?address={{address}}"
[newsletter]
unsubscribe = "{{{{ unsubscribe_url }}}}"
"""
DEMO = Path(__file__).parents[2]
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


@pytest.fixture
def demo(digest: Any, store: str, inbox: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The demo in a folder of its own, with where it is sent to; nothing of it is closed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773036000")  # MONDAY
    monkeypatch.setenv("SITE_GEN_S3_KEY_ID", "key")
    monkeypatch.setenv("SITE_GEN_S3_SECRET", "secret")
    emptied(store)
    root: Path = digest.root
    for path in ("content/ferry.md", "site.toml"):
        (root / path).unlink()
    shutil.copytree(DEMO / "content", root / "content", dirs_exist_ok=True)
    told = tomllib.loads((DEMO / "pyproject.toml").read_text("utf-8"))["tool"]["site_gen"]
    told["base_url"] = "https://t.example"
    more = tomllib.loads(SETTINGS.format(store=store, port=inbox.port))
    digest.put("site.toml", settings_text.text(told | more))
    digest.put("subscribers.txt", "ann@example.org\nben@example.org\n")
    digest.put("raw/ferry.txt", RAW)
    return digest


def test_nine_commands(demo: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root: Path = demo.root
    done = demo.run("convert", "raw", "--date", "2026-03-04T10:00:00Z", "--now", THURSDAY)
    assert done.code == 0, done.err
    assert demo.run("accept", "--all").code == 0
    done = demo.run("new", "edition", "--now", THURSDAY)
    assert done.out.strip() == "content/editions/2026-W10.md"
    assert "The ferry is back" in served_home(root)
    done = demo.run("check", "--now", MONDAY)
    assert done.code == 0, done.out + done.err
    assert demo.run("close", "--now", MONDAY).out.strip() == "content/editions/2026-W10.lock"
    demo.build()

    # The store does not answer, then breaks off half-way twice, and then takes the rest.
    put, left = obstore.put, [0]

    def failing(*words: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("the line broke")
        return put(*words, **named)

    monkeypatch.setattr(obstore, "put", failing)
    for taken in (0, 5, 60):
        left[0] = taken
        done = demo.run("publish")
        assert (done.code, "goes on where it was" in done.err) == (1, True)
        there = objects(demo, None)
        assert "index.html" not in there  # a page comes after all that it names
        assert all(data == wanted(demo)[path] for path, data in there.items())
    monkeypatch.setattr(obstore, "put", put)
    assert demo.run("publish").code == 0
    there = objects(demo, None)
    assert there == wanted(demo)
    page = there["editions/2026-W10/index.html"].decode()
    assert "The ferry is back in the harbour" in page

    # The mail server takes nobody, then one of two, and then the other: nobody gets two.
    inbox.plan |= {f"rcpt {name}@example.org": ["451 later"] for name in ("ann", "ben")}
    assert demo.run("send", "2026-W10", "--now").code == 1
    assert inbox.addresses == []
    inbox.plan["rcpt ben@example.org"] = ["451 later"]
    assert demo.run("send", "2026-W10", "--now").code == 1
    assert inbox.addresses == ["ann@example.org"]
    assert demo.run("send", "2026-W10", "--now").code == 0
    assert inbox.addresses == ["ann@example.org", "ben@example.org"]
    letter: Any = email.message_from_bytes(inbox.got[1][1], policy=email.policy.default)
    text = letter.get_body(("plain",)).get_content()
    assert "The ferry is back in the harbour" in text
    assert "https://t.example/editions/2026-W10/" in text

    # Each of them again finds nothing to do.
    assert "locked" in demo.run("close", "--now", MONDAY).err
    demo.build()
    assert "sent 0 files" in demo.run("publish").err
    assert demo.run("send", "2026-W10", "--now").err.endswith(": 0 sent, 2 had it already\n")
    assert len(inbox.got) == 2
