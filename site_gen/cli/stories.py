"""`site-gen stories`: proposes which articles are on the same event, with the reason."""

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.build import moment
from site_gen.cli.context import say, site_of, wants_json
from site_gen.engine.report import Options
from site_gen.problems import SiteError, clean

if TYPE_CHECKING:
    from site_gen.check.same_story import ComparedArticle, Group
    from site_gen.convert.drafts.files import Store

_LINK = re.compile(r"https?://[^\s)>\]\"']+")


@click.command()
@click.option("--accept", is_flag=True, help="Write `story:` into their front matter.")
@click.option("--edition", metavar="ID", help="Only this edition; `open`: the current one.")
@click.option("--now", callback=moment, metavar="TIME", help="Use this as the current time.")
@click.pass_context
def stories(context: click.Context, accept: bool, edition: str | None, now: datetime) -> None:
    """Suggest which articles of an edition cover the same event, and say why.

    Works offline; every run gives the same result. Locked editions are not changed.
    """
    from site_gen.check.same_story import find_groups
    from site_gen.convert.drafts.files import Store
    from site_gen.query import catalog_of

    root = site_of(context)
    catalog, _ = catalog_of(root, Options(now=now, drafts=True, keep_going=True))
    store = Store(root)
    compared = [_as_compared(ref, store) for ref in catalog.articles]
    locked = {e.ref.id for e in catalog.editions if e.locked}
    if edition == "open":
        edition = next((e.ref.id for e in catalog.editions if not e.ref.closed), None)
    articles = {each.id: each for each in compared}
    found = [
        group
        for group in find_groups(compared)
        if articles[group.ids[0]].edition not in locked
        and (edition is None or articles[group.ids[0]].edition == edition)
        and len({articles[name].story or name for name in group.ids}) > 1
    ]
    written = (
        [path for group in found for path in _write_story(group, articles, store)] if accept else []
    )
    if wants_json(context):
        rows = [
            {"story": g.key, "edition": articles[g.ids[0]].edition, "articles": list(g.ids),
             "reasons": [tie._asdict() for tie in g.ties]}
            for g in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for group in found:
            _print(group, articles)
    if accept:
        say(context, f"{len(written)} articles got a story.")
    elif found:
        say(context, "`site-gen stories --accept` writes them into the front matter.")


def _as_compared(ref: Any, store: "Store") -> "ComparedArticle":
    from site_gen.check.same_story import ComparedArticle

    card = ref.card
    data = store.read(f"content/{ref.path}") or b""
    body = data.decode("utf-8", "replace").partition("\n---")[2]
    links = tuple(dict.fromkeys(_LINK.findall(body)))
    return ComparedArticle(
        card.id, card.title, card.excerpt, card.original, links, card.date, card.edition, card.story
    )


def _print(group: "Group", articles: "dict[str, ComparedArticle]") -> None:
    click.echo(f"{articles[group.ids[0]].edition}  {clean(group.key)}")
    for name in group.ids:
        click.echo(f"  {clean(articles[name].title, 100)}  (content/{clean(name, 200)}.md)")
    tie = group.ties[0]
    more = f", and {len(group.ties) - 1} more ties" if len(group.ties) > 1 else ""
    click.echo(f"  why: {clean(tie.reason, 120)}{more}\n")


def _write_story(
    group: "Group", articles: "dict[str, ComparedArticle]", store: "Store"
) -> list[str]:
    """Add the line `story:` to files that have none; return their paths. No other line changes."""
    from site_gen import frontmatter

    done = []
    for name in group.ids:
        path = f"content/{name}.md"
        data = store.read(path)
        if articles[name].story or data is None:
            continue
        text = data.decode("utf-8-sig")
        try:
            parts = frontmatter.split(text.replace("\r\n", "\n"), path)
        except SiteError:
            continue
        lines = text.splitlines(keepends=True)
        ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
        line = frontmatter.dump({"story": group.key}).strip() + ending
        lines.insert(parts.body_line - 2, line)
        bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        store.write(path, bom + "".join(lines).encode())
        done.append(path)
    return done


COMMANDS = (stories,)
