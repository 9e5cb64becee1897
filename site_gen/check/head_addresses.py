"""Finds links and pictures in front matter, with their lines."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from site_gen.check.scan import Link

_ADDRESS = ("url", "Url", "URL")
_OF_PICTURE = re.compile(r"images(?:\[\d+\])?\.url")


class Picture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture in `images`."""

    url: str
    line: int
    alt: str = ""
    credit: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0


def listed(value: Any) -> list[Any]:
    """Return a value of the front matter as a list; [] for none or ""."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def addresses(matter: Mapping[str, Any], head: str) -> list[Link]:
    """Return all addresses in front matter, parsed as `matter`, in the order of its text `head`."""
    found: list[Link] = []
    _addresses(matter, _Head(head), "", found)
    return found


def picture_lines(links: list[Link] | tuple[Link, ...]) -> Iterator[int]:
    """Return the lines of those links that are addresses in `images`."""
    return (link.line for link in links if _OF_PICTURE.fullmatch(link.field))


def picture_lines_in(head: str, images: Any) -> Iterator[int]:
    """Return the same lines without the other links, by a search from the key `images` on."""
    reader = _Head(head, max(0, head.find("\nimages:")))
    urls = (x.get("url") for x in listed(images) if isinstance(x, dict))
    return (reader.line_of("url", url) for url in urls if isinstance(url, str) and url)


class _Head:
    """The text of front matter, searched from top to bottom."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._at, self._line = start, 2 + text.count("\n", 0, start)

    def line_of(self, key: str, text: str) -> int:
        """Return the line of the next value `text` of a key.

        If it is not found as written, for instance because of escapes, return the last line found.
        """
        key_at = self._text.find(key, self._at)
        at = self._text.find(text, key_at) if key_at >= 0 else -1
        if at >= 0:
            self._line += self._text.count("\n", self._at, at)
            self._at = at
        return self._line


def _addresses(value: Mapping[str, Any], head: _Head, field: str, found: list[Link]) -> None:
    """Append all addresses below a mapping; `field` is its path of keys."""
    for key, inner in value.items():
        kind = type(inner)
        if kind is str:
            if inner and key.endswith(_ADDRESS):
                name = f"{field}.{key}" if field else key
                shows = ".images" in f".{name}"
                found.append(
                    Link(url=inner, line=head.line_of(key, inner), field=name, image=shows)
                )
        elif kind is dict:
            _addresses(inner, head, f"{field}.{key}" if field else key, found)
        elif kind is list:
            _listed_addresses(inner, head, f"{field}.{key}" if field else key, found)


def _listed_addresses(value: list[Any], head: _Head, field: str, found: list[Link]) -> None:
    for number, inner in enumerate(value):
        if type(inner) is dict:
            _addresses(inner, head, f"{field}[{number}]", found)
        elif type(inner) is list:
            _listed_addresses(inner, head, f"{field}[{number}]", found)


def pictures(value: Any, lines: Iterator[int]) -> Iterator[Picture]:
    """Return the pictures in the value of `images`; `lines` are those of the addresses."""
    for image in listed(value):
        if isinstance(image, dict) and isinstance(image.get("url"), str):
            yield Picture(
                url=image["url"],
                line=next(lines, 1) if image["url"] else 1,
                alt=str(image.get("alt") or ""),
                credit=str(image.get("credit") or ""),
                caption=str(image.get("caption") or ""),
                width=image["width"] if isinstance(image.get("width"), int) else 0,
                height=image["height"] if isinstance(image.get("height"), int) else 0,
            )
