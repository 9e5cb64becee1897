"""Locks of editions: what was sent, as recorded by `site-gen close`."""

import json
import re
import tomllib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from posixpath import basename
from typing import Annotated, Any, NamedTuple

import msgspec

from site_gen.basics import schema
from site_gen.model import Lock, Member, Named
from site_gen.problems import Problem, Where, shown

CURE = "restore it from your repository; it is written by `site-gen close` alone"
MOST = 10_000
MEMBER = (
    "guid", "path", "title", "band", "seen", "text", "facts", "picture", "rights", "lastmod"
)  # fmt: skip
Text = Annotated[str, msgspec.Meta(max_length=1000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 31)]


Pairs = Annotated[dict[Text, Text], msgspec.Meta(max_length=1000)]


class MemberTable(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the edition."""

    guid: Text
    path: Text
    seen: Text
    text: Text
    facts: Text = ""
    picture: Text = ""
    band: Text = ""
    title: Annotated[str, msgspec.Meta(max_length=MOST)] = ""
    rights: Text = ""
    lastmod: Text = ""
    files: Pairs = {}


class LockTable(msgspec.Struct, frozen=True, kw_only=True):
    """The file: see model.Lock."""

    number: Count
    next: Count
    first: date
    last: date
    closed: datetime
    top: Count = 1
    note: Text = ""
    facts: Text = ""
    bands: Annotated[tuple[tuple[Text, Text], ...], msgspec.Meta(max_length=MOST)] | None = None
    corrections: Annotated[tuple[Text, ...], msgspec.Meta(max_length=MOST)] = ()
    threads: Annotated[dict[Text, dict[Text, Count]], msgspec.Meta(max_length=MOST)] | None = None
    settings: Annotated[dict[Text, Text], msgspec.Meta(max_length=100)] = {}
    names: Annotated[dict[Text, Text], msgspec.Meta(max_length=MOST)] = {}
    words: Text = ""
    files: Pairs = {}
    members: Annotated[tuple[MemberTable, ...], msgspec.Meta(max_length=MOST)] = ()


class Read(NamedTuple):
    """A lock, or None where it is damaged."""

    value: Lock | None
    problems: tuple[Problem, ...]


def read_lock(text: str, path: str) -> Read:
    """The lock in `content/editions/<id>.lock`."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        return _damaged(path, "is not TOML", int(line[1]) if line else 0)
    found = schema.convert(raw, LockTable)
    if isinstance(found, list):
        fault = found[0]
        return _damaged(path, f"is damaged: {_dotted(fault.path)}: {fault.message}")
    closed = found.closed
    if closed.tzinfo is None:
        return _damaged(path, "is damaged: closed: has no zone")
    lock = Lock(
        id=basename(path).removesuffix(".lock"),
        path=path,
        number=found.number,
        following=found.next,
        first=found.first,
        last=found.last,
        closed=closed.astimezone(UTC),
        top=found.top,
        note=found.note,
        facts=found.facts,
        bands=found.bands,
        corrections=found.corrections,
        threads=_threads(found.threads),
        settings=tuple(found.settings.items()),
        names=tuple(found.names.items()),
        words=found.words,
        files=tuple(found.files.items()),
        members=tuple(
            Member(
                guid=m.guid,
                path=m.path,
                seen=m.seen,
                text=m.text,
                facts=m.facts,
                picture=m.picture,
                band=m.band,
                title=m.title,
                rights=m.rights,
                lastmod=m.lastmod,
                files=tuple(m.files.items()),
            )
            for m in found.members
        ),
    )
    return Read(lock, ())


def _threads(
    table: dict[str, dict[str, int]] | None,
) -> tuple[tuple[str, tuple[Named, ...]], ...] | None:
    if table is None:
        return None
    return tuple((guid, tuple(told.items())) for guid, told in table.items())


def _damaged(path: str, fault: str, line: int = 0) -> Read:
    where = Where(f"content/{path}", line)
    return Read(None, (Problem("edition/lock", f"the lock {fault}", where, CURE),))


def _dotted(path: tuple[Any, ...]) -> str:
    return shown(".".join(str(part) for part in path)) if path else "the file"


def lock_text(lock: Lock) -> str:
    """The file of a lock, as `read_lock` reads it."""
    lines = [
        f"# Edition {lock.id} as it was sent. Written by `site-gen close`: commit it, and do not",
        "# edit it. `next` is the number of the next edition, unless its note says another.",
        f"number = {lock.number}",
        f"next = {lock.following}",
        f"first = {lock.first.isoformat()}",
        f"last = {lock.last.isoformat()}",
        f"closed = {lock.closed.isoformat()}",
        f"top = {lock.top}",
    ]
    own = (("note", lock.note), ("facts", lock.facts), ("words", lock.words))
    lines += [f"{name} = {_quoted(value)}" for name, value in own if value]
    if lock.bands is not None:
        pairs = (f"[{_quoted(slug)}, {_quoted(name)}]" for slug, name in lock.bands)
        lines.append(f"bands = [{', '.join(pairs)}]")
    if lock.corrections:
        lines.append(f"corrections = [{', '.join(map(_quoted, lock.corrections))}]")
    if lock.threads is not None:
        lines.append(f"threads = {_inline((guid, dict(told)) for guid, told in lock.threads)}")
    for key, table in (("settings", lock.settings), ("names", lock.names), ("files", lock.files)):
        lines += [f"{key} = {_inline(table)}"] if table else []
    for member in lock.members:
        lines += ["", "[[members]]"]
        said = ((name, getattr(member, name)) for name in MEMBER)
        lines += [f"{name} = {_quoted(value)}" for name, value in said if value]
        lines += [f"files = {_inline(member.files)}"] if member.files else []
    return "\n".join(lines) + "\n"


def _inline(pairs: Iterable[tuple[str, Any]]) -> str:
    return f"{{ {', '.join(f'{_quoted(name)} = {_value(value)}' for name, value in pairs)} }}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return _inline(value.items())
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str) -> str:
    """A basic string of TOML, which JSON's is but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
