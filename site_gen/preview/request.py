"""Parses the head of HTTP/1.1 requests strictly: refuses what is non_ascii instead of guessing."""

from collections.abc import Mapping
from dataclasses import dataclass

from site_gen.formats.deploy.host_headers import HEADER_NAME

MAX_HEADERS = 100
REASONS = {
    200: "OK",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    416: "Range Not Satisfiable",
    421: "Misdirected Request",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    505: "HTTP Version Not Supported",
}


class RequestError(Exception):
    """A refused request: the status, and the reason in one line."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `target` is the raw path and query; header names are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    keep_alive: bool = True

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query, still percent-encoded, without the question mark."""
        return self.target.partition("?")[2]


def parse(head: bytes) -> Request:
    """Parse a head, including its final empty line. Raises RequestError."""
    try:
        text = head.decode("ascii")
    except UnicodeDecodeError:
        raise RequestError(400, "only ASCII may stand in a request's head") from None
    first, *rest = text.removesuffix("\r\n\r\n").split("\r\n")
    method, target, version = _request_line(first)
    headers = _headers(rest)
    if "content-length" in headers or "transfer-encoding" in headers:
        raise RequestError(400, "a request with a body is not taken")
    return Request(method, target, headers, _keep_alive(version, headers))


def _request_line(line: str) -> tuple[str, str, str]:
    parts = line.split(" ")
    if len(parts) != 3:
        raise RequestError(400, "the request line is not of three parts")
    method, target, version = parts
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise RequestError(505, "HTTP/1.1 is spoken here")
    if method not in ("GET", "HEAD"):
        raise RequestError(405, "only GET and HEAD are answered")
    if not target.startswith("/") or not target.isprintable() or "#" in target:
        raise RequestError(400, "the target is not a path")
    return method, target, version


def _headers(lines: list[str]) -> dict[str, str]:
    if len(lines) > MAX_HEADERS:
        raise RequestError(431, f"more than {MAX_HEADERS} headers")
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not HEADER_NAME.fullmatch(name):
            raise RequestError(400, "a header is not name: value")
        name, value = name.lower(), value.strip(" \t")
        if not value.replace("\t", " ").isprintable():
            raise RequestError(400, "a header holds control characters")
        if name in found and name in ("host", "origin"):
            raise RequestError(400, f"more than one {name} header")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _keep_alive(version: str, headers: Mapping[str, str]) -> bool:
    options = {part.strip().lower() for part in headers.get("connection", "").split(",")}
    return "close" not in options if version == "HTTP/1.1" else "keep-alive" in options
