"""Rules for local files that texts lead to: what they say beside what they show."""

from collections.abc import Iterator
from posixpath import dirname, normpath, splitext

from site_gen.basics import files
from site_gen.check.file_metadata import ENDINGS, PICTURES, Told, told_by
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.problems import shown

MAX_BYTES = 64 << 20
"""Larger files are not opened."""
STATIC = "static/"


def names_author(view: View) -> Iterator[Placed]:
    for path, line, field, target, told in _files(view):
        if told.author:
            yield path, Hit(
                rule="files/author", line=line, field=field,
                message=f"the file {shown(target)} names its author: {shown(told.author)}",
                help="if readers are not to know, save it without its properties",
            )  # fmt: skip


def says_more(view: View) -> Iterator[Placed]:
    for path, line, field, target, told in _files(view):
        if told.private:
            yield path, Hit(
                rule="files/private", line=line, field=field,
                message=f"the file {shown(target)} {told.private}",
                help="save it without, and publish that file",
            )  # fmt: skip


def _files(view: View) -> Iterator[tuple[str, int, str, str, Told]]:
    """Each file that a text leads to and that is published as it is, where it is named first."""
    seen: set[str] = set()
    for path in sorted(view.paths):
        entry = view.files.index_entry(path)
        for link in entry.internal_links if entry else ():
            target = _target(path, link.url, view)
            if target and target not in seen:
                seen.add(target)
                try:
                    data = files.read_bytes(view.root / "content" / target, MAX_BYTES)
                except files.Unreadable:
                    continue
                yield path, link.line, link.field, target, told_by(data, target)


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
         "save it without its properties, if readers are not to know", site=names_author),
)  # fmt: skip
