"""The files that identify the site of each system; a folder of another kind is refused."""

from fnmatch import fnmatch
from pathlib import Path

from site_gen.importers.astro import site
from site_gen.importers.eleventy import site as eleventy
from site_gen.importers.jekyll import settings
from site_gen.importers.reading.folder import Folder
from site_gen.problems import Problem, SiteError

_ENDINGS = ("toml", "yaml", "yml", "json")
MARKS: dict[str, tuple[str, ...]] = {
    "jekyll": settings.CONFIG,
    "hugo": (
        *(f"{stem}.{ending}" for stem in ("hugo", "config") for ending in _ENDINGS),
        "config/_default/*",
    ),
    "zola": ("zola.toml", "config.toml"),
    "pelican": ("pelicanconf.py",),
    "eleventy": eleventy.CONFIGS,
    "astro": site.CONFIGS,
}
"""Kind -> the files one of which lies at the top of such a site; exports have no such mark."""


def check(kind: str, folder: Folder) -> None:
    """Raises SiteError where `folder` is no site of that kind."""
    wanted = MARKS.get(kind, ())
    if not wanted or _marked(folder, wanted):
        return
    others = [other for other, marks in MARKS.items() if _marked(folder, marks)]
    looks = f" It looks like {others[0]}." if others else ""
    cure = (
        f"site-gen import {others[0]} DIR"
        if others
        else "name the folder in which it lies, or `site-gen import markdown DIR` for any folder"
    )
    message = f"no {wanted[0]} in {folder.root}: is this {_said(kind)} site?{looks}"
    raise SiteError([Problem("import/kind", message, None, cure)])


def check_apart(root: Path, source: Path) -> None:
    """Raises SiteError where the old site and ours, both resolved, lie in one another."""
    if not source.is_dir():
        return
    if source == root:
        message = f"{source} is this digest's own folder"
    elif source in root.parents:
        message = f"{source} contains this digest, {root}"
    elif root in source.parents:
        message = f"{source} lies in this digest, {root}"
    else:
        return
    cure = "import from a folder beside the digest, into one of its own: mkdir my-digest"
    raise SiteError([Problem("import/own-folder", message, None, cure)])


def _marked(folder: Folder, marks: tuple[str, ...]) -> bool:
    return any(fnmatch(name, mark) for name in folder.names for mark in marks)


def _said(kind: str) -> str:
    return f"{'an' if kind[0] in 'ae' else 'a'} {kind.capitalize()}"
