"""`site-gen explain`: what a page depends on, and why it was made."""

import json
from pathlib import Path
from typing import Any

import click

from site_gen.cli.build import checked_base_url, moment
from site_gen.cli.context import site_of, wants_json
from site_gen.cli.page_inputs import describe
from site_gen.engine.report import Options
from site_gen.problems import clean


@click.command()
@click.argument("path")
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("--future", is_flag=True, help="Include articles dated in the future.")
@click.option("-b", "--base-url", metavar="URL", help="The same as for the build.")
@click.option("-t", "--theme", metavar="NAME", help="The same as for the build.")
@click.option("--now", callback=moment, metavar="TIME", help="Use this as the current time.")
@click.pass_context
def explain(context: click.Context, /, path: str, **given: Any) -> None:
    """Show what the page at PATH depends on, and what changed since it was rendered.

    PATH is an address on the site (/editions/2024-W07/), a file of the output, or the content
    file of an article.
    """
    from site_gen.query import explain as look

    root = site_of(context)
    given["base_url"] = checked_base_url(given["base_url"])
    found = look(root, Options(**given), _inside(path, root))
    if found is None:
        raise click.BadParameter(f'the site has no page "{clean(path)}"', param_hint="PATH")
    if wants_json(context):
        click.echo(json.dumps({
            "path": found.path, "kind": found.kind, "template": found.template,
            "origin": found.origin, "current": found.current, "made": list(found.made),
            "inputs": [
                {"name": n, "meaning": describe(n, found.template), "digest": d, "changed": c}
                for n, d, c in found.inputs
            ],
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return
    changed = [name for name, _, differs in found.inputs if differs]
    click.echo(f"{clean(found.path)}: {found.kind}, {found.template}, from {clean(found.origin)}")
    click.echo(
        "up to date"
        if found.current
        else f"to be rendered: {', '.join(changed) or 'the file in the output changed'}"
    )
    click.echo(f"last rendered because of: {', '.join(found.made) or 'never'}")
    for name, digest, differs in found.inputs:
        if digest or differs:
            click.echo(f"  {'*' if differs else ' '} {name:<18} {describe(name, found.template)}")


def _inside(path: str, root: Path) -> str:
    """Return the path relative to the output or the site if there is such a file, else as given."""
    for top in (root / "public", root):
        try:
            inner = (Path.cwd() / path).resolve().relative_to(top).as_posix()
        except ValueError:
            continue
        if (top / inner).is_file():
            return inner
    return path


COMMANDS = (explain,)
