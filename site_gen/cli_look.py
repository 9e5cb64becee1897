"""`site-gen list`, `explain` and `feeds`: looking at a site without changing it."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from site_gen.cli import say, show_problems, site_of, wants_json
from site_gen.cli_build import checked_base_url, moment
from site_gen.engine.report import Options
from site_gen.problems import clean

KINDS = ("articles", "editions", "drafts", "future", "topics", "providers")
Row = dict[str, Any]


@click.command("list")
@click.argument("what", type=click.Choice(KINDS), default="articles")
@click.option("-D", "--drafts", is_flag=True, help="Drafts too.")
@click.option("--future", is_flag=True, help="Articles whose time has not come, too.")
@click.option("--now", callback=moment, metavar="TIME", help="As if it were this time.")
@click.pass_context
def list_(context: click.Context, what: str, drafts: bool, future: bool, now: datetime) -> None:
    """List what the site holds."""
    from site_gen.engine.look import catalog_of

    options = Options(
        now=now,
        drafts=drafts or what == "drafts",
        future=future or what == "future",
        keep_going=True,
    )
    catalog, problems = catalog_of(site_of(context), options)
    rows = list(_rows(what, catalog))
    if wants_json(context):
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print(rows)
    errors = tuple(p for p in problems if p.severity == "error")
    show_problems(errors)
    if errors:
        context.exit(1)


def _rows(what: str, catalog: Any) -> Iterable[Row]:
    if what == "editions":
        for e in catalog.editions:
            yield {
                "id": e.ref.id,
                "number": e.ref.number,
                "first": str(e.ref.first),
                "last": str(e.ref.last),
                "stories": len(e.cards),
                "closed": e.ref.closed,
                "lead": e.cards[0].title,
            }
    elif what == "topics":
        for t in catalog.topics:
            yield {"slug": t.ref.slug, "name": t.ref.name, "stories": len(t.cards)}
    elif what == "providers":
        for p in catalog.providers:
            yield {"key": p.ref.key, "name": p.ref.name, "stories": len(p.cards)}
    else:
        for article in catalog.articles:
            card = article.card
            if (what == "drafts" and not card.draft) or (what == "future" and not card.future):
                continue
            yield {
                "date": card.date.strftime("%Y-%m-%d"),
                "edition": card.edition,
                "slug": card.slug,
                "title": card.title,
                "path": f"content/{article.path}",
            }


def _print(rows: list[Row]) -> None:
    """Columns as wide as their widest value."""
    if not rows:
        return
    table = [[clean("" if v is None else str(v), 60) for v in row.values()] for row in rows]
    heads = [str(key) for key in rows[0]]
    widths = [max(map(len, column)) for column in zip(heads, *table, strict=True)]
    for line in (heads, *table):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@click.command()
@click.argument("path")
@click.option("-D", "--drafts", is_flag=True, help="Drafts too.")
@click.option("--future", is_flag=True, help="Articles whose time has not come, too.")
@click.option("-b", "--base-url", metavar="URL", help="As the build was given it.")
@click.option("-t", "--theme", metavar="NAME", help="As the build was given it.")
@click.option("--now", callback=moment, metavar="TIME", help="As if it were this time.")
@click.pass_context
def explain(context: click.Context, /, path: str, **given: Any) -> None:
    """Say which named inputs the page at PATH has, and which changed since it was made.

    PATH is an address on the site (/editions/2024-W07/), a file of the output, or the content
    file of an article.
    """
    from site_gen.engine.look import explain as look

    root = site_of(context)
    given["base_url"] = checked_base_url(given["base_url"])
    found = look(root, Options(**given), _inside(path, root))
    if found is None:
        raise click.BadParameter(f'the site has no page "{clean(path)}"', param_hint="PATH")
    if wants_json(context):
        click.echo(json.dumps({
            "path": found.path, "kind": found.kind, "template": found.template,
            "origin": found.origin, "current": found.current, "made": list(found.made),
            "inputs": [{"name": n, "digest": d, "changed": c} for n, d, c in found.inputs],
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
        click.echo(f"  {'*' if differs else ' '} {name:<18} {digest}")


def _inside(path: str, root: Path) -> str:
    """An output path or content file as the plan names it."""
    for top in (root / "public", root):
        try:
            inner = (Path.cwd() / path).resolve().relative_to(top).as_posix()
        except ValueError:
            continue
        if (top / inner).is_file():
            return inner
    return path


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
    from site_gen.formats.churn import churn

    try:
        before, after = files.read_bytes(old.resolve()), files.read_bytes(new.resolve())
    except files.Unreadable as error:
        raise click.BadParameter(error.reason, param_hint="OLD NEW") from None
    found = tuple(churn(before, after))
    show_problems(found)
    if any(p.severity == "error" for p in found):
        context.exit(1)
    say(context, "No entry changed its guid.")


COMMANDS = (list_, explain, feeds)
