"""What the tests of several hosts share: the site as it is served."""

from pathlib import Path
from typing import Any

from .conftest import ARTICLE


def build_more(digest: Any) -> None:
    digest.put("content/light.md", ARTICLE.format(title="A light", date="2026-03-05T07:30:00Z"))
    digest.build()


def served(root: Path) -> dict[str, bytes]:
    """Every file below a folder but our own marks."""
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.name.startswith(".site_gen") and p.name != ".nojekyll"
    }


def wanted(digest: Any) -> dict[str, bytes]:
    found = served(digest.root / "public")
    return {p: d for p, d in found.items() if p not in ("_headers", "_redirects")}
