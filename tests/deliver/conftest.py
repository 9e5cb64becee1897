"""A digest whose edition is closed and built, and the command line."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiosmtpd.controller import Controller

from site_gen.cli.main import main

from .inbox import Inbox
from .store import running

MONDAY = "1773014400"
"""2026-03-09T00:00:00Z as SOURCE_DATE_EPOCH: the week before is closed."""
HEAD = 'title = "Harbour Weekly"\nbase_url = "https://t.example"\n[feeds]\ntag = "t.example,2026"\n'
ARTICLE = """---
title: {title}
publishedDateTime: {date}
provider: {{name: The Harbour Daily}}
---
The ferry left on Monday.
"""


READERS = ("ann@example.org", "ben@example.org", "cem@example.org", "dora@example.org")


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """The command line, called as a person would."""
    for name in ("NO_COLOR", "CONTEXT", "NETLIFY", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MONDAY)

    def call(*words: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main(list(words))
        said = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Said(stop.value.code, said.out, said.err)

    return call


class Digest:
    """A site in a folder."""

    def __init__(self, root: Path, run: Callable[..., Said]) -> None:
        self.root = root
        self._run = run
        self.settings("")
        self.put("content/ferry.md", ARTICLE.format(title="A ferry", date="2026-03-04T07:30:00Z"))

    def settings(self, text: str) -> None:
        self.put("site.toml", f"{HEAD}{text}")

    def put(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def run(self, *words: str) -> Said:
        return self._run("-C", str(self.root), *words)

    def close(self) -> None:
        done = self.run("close")
        assert done.code == 0, done.err

    def build(self) -> None:
        done = self.run("build")
        assert done.code == 0, done.err


@pytest.fixture
def digest(tmp_path: Path, run: Any) -> Digest:
    return Digest(tmp_path, run)


@pytest.fixture
def inbox() -> Iterator[Any]:
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:  # the library takes no port 0
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of an object store."""
    yield from running()


@pytest.fixture
def letters(digest: Any, inbox: Any) -> Callable[..., Any]:
    digest.settings(
        '[newsletter]\nunsubscribe = "{{ unsubscribe_url }}"\n'
        '[send]\nchannel = "smtp"\n[send.smtp]\nhost = "127.0.0.1"\nsecurity = "none"\n'
        f'port = {inbox.port}\nsender = "Harbour Weekly <post@t.example>"\n'
        'unsubscribe = "https://t.example/leave?a={address}"\n'
    )
    digest.put("subscribers.txt", "# readers\n" + "\n".join(READERS) + "\nANN@example.org\n")
    digest.close()
    digest.build()
    return lambda *words: digest.run("send", "2026-W10", *words)
