"""Responses, with entity tags, ranges and redirects (RFC 9110)."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from site_gen.preview import ranges
from site_gen.preview.request import Request


@dataclass(frozen=True, slots=True)
class Slice:
    """The bytes of a file from `start` to `end` (exclusive), sent in chunks."""

    path: Path
    start: int
    end: int


@dataclass(slots=True)
class Response:
    """A response. Header names are in lower case; Content-Length is added when it is sent.

    output   the output path of the file in the body; "" if there is none
    page     whether that file is an HTML page
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Slice = b""
    output: str = ""
    page: bool = False

    @property
    def length(self) -> int:
        """The length of the body in bytes."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.end - self.body.start


def plain_text(status: int, text: str) -> Response:
    """Return a response of one line of text."""
    headers = {"content-type": "text/plain; charset=utf-8"}
    return Response(status, headers, f"{text}\n".encode())


def redirect(target: str, query: str, status: int) -> Response:
    location = quote(target + (f"?{query}" if query else ""), safe="/:?#[]@!$&'()*+,;=%~-._")
    response = plain_text(status, "moved")
    response.headers["location"] = location
    return response


def with_etag(request: Request, response: Response, etag: str) -> Response:
    """Add the ETag; the response becomes a 304 if the browser has the same version."""
    response.headers["etag"] = f'"{etag}"'
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if response.status == 200 and (known == "*" or f'"{etag}"' in tags):
        response.status, response.body = 304, b""
    return response


def with_range(request: Request, response: Response) -> Response:
    """Cut the body to the requested range."""
    if response.status != 200:
        return response
    response.headers["accept-ranges"] = "bytes"
    condition = request.headers.get("if-range")
    if condition is not None and condition != response.headers["etag"]:
        return response
    size = response.length
    try:
        found = ranges.parse_range(request.headers.get("range"), size)
    except ValueError:
        return Response(416, {"content-range": f"bytes */{size}"})
    if found is not None:
        _cut(response, *found)
    return response


def _cut(response: Response, start: int, end: int) -> None:
    response.headers["content-range"] = f"bytes {start}-{end - 1}/{response.length}"
    response.status = 206
    if isinstance(response.body, bytes):
        response.body = response.body[start:end]
    else:
        response.body = Slice(response.body.path, start, end)
