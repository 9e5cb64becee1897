"""Where in our files what an old system did in texts is kept as text, so that it can be mended."""

import re
from collections.abc import Iterator

from site_gen.importers.old_site import Entry


def found(entry: Entry, path: str, text: str) -> Iterator[tuple[str, str]]:
    """(name, file and line) of what is odd in `entry`, which is written to `path` as `text`."""
    at: dict[str, int] = {}
    for name in entry.odd:
        line = at[name] = _line(name, text, at.get(name, 0))
        yield name, f"content/{path}:{line}" if line else f"content/{path}"


def _line(name: str, text: str, after: int) -> int:
    """The next line, from 1, that holds it as a tag, in brackets or braces; 0 for none."""
    plain = re.escape(re.sub(r"^[^\w!]+|[^\w]+$", "", name)[:40])
    if not plain:
        return 0
    mark = re.compile(rf"[\[{{<%#][/\s<%$#\[+\\-]*{plain}|{plain}\(", re.IGNORECASE)
    lines = text.split("\n")
    hits = [number for number, line in enumerate(lines, 1) if mark.search(line)]
    return next((number for number in hits if number > after), hits[0] if hits else 0)
