"""Hugo's shortcodes of whose inner text readers saw nothing: comments, and those of the site
whose template does not show it."""

import re
from collections.abc import Iterator, Mapping
from posixpath import basename

from site_gen.importers.reading.folder import Folder

COMMENT: Mapping[str, bool] = {"comment": False}
"""Those of Hugo itself; name -> whether something is seen in the place of the text."""
_PLACE = re.compile(r"^(?:themes/[^/]+/)?layouts/_?shortcodes/[^/]+\.html$")
_ASKED = re.compile(
    r"\{\{-?\s*/\*.*?\*/\s*-?\}\}|\{\{-?\s*(?:if|with)\s+\.Inner\s*-?\}\}\s*\{\{-?\s*end\s*-?\}\}",
    re.DOTALL,
)
"""Comments of a template, and the text asked for alone, for Hugo to take it as one with an end."""
_MARK = re.compile(r"\{\{[<%]\s*+(?P<end>/\s*+)?(?P<name>[\w./-]++)(?P<rest>[^{}]*)[>%]\}\}")


def names(folder: Folder) -> Mapping[str, bool]:
    """Those of a site, as `COMMENT` has them: its own templates stand before those of its theme,
    and before Hugo's."""
    found = dict(COMMENT)
    for path in sorted(filter(_PLACE.match, folder.under("", ".html")), reverse=True):
        name, text = basename(path).removesuffix(".html"), _ASKED.sub("", folder.text(path))
        found.pop(name, None)
        if ".Inner" not in text and "partial" not in text:
            found[name] = bool(text.strip())
    return found


def cut(body: str, hidden: Mapping[str, bool], lost: list[str]) -> str:
    """`body` without the hidden texts, the name of each in `lost`; what has no end stays."""
    if "{{" not in body:
        return body
    kept, at = [], 0
    for first, end in _spans(body, hidden):
        name = first["name"]
        kept.append(body[at : first.end() if hidden[name] else first.start()])
        lost.append(name)
        at = end
    return "".join([*kept, body[at:]])


def _spans(body: str, hidden: Mapping[str, bool]) -> Iterator[tuple[re.Match[str], int]]:
    """(first mark, end) of each that is in no other; of one with too few ends, the last of all."""
    marks = [m for m in _MARK.finditer(body)
             if m["name"] in hidden and not m["rest"].endswith("/")]  # fmt: skip
    last = {m["name"]: m for m in marks if m["end"]}
    first, depth = None, 0
    for mark in marks:
        end = last.get(mark["name"])
        if first is None:
            if not mark["end"] and end and mark.start() < end.start():
                first, depth = mark, 1
        elif mark["name"] == first["name"]:
            depth += -1 if mark["end"] else 1
            if not depth or mark is end:
                yield first, mark.end()
                first = None
