"""Inline tokens: their plain text, and the paragraphs that contain them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from site_gen.read import plain_inline

if TYPE_CHECKING:
    from markdown_it.token import Token


def text_token(content: str) -> "Token":
    """A token of nothing but text."""
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def paragraphs(children: "list[Token]") -> "Iterator[list[Token]]":
    """The content of each <p> of a block of HTML."""
    found: list[Token] | None = None
    for child in children:
        if child.tag == "p":
            yield found or []
            found = [] if child.nesting == 1 else None
        elif found is not None:
            found.append(child)
    yield found or []


def plain(children: "list[Token]") -> str:
    """The text of inline tokens, without mark-up, on one line."""
    return " ".join("".join(_plain(children)).split())


def _plain(children: "list[Token]") -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline", "text_special"):
            yield child.content
        elif child.type == "plain_text":
            yield plain_inline.text_of(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type in ("image", "html_image"):
            yield child.content
