"""What a document, picture or film says beside what it shows: its author, a place, remarks."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from posixpath import splitext
from typing import NamedTuple

from site_gen.formats.images.decode import DECODE_ERRORS, TooLarge, open_picture

OFFICE = frozenset(".docx .docm .xlsx .xlsm .pptx .pptm .odt .ods .odp .odg".split())
FILMS = frozenset(".mp4 .m4v .mov .m4a .3gp".split())
PICTURES = frozenset(".jpg .jpeg .png .webp .avif .tif .tiff .heic".split())
ENDINGS = OFFICE | FILMS | PICTURES | {".pdf"}
_PART = 4 << 20
"""Bytes of a part of an archive that are read."""
_STREAMS = 1000
"""Packed streams of a PDF that are opened."""

_GPS = 0x8825
_PLACES = (b"GPSLatitude", b"\xa9xyz", b"com.apple.quicktime.location")
_OBJECTS = re.compile(rb"/ObjStm\b[^>]*>>\s*stream\r?\n")
_PDF_AUTHOR = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_CREATOR = re.compile(
    rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)\b[^>]*>"
    rb"(?:\s*<rdf:Seq>\s*<rdf:li[^>]*>)?([^<]+)<"
)
_CHANGES = re.compile(rb"<(?:w:ins|w:del|text:tracked-changes)\b")
_REMARKS = re.compile(rb"<(?:w:comment|office:annotation|p:cm|comment)\b")


class Told(NamedTuple):
    """author   who it names as its maker, "" for nobody
    private   what nobody should see, in words: a place, remarks, changes"""

    author: str = ""
    private: str = ""


def told_by(data: bytes, name: str) -> Told:
    """What a file says, as far as we know its kind. Raises nothing on any bytes."""
    ending = splitext(name)[1].lower()
    if ending == ".pdf":
        return Told(_author_of_pdf(data))
    if ending in OFFICE:
        return _told_by_office(data)
    if any(mark in data for mark in _PLACES) or (ending in PICTURES and _has_place(data)):
        return Told(private="says where it was taken")
    return Told()


def _has_place(data: bytes) -> bool:
    try:
        return bool(open_picture(data).getexif().get_ifd(_GPS))
    except (*DECODE_ERRORS, TooLarge):
        return False


def _author_of_pdf(data: bytes) -> str:
    for part in (data, *_unpacked(data)):
        for found in _PDF_AUTHOR.finditer(part):
            if author := _pdf_text(found[1], found[2]):
                return author
    creator = _CREATOR.search(data)
    return _text(creator[1]) if creator else ""


def _unpacked(data: bytes) -> Iterator[bytes]:
    for number, found in enumerate(_OBJECTS.finditer(data)):
        if number == _STREAMS:
            return
        try:
            yield zlib.decompressobj().decompress(data[found.end() :][:_PART], _PART)
        except zlib.error:
            continue


def _pdf_text(plain: bytes | None, digits: bytes | None) -> str:
    if plain is None:
        compact = b"".join((digits or b"").split())
        raw = bytes.fromhex((compact + b"0" * (len(compact) % 2)).decode())
    else:
        octal = re.sub(rb"\\([0-7]{3})", lambda o: bytes([int(o[1], 8) & 255]), plain)
        raw = re.sub(rb"\\(.)", rb"\1", octal, flags=re.DOTALL)
    codec = "utf-16-be" if raw[:2] == b"\xfe\xff" else "latin-1"
    return raw.removeprefix(b"\xfe\xff").decode(codec, "replace").strip("\0 \n")


def _told_by_office(data: bytes) -> Told:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {each: _part(archive, each) for each in archive.namelist() if _is_read(each)}
    except (zipfile.BadZipFile, struct.error, *DECODE_ERRORS, zlib.error, NotImplementedError):
        return Told()
    heads = b"".join(parts.get(each, b"") for each in ("docProps/core.xml", "meta.xml"))
    names = dict.fromkeys(filter(None, (_text(found) for found in _CREATOR.findall(heads))))
    kinds = (("changes that were tracked", _CHANGES), ("remarks", _REMARKS))
    held = [kind for kind, mark in kinds if any(mark.search(part) for part in parts.values())]
    return Told(", ".join(names), f"holds {' and '.join(held)}" if held else "")


def _is_read(name: str) -> bool:
    ends = ("core.xml", "meta.xml", "document.xml", "content.xml")
    return name.endswith(ends) or ("omments" in name and name.endswith(".xml"))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PART)


def _text(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", "replace")).strip()
