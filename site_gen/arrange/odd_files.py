"""Files of `content/` that are probably a mistake."""

from collections.abc import Collection, Iterable, Iterator
from posixpath import splitext

from site_gen import permalinks
from site_gen.basics.secret_files import is_tool_file, private_part
from site_gen.model import ContentPage
from site_gen.problems import Problem, Where, clean, shown

MARKDOWN = frozenset(
    ".markdown .mdown .mkdn .mkd .mdwn .mdtxt .mdtext .mdx .rst .adoc .org .textile".split()
)
"""Endings of texts that no build reads: an article's name ends in `.md`."""
TEXTS = frozenset(".txt .text .htm .html .doc .docx .odt .rtf .eml .mht".split())
"""Endings of raw material, which a text may also offer to be loaded down."""
ASSETS = "static/assets/"


def odd_files(paths: Iterable[str], attached: Collection[str]) -> Iterator[Problem]:
    """A warning for each text under another ending, a note of files among fingerprinted ones, and
    of raw texts that none of the `attached` is."""
    among: list[str] = []
    raw: list[str] = []
    for path in paths:
        stem, ending = splitext(path)
        if path.startswith("static/"):
            among += [path] if path.startswith(ASSETS) else []
        elif ending.lower() in TEXTS and path not in attached:
            raw.append(path)
        elif ending.lower() in MARKDOWN or (ending.lower() == ".md" and ending != ".md"):
            yield Problem(
                "file/ignored",
                f"{shown('content/' + path)} is not read: the name of an article ends in .md",
                Where(f"content/{path}"),
                f"rename it to {stem.rpartition('/')[2]}.md",
                "warning",
            )
    if raw:
        yield _raw(min(raw), len(raw))
    if among:
        yield _among_assets(min(among), len(among))


def private_files(private: Iterable[str], allowed: Collection[str]) -> Iterator[Problem]:
    """One warning of the files that are not published because of their names."""
    parts = ((path, private_part(path, allowed)) for path in private)
    found = sorted((path, name) for path, name in parts if name and not is_tool_file(name))
    if not found:
        return
    path, name = found[0]
    files = "1 file is" if len(found) == 1 else f"{len(found):,} files are"
    yield Problem(
        "file/private",
        f"{files} not published: names such as {shown(name)} are of keys, passwords or settings",
        Where(f"content/{path}"),
        f'take it out of content/; if readers may have it, allow_files = ["{clean(name)}"] in the'
        " settings publishes it",
        "warning",
    )


def odd_pages(pages: Iterable[ContentPage]) -> Iterator[Problem]:
    """A warning for a page at the address of the redirect to the newest edition."""
    for page in pages:
        if page.permalink == permalinks.LATEST:
            yield Problem(
                "page/latest",
                f"this page stands at {page.permalink}, where the newest edition is",
                Where(f"content/{page.path}", key="slug"),
                "give it another `slug`",
                "warning",
            )


def _raw(first: str, count: int) -> Problem:
    files = "1 file is" if count == 1 else f"{count} files are"
    return Problem(
        "file/raw",
        f"{files} raw material in content/, published nowhere: no text leads there",
        Where(f"content/{first}"),
        f"make an article of it: site-gen convert content/{first}; or take it out of content/",
        "note",
    )


def _among_assets(first: str, count: int) -> Problem:
    files = "1 file lies" if count == 1 else f"{count} files lie"
    return Problem(
        "file/assets",
        f"{files} in content/static/assets/, so that browsers ask for all assets each time",
        Where(f"content/{first}"),
        "another folder of content/static/ costs readers less, where addresses need not stay",
        "note",
    )
