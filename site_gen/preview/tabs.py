"""The open pages: what they are told, over one event stream for each browser.

Only the server's thread touches the streams; `tell` may be called from any thread.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

from site_gen.preview.response import Response

BEAT_SECONDS = 15.0
MOST_UNSENT = 1 << 20
HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store"}
RETRY = b"retry: 300\n\n"


class Tabs:
    """All listening browsers and the last things that each should know.

    editor  the address that opens a file at a line, with `{path}` (below the site's root), `{line}`
            and `{column}`; "" = none
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
        """A name of the last build that pages were told of."""
        return f"{self._session}:{self._build}"

    def opened(self, call: Callable[..., Any]) -> None:
        """Give the way into the server's thread, its loop's `call_soon_threadsafe`."""
        self._call = call

    def tell(self, change: dict[str, Any]) -> None:
        """Pass a finished build on: `changed`, `removed`, `all`, `problems` (see message.py)."""
        self._build += 1
        self._problems = change["problems"]
        if self._call is not None:
            self._call(self._broadcast, _event(change | self._known()))

    def hint(self, hints: dict[str, Any] | None) -> None:
        """Pass on what a closer look found in the edition that goes out next."""
        if hints != self._hints:
            self._hints = hints
            if self._call is not None:
                self._call(self._broadcast, _event({"hints": hints} | self._known()))

    def response(self) -> Response:
        """The head of an event stream."""
        return Response(200, dict(HEADERS))

    async def listen(self, writer: asyncio.StreamWriter) -> None:
        """Keep one browser told until it goes or falls too far behind."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._streams[writer] = ended
        hello = {"hello": True, "problems": self._problems, "hints": self._hints}
        writer.write(RETRY + _event(hello | self._known()))
        try:
            while not ended.done():
                await asyncio.wait((ended,), timeout=BEAT_SECONDS)
                self._send(writer, b":\n\n")
        finally:
            self._streams.pop(writer, None)

    def _known(self) -> dict[str, Any]:
        return {"state": self.state(), "client": self._client, "editor": self._editor}

    def _broadcast(self, event: bytes) -> None:
        for writer in tuple(self._streams):
            self._send(writer, event)

    def _send(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        transport = writer.transport
        if transport.is_closing() or transport.get_write_buffer_size() > MOST_UNSENT:
            self.drop(writer)
        else:
            writer.write(data)

    def drop(self, writer: asyncio.StreamWriter) -> None:
        """End one stream at once; its browser will ask again."""
        ended = self._streams.pop(writer, None)
        writer.transport.abort()
        if ended is not None and not ended.done():
            ended.set_result(None)


def _event(data: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(data, separators=(",", ":")).encode() + b"\n\n"
