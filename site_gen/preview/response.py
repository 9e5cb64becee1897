"""A response, and what HTTP makes of it: entity tags, ranges, moves."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from site_gen.preview import ranges
from site_gen.preview.request import Request


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes `start` up to `end` of a file, sent in pieces."""

    path: Path
    start: int
    end: int


@dataclass(slots=True)
class Response:
    """What is sent. Header names are lower case; Content-Length is added when it is sent.

    output   the path in the output of the file that it shows; "" for all else
    page     whether that is a page
    """

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Slice = b""
    output: str = ""
    page: bool = False

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return len(self.body) if isinstance(self.body, bytes) else self.body.end - self.body.start


def plain(status: int, text: str) -> Response:
    """A short answer in words."""
    headers = {"content-type": "text/plain; charset=utf-8"}
    return Response(status, headers, f"{text}\n".encode())


def moved(target: str, query: str, status: int) -> Response:
    location = quote(target + (f"?{query}" if query else ""), safe="/:?#[]@!$&'()*+,;=%~-._")
    response = plain(status, "moved")
    response.headers["location"] = location
    return response


def tagged(request: Request, response: Response, etag: str) -> Response:
    """`response` with its ETag; 304 without a body where the browser has the same."""
    response.headers["etag"] = f'"{etag}"'
    known = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    if response.status == 200 and (known == "*" or f'"{etag}"' in tags):
        response.status, response.body = 304, b""
    return response


def ranged(request: Request, response: Response) -> Response:
    """`response`, cut to the range that was asked for."""
    if response.status != 200:
        return response
    response.headers["accept-ranges"] = "bytes"
    condition = request.headers.get("if-range")
    if condition is not None and condition != response.headers["etag"]:
        return response
    size = response.length
    try:
        found = ranges.wanted(request.headers.get("range"), size)
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
