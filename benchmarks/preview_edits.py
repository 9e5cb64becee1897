"""The saves by which previews are measured, each with its sign in the open page."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from contenders import MARK
from preview_servers import Server

NAMES = ("body", "title", "css", "template")
RULE = re.compile(r"\n:root \{ --bench.*\}\n")

Sign = tuple[str, str]
"""A selector and a text that the first such element must have, or `--bench` and its value."""


@dataclass(frozen=True)
class Edit:
    """A kind of save: the file, how to put a number into its text, the sign in the page."""

    name: str
    file: Path
    change: Callable[[str, int], str]
    sign: Callable[[int], Sign]
    in_place: bool

    def save(self, number: int) -> None:
        """Write the file with this number in it."""
        save(self.file, self.change(self.file.read_text("utf-8"), number), self.in_place)


def edits(server: Server, in_place: bool = False) -> dict[str, Edit]:
    """Return the edits by name for which the server's site has a file."""
    template, line = server.template
    sheet = server.site.folder / server.stylesheet
    kinds: tuple[tuple[str, Path, Callable[[str, int], str], Callable[[int], Sign]], ...] = (
        ("body", server.article, body, lambda n: ("body", f"Body token {n}.")),
        ("title", server.article, title, lambda n: ("h1", f"Title {n} of it")),
        ("css", sheet, css, lambda n: ("--bench", str(n))),
        ("template", template, partial(marked, line), lambda n: ("body", f"mark{n}")),
    )
    return {kind[0]: Edit(*kind, in_place) for kind in kinds if kind[1].is_file()}


def body(text: str, number: int) -> str:
    """Replace the last sentence."""
    return re.sub(r"Body token \d+\.", f"Body token {number}.", text)


def title(text: str, number: int) -> str:
    """Replace the title of the article, not those of related articles."""
    return re.sub(r"(?m)^title: .*$", f"title: Title {number} of it", text, count=1)


def css(text: str, number: int) -> str:
    """Append a rule, replacing the one of the last save."""
    return RULE.sub("", text) + f"\n:root {{ --bench: {number}; }}\n"


def marked(line: str, text: str, number: int) -> str:
    """Insert a paragraph after the line, replacing the one of the last save."""
    return MARK.sub("", text).replace(line, f"{line}<p>mark{number}</p>\n", 1)


def save(file: Path, text: str, in_place: bool = False) -> None:
    """Write a new file over the old one, as most editors do, or into the old one."""
    if in_place:
        file.write_text(text, encoding="utf-8")
        return
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, file)
