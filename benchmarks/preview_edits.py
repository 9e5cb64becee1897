"""The saves that the previews are measured by, and the sign of each in the open page."""

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
    """A kind of save: the file, how its text comes to have a number, its sign in the page."""

    name: str
    file: Path
    change: Callable[[str, int], str]
    sign: Callable[[int], Sign]
    in_place: bool

    def save(self, number: int) -> None:
        """Write the file with this number in it."""
        save(self.file, self.change(self.file.read_text("utf-8"), number), self.in_place)


def edits(server: Server, in_place: bool = False) -> dict[str, Edit]:
    """By name, those that the server's site has a file for."""
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
    """Another last sentence."""
    return re.sub(r"Body token \d+\.", f"Body token {number}.", text)


def title(text: str, number: int) -> str:
    """Another title of the article, not of what is related to it."""
    return re.sub(r"(?m)^title: .*$", f"title: Title {number} of it", text, count=1)


def css(text: str, number: int) -> str:
    """A rule more at the end, in place of the last time's."""
    return RULE.sub("", text) + f"\n:root {{ --bench: {number}; }}\n"


def marked(line: str, text: str, number: int) -> str:
    """A paragraph after the line, in place of the last time's."""
    return MARK.sub("", text).replace(line, f"{line}<p>mark{number}</p>\n", 1)


def save(file: Path, text: str, in_place: bool = False) -> None:
    """As most editors do: a new file over the old one; or into the old one."""
    if in_place:
        file.write_text(text, encoding="utf-8")
        return
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, file)
