"""Measures wall time, CPU seconds and peak memory of a command, and ratios of such runs."""

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

INTERVAL = 0.05
"""Seconds between two samples of memory."""


class Run(NamedTuple):
    """What a command took.

    wall     seconds, with what `before` took
    cpu      user and system seconds of its process and of all that it waited for
    memory   bytes, the most that all its processes held at one moment
    """

    wall: float
    cpu: float
    memory: float


class CommandError(Exception):
    """A command failed; has its output."""


def run(
    command: Sequence[str],
    folder: Path,
    before: Callable[[], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run `command` in `folder`, after `before`, whose time counts as wall time alone.

    `environment` stands in place of ours. Raises CommandError.
    """
    os.sync()  # so that earlier writes do not slow this run down
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        if before:
            before()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        peak = watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise CommandError(f"{' '.join(command)}\n{said.read().decode('utf-8', 'replace')}")
    # For a run shorter than the interval, use the system's maximum of the largest process.
    return Run(wall, used.ru_utime + used.ru_stime, max(peak, used.ru_maxrss * 1024))


class Watch(threading.Thread):
    """Samples the memory of a session, and keeps the maximum."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._over = threading.Event()
        self._peak = 0

    def run(self) -> None:
        """Sample until stopped, for at most a twentieth of the time: large sessions take longer."""
        pause = INTERVAL
        while not self._over.wait(pause):
            start = time.perf_counter()
            self._peak = max(self._peak, held(members(self._session)))
            pause = max(INTERVAL, 20 * (time.perf_counter() - start))

    def stop(self) -> int:
        """Stop sampling; return the maximum in bytes."""
        self._over.set()
        self.join()
        return self._peak


def members(session: int) -> list[int]:
    """Return the processes of a session; none without /proc."""
    try:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    except FileNotFoundError:
        return []
    return [number for number in numbers if _session(number) == session]


def _session(process: int) -> int:
    try:
        return os.getsid(process)
    except OSError:
        return 0


def held(processes: Sequence[int]) -> int:
    """Bytes in memory: of one process its resident set; of several each one's share.

    The share counts a page that two processes have in common (after a fork) once between them.
    It is dear to ask for, so that a single large process is not slowed down by being asked.
    """
    if len(processes) == 1:
        return _number(f"/proc/{processes[0]}/status", "VmRSS:")
    return sum(_number(f"/proc/{each}/smaps_rollup", "Pss:") for each in processes)


def _number(path: str, key: str) -> int:
    """Return the kilobytes after `key` in bytes; 0 if the process has ended."""
    try:
        with open(path, encoding="ascii") as lines:
            return next((int(x.split()[1]) << 10 for x in lines if x.startswith(key)), 0)
    except OSError:
        return 0


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*(statistics.median(figures) for figures in zip(*runs, strict=True)))


def ratio(ours: Sequence[Run], theirs: Sequence[Run]) -> Run:
    """Return the median ratios of runs in pairs, so that a drift of the machine affects both."""
    pairs = zip(ours, theirs, strict=True)
    return median([Run(*(a / b for a, b in zip(*pair, strict=True))) for pair in pairs])
