"""`site-gen publish`: the built site to where it is served from."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from site_gen.cli.context import is_quiet, say, show_problems, site_of, source_date, wants_json
from site_gen.cli.options import site_with_settings
from site_gen.cli.progress import is_watched
from site_gen.engine.report import Options


@click.command()
@click.option("--to", "target", default="", metavar="TARGET",
              help="Use this target instead of the settings' target.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be sent; send nothing.")
@click.option("-o", "--output", type=click.Path(file_okay=False), metavar="DIR",
              help="Folder of the built site  [default: public]")  # fmt: skip
@click.pass_context
def publish(context: click.Context, /, **given: Any) -> None:
    """Upload what changed in the built site to its host.

    New files go first, then pages; old files are removed last. After an interruption, run it again.
    """
    from site_gen.check import feeds_compared
    from site_gen.deliver.announce import announce
    from site_gen.deliver.publish import publish as send
    from site_gen.deliver.publish import target_name
    from site_gen.engine.site import output_folder
    from site_gen.plugins.load import load
    from site_gen.workers.process_lock import build_lock

    site_of(context)
    root, settings = site_with_settings(context)
    plugins = load(root, settings.plugins)
    name = target_name(settings, given["target"], plugins)
    folder = Path(given["output"]) if given["output"] else None
    now = source_date() or datetime.now(UTC)
    output = output_folder(root, Options(now=now, output=folder))
    work = root / ".site_gen"
    work.mkdir(exist_ok=True)
    with build_lock(work):  # what is sent is one build, and no other one amid it
        dry = given["dry_run"]
        found = send(root, output, settings, name, now, _progress(context), plugins, dry_run=dry)
        if not given["dry_run"]:
            feeds_compared.keep(root, output)
    counts = {
        "target": name, "dryRun": given["dry_run"], "sent": len(found.assets) + len(found.pages),
        "bytes": found.bytes, "removed": len(found.removed), "unchanged": found.unchanged,
    }  # fmt: skip
    if wants_json(context):
        click.echo(json.dumps(counts, indent=2))
    else:
        verb = "would send" if given["dry_run"] else "sent"
        say(context, f"{verb} {counts['sent']} files ({found.bytes / 1e6:.1f} MB) to {name}, "
            f"{counts['removed']} removed, {found.unchanged} unchanged")  # fmt: skip
    if not given["dry_run"]:
        show_problems(tuple(announce(root, settings, found)))


def _progress(context: click.Context) -> Callable[[int, int], None]:
    watched = is_watched(quiet=is_quiet(context))

    def show(done: int, total: int) -> None:
        if watched:
            end = "" if done < total else "\r\x1b[K"
            click.echo(f"\r\x1b[K{done} of {total} files{end}", nl=False, err=True)

    return show


COMMANDS = (publish,)
