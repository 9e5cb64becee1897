"""`site-gen upgrade`: what changed for this site since the version that built it last."""

import json
import re

import click

from site_gen import __version__
from site_gen.cli.context import say, show_problems, site_of, wants_json
from site_gen.problems import Problem, SiteError, UsageError, clean, shown


@click.command()
@click.option("--from", "since", metavar="VERSION", help="As if this version had built it last.")
@click.pass_context
def upgrade(context: click.Context, /, since: str | None) -> None:
    """Say what changed for this site since the version of site-gen that built it last.

    Changes that concern its settings are told with what to do, settings that are called otherwise
    now with their lines. Nothing is written. Run it before the first build with a new version.
    """
    from site_gen import settings as settings_room
    from site_gen.doctor.upgrade import changes
    from site_gen.output import built_by

    if since is not None and not re.match(r"v?\d+(\.\d+)*", since):
        problem = f"--from {shown(since)} is no version"
        cure = f"write one such as {__version__}"
        raise UsageError([Problem("usage/version", problem, help=cure)])
    root = site_of(context)
    loaded = settings_room.load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    last = (
        built_by.read_version(root, root / "public") if since is None else since.removeprefix("v")
    )
    renamed = tuple(p for p in loaded.problems if p.code == "settings/renamed")
    found = changes(loaded.settings, last, __version__)
    if wants_json(context):
        rows = [{"version": c.version, "said": c.said, "cure": c.cure} for c in found]
        told = {"from": last, "to": __version__, "changes": rows, "renamed": len(renamed)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        say(context, f"built last by {clean(last, 40) or 'a version that is not known'}; "
            f"this is {__version__}")  # fmt: skip
        for each in found:
            click.echo(f"{each.version}: {each.said}")
            click.echo(f"{'':<7}-> {each.cure}")
    show_problems(renamed)
    if not found and not renamed:
        say(context, "nothing changed that concerns this site")


COMMANDS = (upgrade,)
