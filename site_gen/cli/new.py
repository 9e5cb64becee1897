"""`site-gen new`: an article or an edition's note to write into."""

import click

from site_gen.cli.options import clock, now_option, site_with_settings


@click.group()
def new() -> None:
    """Start an article or the note of an edition."""


@new.command()
@click.argument("title")
@now_option
@click.pass_context
def article(context: click.Context, title: str, now: str | None) -> None:
    """Write an article with this TITLE to fill in, as a draft of this week."""
    from site_gen.convert.drafts.scaffold import new_article

    root, settings = site_with_settings(context)
    click.echo(new_article(root, settings, title, clock(now, settings)))


@new.command()
@click.argument("week", default="")
@now_option
@click.pass_context
def edition(context: click.Context, week: str, now: str | None) -> None:
    """Write the note of the edition of WEEK (such as 2024-W07; this week without it)."""
    from site_gen.convert.drafts.scaffold import new_edition

    root, settings = site_with_settings(context)
    click.echo(new_edition(root, settings, week, clock(now, settings)))


COMMANDS = (new,)
