"""Raw digests and slugs of the existing content, found without parsing."""

import os
import re
from pathlib import Path

from site_gen.basics import files, slugs
from site_gen.convert.drafts.duplicates import Addresses

HEAD = 1 << 16
_DIGEST = re.compile(rb"""^rawDigest:[ \t]*["']?([0-9a-f]{16,64})["']?[ \t]*$""", re.MULTILINE)
_DRAFT = re.compile(rb"^draft[ \t]*:[ \t]*true\b", re.MULTILINE | re.IGNORECASE)
_SLUG = re.compile(rb"""^slug:[ \t]*["']?([^\r\n"'#]{1,300}?)["']?[ \t]*$""", re.MULTILINE)


class ExistingContent:
    """Content files by raw digest, with their slugs and paths; `add` keeps it up to date."""

    def __init__(self, content: Path) -> None:
        self.by_digest: dict[str, list[str]] = {}
        self.slugs: set[str] = set()
        self.paths: set[str] = set()
        self.addresses = Addresses()
        for relative in articles(content):
            self.add(relative, _head(content / relative))

    def add(self, relative: str, head: bytes) -> None:
        """Add a file by its first bytes."""
        self.paths.add(slugs.folded(relative))
        block = head.partition(b"\n---")[0]
        self.addresses.add(relative, head[:HEAD], block)
        found = _DIGEST.search(block)
        if found:
            listed = self.by_digest.setdefault(found[1].decode(), [])
            if relative not in listed:
                listed.append(relative)
        slug = _SLUG.search(block)
        stem = relative.rpartition("/")[2].removesuffix(".md")
        self.slugs.add(slugs.folded(slug[1].decode("utf-8", "replace") if slug else stem))


def digest_in(data: bytes) -> str:
    """The rawDigest in a content file, or ""."""
    found = _DIGEST.search(data[:HEAD].partition(b"\n---")[0])
    return found[1].decode() if found else ""


def drafts(content: Path) -> list[str]:
    """Articles that convert made and nobody has accepted."""
    heads = ((path, _head(content / path).partition(b"\n---")[0]) for path in articles(content))
    return [path for path, head in heads if _DIGEST.search(head) and _DRAFT.search(head)]


def articles(content: Path) -> list[str]:
    """The Markdown files below `content`, sorted."""
    found = []
    for folder, folders, names in os.walk(content):
        inside = os.path.relpath(folder, content).replace(os.sep, "/")
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".md") and not files.is_leftover(name):
                found.append(name if inside == "." else f"{inside}/{name}")
    return sorted(found)


def _head(path: Path) -> bytes:
    try:
        return files.read_bytes(path)[:HEAD]
    except files.Unreadable:
        return b""
