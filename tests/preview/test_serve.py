import asyncio
import contextlib
import gc
import socket
from pathlib import Path
from typing import Any

import pytest

ESCAPES = [
    "/../outside.txt",
    "/%2e%2e/outside.txt",
    "/%252e%252e/outside.txt",
    "/..%2foutside.txt",
    "/..%5coutside.txt",
    "/a/..%252foutside.txt",
    "/..\\outside.txt",
    "/%00/../outside.txt",
    "/outside.txt%00.html",
    "/link.txt",
    "/up/outside.txt",
    "//outside.txt",
    "/%c0%ae%c0%ae/outside.txt",
    "/.site_gen-files",
    "/.site_gen/%2e%2e/.site_gen-files",
]


def test_a_page_arrives_whole(running: Any) -> None:
    reply = running.get("/a/")
    assert reply.status == 200
    assert int(reply.headers["content-length"]) == len(reply.body)
    assert b"<h1>A</h1>" in reply.body


def test_head_has_the_headers_and_no_body(running: Any) -> None:
    asked, headed = running.get("/a/"), running.get("/a/", method="HEAD")
    assert headed.body == b""
    assert headed.headers == asked.headers


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_escapes(running: Any, output: Path, path: str) -> None:
    (output / "link.txt").symlink_to("../outside.txt")
    (output / "up").symlink_to("..")
    reply = running.get(path)
    assert reply.status in (400, 404)
    assert b"secret" not in reply.body
    assert b"index.html\n" not in reply.body


def test_a_pipe_does_not_stop_the_server(running: Any, output: Path) -> None:
    import os

    os.mkfifo(output / "pipe")
    assert running.get("/pipe").status == 404
    assert running.get("/").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_only_get_and_head_are_answered(running: Any, method: str) -> None:
    reply = running.get("/", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "get, head")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_other_hosts_are_turned_away(running: Any, host: str) -> None:
    reply = running.get("/", host=host)
    assert reply.status == 421
    assert b"Home" not in reply.body


def test_the_event_stream_is_only_for_our_origin(running: Any) -> None:
    assert running.get("/.site_gen/events", origin="http://evil.example").status == 403
    assert running.get("/.site_gen/events", sec_fetch_site="cross-site").status == 403


def test_no_answer_opens_the_site_to_other_origins(running: Any) -> None:
    for path in ("/", "/none", "/feed.xml", "/.site_gen/preview.js", "/old/"):
        names = running.get(path).headers
        assert not [name for name in names if name.startswith("access-control")]
        assert names["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"y" * 17_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"y" * 17_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n\r\n", 421),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: {host}\n\n\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhello", 405),
    ],
)
def test_malformed_heads_are_refused(running: Any, head: bytes, status: int) -> None:
    raw = running.raw(head.replace(b"{host}", f"127.0.0.1:{running.port}".encode()))
    assert raw.startswith(f"HTTP/1.1 {status} ".encode())


def test_it_says_what_it_sent_to_whom_asked(start: Any, output: Path) -> None:
    said: list[tuple[int, str]] = []
    running = start(
        output, on_sent=lambda response: said.append((response.status, response.output))
    )
    etag = running.get("/a/").headers["etag"]
    running.get("/a/", method="HEAD")
    running.get("/a/", if_none_match=etag)
    running.get("/none")
    running.get("/a/", host="evil.example")
    assert said == [(200, "a/index.html"), (304, "a/index.html"), (404, "")]


def test_one_connection_serves_several_requests(running: Any) -> None:
    ask = f"GET /feed.xml HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n"
    raw = running.raw(f"{ask}\r\n{ask}\r\n{ask}Connection: close\r\n\r\n".encode())
    assert raw.count(b"HTTP/1.1 200 OK") == 3
    assert raw.count(b"<rss/>\n") == 3


def test_a_head_that_does_not_end_is_given_up(start: Any, output: Path) -> None:
    running = start(output, head_seconds=0.05)
    with running.connect() as slow:
        slow.sendall(b"GET / HT")
        assert slow.recv(100) == b""
    assert running.get("/").status == 200


def test_connections_that_ended_leave_nothing(running: Any) -> None:
    def left() -> int:
        gc.collect()
        return sum(isinstance(each, asyncio.Transport) for each in gc.get_objects())

    before = left()
    for _ in range(100):
        running.get("/")
    # The server may be about to end some of them: while it answers others it gets to that.
    assert any(left() < before + 20 for _ in range(20) if running.get("/").status == 200)


def test_a_large_file_and_its_end_arrive(running: Any, output: Path) -> None:
    with (output / "film.mp4").open("wb") as file:
        file.truncate(5 << 20)
        file.seek((5 << 20) - 3)
        file.write(b"end")
    assert len(running.get("/film.mp4").body) == 5 << 20
    reply = running.get("/film.mp4", range="bytes=-5")
    assert (reply.status, reply.body) == (206, b"\0\0end")


def test_slow_and_waiting_clients_do_not_stop_a_page(running: Any) -> None:
    slow = [running.connect() for _ in range(200)]
    streams = []
    try:
        for number, connection in enumerate(slow):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: "[: 1 + number % 20])
        streams = [running.listen() for _ in range(1000)]
        assert running.get("/").status == 200
        running.tabs.send_build({"changed": ["a/index.html"], "problems": []})
        assert all(stream.event()["hello"] for stream in streams)
        assert all(stream.event()["changed"] == ["a/index.html"] for stream in streams)
        assert running.get("/a/").status == 200
    finally:
        for connection in (*slow, *streams):
            connection.close()


def test_beyond_the_room_the_oldest_gives_way(start: Any, output: Path) -> None:
    running = start(output, max_connections=16)
    idle = [running.connect() for _ in range(40)]
    try:
        assert running.get("/").status == 200
        assert idle[0].recv(1) == b""
    finally:
        for connection in idle:
            connection.close()


def test_a_reader_that_stops_reading_is_dropped_from_the_stream(running: Any) -> None:
    stream = running.listen()
    assert stream.event()["hello"]
    running.tabs.send_build({"changed": ["x" * (32 << 20)], "problems": []})
    running.tabs.send_build({"changed": ["y"], "problems": []})
    assert running.get("/").status == 200
    received = b""
    with contextlib.suppress(OSError):
        while piece := stream.socket.recv(1 << 20):
            received += piece
    assert b'["y"]' not in received
    stream.close()


def test_an_unreadable_file_is_an_answer(start: Any, output: Path) -> None:
    def answer(request: object) -> object:
        raise PermissionError(13, "Permission denied")

    running = start(output)
    running.server._answer = answer
    assert running.get("/").status == 500


def test_closing_ends_all_connections_and_frees_the_port(start: Any, output: Path) -> None:
    running = start(output)
    stream = running.listen()
    stream.event()
    running.server.close()
    assert stream.file.read().strip(b":\n") == b""
    stream.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", running.port)) != 0
    again = start(output, port=running.port)
    assert again.port == running.port
    assert again.get("/").status == 200
