"""Stand-ins for the services that send letters, made after their documentation, on loopback.

Each keeps its drafts in `rows` (id -> what is known), counts what it mailed in `mailed`, and can be
told to fail at a call, before or after it has done its work.
"""

import base64
import hashlib
import hmac
import json
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.serving import serving

Row = dict[str, Any]


class Service:
    """One stand-in; `fail` maps "METHOD /path start" to "before" or "after", once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.rows: dict[str, Row] = {}
        self.mailed: list[str] = []
        self.tests: list[str] = []
        self.calls: list[str] = []
        self.fail: dict[str, str] = {}
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                data = json.loads(self.rfile.read(length)) if length else None
                call = f"{self.command} {self.path}"
                owner.calls.append(call)
                plan = next((k for k in owner.fail if call.startswith(k)), "")
                how = owner.fail.pop(plan) if plan else ""
                if how == "before":
                    self.close_connection = True
                    self.connection.close()
                    return
                status, answer = owner.answer(self.command, self.path, data, dict(self.headers))
                if how == "after":
                    self.close_connection = True
                    self.connection.close()
                    return
                body = b"" if answer is None else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_PATCH = handle_any  # noqa: N815

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except (OSError, ValueError):
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._serving = ExitStack()
        self._serving.enter_context(serving(self._server))

    def close(self) -> None:
        self._serving.close()

    def answer(self, method: str, path: str, data: Any, headers: dict[str, str]) -> tuple[int, Any]:
        """(status, answer) as the service of this kind would."""
        return getattr(self, f"_{self.kind}")(method, urlsplit(path), data, headers)  # type: ignore[no-any-return]

    def _add(self, row: Row) -> Row:
        row["id"] = str(len(self.rows) + 1)
        self.rows[row["id"]] = row
        return row

    def _buttondown(self, method: str, url: Any, data: Any, headers: Any) -> tuple[int, Any]:
        if headers.get("Authorization") != "Token secret":
            return 401, {"detail": "no"}
        if url.path == "/v1/emails":
            if method == "GET":
                return 200, {"results": list(self.rows.values())}
            if any(r["subject"] == data["subject"] for r in self.rows.values()):
                return 400, {"code": "email_duplicate"}
            return 201, self._add(dict(data))
        id = url.path.split("/")[3]
        if url.path.endswith("/send-draft"):
            self.tests += data["recipients"]
            return 200, None
        row = self.rows[id]
        if method == "PATCH":
            row |= data
            if data.get("status") == "about_to_send":
                self.mailed.append(id)
                row["status"] = "sent"
        return 200, row

    def _listmonk(self, method: str, url: Any, data: Any, headers: Any) -> tuple[int, Any]:
        if headers.get("Authorization") != "token site_gen:secret":
            return 403, {"message": "no"}
        parts = url.path.strip("/").split("/")
        if len(parts) == 2:
            if method == "GET":
                wanted = parse_qs(url.query)["query"][0]
                found = [r for r in self.rows.values() if wanted in r["name"]]
                return 200, {"data": {"results": found}}
            return 200, {"data": self._add({**data, "status": "draft"})}
        row = self.rows[parts[2]]
        if parts[3:] == ["test"]:
            self.tests += data["subscribers"]
        elif parts[3:] == ["status"]:
            if row["status"] != "draft":
                return 400, {"message": "not a draft"}
            row["status"] = data["status"]
            if data["status"] == "running":
                self.mailed.append(parts[2])
        elif method == "PUT":
            row |= data
        return 200, {"data": row}

    def _mailchimp(self, method: str, url: Any, data: Any, headers: Any) -> tuple[int, Any]:
        login = base64.b64decode(headers.get("Authorization", "Basic ").split()[1]).decode()
        if login != "site_gen:secret-us1":
            return 401, {"title": "no"}
        parts = url.path.strip("/").split("/")
        if len(parts) == 1:
            if method == "GET":
                return 200, {"campaigns": list(self.rows.values())}
            return 200, self._add({**data, "status": "save"})
        row = self.rows[parts[1]]
        if parts[2:] == ["content"]:
            row["content"] = data
        elif parts[2:3] == ["actions"]:
            if parts[3] == "test":
                self.tests += data["test_emails"]
            elif row["status"] != "save":
                return 400, {"detail": "not a draft"}
            elif parts[3] == "send":
                row["status"] = "sent"
                self.mailed.append(parts[1])
            else:
                row |= {"status": "schedule", **data}
            return 204, None
        elif method == "PATCH":
            row |= data
        return 200, row

    def _kit(self, method: str, url: Any, data: Any, headers: Any) -> tuple[int, Any]:
        if headers.get("X-Kit-Api-Key") != "secret":
            return 401, {"errors": ["no"]}
        parts = url.path.strip("/").split("/")
        if len(parts) == 2:
            if method == "GET":
                short = [{k: r[k] for k in ("id", "subject")} for r in self.rows.values()]
                return 200, {"broadcasts": short}
            return 201, {"broadcast": self._add(dict(data))}
        row = self.rows[parts[2]]
        if method == "PUT":
            if data.get("send_at") and not row.get("send_at"):
                self.mailed.append(parts[2])
            row |= data
        return 200, {"broadcast": row}

    def _ghost(self, method: str, url: Any, data: Any, headers: Any) -> tuple[int, Any]:
        token = headers.get("Authorization", "").removeprefix("Ghost ")
        body, _, signature = token.rpartition(".")
        made = hmac.new(bytes.fromhex("abcd"), body.encode(), hashlib.sha256).digest()
        if base64.urlsafe_b64encode(made).rstrip(b"=").decode() != signature:
            return 401, {"errors": [{"message": "no"}]}
        parts = url.path.strip("/").split("/")[3:]
        if parts == ["posts"]:
            row = {**data["posts"][0], "updated_at": "1"}
            return 201, {"posts": [self._add(row)]}
        if parts[:2] == ["posts", "slug"]:
            found = [r for r in self.rows.values() if r["slug"] == parts[2]]
            return (200, {"posts": found}) if found else (404, {"errors": []})
        if parts[0] == "email_previews":
            self.tests += data["emails"]
            return 204, None
        row = self.rows[parts[1]]
        if method == "PUT":
            post = data["posts"][0]
            if post["updated_at"] != row["updated_at"]:
                return 409, {"errors": [{"message": "someone else is editing"}]}
            if post.get("status") == "published" and row["status"] == "draft":
                assert parse_qs(url.query)["newsletter"] == ["default-newsletter"]
                self.mailed.append(parts[1])
            row |= post | {"updated_at": str(int(row["updated_at"]) + 1)}
        return 200, {"posts": [row]}
