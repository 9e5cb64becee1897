"""Eleventy's addresses: the file's own place, or a permalink written in Liquid or Nunjucks."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from site_gen.basics import slugs

_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_DATE_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d-(?=.)")


def address(fields: Mapping[str, Any], inner: str, moment: datetime | None) -> str | None:
    """The address of a file; None where it has none, "" where the program alone would tell."""
    given = fields.get("permalink")
    if given is False or str(given).lower() == "false":
        return None
    stem = re.sub(r"(?:\.11ty)?\.\w+$", "", inner)
    folder, _, name = stem.rpartition("/")
    slug = _DATE_PREFIX.sub("", name)
    if slug == "index":
        slug = folder.rpartition("/")[2]
    if given in (None, "", True):
        if name == "index":
            return f"/{folder}/" if folder else "/"
        return f"/{stem}/"
    path = _DATE_PREFIX.sub("", name) if name != "index" else ""
    values = {
        "page.fileslug": slug,
        "page.filepathstem": "/" + "/".join(filter(None, (folder, path or "index"))),
        "page.date": moment,
        "date": moment,
        **{str(key).lower(): value for key, value in fields.items()},
    }
    made = _filled(str(given), values)
    if made is None:
        return ""
    made = "/" + made.lstrip("/")
    return re.sub(r"/index\.html$", "/", re.sub(r"/{2,}", "/", made))


def _filled(pattern: str, values: Mapping[str, Any]) -> str | None:
    parts: list[str] = []
    at = 0
    for found in _OUTPUT.finditer(pattern):
        value = _value(found[1], values)
        if value is None:
            return None
        parts += [pattern[at : found.start()], value]
        at = found.end()
    made = "".join([*parts, pattern[at:]])
    return None if "{%" in made or "${" in made else made


def _value(expression: str, values: Mapping[str, Any]) -> str | None:
    name, *filters = (part.strip() for part in expression.split("|"))
    value = values.get(name.lower())
    quoted = re.fullmatch(r"[\"'](.*)[\"']", name)
    value = quoted[1] if quoted else value
    if value is None:
        return None
    for filter_ in filters:
        word, _, rest = filter_.partition(":")
        call = re.match(r"(\w+)(?:\((.*)\))?", word.strip())
        if not call:
            return None
        argument = (rest or call[2] or "").strip().strip("\"'")
        value = _filtered(call[1], argument, value)
        if value is None:
            return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d")
    return str(value)


def _filtered(name: str, argument: str, value: Any) -> Any:
    if name in ("slugify", "slug"):
        return slugs.slugify(str(value))
    if name == "date" and isinstance(value, datetime) and "%" in argument:
        return value.astimezone(UTC).strftime(argument)
    if name in ("lower", "downcase"):
        return str(value).lower()
    if name in ("url", "safe", "string", "trim", "strip"):
        return str(value).strip()
    return None
