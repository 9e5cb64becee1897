"""JSON over HTTP to a service, and what matters after a failure: whether it arrived."""

import contextlib
import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from site_gen import __version__
from site_gen.deliver.secrets import hidden
from site_gen.problems import Problem, SiteError, UsageError, clean
from site_gen.settings.delivery import LOOPBACK

SECONDS = 30.0
MAX_BYTES = 4 << 20
AGAIN = "run the same command again: it goes on where it was"
PASSING = (408, 409, 423, 425, 429)
"""Refusals that pass by themselves."""


class DeliveryError(SiteError):
    """A service refused, or did not answer. `doubtful`: it may have done what was asked."""

    def __init__(self, problem: Problem, *, status: int = 0, doubtful: bool = False) -> None:
        super().__init__([problem])
        self.status = status
        self.doubtful = doubtful


class Api:
    """A service at a base address, https or on this machine, with the headers of every call."""

    def __init__(self, base: str, headers: Mapping[str, str], name: str) -> None:
        self._parts = urlsplit(base.rstrip("/"))
        self._headers = {
            "Accept": "application/json",
            "User-Agent": f"site_gen/{__version__}",
            **headers,
        }
        self._name = name
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            told = f"the token of {name} holds characters that no token has"
            raise UsageError([Problem("deliver/secret", told, help="copy it once more")])
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
        """The decoded answer, None for an empty one. Raises DeliveryError, for 300 and more too."""
        body = form if form is not None else json.dumps(data).encode() if data is not None else None
        headers = dict(self._headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        status, answer = self._exchange(method, path, body, headers)
        if status >= 300:  # nobody follows: a token is for one host, and a call is made once
            told = clean(hidden(answer.decode("utf-8", "replace")), 300)
            # A failure of the service itself may come after it has done its work.
            raise DeliveryError(
                self._problem(f"answered {status}: {told}", _cure(status)),
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

    def _exchange(
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
            arrived = True  # from here on the service may have heard us
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

    def _problem(self, text: str, cure: str = AGAIN) -> Problem:
        return Problem("deliver/service", f"{self._name} {text}", help=cure)


def _cure(status: int) -> str:
    """What heals an answer: RFC 9110, section 15. Of most refusals no second try does."""
    if status in (401, 403):
        return "look at the token in the environment, and at what it may do there"
    if status in (404, 410):
        return "look at the settings: what they name is not there, or the token may not see it"
    if status >= 500 or status in PASSING:
        return AGAIN
    return "look at what the service says, mend it, and run the same command again"


@contextlib.contextmanager
def documented(name: str) -> Iterator[None]:
    """Around the reading of answers: one that is not as the service's documentation says, a list
    for a mapping or a key that is missing, is a DeliveryError."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        told = f"{name} answered otherwise than its documentation says ({type(error).__name__})"
        cure = "look at the service; the same command goes on where it was"
        raise DeliveryError(Problem("deliver/answer", told, help=cure), doubtful=True) from None
