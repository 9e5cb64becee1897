"""G8 to G11: the preview serves only the site, only to its own names, and stays up.

Over a real `site-gen serve` in a process of its own; the long proofs are in tests/preview."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_gen.preview.file_events import FileEvents
from site_gen.preview.scan import Inputs, scan
from site_gen.preview.watch import Watcher

HERE = Path(__file__).resolve().parent
PATIENCE = 60.0
HEAD = "---\ntitle: A\npublishedDateTime: 2024-02-14\n---\n"
SECRET = "SECRET-OF-THE-MACHINE"
TRAVERSALS = (
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "/a/../../secret.txt",
    "/./../secret.txt",
    "//secret.txt",
    "/..;/secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%u002e%u002e/secret.txt",
    "/..%00/secret.txt",
    "/link/secret.txt",
    "/link.txt",
    "/.site_gen-files",
    "/_headers",
    "/_redirects",
    "/.git/config",
    "/../site.toml",
    "/../.site_gen/memo.sqlite",
    "/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "/%2fetc/passwd",
    "/\x01",
    "/%",
    "/%zz",
    "/a%0d%0aSet-Cookie:x",
    "*",
    "http://127.0.0.1/../secret.txt",
)


class Preview:
    """A running preview: asked raw, and listened to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = [sys.executable, str(HERE / "defences.py"), "--format", "json", "-C", str(root)]
        self.process = subprocess.Popen(
            [*command, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        self.first = self.event()
        self.port = int(self.first["url"].rpartition(":")[2])

    def event(self) -> dict[str, Any]:
        """The next thing it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the preview has ended"
        found: dict[str, Any] = json.loads(line)
        return found if found["event"] == "build" else self.event()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ask(self, path: str, host: str = "", method: str = "GET", more: str = "") -> bytes:
        """A whole answer."""
        name = host or f"127.0.0.1:{self.port}"
        head = f"{method} {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n{more}\r\n"
        with self.connect() as connection:
            connection.sendall(head.encode("latin-1"))
            pieces = []
            while piece := connection.recv(65536):
                pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = tmp_path_factory.mktemp("preview")
    (root / "content").mkdir()
    (root / "site.toml").write_text('base_url = "https://t.example"\n[feeds]\ntag = "t,2024"\n')
    (root / "content/a.md").write_text(f"{HEAD}First.\n")
    made = Preview(root)
    out = root / ".site_gen/preview"
    (out / "secret.txt").write_text(SECRET)
    (root / "secret.txt").write_text(SECRET)
    (out / "public/link").symlink_to(root, target_is_directory=True)
    (out / "public/link.txt").symlink_to(root / "secret.txt")
    yield made
    made.close()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_g08_no_spelling_of_a_path_leaves_the_site(preview: Preview) -> None:
    assert status(preview.ask("/articles/a/")) == 200
    for path in TRAVERSALS:
        answer = preview.ask(path)
        assert status(answer) in (400, 404), path
        for secret in (SECRET.encode(), b"root:", b"SQLite", b"base_url"):
            assert secret not in answer, path


def test_g08_reading_only(preview: Preview) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"):
        assert status(preview.ask("/articles/a/", method=method)) in (400, 405, 501), method


@pytest.mark.parametrize(
    "host",
    [
        "bad.example",
        "127.0.0.1.bad.example",
        "127.0.0.1:1",
        "localhost.bad.example:8000",
        "bad.example:{port}",
        "0.0.0.0:{port}",
        "127.0.0.1",
        "[::]:{port}",
        "2130706433:{port}",
        "127.0.0.1:{port}@bad.example",
        "localhost:{port}.bad.example",
    ],
)
def test_g09_another_host_name_is_turned_away(preview: Preview, host: str) -> None:
    answer = preview.ask("/articles/a/", host=host.format(port=preview.port))
    assert status(answer) in (400, 421)
    assert b"First." not in answer


@pytest.mark.parametrize(
    "origin",
    [
        "http://bad.example",
        "null",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:1",
        "http://localhost.bad.example",
    ],
)
def test_g09_another_origin_is_turned_away(preview: Preview, origin: str) -> None:
    line = f"Origin: {origin.format(port=preview.port)}\r\n"
    for path in ("/articles/a/", "/.site_gen/events"):
        answer = preview.ask(path, more=line)
        assert status(answer) == 403
        assert b"access-control" not in answer.lower()


def test_g09_another_site_may_link_to_it_but_not_load_from_it(preview: Preview) -> None:
    line = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n"
    assert status(preview.ask("/articles/a/", more=line)) == 403
    line = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
    assert status(preview.ask("/articles/a/", more=line)) == 200


def test_g10_a_thousand_clients_do_no_harm(preview: Preview) -> None:
    """Two hundred stop in the middle of their head, the others come and go."""
    slow = [preview.connect() for _ in range(200)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
        for _ in range(800):
            preview.connect().close()
        assert status(preview.ask("/articles/a/")) == 200
    finally:
        for connection in slow:
            connection.close()


def test_g10_a_change_is_seen_by_looking_alone(tmp_path: Path) -> None:
    """No event reaches it, as at the watch limit; 5,000 files are looked at."""
    for number in range(5000):
        (tmp_path / f"{number}.md").touch()
    inputs = Inputs((tmp_path,))

    def none_left(*_: Any) -> Any:
        raise OSError(28, "no watches left")

    said: list[str] = []
    watcher = Watcher(inputs, observe=none_left, warn=said.append, interval=0.01)
    assert len(said) == 1
    assert len(scan(inputs)) == 5000
    (tmp_path / "77.md").write_text("changed")
    fresh = tmp_path / ".78.tmp"
    fresh.write_text("as many editors save")
    os.replace(fresh, tmp_path / "78.md")
    assert watcher.wait() == (str(tmp_path / "77.md"), str(tmp_path / "78.md"))
    watcher.close()


def test_g10_a_change_is_seen_by_its_event(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    watcher = Watcher(Inputs((tmp_path,)), observe=FileEvents, interval=PATIENCE)
    (tmp_path / "a.md").write_text("two")
    assert watcher.wait() == (str(tmp_path / "a.md"),)
    watcher.close()


def test_g11_broken_input_is_named_and_recovers(preview: Preview) -> None:
    """Still up, the last good page stays, and the cure needs no hand."""
    article = preview.root / "content/a.md"
    settings = preview.root / "site.toml"
    good = settings.read_text()
    for file, broken in ((article, "---\ntitle: [\n"), (article, "\x00"), (settings, "title = [")):
        file.write_text(broken)
        told = preview.event()
        assert told["ok"] is False
        assert told["problems"][0]["path"].endswith(file.name)
        assert status(preview.ask("/articles/a/")) == 200
        file.write_text(good if file == settings else f"{HEAD}First again.\n")
        while not preview.event()["ok"]:
            pass
        assert b"First again." in preview.ask("/articles/a/")
