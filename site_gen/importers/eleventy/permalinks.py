"""Eleventy's addresses: the file's own place, or a permalink written in Liquid or Nunjucks."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from site_gen.basics import slugs

_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}")
_PAGE_CHOICE = re.compile(
    r"\{%-?\s*(?:(?P<not>unless|if\s+not)|if)\s+pagination\.pageNumber\s*"
    r"(?:(?P<sign>[<>=!]=?=?)\s*[01]\s*)?-?%\}(?P<one>.*?)"
    r"(?:\{%-?\s*else\s*-?%\}(?P<other>.*?))?\{%-?\s*end(?:if|unless)\s*-?%\}"
)
_DATE_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d-(?=.)")


def address(
    fields: Mapping[str, Any], inner: str, moment: datetime | None, *, page: int = 0
) -> str | None:
    """The address of a file; None where it has none, "" where the program alone would tell.

    page   of a list of many pages, counted from 0
    """
    given = fields.get("permalink")
    if isinstance(given, Mapping):
        given = given.get("build")
    if given is False or str(given).lower() == "false":
        return None
    stem = re.sub(r"(?:\.11ty)?\.\w+$", "", inner)
    folder, _, name = stem.rpartition("/")
    slug = _DATE_PREFIX.sub("", name)
    if slug == "index":
        slug = folder.rpartition("/")[2]
    if given in (None, "", True):
        repeated = name == folder.rpartition("/")[2]  # posts/fog/fog.md stands at /posts/fog/
        place = folder if name == "index" or repeated else stem
        return "".join(f"/{part}" for part in (place, str(page or "")) if part) + "/"
    path = _DATE_PREFIX.sub("", name) if name != "index" else ""
    values = {
        "page.fileslug": slug,
        "page.filepathstem": "/" + "/".join(filter(None, (folder, path or "index"))),
        "page.date": moment,
        "date": moment,
        "pagination.pagenumber": page,
        **{str(key).lower(): value for key, value in fields.items()},
    }
    made = _filled(str(given), values)
    if made is None:
        return ""
    made = "/" + made.lstrip("/")
    return re.sub(r"/index\.html$", "/", re.sub(r"/{2,}", "/", made))


LONGEST = 2000
"""Characters of a permalink; no address is longer."""


def _filled(pattern: str, values: Mapping[str, Any]) -> str | None:
    if len(pattern) > LONGEST:
        return None
    pattern = _PAGE_CHOICE.sub(lambda found: _chosen(found, values), pattern)
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


def _chosen(found: re.Match[str], values: Mapping[str, Any]) -> str:
    """One of the two texts of `{% if pagination.pageNumber > 0 %}`, true of all further pages."""
    page = values["pagination.pagenumber"]
    further = bool(page) == (found["sign"] not in ("==", "===", "<", "<="))
    return str(found["one"] if further != bool(found["not"]) else found["other"] or "")


def _value(expression: str, values: Mapping[str, Any]) -> str | None:
    name, *filters = (part.strip() for part in expression.split("|"))
    name, _, more = name.partition("+")
    value = values.get(name.strip().lower())
    if more.strip().isdecimal() and isinstance(value, int):
        value += int(more)
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
        return _slugified(str(value))
    if name == "htmlDateString":  # of Eleventy's own model of a blog
        name, argument = "date", "%Y-%m-%d"
    if name == "date" and isinstance(value, datetime) and "%" in argument:
        return value.astimezone(UTC).strftime(argument)
    if name in ("lower", "downcase"):
        return str(value).lower()
    if name in ("url", "safe", "string", "trim", "strip"):
        return str(value).strip()
    return None


def _slugified(text: str) -> str | None:
    """As its library makes a slug; None for scripts that it spells in Latin letters by rules."""
    made = slugs.slugify(text.lower().translate(_SPELT))
    return made if made.isascii() else None


_SPELT = str.maketrans({"&": " and ", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae",
                        "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})  # fmt: skip
