"""Digests: short names for bytes and values, equal exactly if the content is."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashlib import blake2b
else:
    try:
        from _blake2 import blake2b  # the very same, without OpenSSL that hashlib loads: 4 ms
    except ImportError:
        from hashlib import blake2b

SIZE = 16


def of_bytes(data: bytes) -> str:
    """The digest of `data` as 32 hexadecimal digits."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def binary(data: bytes) -> bytes:
    """The digest as SIZE bytes, for storing many of them."""
    return blake2b(data, digest_size=SIZE).digest()


def keyed(key: bytes, *parts: bytes) -> bytes:
    """A signature of `parts` in 16 bytes; making it needs the `key` (at most 64 bytes)."""
    sizes = " ".join([str(len(part)) for part in parts])
    data = b"".join((sizes.encode(), b"\n", *parts))
    return blake2b(data, key=key, digest_size=SIZE).digest()


def of_parts(*parts: str) -> str:
    """One digest for several strings; ("a", "b") and ("ab", "") differ."""
    text = "\0".join(parts)
    if text.count("\0") < len(parts):
        return of_bytes(text.encode("utf-8", "surrogatepass"))
    # A part holds a NUL, or there is none: then lengths tell them apart, in a realm of their own.
    data = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=SIZE, person=b"lengths").hexdigest()


def of_value(value: Any) -> str:
    """Digest of a frozen value of our own types (see model/)."""
    import msgspec  # heavy: a build with nothing to do never comes here

    return of_bytes(msgspec.msgpack.encode(value, order="deterministic"))
