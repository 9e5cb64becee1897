"""`site-gen config`: shows the settings and their schema."""

import json
import re
from typing import Any

import click

from site_gen import settings as settings_room
from site_gen.cli.context import root_of, say, show_problems, site_of, wants_json
from site_gen.problems import SiteError

KINDS = ("article", "note", "page", "lock")
"""Kinds of files with a schema, beside site.toml."""


@click.group()
def config() -> None:
    """Print the settings or their schema."""


@config.command("show")
@click.pass_context
def config_show(context: click.Context) -> None:
    """Print the effective settings, with defaults, as TOML (or JSON)."""
    import msgspec

    loaded = settings_room.load(root_of(context))
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    show_problems(loaded.problems)
    data = msgspec.to_builtins(loaded.settings)
    if wants_json(context):
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in _toml("", data):
            click.echo(line)


def _toml(prefix: str, table: dict[str, Any]) -> list[str]:
    lines = []
    for key, value in table.items():
        name = _key(key)
        if isinstance(value, dict) and value:
            lines += _toml(f"{prefix}{name}.", value)
        elif value is not None:
            lines.append(f"{prefix}{name} = {_inline(value)}")
    return lines


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _inline(key)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        inner = (f"{_key(k)} = {_inline(v)}" for k, v in value.items() if v is not None)
        return "{" + ", ".join(inner) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@config.command("schema")
@click.argument("kind", default="site", type=click.Choice(("site", *KINDS)), metavar="[KIND]")
@click.option("--write", is_flag=True, help="Write all schemas to .site_gen/schemas/.")
@click.pass_context
def config_schema(context: click.Context, kind: str, write: bool) -> None:
    """Print the JSON Schema of site.toml, or of another KIND: article, note, page, lock.

    Editors use it to complete and check what you type: see docs/editors.md.
    """
    from site_gen.read import schemas

    if not write:
        click.echo(schemas.as_json(kind))
        return
    for path in schemas.write(site_of(context)):
        say(context, f"written  {path}")


COMMANDS = (config,)
