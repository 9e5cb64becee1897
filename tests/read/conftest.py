"""One content file read, without the engine; a body read by the parser alone."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from site_gen.model import Article
from site_gen.problems import layout
from site_gen.read import markdown, plain_blocks
from site_gen.read.article import read_article
from site_gen.read.names import Names
from site_gen.read.parser import parser_for
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


PARSER = parser_for.__wrapped__


@cache
def _without(linkify: bool, with_html: bool) -> MarkdownIt:
    """The parser without the rules for plain blocks and texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_blocks, "add_plain", lambda parser: None)
        parser: MarkdownIt = PARSER(linkify, with_html)
        return parser


def parsed_without(text: str, **options: Any) -> markdown.Rendered:
    """The body `text` read by the parser's own rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "parser_for", _without)
        return markdown.parsed(text, "2024/a.md", **options)


@pytest.fixture(scope="session")
def long_way() -> Callable[..., markdown.Rendered]:
    """Reads a body without any of the short ways for plain ones."""
    return parsed_without
