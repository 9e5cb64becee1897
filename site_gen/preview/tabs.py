"""Sends builds and findings to the open pages, over one event stream for each browser.

Only the server's thread uses the streams; `send_build` and `send_hints` may be called from any.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

from site_gen.preview.response import Response

BEAT_SECONDS = 15.0
MAX_UNSENT_BYTES = 1 << 20
HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
RETRY = b"retry: 300\n\n"


class Tabs:
    """The event streams of all browsers, and the last problems and findings.

    client  the version of the client's script
    editor  the address that opens a file in the editor, with `{path}` (relative to the site's
            folder), `{line}` and `{column}`; "" for none
    """

    def __init__(self, client: str, editor: str = "") -> None:
        self._session = secrets.token_hex(4)
        self._build = 0
        self._client = client
        self._editor = editor
        self._problems: list[dict[str, Any]] = []
        self._hints: dict[str, Any] | None = None
        self._streams: dict[asyncio.StreamWriter, asyncio.Future[None]] = {}
        self._call: Callable[..., Any] | None = None

    def __len__(self) -> int:
        return len(self._streams)

    def state(self) -> str:
        """Return a name of the last build that was sent."""
        return f"{self._session}:{self._build}"

    def set_scheduler(self, call: Callable[..., Any]) -> None:
        """Set what calls a function in the server's thread: its loop's `call_soon_threadsafe`."""
        self._call = call

    def send_build(self, change: dict[str, Any]) -> None:
        """Send a build: `changed`, `removed`, `all`, `problems` (see message.py)."""
        self._build += 1
        self._problems = change["problems"]
        if self._call is not None:
            self._call(self._broadcast, _event(change | self._common_fields()))

    def send_hints(self, hints: dict[str, Any] | None) -> None:
        """Send the findings in the open edition (see check/open_edition.py), None for none."""
        if hints != self._hints:
            self._hints = hints
            if self._call is not None:
                self._call(self._broadcast, _event({"hints": hints} | self._common_fields()))

    def response(self) -> Response:
        """Return the head of an event stream."""
        return Response(200, dict(HEADERS))

    async def listen(self, writer: asyncio.StreamWriter) -> None:
        """Send events to one browser until it closes the stream or falls too far behind."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._streams[writer] = ended
        hello = {"hello": True, "problems": self._problems, "hints": self._hints}
        writer.write(RETRY + _event(hello | self._common_fields()))
        try:
            while not ended.done():
                await asyncio.wait((ended,), timeout=BEAT_SECONDS)
                self._send(writer, b":\n\n")
        finally:
            self._streams.pop(writer, None)

    def _common_fields(self) -> dict[str, Any]:
        return {"state": self.state(), "client": self._client, "editor": self._editor}

    def _broadcast(self, event: bytes) -> None:
        for writer in tuple(self._streams):
            self._send(writer, event)

    def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        transport = writer.transport
        if transport.is_closing() or transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
            self.drop(writer)
        else:
            writer.write(data)

    def drop(self, writer: asyncio.StreamWriter) -> None:
        """End a stream at once; the browser will connect again."""
        ended = self._streams.pop(writer, None)
        writer.transport.abort()
        if ended is not None and not ended.done():
            ended.set_result(None)


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data, separators=(",", ":")).encode() + b"\n\n"
