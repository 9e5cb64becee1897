"""`site-gen theme`: lists, shows, starts and changes themes."""

import json
from pathlib import Path

import click

from site_gen import settings as settings_room
from site_gen.cli.context import root_of, say, wants_json
from site_gen.problems import (
    Problem,
    SiteError,
    UsageError,
    Where,
    clean,
    did_you_mean,
    shown,
)


@click.group()
def theme() -> None:
    """List, show, create and change themes."""


@theme.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """List the available themes."""
    from site_gen.theme.chain import available, chain

    root = root_of(context)
    rows = []
    for name in available(root):
        layers = [x for x in chain(root, name) if x.key != "overrides"]
        config = layers[0].config
        rows.append(
            {
                "name": name,
                "version": str(config.get("version", "")),
                "extends": str(config.get("extends", "")),
                "description": str(config.get("description", "")),
                "from": layers[0].shown,
            }
        )
    if wants_json(context):
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        based = f" (extends {row['extends']})" if row["extends"] else ""
        click.echo(f"{row['name']:<14} {row['version']:<8} {clean(row['description'], 70)}{based}")


@theme.command("show")
@click.argument("name", required=False)
@click.pass_context
def show(context: click.Context, name: str | None) -> None:
    """Show layers, options and templates of a theme, and the views that each template gets."""
    from site_gen.theme.chain import available, chain
    from site_gen.theme.options import declared

    root = root_of(context)
    if name and name not in available(root):
        text = f"there is no theme {shown(name)}.{did_you_mean(name, available(root))}"
        cure = f"choose one of {', '.join(available(root))}"
        raise UsageError([Problem("theme/missing", text, help=cure)])
    name = name or _settings(root).theme
    layers = chain(root, name)
    options = declared(layers)
    offered = views_offered()
    files = {f: layer.key for layer in reversed(layers) for f in layer.templates}
    data = {
        "name": name,
        "layers": [{"name": x.key, "folder": x.shown} for x in layers],
        "options": options,
        "templates": {f: {"from": key, "views": list(offered.get(f, ()))}
                      for f, key in sorted(files.items())},
    }  # fmt: skip
    if wants_json(context):
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    click.echo("layers: " + " < ".join(x.key for x in layers))
    for option, entry in sorted(options.items()):
        click.echo(
            f"option {option} ({entry['type']}, default {entry.get('default')!r}): "
            f"{clean(str(entry.get('help', '')), 80)}"
        )
    for file, key in sorted(files.items()):
        click.echo(f"{file:<18} {key:<14} {', '.join(offered.get(file, ()))}".rstrip())


def views_offered() -> dict[str, tuple[str, ...]]:
    """Return the views that each template may use, by template."""
    from site_gen.formats.html import template_context
    from site_gen.formats.mail import letter as email_edition

    return template_context.OFFERED | dict.fromkeys(email_edition.TEMPLATES, email_edition.OFFERED)


@theme.command("new")
@click.argument("name")
@click.option("--extends", default="broadsheet", show_default=True, metavar="NAME")
@click.pass_context
def new(context: click.Context, name: str, extends: str) -> None:
    """Create a theme in themes/NAME that extends another."""
    from site_gen.theme.chain import OVERRIDES, available

    root = root_of(context)
    if settings_room.find(root) is None:
        raise SiteError(settings_room.load(root).problems)
    if not name.replace("-", "").replace("_", "").isalnum() or name == OVERRIDES:
        raise click.BadParameter("use letters, digits, - and _", param_hint="NAME")
    names = available(root)
    if extends not in names:
        raise click.BadParameter(
            f"there is no theme {clean(extends)}." + did_you_mean(extends, names),
            param_hint="--extends",
        )
    _write(
        context,
        root / "themes" / name / "theme.toml",
        f'name = "{name}"\nversion = "0.1.0"\ndescription = ""\nextends = "{extends}"\n'.encode(),
    )
    for folder in ("templates", "assets"):
        (root / "themes" / name / folder).mkdir(exist_ok=True)
    say(
        context,
        f'Set theme = "{name}"; `site-gen theme eject TEMPLATE` copies what you want to change.',
    )


@theme.command("eject")
@click.argument("template")
@click.option("--to", metavar="THEME", help="Your theme to copy it to (default: overrides).")
@click.pass_context
def eject(context: click.Context, template: str, to: str | None) -> None:
    """Copy TEMPLATE of the current theme into a theme of your own, so that you can change it."""
    from site_gen.theme.chain import OVERRIDES, chain

    root = root_of(context)
    own = {path.parent.name for path in (root / "themes").glob("*/theme.toml")}
    if to and to not in own:
        raise click.BadParameter(
            f"there is no themes/{clean(to)}; `site-gen theme new` starts one."
            + did_you_mean(to, own),
            param_hint="--to",
        )
    layers = chain(root, _settings(root).theme)
    kind = "templates" if any(template in x.templates for x in layers) else "assets"
    source = next(
        (getattr(x, kind)[template] for x in layers if template in getattr(x, kind)), None
    )
    if source is None:
        names = {f for x in layers for f in (*x.templates, *x.assets)}
        raise click.BadParameter(
            f"the theme has no {clean(template)}." + did_you_mean(template, names),
            param_hint="TEMPLATE",
        )
    mine = root / "themes" / (to or OVERRIDES)
    _write(context, mine / kind / template, source.data)
    remembered = mine / UPSTREAM / kind / template
    remembered.parent.mkdir(parents=True, exist_ok=True)
    remembered.write_bytes(source.data)


UPSTREAM = ".upstream"
"""The folder with the originals of ejected files, for `theme diff`."""


@theme.command("diff")
@click.argument("template", required=False)
@click.option("--seen", is_flag=True, help="Do not show these changes again.")
@click.pass_context
def diff(context: click.Context, template: str | None, seen: bool) -> None:
    """Show what changed in the originals of ejected files since they were copied."""
    from site_gen.theme.chain import chain

    root = root_of(context)
    layers = chain(root, _settings(root).theme)
    changed = 0
    for folder in sorted((root / "themes").glob(f"*/{UPSTREAM}")):
        mine = next((at for at, x in enumerate(layers) if x.key == folder.parent.name), None)
        if mine is None:
            continue
        for kind in ("templates", "assets"):
            for path in sorted(p for p in (folder / kind).rglob("*") if p.is_file()):
                name = path.relative_to(folder / kind).as_posix()
                if template not in (None, name):
                    continue
                now = next(
                    (getattr(x, kind)[name].data for x in layers[mine + 1 :]
                     if name in getattr(x, kind)), b"",
                )  # fmt: skip
                shown_name = f"{folder.parent.name}/{kind}/{name}"
                changed += _print_difference(shown_name, path.read_bytes(), now)
                if seen:
                    path.write_bytes(now)
    if not changed:
        say(context, "nothing changed in what your files were copied from")


def _print_difference(name: str, before: bytes, now: bytes) -> bool:
    """Print the difference; return whether there is one."""
    from difflib import unified_diff

    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, now))
    lines = list(unified_diff(old, new, f"{name} (as copied)", f"{name} (now)", lineterm=""))
    for line in lines:
        click.echo(clean(line, 400))
    return bool(lines)


def _write(context: click.Context, path: Path, data: bytes) -> None:
    if path.exists() or path.is_symlink():
        raise UsageError(
            [
                Problem(
                    "theme/exists",
                    "the file is there already",
                    Where(str(path)),
                    "remove it first, or edit it",
                )
            ]
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    say(context, f"created  {clean(str(path), 400)}")


def _settings(root: Path) -> settings_room.Settings:
    loaded = settings_room.load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    return loaded.settings


COMMANDS = (theme,)
