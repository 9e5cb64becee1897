"""A small HTTP server on loopback for stand-ins of hosts."""

import json
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.serving import serving


class Loopback:
    """Subclasses answer; calls are kept."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                owner.calls.append(f"{self.command} {self.path}")
                status, answer = owner.answer(self, body)
                data = b"" if answer is None else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = handle_any  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._serving = ExitStack()
        self._serving.enter_context(serving(self._server))

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, Any]:
        raise NotImplementedError

    def close(self) -> None:
        self._serving.close()
