"""Answers requests as a static host would: files, 404.html, `_redirects`, `_headers`."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from site_gen.basics import digest
from site_gen.formats.deploy import host_headers, host_redirects
from site_gen.formats.deploy.content_type import content_type
from site_gen.formats.deploy.host_headers import HostHeaders
from site_gen.formats.deploy.host_redirects import Destination, HostRedirects
from site_gen.preview import csp, file_lookup
from site_gen.preview.reload_script import NOT_BUILT_PAGE, PREFIX, Client, Label, inject
from site_gen.preview.request import Request, RequestError
from site_gen.preview.response import Response, Slice, plain_text, redirect, with_etag, with_range

Value = TypeVar("Value")

MAX_IN_MEMORY = 4 << 20
MAX_RULES_BYTES = 8 << 20


class StaticHost:
    """A static host of the folder `output`. With a client, pages contain its script.

    `state` returns a name of the last finished build. It is read before a file: with a name that is
    too old, a page only checks once more; one that is too new would hide a change.
    """

    def __init__(self, output: Path, client: Client | None, state: Callable[[], str]) -> None:
        self.output = output
        self.client = client
        self.state = state
        self._headers = _CachedFile(output / "_headers", host_headers.parse_headers)
        self._redirects = _CachedFile(output / "_redirects", host_redirects.parse_redirects)

    def answer(self, request: Request) -> Response:
        """Return the response to a request; a RequestError becomes a text."""
        try:
            response = self._answer(request)
        except RequestError as refused:
            response = plain_text(refused.status, refused.why)
        response.headers["x-content-type-options"] = "nosniff"
        response.headers["cross-origin-resource-policy"] = "same-origin"
        response.headers["cache-control"] = "no-cache"
        return response

    def _answer(self, request: Request) -> Response:
        if self.client and request.path.startswith(PREFIX):
            return self._client_file(self.client, request)
        parts = file_lookup.decode(request.path)
        path = "/" + "/".join(parts)
        rules: HostRedirects = self._redirects.value()
        sent = rules.find(path, request.query, forced=True)
        if sent is None:
            found = self._find(parts)
            if found is not None:
                return self._file(request, 200, path, found)
            if file_lookup.is_folder(self.output, parts):
                return redirect(f"{request.path}/", request.query, 301)
            sent = rules.find(path, request.query, forced=False)
        return self._follow_rule(request, path, sent) if sent else self._not_found(request, path)

    def _find(self, parts: tuple[str, ...]) -> Path | None:
        places = (file_lookup.file_at(self.output, p) for p in file_lookup.candidates(parts))
        return next((place for place in places if place is not None), None)

    def _follow_rule(self, request: Request, path: str, to: Destination) -> Response:
        if to.status not in (200, 404):
            return redirect(to.target, "" if "?" in to.target else request.query, to.status)
        found = self._find(file_lookup.decode(to.target.partition("?")[0]))
        if found is None:
            return self._not_found(request, path)
        return self._file(request, to.status, path, found)

    def _not_found(self, request: Request, path: str) -> Response:
        found = self._find(("404.html",))
        if found is not None:
            return self._file(request, 404, path, found)
        response = self._page(request, Response(404), NOT_BUILT_PAGE)
        # So that a requested page is built before all others, as soon as it can be.
        response.output = "/".join(file_lookup.candidates(file_lookup.decode(path))[0])
        return response

    def _client_file(self, client: Client, request: Request) -> Response:
        name = request.path.removeprefix(PREFIX)
        if name not in client.files:
            raise RequestError(404, "no such file of the preview")
        response = Response(200, {"content-type": content_type(name)}, client.files[name])
        return with_etag(request, response, client.version)

    def _file(self, request: Request, status: int, path: str, found: Path) -> Response:
        state = self.state()
        size = _size(found)
        rules: HostHeaders = self._headers.value()
        headers = {"content-type": content_type(found.name)} | rules.for_path(path)
        name = found.relative_to(os.path.realpath(self.output)).as_posix()
        response = Response(status, headers, output=name if status == 200 else "")
        small = size <= MAX_IN_MEMORY
        if small and headers["content-type"].startswith("text/html"):
            return self._page(request, response, _read(found), state)
        if not small:
            response.body = Slice(found, 0, size)
            return with_range(request, with_etag(request, response, _stamp(found)))
        response.body = _read(found)
        return with_range(request, with_etag(request, response, digest.of_bytes(response.body)))

    def _page(self, request: Request, response: Response, html: bytes, state: str = "") -> Response:
        etag = digest.of_bytes(html)
        response.headers.setdefault("content-type", "text/html; charset=utf-8")
        response.body, response.page = html, True
        if self.client is None:
            return with_etag(request, response, etag)
        etag = f"{etag}-{self.client.version}"
        response.body = inject(
            html, Label(response.output, f'"{etag}"', state, self.client.version)
        )
        for header in ("content-security-policy", "content-security-policy-report-only"):
            if header in response.headers:
                response.headers[header] = csp.amend(response.headers[header])
        return with_etag(request, response, etag)


class _CachedFile(Generic[Value]):
    """A small file of the output, parsed once for each version."""

    def __init__(self, path: Path, parse: Callable[[str], Value]) -> None:
        self._path = path
        self._parse = parse
        self._known: tuple[str, Value] = ("", parse(""))

    def value(self) -> Value:
        """Return the parsed file, or the value of an empty one if it is missing or too large."""
        try:
            stamp = _stamp(self._path)
            if stamp != self._known[0] and _size(self._path) <= MAX_RULES_BYTES:
                text = self._path.read_text("utf-8", errors="replace")
                self._known = (stamp, self._parse(text))
        except OSError:
            self._known = ("", self._parse(""))
        return self._known[1]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        raise RequestError(404, "the file has just gone") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise RequestError(404, "the file has just gone") from None


def _stamp(path: Path) -> str:
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return f"{found.st_size:x}-{found.st_mtime_ns:x}-{found.st_ino:x}"
