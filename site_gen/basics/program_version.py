"""The version of the program and of its rendering libraries, as part of every key."""

import os
import sys
from itertools import chain
from pathlib import Path

from site_gen.basics import digest

PACKAGE = Path(__file__).resolve().parent.parent
THEMES = PACKAGE.parent / "themes"
"""The shipped themes of a source checkout; a wheel has them inside the package."""

LIBRARIES = (
    *("babel", "css-inline", "feedgen", "jinja2", "linkify-it-py", "lxml", "markdown-it-py"),
    *("markupsafe", "mdit-py-plugins", "msgspec", "nh3", "pillow", "python-frontmatter"),
    *("pyyaml", "tzdata"),
)


INFO = ".dist-info"

NOT_CODE = frozenset(("__pycache__", "_themes", "_docs"))
"""Folders of the package without code. Themes are in the keys on their own."""


def quick_stamp() -> str:
    """A cheap stamp that changes whenever the program's files or installed packages may have."""
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
    """The digest of the program's code and the versions of its rendering libraries."""
    parts = [f"{sys.version_info[:3]}"]
    top = f"{PACKAGE}{os.sep}"
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(set(folders) - NOT_CODE)
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    data = file.read()
                parts += [path.removeprefix(top).replace(os.sep, "/"), digest.of_bytes(data)]
    installed = _installed()
    parts += [f"{name}={installed.get(name) or _version(name)}" for name in LIBRARIES]
    return digest.of_parts(*parts)


def _installed() -> dict[str, str]:
    """Versions of packages by name, read from folder names; usually one for each package.

    Asking `importlib.metadata` takes as long as hashing the whole program.
    """
    found: dict[str, list[str]] = {}
    for entry in sys.path:
        try:
            names = sorted(os.listdir(entry or "."))
        except OSError:  # an archive, or nothing
            continue
        for name in names:
            if name.endswith(INFO):
                package, _, version = name.removesuffix(INFO).rpartition("-")
                found.setdefault(package.lower().replace("_", "-"), []).append(version)
    return {name: " ".join(versions) for name, versions in found.items()}


def _version(name: str) -> str:
    """The version of a package that is installed elsewhere."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
