"""`site-gen inspect`: what a conversion keeps and cuts."""

import json
from typing import Any

import click

from site_gen.cli.options import as_json, colour, format_option, site_with_settings

STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "kept": {"fg": "green"},
    "cut": {"fg": "red"},
    "moved": {"fg": "cyan"},
    "note": {"fg": "yellow"},
    "plain": {},
}


@click.command()
@click.argument("file")
@click.option("--split/--no-split", default=None, help="As for convert.")
@format_option
@click.pass_context
def inspect(context: click.Context, file: str, split: bool | None, form: str | None) -> None:
    """Show what a conversion of FILE keeps and cuts, rule by rule; write nothing."""
    from site_gen.convert.options import ConvertOptions
    from site_gen.convert.receipts import inspect as inspection
    from site_gen.plugins.load import load

    root, settings = site_with_settings(context)
    plugins = load(root, settings.plugins)
    found = inspection.inspect_document(root, settings, file, ConvertOptions(split=split), plugins)
    if as_json(context, form):
        click.echo(json.dumps(inspection.as_data(found), ensure_ascii=False, indent=2, default=str))
        return
    for style, line in inspection.as_lines(found):
        click.echo(click.style(line, **STYLES[style]), color=colour(context))


COMMANDS = (inspect,)
