"""`site-gen doctor`: what is around a site, and what to do about it."""

import json

import click

from site_gen.cli.context import is_quiet, root_of, wants_json
from site_gen.problems import clean

COLOURS = {"fine": "green", "warning": "yellow", "error": "red"}


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check what a site needs: programs, time zones, fonts, permissions, disk, non_ascii settings.

    Each problem comes with what to do. Nothing is changed. It exits with 1 if something cannot
    work. -q lists problems only.
    """
    from site_gen.doctor.run import examine

    found = examine(root_of(context))
    if wants_json(context):
        click.echo(json.dumps([each._asdict() for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            if each.level == "fine" and is_quiet(context):
                continue
            level = click.style(f"{each.level:<8}", fg=COLOURS[each.level])
            click.echo(f"{level} {each.name:<11} {clean(each.said, 400)}")
            if each.cure:
                click.echo(f"{'':<20} -> {clean(each.cure, 400)}")
    if any(each.level == "error" for each in found):
        context.exit(1)


COMMANDS = (doctor,)
