"""`site-gen new`: starts an article or an edition's note."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.context import say
from site_gen.cli.options import alone, clock, now_option, site_with_settings

if TYPE_CHECKING:
    from site_gen.convert.drafts.scaffold import Proposal


@click.group()
def new() -> None:
    """Start an article or an edition's note."""


@new.command()
@click.argument("title")
@click.option("--edition", default="", metavar="ID", help="The article's edition.")
@now_option
@click.pass_context
def article(context: click.Context, title: str, edition: str, now: str | None) -> None:
    """Create an article with this TITLE, as a draft of this week."""
    from site_gen.convert.drafts.scaffold import new_article

    root, settings = site_with_settings(context)
    moment = clock(now, settings)
    with alone(root):
        click.echo(new_article(root, settings, title, moment, edition))


@new.command()
@click.argument("edition", default="", metavar="[ID]")
@now_option
@click.pass_context
def edition(context: click.Context, edition: str, now: str | None) -> None:
    """Create the note of the edition ID (such as 2024-W07), or of the current one.

    It suggests title, lead, number and sections from the existing stories, and copies what
    `editions.carry` names.
    """
    from site_gen.convert.drafts.scaffold import edition_id, new_edition
    from site_gen.engine.report import Options
    from site_gen.query import catalog_of

    root, settings = site_with_settings(context)
    moment = clock(now, settings)
    if edition:
        edition_id(settings, edition)
    catalog, _ = catalog_of(root, Options(now=moment, keep_going=True))
    with_drafts, _ = catalog_of(root, Options(now=moment, drafts=True, keep_going=True))
    wanted = edition or _due(with_drafts, settings, moment)
    proposal = _proposal(catalog, with_drafts, wanted)
    with alone(root):
        replaced = (root / "content/editions" / f"{wanted}.md").exists()
        click.echo(new_edition(root, settings, proposal, moment))
    if replaced:
        say(context, "It took the place of the example that `init` wrote, which was as it came.")
    say(context, "The next build shows its title; a line `draft: true` in it keeps it back.")


def _due(catalog: Any, settings: Any, now: datetime) -> str:
    """Return the id of the open edition, or of the last closed one if the open one is empty and
    the closed one has neither lock nor note."""
    from site_gen import edition_periods

    if edition_periods.is_by_notes(settings):
        return now.strftime("%Y-%m-%d")
    due = edition_periods.calendar(settings).id_at(now)
    closed = next((e for e in catalog.editions if e.ref.closed), None)
    if any(e.ref.id == due for e in catalog.editions) or closed is None:
        return due
    return due if closed.locked or closed.path else str(closed.ref.id)


def _find(catalog: Any, wanted: str) -> Any:
    """Return the edition; if notes define editions, the stories that are in none yet."""
    known = {e.ref.id: e for e in catalog.editions}
    return known.get(wanted) or known.get("")


def _proposal(catalog: Any, with_drafts: Any, wanted: str) -> "Proposal":
    """Return a proposal for the note, from published stories and drafts."""
    from site_gen.convert.drafts.scaffold import Proposal

    found, complete = _find(catalog, wanted), _find(with_drafts, wanted)
    published = {card.id for card in found.cards} if found else set()
    drafts = [card for card in complete.cards if card.id not in published] if complete else []
    earlier = [e for e in catalog.editions if e.ref.closed and e is not found]
    number = found.ref.number if found and found.ref.closed else None
    if number is None and earlier:
        number = earlier[0].following
    noted = [f"content/{e.path}" for e in with_drafts.editions if e.path and e.ref.id != wanted]
    return Proposal(
        id=wanted,
        number=number,
        stories=[(card.slug, card.title) for card in found.cards] if found else (),
        sections=[band.name for band in found.bands if band.name] if found else (),
        before=noted[0] if noted else "",
        drafts=[(card.slug, card.title) for card in drafts],
    )


COMMANDS = (new,)
