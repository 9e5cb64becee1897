"""Markdown from a cleaned tree: ATX headings, `-` bullets, special characters escaped."""

import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from site_gen.convert.html.tree import Element, serialised

_LANGUAGE = re.compile(r"(?:^|\s)(?:lang|language|highlight-source)-([\w+#-]{1,20})(?:\s|$)")
_MARKS = re.compile(r"([\\\[\]*_`<>&!])")
_ALWAYS = re.compile(r"([\\\[\]*`<]|~(?=~)|&(?=#?\w{1,30};)|(?<!\w)_|_(?!\w))")
_AT_START = re.compile(r"^(\s*\d{0,9})([-+>#=~]|(?<=\d)[.)](?=\s|$))")
_BLANKS = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


class Converter(MarkdownConverter):
    """Where markdownify's output is not what an editor would write."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape only what Markdown would interpret: a number with a full stop only at the start of
        a line, an ampersand only before an entity's name."""
        made = _ALWAYS.sub(r"\\\1", text)
        made = _AT_START.sub(r"\1\\\2", made)
        return made.replace("|", "\\|") if parent_tags & {"td", "th"} else made

    def convert_figure(self, element: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_img(self, element: Any, text: str, parent_tags: set[str]) -> str:
        source = element.get("src", "")
        alt = _MARKS.sub(r"\\\1", " ".join(element.get("alt", "").split()))
        title = " ".join(element.get("title", "").split())
        if not source:
            return ""
        quoted = title.replace("\\", "\\\\").replace('"', '\\"')
        # simpler tools than a Markdown parser end a picture at the first bracket
        quoted = quoted.replace("(", "&#40;").replace(")", "&#41;")
        return f'![{alt}]({source} "{quoted}")' if title else f"![{alt}]({source})"

    def convert_dt(self, element: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n" if text.strip() else ""

    def convert_dd(self, element: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_table(self, element: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n" if text.strip(" \n|-") else ""


def written(root: Element) -> str:
    """The Markdown of `root`, with one blank line between paragraphs, ending with a newline."""
    soup = BeautifulSoup(serialised(root), "html.parser")
    text = Converter(**OPTIONS).convert_soup(soup)
    return _TRAILING.sub("", _BLANKS.sub("\n\n", text)).strip() + "\n" if text.strip() else ""


def _language(element: Any) -> str:
    for holder in (element, element.find("code")):
        found = _LANGUAGE.search(" ".join(holder.get("class", []))) if holder else None
        if found:
            return found[1]
    return ""


_code_language: Callable[[Any], str] = _language
OPTIONS: dict[str, Any] = {
    "heading_style": "atx",
    "bullets": "-",
    "escape_misc": True,
    "newline_style": "backslash",
    "wrap": True,
    "wrap_width": None,
    "table_infer_header": True,
    "code_language_callback": _code_language,
    "keep_inline_images_in": ["td", "th"],
    "sub_symbol": "<sub>",
    "sup_symbol": "<sup>",
}
