"""A client for JSON over HTTP that knows whether a failed request may have been carried out."""

import contextlib
import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from site_gen import __version__
from site_gen.deliver.secrets import without_secrets
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings.delivery import LOOPBACK

SECONDS = 30.0
MAX_BYTES = 4 << 20
TRY_AGAIN = "run the same command again: it goes on where it was"
TEMPORARY = (408, 409, 423, 425, 429)
"""Statuses of temporary refusals."""


class DeliveryError(SiteError):
    """A service refused, or did not answer. `doubtful` if it may have carried out the request."""

    def __init__(self, problem: Problem, *, status: int = 0, doubtful: bool = False) -> None:
        super().__init__([problem])
        self.status = status
        self.doubtful = doubtful


class Api:
    """A service with the headers of every call. Its base address is https, or on this machine."""

    def __init__(self, base: str, headers: Mapping[str, str], name: str) -> None:
        self._parts = urlsplit(base.rstrip("/"))
        self._headers = {
            "Accept": "application/json",
            "User-Agent": f"site_gen/{__version__}",
            **headers,
        }
        self._name = name
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            text = f"the token of {name} holds characters that no token has"
            raise UsageError([Problem("deliver/secret", text, help="copy it once more")])
        host = self._parts.hostname or ""
        with contextlib.suppress(ValueError):
            _ = self._parts.port
            if self._parts.scheme == "https" and host:
                return
            if self._parts.scheme == "http" and host in LOOPBACK:
                return
        raise SiteError(
            [
                Problem(
                    "deliver/address",
                    f"{name}: {clean(base)} is no https address",
                    help="a token would go over the wire for all to read",
                )
            ]
        )

    def call(self, method: str, path: str, data: Any = None, *, form: bytes | None = None) -> Any:
        """Return the decoded answer, None if it is empty.

        Raises DeliveryError without an answer, and for statuses of 300 and more.
        """
        body = form if form is not None else json.dumps(data).encode() if data is not None else None
        headers = dict(self._headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        status, answer = self._request(method, path, body, headers)
        if status >= 300:  # no redirect is followed: the token is for this host only
            text = clean(without_secrets(answer.decode("utf-8", "replace")), 300)
            # A service may fail after it has carried out the request.
            raise DeliveryError(
                self._problem(f"answered {status}: {text}", _cure(status)),
                status=status,
                doubtful=status >= 500,
            )
        if not answer.strip():
            return None
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            raise DeliveryError(
                self._problem("answered something that is no JSON"), status=status, doubtful=True
            ) from None

    def _request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                host, port, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        arrived = False
        try:
            connection.connect()
            arrived = True  # from here on the service may have received the request
            connection.request(method, f"{self._parts.path}{path}", body, headers)
            response = connection.getresponse()
            return response.status, response.read(MAX_BYTES)
        except (OSError, http.client.HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise DeliveryError(
                self._problem(f"did not answer: {reason}"),
                doubtful=arrived and method not in ("GET", "HEAD"),
            ) from None
        finally:
            connection.close()

    def _problem(self, text: str, cure: str = TRY_AGAIN) -> Problem:
        return Problem("deliver/service", f"{self._name} {text}", help=cure)


def _cure(status: int) -> str:
    """Return the advice for a status (RFC 9110, section 15). Most refusals are permanent."""
    if status in (401, 403):
        return "look at the token in the environment, and at what it may do there"
    if status in (404, 410):
        return "look at the settings: what they name is not there, or the token may not see it"
    if status >= 500 or status in TEMPORARY:
        return TRY_AGAIN
    return "look at what the service says, mend it, and run the same command again"


@contextlib.contextmanager
def checking_answers(name: str) -> Iterator[None]:
    """Turn errors while reading an answer into DeliveryError: a wrong type or a missing key."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        text = f"{name} answered otherwise than its documentation says ({type(error).__name__})"
        cure = "look at the service; the same command goes on where it was"
        raise DeliveryError(Problem("deliver/answer", text, help=cure), doubtful=True) from None
