"""The HTTP server: one thread with an event loop, so that a slow client costs only a socket."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import BinaryIO

from site_gen.preview.allowed_hosts import admit, bracketed
from site_gen.preview.listener import BACKLOG, connection_limit
from site_gen.preview.request import REASONS, Request, RequestError, parse
from site_gen.preview.response import Response, Slice, plain_text
from site_gen.preview.tabs import Tabs

HEAD_BYTES = 16 << 10
HEAD_SECONDS = 10.0
SEND_SECONDS = 30.0
CHUNK_BYTES = 64 << 10
EVENTS = "/.site_gen/events"

Answer = Callable[[Request], Response]
OnSent = Callable[[Response], None]


class Server:
    """Answers `GET` and `HEAD` until it is closed.

    max_connections  beyond it, the connection idle for longest is closed, so that every page is
                     answered; 0 for the limit of the system
    head_seconds     the most seconds for reading a request's head, and for an idle connection
    on_sent          called with each response to a `GET` that was sent
    """

    def __init__(
        self,
        listener: socket.socket,
        hosts: frozenset[str],
        answer: Answer,
        tabs: Tabs | None,
        *,
        max_connections: int = 0,
        head_seconds: float = HEAD_SECONDS,
        on_sent: OnSent = lambda response: None,
    ) -> None:
        self._listener = listener
        self._hosts = hosts
        self._answer = answer
        self._tabs = tabs
        self._max_connections = max_connections or connection_limit()
        self._head_seconds = head_seconds
        self._on_sent = on_sent
        self._waiting: dict[asyncio.StreamWriter, None] = {}
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preview server", daemon=True)

    def start(self) -> None:
        """Start the server and wait until it accepts connections."""
        self._thread.start()
        self._ready.wait()

    def close(self) -> None:
        """End all connections and the thread."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        if self._tabs is not None:
            self._tabs.set_scheduler(self._loop.call_soon_threadsafe)
        server = await asyncio.start_server(
            self._handle_connection, sock=self._listener, limit=HEAD_BYTES, backlog=BACKLOG
        )
        self._ready.set()
        await self._stop.wait()
        server.close()
        for writer in self._waiting:
            writer.transport.abort()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle_connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._make_room()
        self._waiting[writer] = None
        try:
            while await self._handle_request(reader, writer):
                self._waiting.pop(writer, None)
                self._waiting[writer] = None
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError, TimeoutError):
            pass  # the client left or was too slow, or the server is closing
        finally:
            self._waiting.pop(writer, None)
            await _close(writer)

    def _make_room(self) -> None:
        while len(self._waiting) >= self._max_connections:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            oldest.transport.abort()
            if self._tabs is not None:
                self._tabs.drop(oldest)

    async def _handle_request(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Answer one request; return whether another may follow on the connection."""
        try:
            request = parse(await self._read_head(reader))
            admit(request, self._hosts, _local_address(writer))
        except RequestError as error:
            await self._send(writer, "GET", _error_response(error), keep_alive=False)
            return False
        if self._tabs is not None and request.path == EVENTS and request.method == "GET":
            writer.write(_format_head(self._tabs.response(), keep_alive=True, length=False))
            await self._tabs.listen(writer)
            return False
        response = self._answer_request(request)
        await self._send(writer, request.method, response, keep_alive=request.keep_alive)
        if request.method == "GET":
            self._on_sent(response)
        return request.keep_alive

    def _answer_request(self, request: Request) -> Response:
        try:
            return self._answer(request)
        except OSError as error:
            return plain_text(500, f"the file could not be read: {error.strerror or error}")

    async def _read_head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), self._head_seconds)
        except asyncio.LimitOverrunError:
            raise RequestError(431, f"a head of more than {HEAD_BYTES} bytes") from None
        except asyncio.IncompleteReadError as cut:
            if not cut.partial:
                raise
            raise RequestError(400, "the request's head was cut off") from None

    async def _send(
        self, writer: asyncio.StreamWriter, method: str, response: Response, *, keep_alive: bool
    ) -> None:
        head = _format_head(response, keep_alive=keep_alive, length=response.status != 304)
        small = response.body if isinstance(response.body, bytes) else b""
        writer.write(head if method == "HEAD" else head + small)
        if method != "HEAD" and isinstance(response.body, Slice):
            with response.body.path.open("rb") as file:
                await _send_slice(writer, file, response.body)
        await asyncio.wait_for(writer.drain(), SEND_SECONDS)


async def _close(writer: asyncio.StreamWriter) -> None:
    """Close a connection; abort it if the client does not read the rest in time."""
    writer.close()
    try:
        await asyncio.wait_for(writer.wait_closed(), SEND_SECONDS)
    except (OSError, asyncio.CancelledError, TimeoutError):
        writer.transport.abort()


async def _send_slice(writer: asyncio.StreamWriter, file: BinaryIO, part: Slice) -> None:
    file.seek(part.start)
    left = part.end - part.start
    while left:
        piece = file.read(min(CHUNK_BYTES, left))
        if not piece:
            raise ConnectionAbortedError("the file became shorter")
        left -= len(piece)
        writer.write(piece)
        await asyncio.wait_for(writer.drain(), SEND_SECONDS)


def _error_response(error: RequestError) -> Response:
    response = plain_text(error.status, error.why)
    response.headers["x-content-type-options"] = "nosniff"
    if error.status == 405:
        response.headers["allow"] = "GET, HEAD"
    return response


def _format_head(response: Response, *, keep_alive: bool, length: bool) -> bytes:
    lines = [f"HTTP/1.1 {response.status} {REASONS[response.status]}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    if length:
        lines.append(f"content-length: {response.length}")
    if not keep_alive:
        lines.append("connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _local_address(writer: asyncio.StreamWriter) -> str:
    host, port, *_ = writer.get_extra_info("sockname") or ("", 0)
    return f"{bracketed(host.removeprefix('::ffff:'))}:{port}"
