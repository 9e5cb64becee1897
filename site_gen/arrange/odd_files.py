"""Files of `content/` that are not what their editor takes them for."""

from collections.abc import Iterable, Iterator
from posixpath import splitext

from site_gen import permalinks
from site_gen.model import ContentPage
from site_gen.problems import Problem, Where, shown

MARKDOWN = frozenset(
    ".markdown .mdown .mkdn .mkd .mdwn .mdtxt .mdtext .mdx .rst .adoc .org .textile".split()
)
"""Endings of texts that no build reads: an article's name ends in `.md`."""
ASSETS = "static/assets/"


def odd_files(paths: Iterable[str]) -> Iterator[Problem]:
    """A warning for each text under another ending, and each file among fingerprinted ones."""
    for path in paths:
        stem, ending = splitext(path)
        if path.startswith("static/"):
            if path.startswith(ASSETS):
                yield _among_assets(path)
        elif ending.lower() in MARKDOWN or (ending.lower() == ".md" and ending != ".md"):
            yield Problem(
                "file/ignored",
                f"{shown('content/' + path)} is not read: the name of an article ends in .md",
                Where(f"content/{path}"),
                f"rename it to {stem.rpartition('/')[2]}.md",
                "warning",
            )


def odd_pages(pages: Iterable[ContentPage]) -> Iterator[Problem]:
    """A warning for a page in the place of the redirect to the newest edition."""
    for page in pages:
        if page.permalink == permalinks.LATEST:
            yield Problem(
                "page/latest",
                f"this page stands at {page.permalink}, where the newest edition is",
                Where(f"content/{page.path}", key="slug"),
                "give it another `slug`",
                "warning",
            )


def _among_assets(path: str) -> Problem:
    return Problem(
        "file/assets",
        f"{shown('content/' + path)} lies among files that browsers keep for ever",
        Where(f"content/{path}"),
        "move it to another folder of content/static/: its name does not change when it does",
        "warning",
    )
