"""Fetches politely and safely: the only part of convert that uses the network.

It uses http.client, which accepts a connected socket, so that the checked address is the one that
is used. No proxies.
"""

import http.client
import json
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urljoin, urlsplit

from site_gen import __version__
from site_gen.basics import digest, urls
from site_gen.convert.drafts.files import Store
from site_gen.convert.sources import addresses
from site_gen.convert.sources.robots import Robots
from site_gen.model import RawDocument
from site_gen.problems import Problem, SiteError, Where

FOLDER = ".site_gen/fetched"
AGENT = f"site_gen/{__version__} (converts articles for a weekly digest)"
ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"
MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
SECONDS = 30.0
REDIRECTS = (301, 302, 303, 307, 308)

Pause = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to one request; `data` is decompressed."""

    status: int
    headers: Message
    data: bytes


class Fetcher:
    """The fetches of one run: user agent, robots.txt by host, the cache in `.site_gen/`.

    `seconds` and `limit` bound one request; `pause` waits between two requests to one host.
    """

    def __init__(
        self,
        root: Path,
        agent: str = "",
        allow_private: bool = False,
        *,
        seconds: float = SECONDS,
        limit: int = MAX_BYTES,
        pause: Pause = time.sleep,
        dry: bool = False,
    ) -> None:
        self._store = Store(root, dry=dry)
        self._agent = agent or AGENT
        self._allow_private = allow_private
        self._seconds = seconds
        self._limit = limit
        self._pause = pause
        self._robots = Robots(self._agent, self._robots_text)
        self._visited: set[str] = set()

    def get(self, url: str) -> RawDocument:
        """The document at `url`, from the cache if the server says that it is unchanged.

        Raises SiteError with the reason: address, robots.txt, status, size, time.
        """
        known = self._cached(url)
        at, answer = self._followed(url, known.get("headers", {}), self._allowed)
        if answer.status == 304 and known:
            body = self._store.read(f"{FOLDER}/{digest.of_parts(url)}.bin")
            if body is not None:
                return _document(url, known["at"], known["type"], known["charset"], body)
        if answer.status != 200:
            raise _failed(url, f"the server answered {answer.status}")
        kind = answer.headers.get_content_type() if "content-type" in answer.headers else ""
        charset = answer.headers.get_content_charset() or ""
        self._keep(url, at, kind, charset, answer)
        return _document(url, at, kind, charset, answer.data)

    def ask(self, url: str, method: Literal["HEAD", "GET"]) -> Answer:
        """One response, without following redirects. Raises SiteError as `get` does."""
        at = _checked(url, url)
        self._allowed(at)
        return self._request(at, {}, method)

    def _followed(
        self, url: str, headers: dict[str, str], allowed: Callable[[str], None]
    ) -> tuple[str, Answer]:
        """The last address of the redirects from `url`, each checked, and its answer."""
        at = url
        for _ in range(MAX_REDIRECTS + 1):
            at = _checked(at, url)
            allowed(at)
            answer = self._request(at, headers)
            place = answer.headers.get("location")
            if answer.status not in REDIRECTS or not place:
                return at, answer
            # a validator belongs to the address that gave it
            at, headers = urljoin(at, place), {}
        raise _failed(url, f"more than {MAX_REDIRECTS} redirects")

    def _allowed(self, url: str) -> None:
        if not self._robots.allow(url):
            raise _failed(url, *self._robots.refusal(url))
        host = urlsplit(url).netloc
        if host in self._visited:
            self._pause(self._robots.delay(url))
        self._visited.add(host)

    def _robots_text(self, url: str) -> tuple[int, bytes]:
        try:
            _, answer = self._followed(url, {}, lambda at: None)
        except SiteError as error:
            if any(problem.code == "convert/address" for problem in error.problems):
                raise
            return 0, b""
        return answer.status, answer.data

    def _request(self, url: str, headers: dict[str, str], method: str = "GET") -> Answer:
        parts = urlsplit(url)
        try:
            with self._connection(parts.scheme, parts.hostname or "", parts.port) as connection:
                path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
                query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._")
                target = f"{path}?{query}" if query else path
                connection.request(method, target, headers={**self._headers(), **headers})
                with connection.getresponse() as response:
                    data = self._body(response)
                    return Answer(response.status, response.headers, data)
        except addresses.ForbiddenError as error:
            cure = "use --allow-private if you trust it"
            raise _failed(url, str(error), cure, "convert/address") from None
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            raise _failed(url, str(error) or type(error).__name__) from None

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self._agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"}

    @contextmanager
    def _connection(
        self, scheme: str, host: str, port: int | None
    ) -> Iterator[http.client.HTTPConnection]:
        """A connection to a checked address, closed when the time is over."""
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
        number = port or (443 if scheme == "https" else 80)
        stream = addresses.connect(name, number, self._seconds, allow_private=self._allow_private)
        live = [stream]
        late = threading.Event()
        timer = threading.Timer(self._seconds, _shut, [live, late])
        timer.daemon = True
        timer.start()
        connection = http.client.HTTPConnection(name, number, timeout=self._seconds)
        try:
            if scheme == "https":
                context = ssl.create_default_context()
                # wrapping detaches the plain socket: from now on this one is to be shut
                live[0] = context.wrap_socket(
                    stream, server_hostname=name, suppress_ragged_eofs=False
                )
            connection.sock = live[0]
            yield connection
            if late.is_set():  # cut by us, it may look like an answer that ended by itself
                raise TimeoutError
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            # the wait for one packet may end a moment before the timer does
            if late.is_set() or isinstance(error, TimeoutError):
                raise TimeoutError(f"not answered whole within {self._seconds:g} s") from None
            raise
        finally:
            timer.cancel()
            if timer.is_alive():
                timer.join()  # a process with threads reads files in no other ones
            connection.close()
            live[0].close()

    def _body(self, response: http.client.HTTPResponse) -> bytes:
        """The complete decompressed body, at most `limit` bytes, since a small response can
        decompress to a huge one. Raises ValueError if it is incomplete."""
        counted = response.length is not None or response.chunked
        packed = response.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip")
        unpack = zlib.decompressobj(31) if packed else None
        parts: list[bytes] = []
        total = 0
        while chunk := response.read(1 << 16):
            part = unpack.decompress(chunk, self._limit - total + 1) if unpack else chunk
            parts.append(part)
            total += len(part)
            if total > self._limit:
                raise ValueError(f"more than {self._limit} bytes")
        if response.length:
            raise ValueError(f"the answer ended {response.length} bytes too early")
        if unpack and total and not unpack.eof:
            raise ValueError("the answer ended amid packed data")
        data = b"".join(parts)
        if not counted and _is_cut(data):
            raise ValueError("the answer ended amid the page, without </html>")
        return data

    def _cached(self, url: str) -> dict[str, Any]:
        try:
            data = self._store.read(f"{FOLDER}/{digest.of_parts(url)}.json")
            found = json.loads(data) if data else {}
            headers = {k: str(v) for k, v in found.get("headers", {}).items() if k in VALIDATORS}
            texts = {key: str(found[key]) for key in ("at", "type", "charset")}
        except (SiteError, ValueError, KeyError, AttributeError, RecursionError):
            return {}
        return {**texts, "headers": headers}

    def _keep(self, url: str, at: str, kind: str, charset: str, answer: Answer) -> None:
        given = {ask: answer.headers.get(give) for ask, give in VALIDATORS.items()}
        headers = {key: value for key, value in given.items() if value}
        if not headers:
            return
        name = f"{FOLDER}/{digest.of_parts(url)}"
        data = {"url": url, "at": at, "type": kind, "charset": charset, "headers": headers}
        self._store.write(f"{name}.bin", answer.data)
        self._store.write(f"{name}.json", json.dumps(data, indent=1).encode())


VALIDATORS = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
"""Request header -> the response header whose value it sends."""


def _checked(url: str, first: str) -> str:
    try:
        return str(urls.check(url))
    except ValueError as error:
        raise _failed(first, f"{url} {error}", code="convert/address") from None


_WHOLE_PAGE = re.compile(rb"<(html|body)[\s>]", re.IGNORECASE)


def _is_cut(data: bytes) -> bool:
    """Whether a page without a declared length has a beginning but no end."""
    return bool(_WHOLE_PAGE.search(data[:4096])) and not re.search(
        rb"</(html|body)\s*>", data[-65536:], re.IGNORECASE
    )


def _shut(live: list[socket.socket], late: threading.Event) -> None:
    late.set()
    try:
        live[0].shutdown(socket.SHUT_RDWR)
    except OSError:
        # it ended by itself in the same moment
        return


def _document(url: str, at: str, kind: str, charset: str, data: bytes) -> RawDocument:
    return RawDocument(name=url, data=data, url=at, media_type=kind, charset=charset)


def _failed(url: str, reason: str, cure: str = "", code: str = "convert/fetch") -> SiteError:
    help_ = cure or "check the address in a browser"
    return SiteError([Problem(code, f"{url}: {reason}", Where(url), help_)])
