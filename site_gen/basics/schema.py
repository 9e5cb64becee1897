"""Checks plain data against a Struct: fast for valid data, all faults with their paths otherwise.

msgspec stops at the first fault and ignores unknown keys; this module finds all of both.
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

T = TypeVar("T")
Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """A fault at `path`; the message ("expected X, got Y") does not name the place."""

    path: Path
    message: str
    known: tuple[str, ...] = ()


def dotted(path: Path) -> str:
    """`related[0].webUrl` for a path into a mapping."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def convert(data: Any, kind: type[T]) -> T | list[Fault]:
    """`data` as a `kind`, or all its faults. Never raises on bad data."""
    try:
        return msgspec.convert(data, kind, strict=True)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return list(_faults(data, kind, ())) or [Fault((), "cannot be read")]


def unknown_keys(data: Any, kind: Any, at: Path = ()) -> Iterator[Fault]:
    """Each key of `data`, at any level, that `kind` does not have, with the keys that it has."""
    kind = _inner(kind)
    if _is_struct(kind) and isinstance(data, dict):
        known = _known(kind)
        for key, value in data.items():
            if key in known:
                yield from unknown_keys(value, known[key].type, (*at, key))
            else:
                yield Fault((*at, str(key)), "unknown key", tuple(sorted(known)))
    elif _item(kind) is not None and isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from unknown_keys(value, _item(kind), (*at, index))
    elif getattr(kind, "__origin__", None) is dict and isinstance(data, dict):
        for key, value in data.items():
            yield from unknown_keys(value, get_args(kind)[1], (*at, str(key)))


def _faults(data: Any, kind: Any, at: Path) -> Iterator[Fault]:
    inner = _inner(kind)
    children = list(_children(data, inner, at))
    below = [fault for child in children for fault in _faults(*child)]
    if _is_struct(inner) and isinstance(data, dict):
        for name, info in _known(inner).items():
            if info.required and name not in data:
                yield Fault((*at, name), "is required")
    if below:
        yield from below
        return
    try:
        msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as error:
        if "missing required" not in str(error):
            yield _one_fault(at, str(error), data, kind)
    except (ValueError, OverflowError):
        yield Fault(at, "cannot be read")


def _one_fault(at: Path, message: str, data: Any, kind: Any) -> Fault:
    options = _literals(kind)
    if options and "enum" in message:
        words = ", ".join(o or '""' for o in options)
        return Fault(at, f"expected one of {words}", options)
    return Fault(at, _in_plain_words(message))


def _literals(kind: Any) -> tuple[str, ...]:
    parts = [kind, *get_args(kind)]
    return tuple(str(o) for p in parts if get_origin(p) is Literal for o in get_args(p))


def _children(data: Any, kind: Any, at: Path) -> Iterator[tuple[Any, Any, Path]]:
    if _is_struct(kind) and isinstance(data, dict):
        for key, info in _known(kind).items():
            if key in data and not (data[key] is None and type(None) in get_args(info.type)):
                yield data[key], info.type, (*at, key)
    elif _item(kind) is not None and isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield value, _item(kind), (*at, index)
    elif getattr(kind, "__origin__", None) is dict and isinstance(data, dict):
        for key, value in data.items():
            yield value, get_args(kind)[1], (*at, str(key))


NAMES = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "float": "a number",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
    "datetime": "a date",
}


def _in_plain_words(message: str) -> str:
    """A message of msgspec in words for editors."""
    text = message.split(" - at ")[0]
    if text.startswith("Expected `"):
        wanted = text.split("`")[1]
        options = [NAMES.get(part.strip(), part.strip()) for part in wanted.split("|")]
        options = [o for o in options if o != "nothing"] or options
        if " of length <= " in text:
            unit = "values" if "a list" in options else "characters"
            return f"expected at most {text.rsplit(' ', 1)[1]} {unit}"
        if " of length " in text:
            count = text.split(" of length ")[1].partition(",")[0]
            return f"expected {' or '.join(options)} of {count} values"
        if " >= 0" in text:
            return f"expected {' or '.join(options)} of 0 or more"
        return f"expected {' or '.join(options)}"
    return text[:1].lower() + text[1:]


@cache
def _known(kind: Any) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _inner(kind: Any) -> Any:
    """Strip Optional and Annotated from a type."""
    args = [a for a in get_args(kind) if a is not type(None)]
    if type(None) in get_args(kind) and len(args) == 1:
        return _inner(args[0])
    return _inner(args[0]) if get_origin(kind) is Annotated else kind


def _item(kind: Any) -> Any:
    if getattr(kind, "__origin__", None) in (tuple, list):
        return get_args(kind)[0]
    return None
