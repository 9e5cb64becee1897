"""Where a draft goes: content/<name of its source>.md, or the slug of its title for a page or feed.

The folder of a content file means nothing, but for three whose names are taken.
"""

import re

from site_gen.basics import digest, slugs

TAKEN = frozenset(["editions", "pages", "static"])
"""Folders at the top of `content/` whose files are no articles."""

SUFFIXES = (
    ".html.gz .txt.gz .markdown .mdown .mkd .mdx .md .txt .text .html .htm .xhtml .xml .rss .atom"
    " .json .eml .mbox .mht .mhtml"
).split()


_BUNDLE = re.compile(r"_?index(\.[a-z]{2,3}(?:-[a-zA-Z]{2,4})?)?\.(?:md|markdown|mdx)")


def from_file(relative: str, number: int, count: int) -> str:
    """For `raw/a b.txt` the path `raw/a-b.md`; with several articles in it `raw/a-b-1.md` ...

    `posts/a/index.md` (a folder with its pictures, as Hugo has it) is called by its folder.
    """
    *folders, name = relative.replace("\\", "/").split("/")
    if folders and (bundle := _BUNDLE.fullmatch(name)):
        name = f"{folders.pop()}{bundle[1] or ''}.md"
    parts = [made for made in (slugs.safe(f) for f in folders if f not in ("", ".", "..")) if made]
    if parts and parts[0].lower() in TAKEN:
        parts[0] = f"from-{parts[0]}"
    stem = slugs.safe(_stem(name)) or f"draft-{digest.of_parts(relative)[:8]}"
    ending = f"-{number}" if count > 1 else ""
    return "/".join([*parts, f"{stem}{ending}.md"])


def _stem(name: str) -> str:
    lower = name.lower()
    suffix = next((s for s in SUFFIXES if lower.endswith(s) and len(lower) > len(s)), "")
    return name[: len(name) - len(suffix)] if suffix else name


def from_title(title: str, identity: str) -> str:
    """`<slug of the title>.md`; a name made of the draft's identity where the title gives none."""
    return f"{slug(title, identity)}.md"


def slug(title: str, identity: str) -> str:
    """A slug for a title, without a date."""
    return slugs.slugify(title) or f"article-{digest.of_parts(identity)[:8]}"


def free(name: str, taken: set[str]) -> str:
    """`name`, or with -2, -3 ... before its ending, until nothing is called so in any case."""
    stem, dot, ending = name.rpartition(".") if name.endswith(".md") else (name, "", "")
    number, candidate = 1, name
    while slugs.folded(candidate) in taken:
        number += 1
        candidate = f"{stem}-{number}{dot}{ending}"
    return candidate
