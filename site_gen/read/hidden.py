"""What a file that cannot be read says of being shown: the build that takes a text down is never
the build that fails, not because of another fault of the file either."""

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from site_gen import frontmatter
from site_gen.basics import dates
from site_gen.frontmatter import not_public
from site_gen.frontmatter.load import DELIMITER, resolve
from site_gen.model import Hidden
from site_gen.problems import SiteError

_LINE = re.compile(r"([A-Za-z_-]+)[ \t]*:(?:[ \t]+(.*))?")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")


def hidden(text: str, path: str, zone: tzinfo) -> Hidden | None:
    """What the front matter of `text` says of readers not seeing it; None for nothing. Where its
    YAML cannot be read, the lines that say so can."""
    try:
        raw, _ = frontmatter.parse(text, path)
    except SiteError:
        raw = _lines(text)
    withdrawn = raw.get("withdrawn")
    taken_back = withdrawn is not None and not not_public.says_no(withdrawn)
    # `"false"` in quotes is a fault, and its meaning is plain
    if not_public.says_no(raw.get("published")) or taken_back:
        return Hidden(path=path, since=datetime.min.replace(tzinfo=UTC))
    draft = not_public.says_yes(raw.get("draft"))
    if "draft" not in raw:
        # a moment to come is no date of an article that cannot be read: it waits as a draft
        marks = [not_public.find_mark(key, value) for key, value in raw.items() if key not in _OURS]
        draft = any(mark and mark.sure for mark in marks)
    since = _end(raw, zone)
    return Hidden(path=path, since=since, draft=draft) if since or draft else None


_OURS = frozenset({"published", "tags", "category", "type"})


def _end(raw: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    given = [raw["expiryDateTime"]] if raw.get("expiryDateTime") else []
    for value in given or [value for _, value in not_public.not_after(raw)]:
        with contextlib.suppress(ValueError):
            return dates.parse(str(value), zone)
    return None


def _lines(text: str) -> dict[str, Any]:
    """Keys at the beginning of a line, with what stands behind them, up to the end of the block."""
    found: dict[str, Any] = {}
    first, *rest = [line.rstrip() for line in text.split("\n")]
    if first != DELIMITER:
        return found
    end = rest.index(DELIMITER) if DELIMITER in rest else [*rest, ""].index("")
    rest = rest[:end]
    for at, line in enumerate(rest):
        if match := _LINE.match(line):
            key, value = match[1], _COMMENT.sub("", match[2] or "").strip()
            below = at + 1 < len(rest) and rest[at + 1].startswith((" ", "\t"))
            if value or below:
                found[key] = resolve(key, value) if value else {}
    return found
