"""Workers of a Dask cluster (the extra `site-gen[dask]`, imported when there is work)."""

import ipaddress
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from functools import cached_property
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from site_gen.problems import Problem, SiteError, UsageError, shown

CONNECT_SECONDS = 10
POLL_SECONDS = 2.0
MAX_EMPTY_POLLS = 15
"""How many polls in a row may find no worker: one that was killed may be restarting."""


class Cluster:
    """Implements `spread.Workers`. Must be closed."""

    def __init__(self, url: str) -> None:
        """Raises UsageError for an address over which others could read or answer messages."""
        parts = urlsplit(url)
        safe = parts.scheme == "tls" or (parts.scheme == "tcp" and _is_loopback(parts.hostname))
        if not safe or not parts.hostname:
            told = f"--workers {shown(url)} is neither tls://HOST:PORT nor tcp://127.0.0.1:PORT"
            cure = "what is sent and what comes back is run as code: use TLS (docs/workers.md)"
            raise UsageError([Problem("workers/address", told, help=cure)])
        self.url = url

    @cached_property
    def _client(self) -> Any:
        try:
            dask: Any = import_module("distributed")
        except ImportError:
            cure = "pip install 'site-gen[dask]'"
            raise UsageError(
                [Problem("workers/dask", "dask is not installed", help=cure)]
            ) from None
        try:
            return dask.Client(self.url, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, RuntimeError) as error:
            told = f"no scheduler answers at {shown(self.url)}: {type(error).__name__}"
            raise SiteError([_lost_problem(told, "start it: `dask scheduler`")]) from None

    def submit(self, work: Callable[..., Any], /, *given: Any) -> "_Task":
        """Begin `work(*given)`."""
        return _Task(self._client, self._client.submit(work, *given, pure=False))

    def close(self) -> None:
        """Disconnect, which cancels our tasks."""
        if "_client" in self.__dict__:
            self._client.close()


class _Task:
    def __init__(self, client: Any, future: Any) -> None:
        self._client = client
        self._future = future

    def result(self) -> Any:
        """The result. Raises BrokenExecutor if the task killed its workers, SiteError if there are
        none."""
        dask: Any = import_module("distributed")
        closed = import_module("distributed.comm.core").CommClosedError
        missed = 0
        while True:
            try:
                return self._future.result(timeout=POLL_SECONDS)
            except TimeoutError:
                missed = 0 if self._client.scheduler_info()["workers"] else missed + 1
            except dask.KilledWorker as error:
                raise BrokenExecutor(type(error).__name__) from None
            except (CancelledError, closed, OSError) as error:
                told = f"the scheduler is gone amid the work: {type(error).__name__}"
                raise SiteError([_lost_problem(told, "start it, and build again")]) from None
            if missed > MAX_EMPTY_POLLS:
                raise SiteError([_lost_problem("no worker is left", "start some, and build again")])


def _lost_problem(told: str, cure: str) -> Problem:
    return Problem("workers/lost", told, help=f"{cure}; the last good site stays")


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
