"""Fetching from a server of our own: what is asked, what is refused, what is remembered."""

import gc
import gzip
import socket
import threading
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from site_gen.convert.sources.fetch import Fetcher
from site_gen.problems import SiteError
from tests.serving import serving

PAGE = b"<p>Hello.</p>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path from a table of the server: (status, headers, body)."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        table = self.server.table  # type: ignore[attr-defined]
        status, headers, body = table.get(self.path, (404, {}, b""))
        tag = headers.get("ETag")
        if tag and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path == "/endless":
            self.wfile.flush()
            self.server.over.wait(10)  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: Any) -> None:
        return


class Server:
    """A loopback server and what it was asked."""

    def __init__(self) -> None:
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.table = {}  # type: ignore[attr-defined]
        self.http.asked = []  # type: ignore[attr-defined]
        self.http.over = threading.Event()  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def say(self, path: str, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.http.table[path] = (status, named, body)  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[str]:
        return [path for path, _ in self.http.asked]  # type: ignore[attr-defined]

    def headers(self, path: str) -> dict[str, str]:
        return next(h for p, h in reversed(self.http.asked) if p == path)  # type: ignore[attr-defined]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    with serving(made.http):
        yield made
        made.http.over.set()  # type: ignore[attr-defined]


def fetcher(root: Path, **more: Any) -> Fetcher:
    waits: list[float] = more.pop("waits", [])
    given = {"allow_private": True, "seconds": 5.0, "pause": waits.append, **more}
    return Fetcher(root, **given)


def failure(made: Fetcher, url: str) -> tuple[str, str]:
    with pytest.raises(SiteError) as caught:
        made.get(url)
    (problem,) = caught.value.problems
    return problem.code, problem.message


def test_a_page_with_its_type_and_our_name(server: Server, tmp_path: Path) -> None:
    server.say("/a", Content_Type="text/html; charset=windows-1252")
    raw = fetcher(tmp_path, agent="digest/1 (+https://me.example)").get(f"{server.url}/a")
    assert (raw.data, raw.media_type, raw.charset) == (PAGE, "text/html", "windows-1252")
    assert raw.url == f"{server.url}/a"
    assert server.asked == ["/robots.txt", "/a"]
    assert server.headers("/a")["User-Agent"] == "digest/1 (+https://me.example)"


def test_private_addresses_are_refused_before_anything_is_sent(
    server: Server, tmp_path: Path
) -> None:
    code, message = failure(fetcher(tmp_path, allow_private=False), f"{server.url}/a")
    assert code == "convert/address"
    assert "private address" in message
    assert server.asked == []


def test_a_name_that_leads_home_is_refused(server: Server, tmp_path: Path) -> None:
    url = server.url.replace("127.0.0.1", "localhost")
    code, _ = failure(fetcher(tmp_path, allow_private=False), url)
    assert (code, server.asked) == ("convert/address", [])


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "ftp://h.example/", "http://u:p@h.example/", "gopher://x/"]
)
def test_redirects_are_checked_each(server: Server, tmp_path: Path, place: str) -> None:
    server.say("/a", b"", 302, Location=place)
    code, _ = failure(fetcher(tmp_path), f"{server.url}/a")
    assert code == "convert/address"


def test_redirects_are_followed_to_the_last_address(server: Server, tmp_path: Path) -> None:
    server.say("/a", b"", 301, Location="/b")
    server.say("/b", b"", 307, Location="c?d=1")
    server.say("/c?d=1")
    assert fetcher(tmp_path).get(f"{server.url}/a").url == f"{server.url}/c?d=1"


def test_redirects_end(server: Server, tmp_path: Path) -> None:
    server.say("/a", b"", 302, Location="/a")
    assert "redirects" in failure(fetcher(tmp_path), f"{server.url}/a")[1]


def test_robots_are_respected(server: Server, tmp_path: Path) -> None:
    server.say("/robots.txt", b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n")
    server.say("/private/a")
    server.say("/b")
    waits: list[float] = []
    made = fetcher(tmp_path, waits=waits)
    assert "robots.txt forbids it" in failure(made, f"{server.url}/private/a")[1]
    made.get(f"{server.url}/b")
    made.get(f"{server.url}/b")
    assert "/private/a" not in server.asked
    assert waits == [3.0]


def test_unreadable_robots_forbid_everything(server: Server, tmp_path: Path) -> None:
    server.say("/robots.txt", b"", 503)
    server.say("/a")
    found = failure(fetcher(tmp_path), f"{server.url}/a")[1]
    assert "its host answers 503 when asked for robots.txt" in found


def test_a_host_that_is_down_is_said_to_be(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = failure(fetcher(tmp_path), f"http://127.0.0.1:{port}/a")[1]
    assert "its host does not answer" in found
    assert "robots" not in found


def test_what_did_not_change_comes_from_the_cache(server: Server, tmp_path: Path) -> None:
    server.say("/f", b"<rss/>", ETag='"1"', Content_Type="application/rss+xml")
    first = fetcher(tmp_path).get(f"{server.url}/f")
    second = fetcher(tmp_path).get(f"{server.url}/f")
    assert server.headers("/f")["If-None-Match"] == '"1"'
    assert second == first


def test_a_spoilt_cache_is_no_cache(server: Server, tmp_path: Path) -> None:
    server.say("/f", ETag='"1"')
    fetcher(tmp_path).get(f"{server.url}/f")
    for file in (tmp_path / ".site_gen/fetched").glob("*.json"):
        file.write_text("[[")
    assert fetcher(tmp_path).get(f"{server.url}/f").data == PAGE


def test_a_small_answer_cannot_unpack_to_a_huge_one(server: Server, tmp_path: Path) -> None:
    server.say("/a", gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
    message = failure(fetcher(tmp_path, limit=1_000_000), f"{server.url}/a")[1]
    assert "more than 1000000 bytes" in message


def test_packed_pages_are_unpacked(server: Server, tmp_path: Path) -> None:
    server.say("/a", gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetcher(tmp_path).get(f"{server.url}/a").data == PAGE


def test_an_answer_that_never_ends_is_cut_off(server: Server, tmp_path: Path) -> None:
    server.say("/endless", b"x", Content_Length="1000")
    code, _ = failure(fetcher(tmp_path, seconds=0.3), f"{server.url}/endless")
    assert code == "convert/fetch"


def test_an_answer_that_is_cut_off_leaves_no_socket_open(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading.Timer, "start", lambda self: None)
    server.say("/endless", b"x", Content_Length="1000")
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        failure(fetcher(tmp_path, seconds=0.3), f"{server.url}/endless")
        gc.collect()
    assert [str(warning.message) for warning in told] == []


def test_an_answer_that_ends_too_early_is_no_answer(server: Server, tmp_path: Path) -> None:
    server.say("/a", b"x", Content_Length="1000")
    assert "999 bytes too early" in failure(fetcher(tmp_path), f"{server.url}/a")[1]


@pytest.mark.parametrize("status", [404, 410, 500])
def test_errors_of_the_server_are_named(server: Server, tmp_path: Path, status: int) -> None:
    server.say("/a", PAGE, status)
    assert f"answered {status}" in failure(fetcher(tmp_path), f"{server.url}/a")[1]


def test_nobody_there(tmp_path: Path, server: Server) -> None:
    url = server.url
    server.http.server_close()
    assert failure(fetcher(tmp_path, seconds=0.5), f"{url}/a")[0] == "convert/fetch"


HALF = b"<html><body><p>The first half of the page."
PACKED = gzip.compress(HALF * 9, mtime=0)  # a time in it would differ between two workers


def test_a_wait_for_one_packet_that_ends_before_the_timer_is_told_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading.Timer, "start", lambda self: None)
    over = threading.Event()

    def answer(listener: socket.socket) -> None:
        with listener.accept()[0] as talk:
            talk.recv(4096)
            talk.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        with listener.accept()[0]:
            over.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=[listener])
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/a"
        code, message = failure(fetcher(tmp_path, seconds=0.5), url)
        over.set()
        thread.join()
    assert code == "convert/fetch"
    assert "not answered whole within 0.5 s" in message


@pytest.mark.parametrize(
    ("head", "body", "stalls", "said"),
    [
        (b"", HALF, True, "not answered whole within 0.5 s"),
        (b"Content-Length: 900\r\n", HALF, True, "not answered whole within 0.5 s"),
        (b"Transfer-Encoding: chunked\r\n", b"2a\r\n" + HALF, True, "not answered whole"),
        (b"", HALF, False, "the answer ended amid the page, without </html>"),
        (b"Content-Length: 900\r\n", HALF, False, "the answer ended 858 bytes too early"),
        (b"Transfer-Encoding: chunked\r\n", b"ff\r\n" + HALF, False, "IncompleteRead"),
        (b"Content-Encoding: gzip\r\n", PACKED[:-12], False, "amid packed"),
        (b"Content-Encoding: gzip\r\nContent-Length: 50\r\n", PACKED[:50], False, "amid packed"),
    ],
)  # fmt: skip
def test_half_an_answer_is_a_failure_by_name(
    tmp_path: Path, head: bytes, body: bytes, stalls: bool, said: str
) -> None:
    over = threading.Event()

    def answer(listener: socket.socket) -> None:
        for data in (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", None):
            talk, _ = listener.accept()
            with talk:
                talk.recv(4096)
                talk.sendall(data or b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + body)
                if data is None and stalls:
                    over.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer, args=[listener])
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/a"
        code, message = failure(fetcher(tmp_path, seconds=0.5), url)
        over.set()
        thread.join()
    assert code == "convert/fetch"
    assert said in message
