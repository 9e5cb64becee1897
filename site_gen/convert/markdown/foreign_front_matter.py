"""Reads front matter of other systems: YAML, TOML, JSON and `Title:` lines."""

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

from site_gen import frontmatter
from site_gen.problems import Problem, SiteError, Where


class Head(NamedTuple):
    """The front matter of an entry as a mapping, its body, and the style."""

    fields: dict[str, Any]
    body: str
    style: str


def read(text: str, name: str) -> Head:
    """The front matter of another system's entry. Raises SiteError if it is broken."""
    text = text.lstrip()
    style = next((style for mark, style in STYLES if text.startswith(mark)), _headers)
    return style(text, name)


def _yaml(text: str, name: str) -> Head:
    parts = frontmatter.split(text, name)
    return Head(frontmatter.load(parts.head, name), parts.body, "yaml")


def _toml(text: str, name: str) -> Head:
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "+++"), 0)
    if not end:
        raise _broken(name, "has no closing `+++`", "add a line `+++` after the last key")
    try:
        fields = tomllib.loads("\n".join(lines[1:end]))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason, line = _place_in_toml(str(error))
        raise _broken(name, f"is no TOML ({reason})", "correct the line", line + 1) from None
    return Head(fields, "\n".join(lines[end + 1 :]), "toml")


def _json(text: str, name: str) -> Head:
    try:
        fields, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise _broken(name, f"is no JSON ({reason})", "correct the line", line) from None
    return Head(fields if isinstance(fields, dict) else {}, text[end:], "json")


def _headers(text: str, _name: str) -> Head:
    """Lines of Pelican and MultiMarkdown; a line that begins with a space continues the last."""
    block, _, body = text.partition("\n\n")
    fields: dict[str, Any] = {}
    key = ""
    for line in block.split("\n"):
        if line[:1] in (" ", "\t") and key:
            fields[key] = f"{fields[key]} {line.strip()}".strip()
            continue
        key, _, value = line.partition(":")
        key = key.strip().lower()
        fields[key] = value.strip()
    return Head(fields, body, "lines")


def _place_in_toml(message: str) -> tuple[str, int]:
    """The reason and the line below the delimiter; 0 if the message names none."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    if found is None:
        return message, 0
    return message[: found.start()], int(found[1] or 0)


def _broken(name: str, reason: str, cure: str, line: int = 1) -> SiteError:
    message = f"the front matter {reason}"
    return SiteError([Problem("convert/entry", message, Where(name, line), cure)])


STYLES: tuple[tuple[str, Callable[[str, str], Head]], ...] = (
    ("---", _yaml),
    ("+++", _toml),
    ("{", _json),
)
