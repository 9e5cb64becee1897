import pytest

from site_gen.preview.request import RequestError, parse


def head(*lines: str) -> bytes:
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def test_a_plain_request_is_read() -> None:
    request = parse(head("GET /a%20b/?q=1?2 HTTP/1.1", "Host: x:1", "Accept: a", "Accept:b"))
    assert (request.method, request.path, request.query) == ("GET", "/a%20b/", "q=1?2")
    assert request.headers == {"host": "x:1", "accept": "a, b"}
    assert request.keep_alive


@pytest.mark.parametrize(
    ("version", "connection", "kept"),
    [("1.1", "close", False), ("1.1", "", True), ("1.0", "", False), ("1.0", "Keep-Alive", True)],
)
def test_the_connection_is_kept_as_the_version_says(
    version: str, connection: str, kept: bool
) -> None:
    request = parse(head(f"GET / HTTP/{version}", "Host: x", f"Connection: {connection}"))
    assert request.keep_alive is kept


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("GET / HTTP/2.0",), 505),
        (("GET /",), 400),
        (("GET  / HTTP/1.1",), 400),
        (("POST / HTTP/1.1",), 405),
        (("OPTIONS / HTTP/1.1",), 405),
        (("get / HTTP/1.1",), 405),
        (("GET http://a/ HTTP/1.1",), 400),
        (("GET /#x HTTP/1.1",), 400),
        (("GET /\x00 HTTP/1.1",), 400),
        (("GET /\xe9 HTTP/1.1",), 400),
        (("GET / HTTP/1.1", "Host: a", "host: b"), 400),
        (("GET / HTTP/1.1", "Origin: a", "Origin: b"), 400),
        (("GET / HTTP/1.1", "Host : a"), 400),
        (("GET / HTTP/1.1", "Host: a", " folded"), 400),
        (("GET / HTTP/1.1", "no colon"), 400),
        (("GET / HTTP/1.1", "A: b\nC: d"), 400),
        (("GET / HTTP/1.1", "Content-Length: 3"), 400),
        (("GET / HTTP/1.1", "Transfer-Encoding: chunked"), 400),
        (("GET / HTTP/1.1", *(f"x{n}: y" for n in range(101))), 431),
    ],
)
def test_what_is_not_plain_is_refused(lines: tuple[str, ...], status: int) -> None:
    with pytest.raises(RequestError) as refused:
        parse(head(*lines))
    assert refused.value.status == status
