"""`site-gen list`: what the site holds."""

import json
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.build import moment
from site_gen.cli.context import say, show_problems, site_of, wants_json
from site_gen.engine.report import Options
from site_gen.problems import Problem, clean, did_you_mean

if TYPE_CHECKING:
    from site_gen.arrange.unpublished import Unpublished

KINDS = ("articles", "editions", "drafts", "future", "topics", "providers")
Row = dict[str, Any]

CELL = 400
"""Characters of one value."""

NARROW = 12
"""A column that is cut for a terminal keeps so many characters."""


@click.command("list")
@click.argument(
    "what", type=click.Choice(KINDS), default="articles", metavar=f"[{'|'.join(KINDS)}]"
)
@click.option("-D", "--drafts", is_flag=True, help="Include drafts.")
@click.option("--future", is_flag=True, help="Include articles dated in the future.")
@click.option("--edition", metavar="ID", help="Only this edition; `open`: the current one.")
@click.option("--now", callback=moment, metavar="TIME", help="Use this as the current time.")
@click.pass_context
def list_(
    context: click.Context,
    what: str,
    drafts: bool,
    future: bool,
    edition: str | None,
    now: datetime,
) -> None:
    """List what the site contains. Lines are cut at the terminal's width, but not in a pipe."""
    from site_gen.query import contents_of
    from site_gen.settings import load

    options = Options(
        now=now,
        drafts=drafts or what == "drafts",
        future=future or what == "future",
        keep_going=True,
    )
    root = site_of(context)
    contents = contents_of(root, options)
    catalog, problems = contents.catalog, contents.problems
    settled = load(root).settings
    assert settled is not None, "the catalog was made with settings"
    rows = list(_rows(what, catalog, problems, settled.zone))
    if what == "drafts":
        rows += _held(contents.unpublished, settled.zone)
    if edition is not None:
        rows = _of_edition(rows, edition, catalog)
    if wants_json(context):
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        _print([{k: v for k, v in row.items() if k != "closed"} for row in rows])
        if not rows:
            say(context, f"no {what}")
    errors = tuple(p for p in problems if p.severity == "error")
    show_problems(errors)
    if errors:
        context.exit(1)


def _of_edition(rows: list[Row], edition: str, catalog: Any) -> list[Row]:
    """Those of one edition. Raises BadParameter where there is none of that id."""
    known = [e.ref.id for e in catalog.editions]
    wanted = [e.ref.id for e in catalog.editions if not e.ref.closed] or [None]
    name = wanted[0] if edition == "open" else edition
    if edition != "open" and edition not in known:
        hint = did_you_mean(edition, known)
        raise click.BadParameter(f'there is no edition "{clean(edition)}".{hint}')
    return [row for row in rows if row.get("edition", row.get("id")) == name]


def _editions(catalog: Any, problems: Iterable[Problem]) -> Iterable[Row]:
    """Each edition with its state, and how many of its stories came late or were changed since."""
    homes = {f"content/{a.path}": a.card.edition for a in catalog.articles}
    homes |= {f"content/{e.path}": e.ref.id for e in catalog.editions if e.path}
    found = [(p.code, homes.get(p.where.path)) for p in problems if p.where]
    for e in catalog.editions:
        yield {
            "id": e.ref.id,
            "number": e.ref.number,
            "first": str(e.ref.first) if e.ref.id else "",
            "last": str(e.ref.last) if e.ref.id else "",
            "stories": len(e.cards),
            "closed": e.ref.closed,
            "state": "locked" if e.locked else "closed" if e.ref.closed else "open",
            "late": found.count(("edition/late", e.ref.id)),
            "changed": found.count(("edition/changed", e.ref.id)),
            "lead": e.cards[0].title if e.cards else e.ref.title,
        }


def _rows(what: str, catalog: Any, problems: Iterable[Problem], zone: tzinfo) -> Iterable[Row]:
    """What is listed; days are those of the site's zone, as on its pages."""
    from site_gen.basics import dates

    if what == "editions":
        yield from _editions(catalog, problems)
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
                "date": str(dates.day_in(card.date, zone)),
                "edition": card.edition,
                "slug": card.slug,
                "title": card.title,
                "path": f"content/{article.path}",
            } | ({"why": "draft"} if what == "drafts" else {})


def _held(found: "Iterable[Unpublished]", zone: tzinfo) -> Iterable[Row]:
    """Notes of editions, pages, and what says `published: false`."""
    from site_gen.basics import dates

    for each in found:
        yield {
            "date": str(dates.day_in(each.date, zone)) if each.date else "",
            "edition": "",
            "slug": each.slug,
            "title": each.title,
            "path": f"content/{each.path}",
            "why": each.why,
        }


def _print(rows: list[Row]) -> None:
    """Columns as wide as their widest value; on a terminal the longest texts are cut to fit."""
    if not rows:
        return
    table = [[clean("" if v is None else str(v), CELL) for v in row.values()] for row in rows]
    heads = [str(key) for key in rows[0]]
    widths = [max(map(len, column)) for column in zip(heads, *table, strict=True)]
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > NARROW:
            widths[widths.index(max(widths))] -= 1
    for line in (heads, *table):
        cells = (_cut(cell, width).ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


COMMANDS = (list_,)
