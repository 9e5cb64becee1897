"""GIF (version 89a): frames, their timing and colours; no remarks."""

from collections.abc import Iterator

from site_gen.formats.images.metadata.exif import OddError

STARTS = (b"GIF87a", b"GIF89a")
_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B
_TIMING, _APPLICATION = 0xF9, 0xFF
_APPLICATIONS = frozenset((b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"))
"""How often it is shown, and its colours."""


def cleaned(data: bytes) -> bytes:
    """Up to its end. One that is cut off in a frame stays so: browsers show what there is."""
    return b"".join(_pieces(data))


def _pieces(data: bytes) -> Iterator[bytes]:
    at = 13 + _table(data, 10)
    yield data[:at]
    while at < len(data):
        begin, kind = at, data[at]
        if kind == _END:
            yield data[at : at + 1]
            return
        if kind == _FRAME:
            at = _end_of_blocks(data, at + 11 + _table(data, at + 9), begin)
            yield data[begin:at]
        elif kind == _EXTENSION:
            label = _byte(data, at + 1)
            application = data[at + 3 : at + 14] if label == _APPLICATION else b""
            at = _end_of_blocks(data, at + 2, begin)
            if label == _TIMING or application in _APPLICATIONS:
                yield data[begin:at]
        else:
            raise OddError


def _end_of_blocks(data: bytes, at: int, begin: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    if at >= len(data) and data[begin] != _FRAME:
        raise OddError
    return min(at + 1, len(data))


def _table(data: bytes, at: int) -> int:
    """Bytes of the table of colours whose flags are at `at`."""
    flags = _byte(data, at)
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise OddError
    return data[at]
