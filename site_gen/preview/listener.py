"""The listening socket: the first free port, and how many connections may share it."""

import contextlib
import errno
import os
import socket

BACKLOG = 1024
PORTS = 100
SPARE_FILES = 128
MOST_CONNECTIONS = 4096


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on `port` or the first free one above it. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = OSError("no port was tried")
    for number in range(port, min(port + PORTS, 65536)) if port else (0,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            last = error
            if not _taken(error):
                break
        else:
            return listener
    raise last


def _taken(error: OSError) -> bool:
    return error.errno in (errno.EADDRINUSE, errno.EACCES)


def room_for_connections() -> int:
    """How many connections may be open at once; raises the process's soft limit to get there."""
    try:
        import resource
    except ImportError:
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if 0 <= soft < wanted:
        best = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (best, hard))
            soft = best
    return MOST_CONNECTIONS if soft < 0 else max(16, min(MOST_CONNECTIONS, soft - SPARE_FILES))
