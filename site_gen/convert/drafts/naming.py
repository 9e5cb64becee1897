"""Names of drafts: content/<name of the source>.md, or the slug of the title for pages and feeds.

Folders of content files have no meaning, except for three reserved names.
"""

import re

from site_gen.basics import digest, slugs

RESERVED_FOLDERS = frozenset(["editions", "pages", "static"])
"""Folders in `content/` whose files are no articles."""

SUFFIXES = (
    ".html.gz .txt.gz .markdown .mdown .mkd .mdx .md .txt .text .html .htm .xhtml .xml .rss .atom"
    " .json .eml .mbox .mht .mhtml"
).split()


_BUNDLE = re.compile(r"_?index(\.[a-z]{2,3}(?:-[a-zA-Z]{2,4})?)?\.(?:md|markdown|mdx)")


def from_file(relative: str, number: int, count: int) -> str:
    """`raw/a-b.md` for `raw/a b.txt`; with several articles in it `raw/a-b-1.md` ...

    `posts/a/index.md` (Hugo's folder with pictures) is named after its folder.
    """
    *folders, name = relative.replace("\\", "/").split("/")
    if folders and (bundle := _BUNDLE.fullmatch(name)):
        name = f"{folders.pop()}{bundle[1] or ''}.md"
    parts = [made for made in (slugs.safe(f) for f in folders if f not in ("", ".", "..")) if made]
    if parts and parts[0].lower() in RESERVED_FOLDERS:
        parts[0] = f"from-{parts[0]}"
    stem = slugs.safe(_stem(name)) or f"draft-{digest.of_parts(relative)[:8]}"
    ending = f"-{number}" if count > 1 else ""
    return "/".join([*parts, f"{stem}{ending}.md"])


def _stem(name: str) -> str:
    lower = name.lower()
    suffix = next((s for s in SUFFIXES if lower.endswith(s) and len(lower) > len(s)), "")
    return name[: len(name) - len(suffix)] if suffix else name


def from_title(title: str, identity: str) -> str:
    """`<slug of the title>.md`, or a name made from `identity` if the title gives none."""
    return f"{slug(title, identity)}.md"


def slug(title: str, identity: str) -> str:
    """A slug for a title, without a date."""
    return slugs.slugify(title) or f"article-{digest.of_parts(identity)[:8]}"


def unused_name(name: str, taken: set[str]) -> str:
    """`name`, or with -2, -3 ... before its extension, so that no other name is equal, ignoring
    case."""
    stem, dot, ending = name.rpartition(".") if name.endswith(".md") else (name, "", "")
    number, candidate = 1, name
    while slugs.folded(candidate) in taken:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate
