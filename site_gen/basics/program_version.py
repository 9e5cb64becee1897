"""The version of the program and of what it renders with, as a key: another one, another site."""

import os
import sys
from itertools import chain
from pathlib import Path

from site_gen.basics import digest

PACKAGE = Path(__file__).resolve().parent.parent
THEMES = PACKAGE.parent / "themes"
"""The shipped themes of a source checkout; a wheel has them inside the package."""

LIBRARIES = (
    *("babel", "feedgen", "jinja2", "linkify-it-py", "lxml", "markdown-it-py"),
    *("markupsafe", "mdit-py-plugins", "msgspec", "nh3", "pillow", "python-frontmatter"),
    *("pyyaml", "tzdata"),
)


OTHERS = frozenset(("__pycache__", "_themes", "_docs"))
"""Folders of the package whose files are no code: themes are in the keys by themselves."""


def quick_stamp() -> str:
    """Cheap: changes whenever the program's files or the installed packages may have."""
    parts = [sys.version]
    shipped = () if (PACKAGE / "_themes").is_dir() else os.walk(THEMES)
    for folder, folders, names in chain(os.walk(PACKAGE), shipped):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            parts.append(f"{name}:{status.st_size}:{status.st_mtime_ns}")
    for entry in sys.path:
        try:
            parts.append(f"{entry}:{os.stat(entry).st_mtime_ns}" if "-packages" in entry else "")
        except OSError:
            continue
    return digest.of_parts(*parts)


def exact_key() -> str:
    """The bytes of the program's own code and the versions of what it renders with."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [f"{sys.version_info[:3]}"]
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and OTHERS.isdisjoint(path.parts):
            parts += [path.relative_to(PACKAGE).as_posix(), digest.of_bytes(path.read_bytes())]
    for name in LIBRARIES:
        try:
            parts.append(f"{name}={version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} absent")
    return digest.of_parts(*parts)
