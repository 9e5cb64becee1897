"""Settings files named in the build commands of the old site."""

import os
import re
from collections.abc import Iterator

from site_gen.basics import files
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

_SCRIPTS = re.compile(
    r"(?:netlify\.toml|vercel\.json|package\.json|\.gitlab-ci\.yml|Makefile|makefile|Rakefile|Procfile"
    r"|Dockerfile|(?:bin/|scripts?/)?[\w.-]+\.sh|(?:bin|scripts?)/[\w-]+)"
)
_WORKFLOWS = ".github/workflows"
_CONFIG = re.compile(r"(?<![\w-])--config(?:=|\s+)[\"']?([\w./,-]{1,500})")
_OF_TESTS = re.compile(r"dev|local|staging|test|preview|draft", re.IGNORECASE)
MOST = 200_000
"""Bytes of a script."""


def configs(folder: Folder) -> list[str]:
    """The settings files that `--config` names, in their order, but for those of a trial."""
    named = (
        name.removeprefix("./")
        for text in _texts(folder)
        for found in _CONFIG.finditer(text)
        for name in found[1].split(",")
    )
    return [n for n in dict.fromkeys(named) if folder.first(n) and not _OF_TESTS.search(n)]


def _texts(folder: Folder) -> Iterator[str]:
    for name in filter(_SCRIPTS.fullmatch, folder.names):
        try:
            yield folder.text(name)
        except SiteError:
            continue
    workflows = folder.root / _WORKFLOWS
    if workflows.is_dir() and not workflows.is_symlink() and not workflows.parent.is_symlink():
        for name in sorted(os.listdir(workflows)):
            if name.endswith((".yml", ".yaml")):
                try:
                    data = files.read_bytes(workflows / name, MOST)
                except files.Unreadable:
                    continue
                yield data.decode("utf-8", "replace")
