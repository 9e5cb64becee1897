"""Old sites written from one string, and moved in."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.importers.old_site import Wishes
from site_gen.importers.run import Outcome, import_site

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
Move = Callable[..., Outcome]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The old site's folder."""
    folder = tmp_path / "old"
    folder.mkdir()
    return folder


@pytest.fixture
def put(old: Path) -> Callable[[str], None]:
    """`put(text)`: files of the old site from sections that begin with `-- path --`."""

    def write(text: str) -> None:
        for part in ("\n" + text.lstrip("\n")).split("\n-- ")[1:]:
            path, _, body = part.partition(" --\n")
            target = old / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, "utf-8")

    return write


@pytest.fixture
def move(site: Any, old: Path) -> Move:
    """`move(kind, ...)`: the old site into the new one."""

    def moved(kind: str, *, feed: Path | None = None, dry: bool = False, **wishes: Any) -> Outcome:
        source = wishes.pop("source", old)
        return import_site(site.root, source, Wishes(kind=kind, **wishes), NOW, feed=feed, dry=dry)

    return moved


@pytest.fixture
def held_back(site: Any) -> Callable[[Outcome], list[str]]:
    """`held_back(outcome)`: the files that are not public and named, once the site is built:
    "wordshown" must stand in it, and "wordkept" must not."""

    def told(outcome: Outcome) -> list[str]:
        assert site.build().ok
        everything = b"".join(site.tree().values())
        assert b"wordshown" in everything
        assert b"wordkept" not in everything
        private = {place.entry.source for place in outcome.places.placed if place.entry.private}
        return sorted(private | {path for path, _ in outcome.site.unpublished})

    return told
