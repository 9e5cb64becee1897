"""JSON Schemas (draft 7) of what an editor writes, for the language servers of YAML and TOML.

Types and bounds come from the types that a build checks with, descriptions from the reference.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec

from site_gen.basics import docs_reference
from site_gen.model import FrontMatter
from site_gen.read.locks import LockTable
from site_gen.read.notes import NoteMatter
from site_gen.read.pages import PageMatter
from site_gen.settings.bounds import json_schema

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
ARTICLE = (
    *("Content", "Dates", "Place in the edition", "Visibility and rights", "Sources", "Ranking"),
    *("Address and id", "Written by convert", "Never published", "Nested keys"),
)
NOTE, PAGE, LOCK = "The note of an edition", "A page without a date", "The lock of an edition"
_MOMENTS = re.compile(r"(DateTime|^date)$")


def settings() -> Schema:
    """Of site.toml."""
    told = {}
    for row in docs_reference.rows(docs_reference.page("settings.md")):
        tables = re.findall(r"\[([a-z_]+)[.\]]", row.heading)
        if len(tables) == 1:
            told[f"{tables[0]}.{row.key}"] = row.meaning
        elif tables or row.heading == "The site":
            told[row.key] = row.meaning
    return _finished(json_schema(), told, "Settings of a site_gen digest")


def article() -> Schema:
    """Of the front matter of an article. Keys that are none of ours may stand there."""
    made = msgspec.json.schema(FrontMatter)
    own = made["$defs"]["FrontMatter"]["properties"]
    del own["extra"]
    own["author"] = deepcopy(own["authors"])
    own |= {"secured": {}, "featuredContent": {}}
    own["checkIgnore"] = {"type": "array", "items": {"type": "string"}}
    for name, least in (("quality", 0), ("heat", -1)):
        own[name] = {"type": "integer", "minimum": least}
    own["withdrawn"] = {"anyOf": [own["withdrawn"], {"type": "boolean"}, {"type": "string"}]}
    own["credits"] = {"anyOf": [own["credits"], {"type": "object"}]}
    done = _finished(made, _told(*ARTICLE), "Front matter of an article", _lenient)
    # A date must be there; which of the two is the editor's choice.
    done["anyOf"] = [{"required": ["publishedDateTime"]}, {"required": ["addedDateTime"]}]
    return done


def note() -> Schema:
    """Of the note of an edition."""
    told = _told(*ARTICLE, NOTE)
    return _finished(msgspec.json.schema(NoteMatter), told, "Note of an edition", _text)


def page() -> Schema:
    """Of a page without a date."""
    return _finished(msgspec.json.schema(PageMatter), _told(PAGE), "A page without a date", _text)


def lock() -> Schema:
    """Of the lock of an edition, which only `site-gen close` writes."""
    made = _finished(msgspec.json.schema(LockTable), _told(LOCK), "Lock of an edition")
    made["properties"]["closed"]["format"] = "date-time"
    return made


KINDS: dict[str, Callable[[], Schema]] = {
    "site": settings,
    "article": article,
    "note": note,
    "page": page,
    "lock": lock,
}
"""What can be asked for; `site` is that of site.toml."""


FOLDER = ".site_gen/schemas"


def as_json(kind: str) -> str:
    """The schema of a kind as the text of its file."""
    return json.dumps(KINDS[kind](), ensure_ascii=False, indent=2)


def differing(root: Path) -> dict[str, str]:
    """Those files of the site's schemas that are absent or other than now: path -> text."""
    texts = {f"{FOLDER}/{kind}.json": as_json(kind) + "\n" for kind in KINDS}
    return {
        name: text
        for name, text in texts.items()
        if not (root / name).is_file() or (root / name).read_text("utf-8", "replace") != text
    }


def write(root: Path) -> list[str]:
    """All schemas into the site's `.site_gen/schemas/`, those that differ; their paths."""
    found = differing(root)
    for name, text in found.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return list(found)


def _told(*headings: str) -> dict[str, str]:
    rows = docs_reference.rows(docs_reference.page("front-matter.md"))
    found = {heading: dict[str, str]() for heading in headings}
    for row in rows:
        if row.heading in found:
            found[row.heading].setdefault(row.key, row.meaning)
    return {key: text for told in found.values() for key, text in told.items()}


def _finished(
    made: Schema,
    told: dict[str, str],
    title: str,
    change: Callable[[Schema], Schema] = lambda kind: kind,
) -> Schema:
    """In the words of draft 7, with descriptions, the root's own keys on top."""
    tables: dict[str, Schema] = made["$defs"]
    root = _name_of(made)
    _describe(tables, root, told)
    for table in tables.values():
        for own in table.get("properties", {}).values():
            kept = {key: own.pop(key) for key in ("description", "default") if key in own}
            inner = _draft7(change(dict(own)))
            own.clear()
            # Beside a $ref nothing counts.
            own |= {"allOf": [inner]} if "$ref" in inner else inner
            own |= {key: value for key, value in kept.items() if value is not None}
        for key in ("title", "description"):
            table.pop(key, None)
    top = tables.pop(root)
    return {"$schema": DRAFT, "title": title, **top, "definitions": tables}


def _describe(tables: dict[str, Schema], root: str, told: dict[str, str]) -> None:
    """Descriptions by dotted names, as those of the shortest way to a table."""
    ways, seen = [(root, "")], {root}
    for name, prefix in ways:
        for key, own in tables[name].get("properties", {}).items():
            inner = _table_in(own)
            words = told.get(f"{prefix}{key}") or (_summary(tables[inner]) if inner else "")
            if words:
                own["description"] = words
            if inner and inner not in seen:
                seen.add(inner)
                ways.append((inner, f"{prefix}{key}."))


def _summary(table: Schema) -> str:
    """The first sentence of what the program says of a table of settings."""
    text = " ".join(str(table.get("description", "")).split("\n\n")[0].split())
    return text if table["title"].endswith("Settings") else ""


def _table_in(own: Any) -> str:
    """The name of the table that a key holds, in a list or by name perhaps; "" for none."""
    if isinstance(own, list):
        return next((found for each in own if (found := _table_in(each))), "")
    if not isinstance(own, dict):
        return ""
    if "$ref" in own:
        return _name_of(own)
    return _table_in([own.get(key) for key in ("items", "anyOf", "additionalProperties")])


def _name_of(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _draft7(kind: Any) -> Any:
    """The same in draft 7."""
    if isinstance(kind, list):
        return [_draft7(each) for each in kind]
    if not isinstance(kind, dict):
        return kind
    made = {key: _draft7(value) for key, value in kind.items()}
    if "$ref" in made:
        made["$ref"] = f"#/definitions/{_name_of(made)}"
    if "prefixItems" in made:
        made["additionalItems"] = made.pop("items", True)
        made["items"] = made.pop("prefixItems")
    return made


def _text(kind: Schema) -> Schema:
    """What is text by its key needs no quotes: YAML takes it for a number or a truth. Any key may
    be left empty."""
    if kind.get("type") == "string":
        return {**kind, "type": ["string", "number", "boolean", "null"]}
    if kind.get("type", "null") != "null":
        kind = {**kind, "type": [kind["type"], "null"]}
    for key in ("anyOf", "prefixItems"):
        if key in kind:
            kind = {**kind, key: [_text(each) for each in kind[key]]}
    return {**kind, "items": _text(kind["items"])} if isinstance(kind.get("items"), dict) else kind


def _lenient(kind: Schema) -> Schema:
    """For a list a single value will do, for a mapping its name."""
    if "$ref" in kind:
        return {"anyOf": [kind, {"type": ["string", "null"]}]}
    if kind.get("type") == "array":
        item = _lenient(kind["items"])
        return {"anyOf": [{"type": ["array", "null"], "items": item}, item]}
    if "anyOf" in kind:
        return {**kind, "anyOf": [_lenient(each) for each in kind["anyOf"]]}
    if "enum" in kind:
        return {"enum": [*kind["enum"], None]}
    return _text(kind)
