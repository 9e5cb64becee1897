"""Opens the listening socket, and determines the number of connections."""

import contextlib
import errno
import os
import socket

BACKLOG = 1024
PORTS = 100
SPARE_FILES = 128
MAX_CONNECTIONS = 4096


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `port`, or the first free one above. Raises OSError."""
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
            if not _is_taken(error):
                break
        else:
            return listener
    raise last


def _is_taken(error: OSError) -> bool:
    return error.errno in (errno.EADDRINUSE, errno.EACCES)


def connection_limit() -> int:
    """Return the most open connections; raises the process's soft limit of files for them."""
    try:
        import resource
    except ImportError:
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + SPARE_FILES
    if 0 <= soft < wanted:
        best = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (best, hard))
            soft = best
    return MAX_CONNECTIONS if soft < 0 else max(16, min(MAX_CONNECTIONS, soft - SPARE_FILES))
