"""Markdown documents without front matter: title and date are read from the text; the body
stays."""

import re
from typing import Any

from site_gen.basics import written_dates
from site_gen.basics.written_dates import Reading
from site_gen.convert.markdown import mdx
from site_gen.convert.text.language import guess_language
from site_gen.model import Cut, Draft, RawDocument, Receipt
from site_gen.settings import Settings

DATE = "publishedDateTime"
TOP = 3
"""Lines below the title in which a date is looked for."""

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_HEADING = re.compile(r"\s{0,3}#\s+(.+?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}=+\s*$")
_NAME_DATE = re.compile(r"(?<!\d)(\d{4})[-_/.]?(\d\d?)[-_/.]?(\d\d?)(?!\d)")
_BY = re.compile(
    r"\b(?:by|von|par|por|di)\s+(?P<name>[^\W\d_][^,;|\d*_–—\[(]{2,60})", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\[(?:source|original|link|via|quelle|read (?:more|on)|full story)\]\((https?://\S+?)\)", re.I
)
_MARKS = re.compile(r"[*_`]+|!?\[([^\]]*)\]\([^)]*\)|\\(?=\W)")


def convert_markdown(raw: RawDocument, text: str, settings: Settings) -> list[Draft]:
    """`raw` as one draft with the same body, except for the title's line."""
    text, cuts = mdx.without_components(text) if _is_mdx(raw) else (text, [])
    lines = text.split("\n")
    title, body = _title(lines)
    matter: dict[str, Any] = {"title": title or _from_name(raw.name)}
    if title:
        cuts.append(Cut(rule="title", text=title, line=1, to="title"))
    elif matter["title"]:
        matter["titleDerived"] = True
    language = guess_language(text)
    matter |= _dated(raw.name, body, settings, language) | _said(body)
    matter["language"] = language
    warnings = [*matter.pop("warnings", ()), *mdx.warnings(cuts)]
    matter["warnings"] = warnings
    kept = tuple(line for line in body if line.strip())
    found = "\n".join(body).strip("\n")
    receipt = Receipt(
        source=raw.name,
        kind="markdown",
        confidence=1.0 if title else 0.8,
        kept=kept,
        cuts=tuple(cuts),
    )
    reasons = () if found else ("no body found",)
    matter = {key: value for key, value in matter.items() if value not in ("", [], None)}
    return [Draft(matter=matter, body=f"{found}\n", receipt=receipt, quarantine=reasons)]


def _is_mdx(raw: RawDocument) -> bool:
    return raw.name.lower().endswith(".mdx")


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """The first level-one heading, and the lines without it if nothing is above it."""
    fence = ""
    above = False
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        below = lines[at + 1] if at + 1 < len(lines) else ""
        underlined = bool(line.strip() and _UNDERLINE.match(below))
        if not fence and (found := _HEADING.match(line) or underlined):
            text = line.strip() if found is True else found[1]
            rest = lines if above else [*lines[:at], *lines[at + 1 + underlined :]]
            return plain(text), rest
        above = above or bool(line.strip())
    return "", lines


def plain(text: str) -> str:
    """A line without Markdown marks."""
    return " ".join(_MARKS.sub(lambda found: found[1] or "", text).split())


def _from_name(name: str) -> str:
    """A title from the file name."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    words = re.sub(r"[-_\s]+", " ", _NAME_DATE.sub("", stem)).strip()
    return words[:1].upper() + words[1:]


def _dated(name: str, body: list[str], settings: Settings, language: str) -> dict[str, Any]:
    """The date in the name or folder, else in a line at the top."""
    found = _in_name(name, settings) or _at_top(body, settings, language)
    if found is None:
        return {}
    return {DATE: found.moment, "warnings": written_dates.warnings(DATE, name, found)}


def _in_name(name: str, settings: Settings) -> Reading | None:
    for found in reversed(list(_NAME_DATE.finditer(name.replace("\\", "/")))):
        year, month, day = found.groups()
        read = written_dates.read(f"{year}-{month}-{day}", settings.zone)
        if read:
            return read
    return None


def _at_top(body: list[str], settings: Settings, language: str) -> Reading | None:
    for line in _top(body):
        if read := written_dates.find(plain(line), settings.zone, language):
            return read
    return None


def _top(body: list[str]) -> list[str]:
    """The first lines, up to prose."""
    top: list[str] = []
    for line in [line for line in body if line.strip()][:TOP]:
        if len(line.split()) > 25 or line.rstrip().endswith((".", "!", "?")) or line[:1] == "#":
            break
        top.append(line)
    return top


def _said(body: list[str]) -> dict[str, Any]:
    """Author and source, from a line at the top with a date or `by`."""
    found: dict[str, Any] = {}
    for line in _top(body):
        if link := _SOURCE.search(line):
            found.setdefault("webUrl", link[1])
        if name := _BY.search(plain(_SOURCE.sub("", line))):
            found.setdefault("authors", [{"name": name["name"].strip()}])
    return found
