"""`site-gen send`: sends the letter of a closed edition."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.context import is_quiet, say, show_problems, site_of, source_date, wants_json
from site_gen.cli.options import moment_of, site_with_settings
from site_gen.cli.progress import is_watched
from site_gen.engine.report import Options
from site_gen.problems import Problem, SiteError, UsageError, clean, did_you_mean, shown

if TYPE_CHECKING:
    from site_gen.deliver.built_letter import Letter
    from site_gen.deliver.channels.channel import Channel
    from site_gen.deliver.ledger import Ledger
    from site_gen.deliver.receipts import State
    from site_gen.deliver.smtp import Outcome
    from site_gen.settings import Settings


@click.command()
@click.argument("edition", metavar="ID")
@click.option("--channel", default="", metavar="NAME", help="Another service than the settings'.")
@click.option("--now", "go", is_flag=True, help="Send it now; else a service gets a draft.")
@click.option("--at", metavar="TIME", help="Have the service send it at this time.")
@click.option("--test", metavar="ADDRESS", help="Send it to this address alone.")
@click.option("--dry-run", is_flag=True, help="Write the message as .eml; send nothing.")
@click.option("--again", is_flag=True, help="Send a letter again that already went out.")
@click.option("--again-doubtful", is_flag=True,
              help="Also send to readers of whom it is unknown whether they got it.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False), metavar="DIR",
              help="Where the site was built  [default: public]")  # fmt: skip
@click.pass_context
def send(context: click.Context, /, edition: str, **given: Any) -> None:
    """Send the letter (newsletter) of the closed edition ID to each reader, once.

    Build and publish first: the letter links to the site. A service gets a draft to look at; --now
    sends it. A receipt beside the edition's note records what was sent.
    """
    from site_gen.deliver.send import channel_name, open_channel
    from site_gen.plugins.load import load
    from site_gen.workers.process_lock import SEND, build_lock

    if given["go"] and given["at"]:
        raise UsageError([Problem("usage/when", "--now and --at are two times", help="take one")])
    site_of(context)
    root, settings = site_with_settings(context)
    plugins = load(root, settings.plugins)
    channel = channel_name(settings, given["channel"], plugins)
    at = moment_of(given["at"], "--at", settings)
    letter = _letter(root, settings, edition, given)
    if channel != "smtp" and given["dry_run"]:
        say(context, f"would send {shown(letter.subject)} through {channel}")
        return
    work = root / ".site_gen"
    work.mkdir(exist_ok=True)
    with build_lock(work, 0, name=SEND):  # two runs at once would send each letter twice
        if channel == "smtp":
            _by_mail(context, root, settings, letter, at, given)
        else:
            service = open_channel(settings, channel, plugins)
            _by_service(context, root, service, letter, at, given)


def _letter(root: Path, settings: "Settings", name: str, given: dict[str, Any]) -> "Letter":
    from site_gen.deliver.built_letter import read_letter, refuse_unlocked
    from site_gen.deliver.ready import refuse_unready
    from site_gen.engine.site import output_folder
    from site_gen.query import catalog_of

    folder = Path(given["output"]) if given["output"] else None
    options = Options(now=source_date() or datetime.now(UTC), output=folder, keep_going=True)
    catalog, _ = catalog_of(root, options)
    found = next((e for e in catalog.editions if name in (e.ref.id, str(e.ref.number))), None)
    if found is None:
        near = did_you_mean(name, (e.ref.id for e in catalog.editions))
        raise SiteError([Problem("send/edition", f"there is no edition {shown(name)}.{near}",
                                 help="`site-gen list editions` shows them")])  # fmt: skip
    output = output_folder(root, options)
    if found.ref.closed:
        refuse_unready(root, output, options.now, settings.base)
    letter = read_letter(found, output, settings)
    if given["go"] or given["at"]:
        refuse_unlocked(found)
    return letter


def _by_service(
    context: click.Context,
    root: Path,
    service: "Channel",
    letter: "Letter",
    at: datetime | None,
    given: dict[str, Any],
) -> None:
    from site_gen.deliver.send import Sending

    name = service.name
    sending = Sending(root, letter, service, datetime.now(UTC))
    if sending.is_done(again=given["again"]) and sending.receipt is not None:
        when = sending.receipt.at
        say(context, f"{letter.edition} went out through {name} on {when}; --again sends it again")
        return
    id = sending.draft(again=given["again"])
    if sending.receipt is not None and sending.receipt.state == "sent":
        say(context, f"{name} has sent {shown(letter.subject)} already, or will; it is left alone")
        return
    if given["test"]:
        service.test(id, letter, given["test"])
        say(context, f"sent {shown(letter.subject)} to {clean(given['test'])} alone")
    elif given["go"] or at is not None:
        sending.release(id, at)
        text = "sent" if at is None else f"to be sent at {at:%Y-%m-%d %H:%M} UTC"
        say(context, f"{shown(letter.subject)} is {text} by {name}")
    else:
        say(context, f"{shown(letter.subject)} is a draft of {name} ({clean(id)}); --now sends it")


def _by_mail(
    context: click.Context,
    root: Path,
    settings: "Settings",
    letter: "Letter",
    at: datetime | None,
    given: dict[str, Any],
) -> None:
    from site_gen.deliver import readers, receipts, smtp
    from site_gen.deliver.ledger import Ledger

    _check_by_mail(at, given)
    now = datetime.now(UTC)
    moment = now.isoformat(timespec="seconds")
    warnings = tuple(smtp.unsubscribe_warnings(letter, settings))
    if given["test"] and not given["dry_run"]:
        _test(context, settings, letter, given["test"], _connect(settings), now)
        show_problems(warnings)
        return
    path = root / settings.send.smtp.recipients
    addresses = readers.read_recipients(path)
    ledger = Ledger(path, letter.edition)
    receipt = receipts.load(root, letter.edition).get("smtp")
    if not given["again"]:
        ledger.refuse_if_lost(receipt)
        moment = receipt.at if receipt else moment
    if given["dry_run"]:
        _write_message(context, root, settings, letter)
        _tell_due(context, addresses, ledger, given)
        show_problems(warnings)
        return
    with ledger:
        outcome = smtp.send_all(
            letter, addresses, settings, ledger, now, _connect(settings),
            again=given["again"], again_doubtful=given["again_doubtful"],
            started=lambda: _keep(root, letter, "releasing", moment), progress=_progress(context),
        )  # fmt: skip
    whole = not (outcome.failed or outcome.doubtful or outcome.left)
    if whole and addresses and (receipt is None or receipt.state != "sent" or outcome.sent):
        _keep(root, letter, "sent", moment)
    known = receipt is not None and receipt.state == "sent" and not given["again"]
    _tell(context, outcome, f"{letter.edition} went out on {moment}: " if known else "")
    if outcome.sent:
        show_problems(warnings)
    if outcome.failed or outcome.doubtful or outcome.left:
        context.exit(1)


def _check_by_mail(at: datetime | None, given: dict[str, Any]) -> None:
    """Raise UsageError for options that need a service: a mail server only sends at once."""
    if at is not None:
        raise UsageError([Problem("usage/at", "a mail server sends at once",
                                  help="call `send --now` from a timer at that time")])  # fmt: skip
    if not (given["go"] or given["test"] or given["dry_run"]):
        raise UsageError([Problem(
            "usage/now", "a mail server keeps no drafts",
            help="--test ADDRESS sends it to you, --dry-run writes it, --now sends it to all",
        )])  # fmt: skip


def _tell_due(
    context: click.Context, addresses: list[str], ledger: "Ledger", given: dict[str, Any]
) -> None:
    """Print how many recipients would get the letter, and how many are left out."""
    from site_gen.deliver import smtp

    standing = ledger.recipient_states(again=given["again"])
    if given["again"] and not ledger.is_in_round:
        due = addresses
    else:
        due = smtp.recipients_due(addresses, standing, again_doubtful=given["again_doubtful"])
    rest = len(addresses) - len(due)
    left = f"; {rest} had it already, were refused or are in doubt" if rest else ""
    say(context, f"would go to {len(due)} reader{'s' * (len(due) != 1)}{left}")


def _connect(settings: "Settings") -> Callable[[], Any]:
    from site_gen.deliver import smtp

    return lambda: smtp.connect(settings.send.smtp)


def _test(
    context: click.Context, settings: "Settings", letter: "Letter", address: str,
    connect: Callable[[], Any], now: datetime,
) -> None:  # fmt: skip
    from site_gen.deliver import smtp

    smtp.send_test(letter, address, settings, now, connect)
    say(context, f"sent {shown(letter.subject)} to {clean(address)} alone")


def _write_message(
    context: click.Context, root: Path, settings: "Settings", letter: "Letter"
) -> None:
    from site_gen.deliver import smtp

    made = smtp.build_message(letter, "reader@example.org", settings, datetime.now(UTC))
    path = root / ".site_gen" / f"{letter.edition}.eml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(made.as_bytes())
    click.echo(str(path.relative_to(root)))


def _progress(context: click.Context) -> Callable[[int, int], None]:
    watched = is_watched(quiet=is_quiet(context))

    def show(done: int, total: int) -> None:
        if watched:
            end = "" if done < total else "\r\x1b[K"
            click.echo(f"\r\x1b[K{done} of {total} sent{end}", nl=False, err=True)

    return show


def _keep(root: Path, letter: "Letter", state: "State", moment: str) -> None:
    """Write the receipt: "releasing" before the first message, "sent" after the last."""
    from site_gen.deliver import receipts

    receipts.save(root, letter.edition, receipts.Receipt("smtp", state, letter.digest, moment))


def _tell(context: click.Context, outcome: "Outcome", earlier: str) -> None:
    """Print the result; `earlier` begins it with the date of an earlier complete run."""
    if wants_json(context):
        click.echo(json.dumps(outcome._asdict(), ensure_ascii=False, indent=2))
    else:
        before = f", {outcome.before} had it already" if outcome.before else ""
        if outcome.refused_before:
            before += f", {outcome.refused_before} left out, whose address was refused before"
        say(context, f"{earlier}{outcome.sent} sent{before}")
    problems = [
        Problem("send/refused", f"{clean(address)} was refused: {reason}",
                help="take it off the list", severity="warning")
        for address, reason in outcome.refused
    ]  # fmt: skip
    problems += [
        Problem("send/failed", f"{clean(address)} did not get it: {reason}",
                help="run the same command again")
        for address, reason in outcome.failed
    ]  # fmt: skip
    if outcome.doubtful:
        listed = ", ".join(clean(address) for address in outcome.doubtful[:10])
        more = f" and {len(outcome.doubtful) - 10} more" if len(outcome.doubtful) > 10 else ""
        problems.append(Problem(
            "send/doubtful", f"nobody knows whether {listed}{more} got it: the connection broke",
            help="ask them, or send it once more with --again-doubtful",
        ))  # fmt: skip
    if outcome.left:
        text = f"{outcome.left} more were not tried: the server broke the line again and again"
        problems.append(Problem("send/stopped", text, help="look at the server; the same command "
                                "goes on with those whom it did not reach"))  # fmt: skip
    show_problems(tuple(problems))


COMMANDS = (send,)
