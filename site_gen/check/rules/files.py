"""Rules for local files that are published as they are: what they say beside what they show."""

from collections.abc import Iterator
from posixpath import dirname, normpath, splitext

from site_gen.basics import files
from site_gen.check.file_metadata import ENDINGS, PICTURES, told_by
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.problems import shown

MAX_BYTES = 64 << 20
"""Larger files are not opened."""
STATIC = "static/"


def says_more(view: View) -> Iterator[Placed]:
    """Find what files say, for both rules: each file is read once."""
    for path, line, field, target in _files(view):
        try:
            data = files.read_bytes(view.root / "content" / target, MAX_BYTES)
        except files.Unreadable:
            continue
        told = told_by(data, target)
        if told.private:
            yield path, Hit(
                rule="files/private", line=line, field=field,
                message=f"the file {shown(target)} {told.private}",
                help="save it without, and publish that file",
            )  # fmt: skip
        if told.author:
            yield path, Hit(
                rule="files/author", line=line, field=field,
                message=f"the file {shown(target)} names its author: {shown(told.author)}",
                help="if readers are not to know, save it without its properties",
            )  # fmt: skip


def _files(view: View) -> Iterator[tuple[str, int, str, str]]:
    """Each file that is published as it is: where a text names it first, with line and field, and
    its content path. Those in `static/` that no text names stand for themselves."""
    seen: set[str] = set()
    for path in sorted(view.paths):
        entry = view.files.index_entry(path)
        for link in entry.internal_links if entry else ():
            target = _target(path, link.url, view)
            if target and target not in seen:
                seen.add(target)
                yield path, link.line, link.field, target
    if len(view.paths) < len(view.files.digests):  # only some texts were asked for
        return
    for target in sorted(view.content):
        ending = splitext(target)[1].lower()
        if target.startswith(STATIC) and ending in ENDINGS and target not in seen:
            yield target, 0, "", target


def _target(path: str, url: str, view: View) -> str:
    """The content path of a file that may tell more; "" for none. Pictures that a build cleans
    tell nothing."""
    bare = url.partition("#")[0].partition("?")[0]
    ending = splitext(bare)[1].lower()
    if ending not in ENDINGS or "://" in url:
        return ""
    inside = bare.lstrip("/")
    target = inside if bare.startswith("/") else normpath(f"{dirname(path)}/{inside}").lstrip("/")
    if target not in view.content and f"{STATIC}{inside}" in view.content:
        target = f"{STATIC}{inside}"
    is_cleaned = ending in PICTURES and view.settings.images.metadata == "remove"
    return "" if is_cleaned and not target.startswith(STATIC) else target


RULES = (
    Rule("files/private", "warning", "a file that says where it was taken, or holds remarks",
         "save it without", site=says_more),
    Rule("files/author", "hint", "a document that names its author",
         "save it without its properties, if readers are not to know"),
)  # fmt: skip
