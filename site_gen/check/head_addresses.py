"""What stands in front matter with an address: links and pictures, with their lines."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from site_gen.check.scan import Link

_ADDRESS = ("url", "Url", "URL")
_OF_PICTURE = re.compile(r"images(?:\[\d+\])?\.url")


class Picture(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A picture of the front matter."""

    url: str
    line: int
    alt: str = ""
    credit: str = ""
    caption: str = ""
    width: int = 0
    height: int = 0


def listed(value: Any) -> list[Any]:
    """A value of the front matter as a list: one alone is a list of one."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def addresses(matter: Mapping[str, Any], head: str) -> list[Link]:
    """Every address of a head, in the order of its keys."""
    found: list[Link] = []
    _addresses(matter, _Head(head), "", found)
    return found


def lines_of_pictures(links: list[Link] | tuple[Link, ...]) -> Iterator[int]:
    """The lines of the addresses of an article's own pictures."""
    return (link.line for link in links if _OF_PICTURE.fullmatch(link.field))


def lines_from(head: str, images: Any) -> Iterator[int]:
    """The same, from the key `images` on: for who did not read what stands before it."""
    reader = _Head(head, max(0, head.find("\nimages:")))
    urls = (x.get("url") for x in listed(images) if isinstance(x, dict))
    return (reader.line_of("url", url) for url in urls if isinstance(url, str) and url)


class _Head:
    """The block of front matter, read from its top to its end."""

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._at, self._line = start, 2 + text.count("\n", 0, start)

    def line_of(self, key: str, text: str) -> int:
        """The line of the next value `text` of a key; of one that does not stand there as it is,
        the line of the last one that did."""
        key_at = self._text.find(key, self._at)
        at = self._text.find(text, key_at) if key_at >= 0 else -1
        if at >= 0:
            self._line += self._text.count("\n", self._at, at)
            self._at = at
        return self._line


def _addresses(value: Mapping[str, Any], head: _Head, field: str, found: list[Link]) -> None:
    """Every address below a mapping of the front matter, by the names of its keys."""
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
    """The pictures of `images`, of which those with an address stand in these lines."""
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
