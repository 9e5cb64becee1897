"""Refuses requests for other host names, and from other origins.

Another web site could point its host name at 127.0.0.1 (DNS rebinding), or load files of the
preview into its pages. The headers Host, Origin and Sec-Fetch-Site show both.
"""

import socket
from ipaddress import ip_address

from site_gen.preview.request import Request, RequestError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def bracketed(host: str) -> str:
    """Return a host as in a URL, with an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def shown_host(host: str) -> str:
    """Return the host for links: an address that a browser can open."""
    return "127.0.0.1" if host in ("", "0.0.0.0", "::") else bracketed(host)  # noqa: S104


def own_hosts(host: str, port: int) -> frozenset[str]:
    """Return the allowed values of the header Host for a server bound to `host`."""
    names = {*LOOPBACK, bracketed(host).lower()}
    if not is_loopback(host):
        machine = socket.gethostname().lower()
        names |= {machine, f"{machine.partition('.')[0]}.local"}
    suffixes = (f":{port}", "") if port == 80 else (f":{port}",)
    return frozenset(name + suffix for name in names for suffix in suffixes)


def admit(request: Request, hosts: frozenset[str], local_address: str = "") -> None:
    """Raise RequestError unless Host, Origin and Sec-Fetch-Site are allowed.

    `local_address` is the "address:port" of the connection. It is always allowed: DNS rebinding
    needs a name, and the server may listen on all addresses.
    """
    host = request.headers.get("host", "").lower()
    if host not in hosts and (not local_address or host != local_address):
        raise RequestError(421, "this host name is not the preview's")
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host}":
        raise RequestError(403, "another origin may not read the preview")
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        mode = request.headers.get("sec-fetch-mode"), request.headers.get("sec-fetch-dest")
        if mode != ("navigate", "document"):
            raise RequestError(403, "another site may link to the preview, not load from it")
