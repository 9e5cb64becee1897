"""Finds people and sources: bylines, agency credits, the author's biography, tags, cited
sources."""

import re
from collections.abc import Iterator
from typing import Any

from site_gen.convert.text.handles import above_handle, is_person
from site_gen.convert.text.kept_lists import is_note
from site_gen.convert.text.lexicon import core, lexicon, table
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.title import top_of_body

_SPLIT = re.compile(r",\s*|\s+(?:and|und|y|e|et|&)\s+|;\s*")
_PERSON = re.compile(
    r"[^\W\d_][\w.'’-]*(?: (?:de|da|del|van|von|der|bin|al|[^\W\d_][\w.'’-]*)){1,3}$"
)
_BYLINE_HEAD = re.compile(
    r"^(?:[\w ]{0,20}?\bby|(?:[\w ]{0,12}\b)?von|por|par|di|od|door|av|af|от|автор:?|auth?ors?:?|"
    r"autore?:?|auteur:?|autorin:?|texte de)\s+",
    re.I,
)
_BYLINE_END = re.compile(
    r"\s*(?:[|•·–—/]|\s-\s|\bfor\b|\bin\b|\d|published|updated|posted).*$", re.I
)
_BY_WITHIN = re.compile(r"(?:\b(?:by|von|por|par)|[|·•–—])\s+([^\d|·•–—]{4,60})$", re.I)
_BIO_NAME = re.compile(
    r"((?:[A-Z][\w.-]+ ?){1,3}?)(?:['’]s?\b| (?:is|was|has|writes|covers|joined|reports)\b)"
)
_URL = re.compile(r"https?://\S+")
_SAID = r"\b{}\b(?:,? (?:has )?(?:reported|reports|said|says|learned)\b| report\b)"
MOST = 12
_NAMED = 8
_NO_NAMES = ("affiliation", "navigation", "share", "player", "published", "updated", "related")
_DATED = re.compile(
    r"\s*[,|·•–—]\s*(?=\d|[^\W\d_]+\.? \d)|,?\s+(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|"
    r"sun)(?:day)?\b",
    re.I,
)
"""What separates a name from the date after it."""
"""Lines above the body that may be a name alone."""
_LEAST_LINES, _LONGEST_BIO = 3, 60


def find_people(sheet: Sheet) -> None:
    """Set `authors` and `credits`."""
    authors = [*_bylines(sheet), *_biographies(sheet)]
    authors += _closing(sheet, [author["name"] for author in authors])
    if authors:
        merged: dict[str, dict[str, str]] = {}
        for author in authors[:MOST]:
            merged.setdefault(author["name"], {}).update(author)
        sheet.found["authors"] = list(merged.values())
    credits = list(_wire_credits(sheet))
    if credits:
        sheet.found["credits"] = credits[: MOST * 2]


def find_named(sheet: Sheet) -> None:
    """Set `authors` of a text without a byline: a name alone beside the date below the title, or
    above a handle."""
    if "authors" in sheet.found:
        return
    titles = [at for at, (rule, _) in sheet.cuts.items() if rule == "title"]
    top = top_of_body(sheet)
    names = []
    for at in range(max(0, top - _NAMED), top):
        name = _DATED.split(sheet.lines[at].text, maxsplit=1)[0]
        below_title = bool(titles) and max(titles) < at and _beside_date(sheet, at)
        free = not sheet.keep[at] and sheet.fired(at) in ("", "repeated_line", "dateline")
        if free and (below_title or above_handle(sheet.page, at)) and _is_author(sheet, name):
            names.append(name)
            if sheet.fired(at) != "dateline":
                sheet.move(at, "byline", "authors")
    if names:
        sheet.found["authors"] = [{"name": name} for name in dict.fromkeys(names)]


def _beside_date(sheet: Sheet, at: int) -> bool:
    """Whether a date is in or beside the line, but not in the body."""
    near = range(max(0, at - 1), min(at + 2, len(sheet.lines)))
    return any(sheet.fired(other) == "dateline" and not sheet.keep[other] for other in near)


def _is_author(sheet: Sheet, name: str) -> bool:
    """Whether it is a person's name: no paper, no job, not in the title or in menus."""
    if not is_person(name) or name.lower() in sheet.found.get("title", "").lower():
        return False
    words = (core(name), *core(name).split())
    return not any(lexicon(each).holds(word) for each in _NO_NAMES for word in words)


def names_in(text: str) -> list[str]:
    """The names of people in a list such as `A B, C D and E F`."""
    parts = (part.strip(" .()") for part in _SPLIT.split(text))
    return [part for part in parts if _PERSON.match(part) and part[0].isupper()]


def persons_in(byline: str) -> list[str]:
    """The names in a byline, without a paper or a job after them: `A B, The Post`."""
    first, *others = re.split(r",\s*", byline)
    known = lexicon("affiliation")
    return names_in(", ".join([first, *(each for each in others if not known.holds(core(each)))]))


def _bylines(sheet: Sheet) -> Iterator[dict[str, str]]:
    top = top_of_body(sheet)
    for at in range(max(0, top - 15), min(top + 2, len(sheet.lines))):
        text = sheet.lines[at].text
        if sheet.fired(at) == "dateline" and not sheet.keep[at]:
            after = _BY_WITHIN.search(text)
            yield from ({"name": name} for name in names_in(after[1] if after else ""))
        if sheet.fired(at) != "byline":
            continue
        names = persons_in(_BYLINE_END.sub("", _BYLINE_HEAD.sub("", text)))
        below = at + 1 < len(sheet.lines) and sheet.fired(at + 1) == "byline"
        if names or (below and sheet.lines[at].words <= 2):
            sheet.move(at, "byline", "authors")
        yield from ({"name": name} for name in names)


def _biographies(sheet: Sheet) -> Iterator[dict[str, str]]:
    """The paragraphs below `About the author`, which leave the body."""
    for at, line in enumerate(sheet.lines):
        if sheet.fired(at) != "author" or not line.core.startswith("about "):
            continue
        below = range(at + 1, min(at + 3, len(sheet.lines)))
        texts = []
        for other in below:
            if sheet.rules[other] is not None or not is_prose(sheet.lines[other]):
                break
            sheet.move(other, "biography", "authors")
            texts.append(sheet.lines[other].text)
        found = _BIO_NAME.match(texts[0]) if texts else None
        if found:
            yield {"name": found.group(1).strip(), "bio": " ".join(texts)}


def _closing(sheet: Sheet, names: list[str]) -> Iterator[dict[str, str]]:
    """The last line of the body, if it introduces one of its authors."""
    kept = sheet.kept()
    if len(kept) < _LEAST_LINES:
        return
    line = sheet.lines[kept[-1]]
    name = next((name for name in names if line.text.startswith(name)), "")
    if name and line.words <= _LONGEST_BIO and _BIO_NAME.match(line.text):
        sheet.move(kept[-1], "biography", "authors")
        yield {"name": name, "bio": line.text}


def _wire_credits(sheet: Sheet) -> Iterator[dict[str, str]]:
    for at, line in enumerate(sheet.lines):
        if sheet.fired(at) == "wire_credit":
            entries = credits_of(line.text)
            if entries:
                sheet.move(at, "wire_credit", "credits")
            yield from entries


def credits_of(text: str) -> list[dict[str, str]]:
    """`(Reporting by A B in C; Editing by D E)` as roles, names and places."""
    entries: list[dict[str, str]] = []
    for part in re.split(r";\s*", text.strip("() .")):
        role, names = _role(part)
        names, _, place = names.partition(" in ")
        entries += [{"role": role, "name": name} for name in names_in(names)]
        if place and role:
            entries += [{"role": "location", "name": p} for p in _SPLIT.split(place) if p]
    return [entry for entry in entries if entry["role"]]


def _role(part: str) -> tuple[str, str]:
    low = part.lower()
    for words, role in table("credit_roles").items():
        if low.startswith(words + " "):
            return role, part[len(words) + 1 :]
    return "", part


def find_tags(sheet: Sheet) -> None:
    """Tags listed in the text, after or below their label."""
    tags: list[str] = []
    for at in range(len(sheet.lines)):
        if sheet.fired(at) == "tags" and not tags:
            tags = _listed(sheet, at)
    if tags:
        sheet.found["tags"] = list(dict.fromkeys(tags))[: MOST * 2]


def _listed(sheet: Sheet, at: int) -> list[str]:
    _, colon, rest = sheet.lines[at].text.partition(":")
    if colon and rest.strip():
        sheet.move(at, "tags", "tags")
        return [
            tag for tag in (t.strip(" .#") for t in re.split(r"[,|;]", rest)) if 1 < len(tag) <= 60
        ]
    found = []
    for other in range(at + 1, min(at + 16, len(sheet.lines))):
        line = sheet.lines[other]
        if sheet.rules[other] is not None or line.words > 5 or line.ends or line.blanks > 1:
            break
        sheet.move(other, "tags", "tags")
        found.append(line.text.strip("# ,"))
    return found


def find_sources(sheet: Sheet) -> None:
    """News agencies and papers that the body cites."""
    text = " ".join(sheet.lines[at].text for at in sheet.kept())
    found: dict[str, dict[str, Any]] = {}
    for name, written in table("agencies").items():
        label, _, role = written.partition(" | ")
        if name in text and re.search(_SAID.format(re.escape(name)), text):
            found.setdefault(label, {"name": label, "role": role})
    for source in _linked(sheet):
        found.setdefault(source["name"], source)
    if found:
        sheet.found["sources"] = list(found.values())[: MOST * 2]


def _linked(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Lines below `Original sources`, with their URLs."""
    for at in range(len(sheet.lines)):
        if sheet.fired(at) != "sources":
            continue
        for other in range(at + 1, min(at + 16, len(sheet.lines))):
            line = sheet.lines[other]
            if sheet.keep[other] and is_note(line):
                break
            url = _URL.search(line.text)
            if sheet.fired(other) not in ("", "bare_url") or (url is None and line.words > 20):
                break
            name = _URL.sub("", line.text).strip(" -–—:()") or line.text
            sheet.move(other, "sources", "sources")
            yield {"name": name, **({"url": url.group(0)} if url else {}), "role": "cited"}
