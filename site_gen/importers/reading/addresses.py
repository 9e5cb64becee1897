"""Addresses of the old site: how ours can be the same, and when two are the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote

from site_gen.basics import slugs, urls

_INDEX = re.compile(r"/index\.html?$")


def path_of(url: str, base_url: str = "") -> str:
    """The site-absolute path of an address of the old site, without its base's own path."""
    parts = urls.parts(url)
    root = urls.parts(base_url).path.rstrip("/")
    path = unquote(parts.path) or "/"
    path = path if path.startswith("/") else f"/{path}"
    if root and (path == root or path.startswith(f"{root}/")):
        path = path[len(root) :] or "/"
    return _INDEX.sub("/", path)


def same(address: str) -> str:
    """The form in which addresses are compared: the slash at the end tells nothing."""
    path = _INDEX.sub("/", unquote(address))
    return slugs.folded(path.rstrip("/")) or "/"


def asked(address: str) -> str:
    """As readers know it: `/x/index.html` is `/x/`."""
    return _INDEX.sub("/", address)


def usable(address: str) -> bool:
    """Whether it can stand as an alias or in a rule."""
    return (
        urls.is_local(address) and address.startswith("/") and not set("#?*:") & set(address)
        and ".." not in address
    )  # fmt: skip


def written(address: str) -> str:
    """As it stands in an alias or a rule: a space, a quote, the `#` of C# percent-encoded."""
    return "".join(c if c not in _ENCODED else f"%{ord(c):02X}" for c in address)


_ENCODED = frozenset(" \"'<>\\^`{|}#")


def pattern(known: Iterable[tuple[str, date | None, int | None]], *, numbers: bool) -> str:
    """The permalink that most addresses follow, such as `/{year}/{month}/{slug}/`; "" for none.

    known   (address, day, number) of each entry
    numbers   whether `{number}` may stand in it
    """
    found: Counter[str] = Counter()
    listed = list(known)
    for address, day, number in listed:
        found.update(dict.fromkeys(_patterns(address, day, number if numbers else None), 1))
    most = max(found.values(), default=0)
    if most * 4 < len(listed) or not most:
        return ""  # the way of a few says nothing of the others
    best = [name for name, count in found.items() if count == most]
    # a date in the address says more than the same digits in every one of them
    return max(best, key=lambda name: (name.count("{"), "{number}" in name, name))


def slug_in(address: str, wanted: str, day: date | None, number: int | None) -> str:
    """The slug that makes `wanted` this very address; "" where none does."""
    for made, slug in _readings(address, day, number):
        if made == wanted and (not slug or slugs.safe(slug) == slug):
            return slug or "-"
    return ""


def _patterns(address: str, day: date | None, number: int | None) -> Iterator[str]:
    for made, slug in _readings(address, day, number):
        if not slug or slugs.safe(slug) == slug:
            yield made


def _readings(address: str, day: date | None, number: int | None) -> Iterator[tuple[str, str]]:
    """(pattern, slug) for each way of reading an address."""
    if address == "/" or not usable(address):
        return
    ending = "/" if address.endswith("/") else ".html" if address.endswith(".html") else ""
    parts = address.removesuffix(ending).strip("/").split("/")
    *folders, last = parts
    ending = ending or "/"
    if day and any(_unpadded(parts, at, day) for at in range(1, len(folders))):
        return  # Jekyll's :i_month, Pelican's %b and the like, which no permalink of ours can say
    dated = "".join(f"/{_dated(part, at, folders, day)}" for at, part in enumerate(folders))
    if number is not None and last == str(number):
        yield f"{dated}/{{number}}{ending}", ""
    yield f"{dated}/{{slug}}{ending}", last


def _unpadded(parts: list[str], at: int, day: date) -> bool:
    """Whether a month by its name, a month or a day of one digit stands at its place."""
    before, part = parts[at - 1], parts[at].lower()
    if before == f"{day.year}":
        return part == f"{day.month}" != f"{day.month:02d}" or (
            part.isalpha() and part in (f"{day:%b}".lower(), f"{day:%B}".lower())
        )
    return len(part) == 1 and part == f"{day.day}" and at > 1 and before.isalnum()


def _dated(part: str, at: int, parts: list[str], day: date | None) -> str:
    if day is None:
        return part
    if part == f"{day.year}":
        return "{year}"
    before = parts[at - 1] if at else ""
    if part == f"{day.month:02d}" and before == f"{day.year}":
        return "{month}"
    if part == f"{day.day:02d}" and before == f"{day.month:02d}" and at > 1:
        return "{day}"
    return part
