"""The built output of the old site, if present: the exact list of its addresses."""

import os
import re
from pathlib import Path

OUTPUTS = {
    "jekyll": ("_site",),
    "hugo": ("public",),
    "zola": ("public",),
    "pelican": ("output",),
    "eleventy": ("_site", "dist"),
    "astro": ("dist",),
    "markdown": ("output", "public", "dist"),
}
"""Kind -> folders that it builds into."""

MAX_FILES = 200_000
_PAGE = re.compile(r"\.(?:html?|xml|rss|atom)$", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:^|/)(?:[\w-]*sitemap[\w-]*\.xml|404\.html|google\w+\.html|browserconfig\.xml)$"
)
"""Pages that nobody links to."""
_INDEX = re.compile(r"(?<![^/])index\.html$")


def folders(root: Path, kind: str, own: str = "") -> list[str]:
    """The names of those that are there, and hold a site; `own` is the one that settings name."""
    names = [own.strip("./")] if _inside(own) else OUTPUTS.get(kind, ())
    return [name for name in names if _holds_a_site(root, name)]


def _inside(name: str) -> bool:
    """Whether settings name a folder below their own."""
    return bool(name.strip("./")) and not name.startswith("/") and ".." not in name.split("/")


def _holds_a_site(root: Path, name: str) -> bool:
    places = [root.joinpath(*name.split("/")[:depth]) for depth in range(1, name.count("/") + 2)]
    return not any(place.is_symlink() for place in places) and (places[-1] / "index.html").is_file()


def addresses(root: Path, kind: str, own: str = "") -> list[str]:
    """Every page and feed of the built site, sorted; none where it does not lie there."""
    name = next(iter(folders(root, kind, own)), "")
    return sorted(_found(root / name)) if name else []


def _found(folder: Path) -> list[str]:
    found: list[str] = []
    for place, _, names in os.walk(folder):
        inside = os.path.relpath(place, folder).replace(os.sep, "/")
        start = "" if inside == "." else f"{inside}/"
        paths = (start + name for name in names if _PAGE.search(name))
        found += [f"/{_INDEX.sub('', path)}" for path in paths if not _OTHER.search(path)]
        if len(found) > MAX_FILES:
            break
    return found
