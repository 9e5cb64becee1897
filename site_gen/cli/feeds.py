"""`site-gen feeds`: feeds before and after a change."""

from pathlib import Path

import click

from site_gen.cli.context import say, show_problems


@click.group()
def feeds() -> None:
    """Compare feeds before and after a change."""


@feeds.command("diff")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def diff(context: click.Context, old: Path, new: Path) -> None:
    """Fail when guids of OLD are new in NEW: subscribers would see entries twice."""
    from site_gen.basics import files
    from site_gen.formats.feeds.churn import find_churn

    try:
        before, after = files.read_bytes(old.resolve()), files.read_bytes(new.resolve())
    except files.Unreadable as error:
        raise click.BadParameter(error.reason, param_hint="OLD NEW") from None
    found = tuple(find_churn(before, after))
    show_problems(found)
    if any(p.severity == "error" for p in found):
        context.exit(1)
    if not found:
        say(context, "No entry is announced again.")


COMMANDS = (feeds,)
