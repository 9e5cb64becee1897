"""Writes docs/site-gen.1, the manual page, from the commands as `--help` shows them.

Run `python docs/make_man.py` when a command or an option changed; a test says when.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from site_gen import __version__
from site_gen.cli.main import COMMANDS, COMMON, group

DATE = "2026-11-27"
"""Of the version; a page without a date is a fault to those who check them."""
PAGE = Path(__file__).with_name("site-gen.1")
EXITS = (
    ("0", "Fine."),
    ("1", "Problems in the site, documents that failed or were put aside, or the system refused."),
    ("2", "Wrong usage: nothing was done."),
    ("3", "A bug of site-gen; the details are in .site_gen/crash.log."),
)
ENVIRONMENT = (
    ("SOURCE_DATE_EPOCH", "Seconds since 1970 that stand for the clock, unless --now is given."),
    ("NO_COLOR", "No colour, unless --color is given."),
    ("SITE_GEN_SMTP_PASSWORD", "Password of the mail server; docs/deliver.md names the tokens of "
     "services, docs/publish.md those of hosts."),
)  # fmt: skip
FILES = (
    ("site.toml", "The settings; or [tool.site_gen] in pyproject.toml."),
    ("content/", "Articles, notes of editions, pages and files."),
    ("themes/", "Themes of the site, and overrides."),
    ("public/", "What is built."),
    (".site_gen/", "What a build remembers; may be removed, but for quarantine/."),
)


def made() -> str:
    """The whole page, in the macros of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH SITE-GEN 1 "{DATE}" "site_gen {__version__}" "User Commands"'
    yield from (".SH NAME", r"site\-gen \- make a weekly news digest")
    yield from (".SH SYNOPSIS", r".B site\-gen")
    yield r"[\fIoptions\fR] \fIcommand\fR [\fIargument\fR ...]"
    yield from (".SH DESCRIPTION", _text(group.help or ""))
    yield from (".SH OPTIONS", "These may stand before or after the name of a command.")
    yield from _options((*COMMON, *(p for p in group.params if p.name == "version")))
    yield ".SH COMMANDS"
    with click.Context(group, info_name="site-gen") as context:
        for name, (_, short) in COMMANDS.items():
            command = group.get_command(context, name)
            if short and command:
                yield from _command(command, click.Context(command, context, name))
    for heading, rows in (
        ("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES),
    ):  # fmt: skip
        yield f".SH {heading}"
        for key, meaning in rows:
            yield from (".TP", f".B {_word(key)}", _text(meaning))


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    words = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_word(context.command_path)} {_word(words)}"
    for index, part in enumerate((command.help or "").split("\n\n")):
        yield from ((".PP",) if index else ())
        yield _text(" ".join(part.replace("\b", "").split()))
    yield from _options(p for p in command.params if isinstance(p, click.Option))
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _command(child, click.Context(child, context, name))


def _options(options: Iterable[click.Parameter]) -> Iterator[str]:
    for option in options:
        record = option.get_help_record(click.Context(group))
        if record:
            yield from (".TP", f".B {_word(record[0])}", _text(record[1] or "See --help."))


def _text(text: str) -> str:
    """Words as they are: no macro begins in them, and a hyphen can be copied."""
    text = re.sub(r"\s+", " ", text.strip()).replace("\\", r"\e").replace("-", r"\-")
    lines = textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(rf"\&{line}" if line.startswith((".", "'")) else line for line in lines)


def _word(text: str) -> str:
    """The same for a heading or a key, which is one line."""
    return _text(text).replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(made(), "utf-8")
