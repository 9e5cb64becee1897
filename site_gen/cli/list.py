"""`site-gen list`: what the site holds."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from site_gen.cli.build import moment
from site_gen.cli.main import show_problems, site_of, wants_json
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
                "lead": e.cards[0].title if e.cards else e.ref.title,
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


COMMANDS = (list_,)
