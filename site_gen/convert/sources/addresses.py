"""Which machines may be fetched from. The check is of the address that is connected to."""

import ipaddress
import socket
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class ForbiddenError(OSError):
    """An address that is not on the public internet."""


def connect(host: str, port: int, timeout: float, *, allow_private: bool) -> socket.socket:
    """A connection to the first allowed address of `host` that answers.

    The name is resolved once and the checked address is connected to, so that a second answer of
    the name server cannot lead elsewhere. Raises OSError; ForbiddenError if every address is
    private, loopback, link-local or otherwise not public.
    """
    fault: OSError = OSError(f"{host} has no address")
    for family, place in _resolve(host, port):
        if not allow_private and not is_public(str(place[0])):
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


def _resolve(host: str, port: int) -> Iterator[tuple[socket.AddressFamily, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError(f"{host} is no name of a host") from None
    for family, _, _, _, place in found:
        if family in (socket.AF_INET, socket.AF_INET6):
            yield family, place  # type: ignore[misc]


def is_public(text: str) -> bool:
    """Whether an IP address is on the public internet, including an IPv4 address inside it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(a.is_global and not a.is_multicast for a in _unwrapped(address))


def _unwrapped(address: Address) -> Iterator[Address]:
    """The address, and the IPv4 address inside it (mapped, 6to4, Teredo, NAT64)."""
    inner: list[Address | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    wrapped = [a for a in inner if a is not None]
    yield from wrapped or [address]
