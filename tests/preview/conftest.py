"""A small output, a running server over it, and raw ways to ask."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from site_gen.preview.allowed_hosts import own_hosts
from site_gen.preview.listener import bind
from site_gen.preview.reload_script import load_client
from site_gen.preview.serve import Server
from site_gen.preview.static_host import StaticHost
from site_gen.preview.tabs import Tabs
from tests.preview.open_page import LOOK, opened

PATIENCE = 20.0
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<link rel="stylesheet" href="/assets/site.css"></head><body>{body}</body></html>'
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output as a build would leave it."""
    made = tmp_path / "site" / "out"
    files = {
        "index.html": PAGE.format(title="Home", body="<h1>Home</h1>"),
        "404.html": PAGE.format(title="Not found", body="<h1>Not found</h1>"),
        "a/index.html": PAGE.format(title="A", body="<h1>A</h1><input id=q><p>first</p>"),
        "plain.html": PAGE.format(title="Plain", body="<h1>Plain</h1>"),
        "assets/site.css": "h1 { color: rgb(1, 2, 3) }\n",
        "feed.xml": "<rss/>\n",
        "favicon.ico": "",
        "big.bin": "0123456789",
        "_headers": (
            "/*\n  Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'\n"
            "  X-Frame-Options: DENY\n/feed.xml\n  Content-Type: application/rss+xml\n"
            "  Cache-Control: public, max-age=3600\n"
        ),
        "_redirects": "/old/ /a/ 301\n/latest/ /a/ 302\n/kept /a/ 301\n",
        ".site_gen-files": "index.html\n",
        ".well-known/security.txt": "Contact: mailto:a@example.org\n",
    }
    for name, text in files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (made.parent / "outside.txt").write_text("secret", "utf-8")
    return made


@dataclass
class Reply:
    """A raw reply, taken apart."""

    status: int
    headers: dict[str, str]
    body: bytes


def split(raw: bytes) -> Reply:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Reply(int(first.split()[1]), headers, body)


@dataclass
class Running:
    """A server that runs, and what it was made of."""

    port: int
    tabs: Tabs
    server: Server
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def raw(self, data: bytes) -> bytes:
        """All that the server sends back until it closes."""
        with self.connect() as connection:
            connection.sendall(data)
            pieces = []
            while piece := connection.recv(65536):
                pieces.append(piece)
        return b"".join(pieces)

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        given = {"host": f"127.0.0.1:{self.port}", "connection": "close"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        return split(self.raw(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")))

    def listen(self) -> "Stream":
        return Stream(self)


class Stream:
    """An open event stream."""

    def __init__(self, running: Running) -> None:
        self.socket = running.connect()
        head = f"GET /.site_gen/events HTTP/1.1\r\nhost: 127.0.0.1:{running.port}\r\n\r\n"
        self.socket.sendall(head.encode())
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        while self.file.readline().strip():
            pass

    def event(self) -> dict[str, Any]:
        """The next event's data."""
        while not (line := self.file.readline()).startswith(b"data: "):
            assert line, "the stream ended"
        found: dict[str, Any] = json.loads(line[6:])
        return found

    def close(self) -> None:
        self.file.close()
        self.socket.close()


Start = Callable[..., Running]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers: `start(output, port=0, client=True, **options of Server)`."""
    with ExitStack() as stack:

        def begin(output: Path, *, port: int = 0, client: bool = True, **options: Any) -> Running:
            listener = bind("127.0.0.1", port)
            number = listener.getsockname()[1]
            loaded = load_client() if client else None
            tabs = Tabs(loaded.version if loaded else "", "edit://site/{path}:{line}")
            host = StaticHost(output, loaded, tabs.state)
            hosts = own_hosts("127.0.0.1", number)
            shown = tabs if client else None
            server = Server(listener, hosts, host.answer, shown, **options)
            server.start()
            stack.callback(server.close)
            return Running(number, tabs, server, output)

        yield begin


@pytest.fixture
def running(output: Path, start: Start) -> Running:
    return start(output)


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context()
    made.set_default_timeout(LOOK)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, running: Any) -> Any:
    """Page /a/, connected, with what its console said in `page.said`."""
    return opened(context, running, "/a/")
