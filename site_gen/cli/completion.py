"""`site-gen completion`: completes commands, options and their values in a shell.

The words come from the commands themselves.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, get_completion_class

from site_gen.cli.context import COMPLETING, root_of

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script with which SHELL completes commands of site-gen.

    docs/commands.md says how to install it.
    """
    found = get_completion_class(shell)
    assert found is not None, "click knows these shells"
    root = context.find_root()
    click.echo(found(root.command, {}, "site-gen", COMPLETING).source())


if TYPE_CHECKING:
    Text = click.ParamType[str]
else:
    Text = click.ParamType  # takes no type before click 8.3


class Completed(Text):
    """A parameter type that only adds completions: `words`, or files if None."""

    name = "text"

    def __init__(self, words: Callable[[click.Context], Iterable[str]] | None) -> None:
        self.words = words

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        if self.words is None:
            return [CompletionItem(incomplete, type="file")]
        return [CompletionItem(w) for w in self.words(ctx) if w.startswith(incomplete)]


def complete(command: click.Command) -> None:
    """Add completions to the text parameters of a command and its subcommands."""
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        complete(child)
    for param in command.params:
        if param.type is click.STRING and param.name in WORDS:
            param.type = Completed(WORDS[param.name])


TAKE_OPEN = ("check", "list", "stories")
"""Commands that accept `open` for the current edition."""


def _editions(context: click.Context) -> Iterator[str]:
    """Return the ids of editions that have a note or a lock, or are built."""
    root = root_of(context)
    found = {path.stem for path in _inside(root / "content/editions", (".md", ".lock"))}
    found |= {path.name for path in _inside(root / "public/editions", ("",)) if path.is_dir()}
    yield from sorted((name for name in found if re.search(r"\d", name)), reverse=True)
    if context.command.name in TAKE_OPEN:
        yield "open"


def _inside(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if path.suffix in endings)


def _themes(context: click.Context) -> list[str]:
    from site_gen.theme.chain import available

    return available(root_of(context))


def _kinds(context: click.Context) -> Iterable[str]:
    from site_gen.importers import KINDS

    return KINDS


WORDS: dict[str, Any] = {
    "edition": _editions,
    "theme": _themes,
    "name": _themes,
    "kind": _kinds,
    **dict.fromkeys(("files", "file", "paths", "sources", "folder", "output", "path", "to")),
}
"""Name of a parameter -> function that returns its words, or None for files."""


COMMANDS = (completion,)
