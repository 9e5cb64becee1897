"""Rules for pictures: alternative text, credit, size, encryption."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from site_gen.check import scan
from site_gen.check.document import Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Placed, Rule, Sight, View
from site_gen.problems import shown

SMALL = 400
"""Pixels: a narrower picture is blurred at the width of a column."""
HEAVY = 1 << 20
"""Bytes: a larger local picture loads slowly on a phone."""

_SAY = "say what is to be seen: ![a ferry at the quay](...)"
_NAMED = "has the name of a file as its words"
_FILE_NAME = re.compile(
    r"[\w-]+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|(?:IMG|DSC[NF]?|PXL|DJI)[_-]?\d{3,}\w*",
    re.IGNORECASE,
)
_BY_REFERENCE = re.compile(r"!\[\]\[([^\[\]]{1,200})\]")


def no_alt(document: Document, sight: Sight) -> Iterator[Hit]:
    for picture in document.pictures:
        if not picture.alt and not picture.caption:
            yield _hit("pictures/alt", picture.line, picture.url, "has neither alt nor caption",
                       "say in `alt` what is to be seen", "images")  # fmt: skip
        elif _FILE_NAME.fullmatch(picture.alt.strip()):
            yield _hit("pictures/alt", picture.line, picture.url, _NAMED,
                       "say in `alt` what is to be seen", "images")  # fmt: skip
    for link in document.body_links:
        if link.image and not link.text.strip():
            yield _hit("pictures/alt", link.line, link.url, "has no alternative text", _SAY, "")
        elif link.image and _FILE_NAME.fullmatch(link.text.strip()):
            yield _hit("pictures/alt", link.line, link.url, _NAMED, _SAY, "")
    if "![]" in document.body:
        for line, text in scan.prose_lines(document.body):
            for name in _BY_REFERENCE.findall(text):
                yield _hit("pictures/alt", document.body_line - 1 + line, name,
                           "has no alternative text", _SAY, "")  # fmt: skip


def no_credit(document: Document, sight: Sight) -> Iterator[Hit]:
    for picture in document.pictures:
        if not picture.credit:
            yield _hit("pictures/credit", picture.line, picture.url, "names nobody who made it",
                       "add `credit`", "images")  # fmt: skip


def small(document: Document, sight: Sight) -> Iterator[Hit]:
    for picture in document.pictures:
        if 0 < picture.width < SMALL:
            yield _hit("pictures/small", picture.line, picture.url,
                       f"is {picture.width} pixels wide", f"take one of {SMALL} or more",
                       "images")  # fmt: skip


def insecure(document: Document, sight: Sight) -> Iterator[Hit]:
    for link in document.unusual_links:
        if link.image and link.url.startswith("http:"):
            yield _hit("pictures/insecure", link.line, link.url,
                       "is asked for without encryption: readers do not see it",
                       "write https, or keep a copy in content/", link.field)  # fmt: skip


def heavy(view: View) -> Iterator[Placed]:
    for path in view.paths:
        entry = view.files.index_entry(path)
        for link in entry.internal_links if entry else ():
            if not link.image or "://" in link.url:
                continue
            # A path from the top of the site is looked up in content/, as the build does.
            base = "" if link.url.startswith("/") else dirname(path)
            file = view.root / "content" / normpath(join(base, link.url.lstrip("/")))
            try:
                size = file.lstat().st_size
            except (OSError, ValueError):
                continue
            if size > HEAVY:
                yield path, _hit(
                    "pictures/heavy", link.line, link.url, f"weighs {size / 1e6:.1f} MB",
                    "save it smaller", link.field,
                )  # fmt: skip


def _hit(rule: str, line: int, url: str, fault: str, cure: str, field: str) -> Hit:
    return Hit(rule=rule, message=f"the picture {shown(url)} {fault}", line=line, field=field,
               help=cure)  # fmt: skip


RULES = (
    Rule("pictures/alt", "warning", "a picture without words for who does not see it",
         "say in `alt` what is to be seen", document=no_alt),
    Rule("pictures/credit", "hint", "a picture that names nobody who made it", "add `credit`",
         document=no_credit),
    Rule("pictures/small", "hint", f"a picture of fewer than {SMALL} pixels in width",
         "take a larger one", document=small),
    Rule("pictures/heavy", "warning", "a local picture of more than a megabyte",
         "save it smaller", site=heavy),
    Rule("pictures/insecure", "warning", "a picture by http: no reader sees it",
         "write https, or keep a copy", document=insecure),
)  # fmt: skip
