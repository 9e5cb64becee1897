"""A graph of Logseq: properties of its pages, and which of them are for readers."""

import re
from collections.abc import Mapping
from typing import Any

from site_gen.frontmatter import not_public
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

SETTINGS = "logseq/config.edn"
OWN = "logseq/"
"""Where it keeps its own files, and copies of pages as they once were."""
_PROPERTIES = re.compile(r"(?:-[ \t]+)?((?:[ \t]*[\w/-]+::[^\n]*(?:\n|\Z))+)")
_PROPERTY = re.compile(r"^[ \t]*([\w/-]+)::[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_ALL = re.compile(r"^\s*:publishing/all-pages-public\?\s+true", re.MULTILINE)


def is_graph(folder: Folder) -> bool:
    """Whether Logseq keeps its settings in the folder."""
    return bool(folder.first(SETTINGS))


def shows_all(folder: Folder) -> bool:
    """Whether its settings publish every page; else those alone that say `public:: true`."""
    try:
        return bool(_ALL.search(folder.text(SETTINGS)))
    except SiteError:
        return False


def head(text: str) -> tuple[dict[str, str], str]:
    """The properties with which a page begins, and the text without them."""
    found = _PROPERTIES.match(text)
    return (dict(_PROPERTY.findall(found[1])), text[found.end() :]) if found else ({}, text)


def withheld(path: str, fields: Mapping[str, Any], *, all_shown: bool) -> str:
    """Why a page is private, "" if readers saw it."""
    if path.startswith("journals/") and not not_public.says_yes(fields.get("public")):
        return "a note of a day"
    if all_shown or not_public.says_yes(fields.get("public")):
        return ""
    return "no public:: true"
