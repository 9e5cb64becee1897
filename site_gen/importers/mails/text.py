"""The plain text of a mail that was sent, as Markdown: what it looks like there, it is here."""

import re
from collections import Counter
from textwrap import dedent

from site_gen.importers.mails import links, tags
from site_gen.importers.mails.mail_html import FRAME_WORDS, MOST

_SIGNATURE = re.compile(r"^-- ?\n.*\Z", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"[ \t]*([-=_*~#+.])(?:[ \t]*\1){4,}[ \t]*")
_BULLET = re.compile(r"[ \t]*[•·●▪‣◦][ \t]+")
_URL = re.compile(r"https?://[^\s<>]+")


def markdown(text: str, left: Counter[str]) -> str:
    """Its paragraphs; lines about leaving the list are left out and counted in `left`.

    A row of signs under one short line is a heading, any other row a rule; Markdown would take
    each for a heading of all above it.
    """
    body = _SIGNATURE.sub("", f"{text.rstrip()}\n")
    if len(body) < len(text.rstrip()):
        left["the signature below a mail"] += 1
    made: list[str] = []
    for block in re.split(r"\n[ \t]*\n", body):
        words = " ".join(block.split())
        if FRAME_WORDS.search(words) and len(words) <= MOST and _URL.search(words):
            left[words[:80]] += 1
        elif words:
            made.append(_block(_shifted(block.strip("\n")).split("\n")))
    return _URL.sub(lambda m: links.without_reader(m[0]), "\n\n".join(made))


def without_tags(text: str, left: Counter[str], lost: list[str]) -> str:
    """Markdown, or text, without what a service puts in for each reader: see `mail_tags.py`."""
    text = tags.for_all(_REMARK.sub("", text), lost)
    if tags.OF_THE_FRAME.search(text):
        blocks = re.split(r"(\n[ \t]*\n)", text)
        for at, block in enumerate(blocks):
            words = " ".join(block.split())
            if tags.OF_THE_FRAME.search(block) and len(words) <= MOST:
                left[words[:80]] += 1
                blocks[at] = ""
        text = "".join(blocks)
    return tags.without_values(text, lost)


_REMARK = re.compile(r"<!--\s*buttondown-editor-mode[^>]*-->\s*")


def _shifted(block: str) -> str:
    """Without the indentation that would make code of all of it."""
    return dedent(block) if all(line.startswith("    ") for line in block.split("\n")) else block


def _block(lines: list[str]) -> str:
    made: list[str] = []
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            if number == 1 and len(lines[0].strip()) <= len(line.strip()) * 2 and made:
                made[0] = f"## {lines[0].strip().lstrip('#').strip()}\n"
            else:
                made += ["", "---", ""]
        elif _BULLET.match(line):
            made.append(_BULLET.sub("- ", line))
        else:
            made.append(line.rstrip())
    return "\n".join(made).strip("\n")
