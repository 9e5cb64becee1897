"""Which machines may be fetched from: the check is on the address that is connected to."""

import ipaddress
import socket
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class ForbiddenError(OSError):
    """An address that is not on the public internet."""


def connected(host: str, port: int, timeout: float, *, allow_private: bool) -> socket.socket:
    """A connection to the first address of `host` that may be used and answers.

    The name is resolved once, and what was checked is what is connected to: a second answer of
    the name server cannot lead elsewhere. Raises OSError; ForbiddenError when every address is
    private, loopback, link-local or otherwise not public.
    """
    fault: OSError = OSError(f"{host} has no address")
    for family, place in _resolved(host, port):
        if not allow_private and not public(str(place[0])):
            fault = ForbiddenError(f"{host} is a private address ({place[0]})")
            continue
        attempt = socket.socket(family, socket.SOCK_STREAM)
        attempt.settimeout(timeout)
        try:
            attempt.connect(place)
        except OSError as error:
            attempt.close()
            fault = error
            continue
        return attempt
    raise fault


def _resolved(host: str, port: int) -> Iterator[tuple[socket.AddressFamily, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError(f"{host} is no name of a host") from None
    for family, _, _, _, place in found:
        if family in (socket.AF_INET, socket.AF_INET6):
            yield family, place  # type: ignore[misc]


def public(text: str) -> bool:
    """Whether an IP address is on the public internet, also when it wraps an older one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(a.is_global and not a.is_multicast for a in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """The address, or the IPv4 one that it is a wrapping of (mapped, 6to4, Teredo, NAT64)."""
    inner: list[Address | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    wrapped = [a for a in inner if a is not None]
    yield from wrapped or [address]
