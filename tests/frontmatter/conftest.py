"""Front matter from a string, checked, with its problems as people read them."""

from typing import Any

import pytest

from site_gen.basics.files import decode
from site_gen.frontmatter import check, parse
from site_gen.model import FrontMatter
from site_gen.problems import SiteError, layout

PATH = "content/a.md"
DATED = "title: A\naddedDateTime: 2024-02-17\n"


class Desk:
    """Checks blocks of front matter."""

    def outcome(self, block: str, zone: Any = None) -> tuple[FrontMatter | None, list[str]]:
        """The front matter of a file with this block, and its problems laid out."""
        from datetime import UTC

        text = decode(f"---\n{block}---\nBody.\n".encode()).text
        try:
            raw, parts = parse(text, PATH)
        except SiteError as error:
            return None, [layout(p) for p in error.problems]
        matter, problems = check(raw, parts.head, PATH, zone or UTC)
        return matter, [layout(p) for p in problems]

    def good(self, block: str, zone: Any = None) -> FrontMatter:
        """Front matter without any problem; title and date are added."""
        matter, problems = self.outcome(DATED + block, zone)
        assert problems == []
        assert matter is not None
        return matter

    def warned(self, block: str) -> tuple[FrontMatter, list[str]]:
        """Front matter that stands, and the first line of each warning."""
        matter, problems = self.outcome(DATED + block)
        assert matter is not None, problems
        return matter, [p.split("\n")[0] for p in problems]

    def bad(self, block: str) -> list[str]:
        """The first lines of the problems of a block that does not stand."""
        matter, problems = self.outcome(DATED + block)
        assert matter is None
        return [p.split("\n")[0] for p in problems]


@pytest.fixture
def desk() -> Desk:
    """A desk."""
    return Desk()
