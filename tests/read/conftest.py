"""One content file read, without the engine."""

from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.model import Article
from site_gen.problems import layout
from site_gen.read.article import read_article
from site_gen.read.names import Names
from site_gen.settings import FeedSettings, Settings

SETTINGS = Settings(base_url="https://t.example", feeds=FeedSettings(tag="t.example,2024"))
DATED = "title: A\npublishedDateTime: 2024-02-17T09:00:00Z\n"


class Desk:
    """Reads articles under settings that a test may change."""

    def __init__(self) -> None:
        self.settings = SETTINGS

    def set(self, **changes: Any) -> None:
        """Other settings from now on."""
        self.settings = replace(self.settings, **changes)

    def outcome(
        self, block: str = "", body: str = "", path: str = "2024/a.md"
    ) -> tuple[Article | None, list[str]]:
        """The article and its problems laid out; title and date are added where not given."""
        head = block if "title:" in block else DATED + block
        found = read_article(f"---\n{head}---\n{body}", path, self.settings, Names(self.settings))
        return found.article, [layout(problem) for problem in found.problems]

    def read(self, block: str = "", body: str = "", path: str = "2024/a.md") -> Article:
        """An article without any problem."""
        article, problems = self.outcome(block, body, path)
        assert problems == []
        assert article is not None
        return article


@pytest.fixture
def desk() -> Desk:
    """A desk with plain settings."""
    return Desk()
