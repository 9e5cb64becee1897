"""Comments of MyST, the Markdown of Sphinx and Jupyter Book: lines that begin with `%`."""

import re
from collections.abc import Iterable

from site_gen.importers.bodies import html_hidden, spans
from site_gen.importers.old_site import Entry
from site_gen.importers.reading.folder import Folder

_COMMENT = re.compile(r"^ {0,3}%[^\n]*(?:\n|\Z)", re.MULTILINE)
_SETTINGS = re.compile(r"(?:.*/)?(?:_toc\.ya?ml|myst\.ya?ml|conf\.py)")
_NAMES = re.compile(r"\bmyst_(?:parser|nb)\b")


def settle(folder: Folder, entries: Iterable[Entry]) -> None:
    """Take them out of all texts of such a site; each of these says so."""
    if not any(_is_its(folder, name) for name in folder.names if _SETTINGS.fullmatch(name)):
        return
    for entry in entries:
        made = spans.outside_code(entry.body, lambda part: _COMMENT.sub("", part))
        entry.lost += [html_hidden.REMARKS] * (made != entry.body)
        entry.body = made


def _is_its(folder: Folder, name: str) -> bool:
    return not name.endswith(".py") or _NAMES.search(folder.text(name)) is not None
