"""`site-gen trust`: let the plugins of a site run, once you have read them."""

import json
from typing import Any

import click

from site_gen.cli.context import say, site_of, wants_json
from site_gen.cli.options import site_with_settings
from site_gen.problems import clean


@click.command()
@click.option("--edits", is_flag=True, help="Trust later edits too: for those who write them.")
@click.option("--revoke", is_flag=True, help="Trust no plugin of this folder any more.")
@click.pass_context
def trust(context: click.Context, /, edits: bool, revoke: bool) -> None:
    """Allow the plugins that the settings name to run, as they are now.

    A plugin is a program with all your rights: read its code first. An edited plugin has to be
    trusted again. Your decision is kept in your own data folder.
    """
    from site_gen.plugins import trust as trusting
    from site_gen.plugins.discovery import find

    site_of(context)
    root, settings = site_with_settings(context)
    found = [] if revoke else [find(root, name) for name in dict.fromkeys(settings.plugins)]
    digests = {each.name: each.digest for each in found if each.in_site}
    trusting.write_trust(root, trusting.Trust(digests, edits))
    if wants_json(context):
        rows: list[dict[str, Any]] = [
            {
                "name": each.name,
                "path": each.shown,
                "digest": each.digest,
                "files": len(each.sources),
            }
            for each in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in found:
        count = len(each.sources)
        note = "" if each.in_site else " (installed: it needs no trust)"
        files = "" if count == 1 else f", {count} files"
        click.echo(f"{each.name}  {clean(each.shown, 400)}{files}  {each.digest}{note}")
    say(context, _summary(len(digests), edits=edits))


def _summary(count: int, *, edits: bool) -> str:
    if not count:
        return "no plugin of this folder may run"
    who = "1 plugin of this folder" if count == 1 else f"{count} plugins of this folder"
    as_they = "whatever becomes of its code" if edits else "as long as its code stays as it is"
    return f"{who} may run now, {as_they if count == 1 else as_they.replace('its', 'their')}"


COMMANDS = (trust,)
