"""`site-gen close`: what was sent is written down, and stays as it was."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.context import say, show_problems, wants_json
from site_gen.cli.options import clock, now_option, site_with_settings
from site_gen.problems import Problem, SiteError, UsageError, Where, did_you_mean, shown

if TYPE_CHECKING:
    from site_gen.model import Lock
    from site_gen.settings import Settings


@click.command()
@click.argument("edition", default="", metavar="[ID]")
@click.option("--settings", "renewed", is_flag=True, help="Write changed settings into all locks.")
@now_option
@click.pass_context
def close(context: click.Context, edition: str, renewed: bool, now: str | None) -> None:
    """Lock the edition ID, or the newest closed one.

    Writes content/editions/<id>.lock with its number and stories, to be committed. From then on
    the edition keeps them, whatever is written later. With --settings no edition is locked.
    """
    from site_gen.arrange.locks import lock_of
    from site_gen.convert.drafts.files import Store
    from site_gen.engine.report import Options
    from site_gen.formats.common.threads import Threads
    from site_gen.query import catalog_of
    from site_gen.read.locks import lock_text

    root, settings = site_with_settings(context)
    if renewed:
        _renew(context, root, settings)
        return
    moment = clock(now, settings)
    catalog, problems = catalog_of(root, Options(now=moment))
    errors = tuple(p for p in problems if p.severity == "error")
    if errors:
        raise SiteError(errors)
    found = _named(catalog, edition, settings.zone) if edition else _newest(catalog)
    if found is None:
        say(context, _nothing_to_lock(catalog, settings.zone))
        _say_unlocked(context, catalog, None)
        return
    _refuse_hidden_note(root, settings, found, moment)
    told = tuple(p for p in problems if p.where and p.where.path.endswith(tuple(_paths(found))))
    show_problems(told)
    lock = lock_of(found, catalog, settings, Threads(catalog).by_card(found))
    if found.locked:
        lock = _joined(root, lock)
    path = f"content/{lock.path}"
    Store(root).write(path, lock_text(lock).encode())
    if wants_json(context):
        import json

        data = {"id": lock.id, "number": lock.number, "path": path, "stories": found.stories}
        click.echo(json.dumps(data, indent=2))
        return
    click.echo(path)
    say(context, f"Edition {lock.id}, No. {lock.number}, is closed. Commit this file.")
    _say_unlocked(context, catalog, found)


def _renew(context: click.Context, root: Path, settings: "Settings") -> None:
    """What the editor changed on purpose is told no more."""
    from site_gen.arrange.lock_settings import renewed
    from site_gen.convert.drafts.files import Store
    from site_gen.read.locks import lock_text

    count = 0
    for file in sorted((root / "content/editions").glob("*.lock")):
        path = f"editions/{file.name}"
        lock = _read(root, path)
        if lock and lock != renewed(lock, settings):
            Store(root).write(f"content/{path}", lock_text(renewed(lock, settings)).encode())
            click.echo(f"content/{path}")
            count += 1
    said = "1 lock has" if count == 1 else f"{count} locks have"
    say(context, f"{said} the settings of today: to be committed." if count else "Nothing changed.")


def _read(root: Path, path: str) -> "Lock | None":
    """The lock at `path` below content/; None for one that is damaged, which the build says."""
    from site_gen.basics import files
    from site_gen.read.locks import read_lock

    try:
        return read_lock(files.decode(files.read_bytes(root / "content" / path)).text, path).value
    except files.Unreadable:
        return None


def _joined(root: Path, now: "Lock") -> "Lock":
    """The lock of an edition that is locked, with the stories that joined it."""
    from site_gen.arrange.locks import with_joined

    lock = _read(root, now.path)
    joined = with_joined(lock, now) if lock else None
    if lock and joined and len(joined.members) > len(lock.members):
        return joined
    where = Where(f"content/{now.path}")
    message = f"edition {shown(now.id)} is closed and locked already"
    cure = "nothing is to be done; a correction goes into the article, with its date"
    raise SiteError([Problem("close/locked", message, where, cure)])


def _refuse_hidden_note(root: Path, settings: "Settings", edition: Any, now: datetime) -> None:
    """What is locked without its note goes out without it, and stays so."""
    from site_gen.arrange.visible import Moment, why_not
    from site_gen.basics import files
    from site_gen.read.names import Names
    from site_gen.read.notes import read_note

    path = f"editions/{edition.ref.id}.md"
    try:
        text = files.decode(files.read_bytes(root / "content" / path)).text
        note = read_note(text, path, settings, Names(settings)).value
    except (files.Unreadable, SiteError):
        return  # the build says so
    if note and (why := why_not(note, Moment(now))):
        message = f"the note of the edition is {why}: its title, lead and text would be left out"
        cure = "let it be shown, or delete it"
        raise SiteError([Problem("close/hidden-note", message, Where(f"content/{path}"), cure)])


def _newest(catalog: Any) -> Any:
    """The newest closed edition, unless it is locked. Those before a lock are locked by name alone:
    one may be there by a mistyped date only, and its lock would keep it."""
    newest = next((e for e in catalog.editions if e.ref.closed), None)
    return None if newest is None or newest.locked else newest


def _nothing_to_lock(catalog: Any, zone: Any) -> str:
    """Why no edition was locked."""
    closed = next((e.ref.id for e in catalog.editions if e.ref.closed), "")
    if closed:
        return f"The newest closed edition, {closed}, is locked already."
    running = next((e for e in reversed(catalog.editions)), None)
    if running is None:
        return "There is no edition yet."
    closes: datetime = (running.closes or running.cutoff).astimezone(zone)
    return f"No edition has closed yet: {running.ref.id} is open until {closes:%Y-%m-%d %H:%M}."


def _say_unlocked(context: click.Context, catalog: Any, edition: Any) -> None:
    """Closed editions without a lock beside `edition`, the newest of them by name."""
    found = [e.ref.id for e in catalog.editions if e.ref.closed and not e.locked]
    rest = [name for name in found if edition is None or name != edition.ref.id]
    if rest:
        count = "1 older edition is" if len(rest) == 1 else f"{len(rest)} older editions are"
        say(context, f"{count} not locked: `site-gen close {rest[0]}`, if it was sent.")


def _named(catalog: Any, name: str, zone: Any) -> Any:
    found = next((e for e in catalog.editions if e.ref.id == name), None)
    if found is None:
        hint = did_you_mean(name, [e.ref.id for e in catalog.editions if e.ref.id])
        raise UsageError([Problem(
            "close/unknown", f"there is no edition {shown(name)}.{hint}",
            help="`site-gen list editions` shows them",
        )])  # fmt: skip
    if not found.ref.closed:
        closes: datetime = (found.closes or found.cutoff).astimezone(zone)
        message = f"edition {shown(name)} is open until {closes:%Y-%m-%d %H:%M}"
        raise SiteError([Problem("close/open", message, help="close it after its cut-off")])
    return found


def _paths(edition: Any) -> list[str]:
    """How the paths of its stories and its note end."""
    return [f"/{card.id}.md" for card in edition.cards] + [f"/editions/{edition.ref.id}.md"]


COMMANDS = (close,)
