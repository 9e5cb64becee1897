"""A small site folder, pages of our own words, and the conversion of sources in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_gen.convert.options import ConvertOptions
from site_gen.convert.receipts.report import ConvertReport
from site_gen.convert.run import convert_sources
from site_gen.settings import FeedSettings, Settings

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)

PROSE = (
    "The council of the harbour town voted on Tuesday to rebuild the old lighthouse by the spring.",
    "Work on the tower had stopped in 2019, when engineers found salt in the walls of the stair.",
    "The new plan keeps the lamp and its keeper's room, and replaces the lower third of the stone.",
    "Residents who followed the debate from the gallery applauded when the last vote was counted.",
)


def page(title: str = "Lighthouse to be rebuilt", *, head: str = "", extra: str = "") -> str:
    """A plain news page: navigation, four paragraphs, a footer."""
    body = "".join(f"<p>{text}</p>" for text in PROSE)
    return (
        f"<!doctype html><html lang='en'><head><title>{title} | Harbour Post</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/s'>Sport</a></nav><main><article>"
        f"<h1>{title}</h1>{body}{extra}</article></main>"
        "<footer><p>Copyright Harbour Post</p></footer></body></html>"
    )


class Folder:
    """A site in a folder of its own and what convert does there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = Settings(feeds=FeedSettings(tag="t.example,2024"))

    def put(self, path: str, text: str | bytes) -> None:
        """One file with these contents."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())

    def text(self, path: str) -> str:
        """The text of a file."""
        return (self.root / path).read_text("utf-8")

    def convert(self, *names: str, now: datetime = NOW, **asked: Any) -> ConvertReport:
        """A run over these sources."""
        options = ConvertOptions(**asked)
        return convert_sources(self.root, self.settings, list(names), options, now)

    def outcome(self, *names: str, **asked: Any) -> list[tuple[str, str]]:
        """(status, path) of each row of a run."""
        return [(row.status, row.path) for row in self.convert(*names, **asked).rows]

    def files(self) -> list[str]:
        """Every file below the site, sorted, without receipts."""
        found = (p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file())
        return sorted(p for p in found if not p.startswith(".site_gen/receipts/"))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty site."""
    return Folder(tmp_path)


@pytest.fixture
def news_page() -> Callable[..., str]:
    """Makes a news page."""
    return page
