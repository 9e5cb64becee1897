"""`site-gen send`: the letter of a closed edition to its readers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.cli.main import is_quiet, say, site_of, source_date, wants_json
from site_gen.cli.options import moment_of, site_with_settings
from site_gen.cli.progress import is_watched
from site_gen.engine.report import Options
from site_gen.problems import Problem, SiteError, UsageError, clean, did_you_mean, shown

if TYPE_CHECKING:
    from site_gen.deliver.built_letter import Letter
    from site_gen.deliver.channels.channel import Channel
    from site_gen.deliver.smtp import Outcome
    from site_gen.settings import Settings


@click.command()
@click.argument("edition", metavar="ID")
@click.option("--channel", default="", metavar="NAME", help="Another service than the settings'.")
@click.option("--now", "go", is_flag=True, help="Send it now; else a service gets a draft.")
@click.option("--at", metavar="TIME", help="Have the service send it at this time.")
@click.option("--test", metavar="ADDRESS", help="Send it to this address alone.")
@click.option("--dry-run", is_flag=True, help="Write the message as .eml; send nothing.")
@click.option("--again", is_flag=True, help="Send a letter that went out already once more.")
@click.option("--again-doubtful", is_flag=True,
              help="Send to those too of whom nobody knows whether they got it.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(file_okay=False), metavar="DIR",
              help="Where the site was built  [default: public]")  # fmt: skip
@click.pass_context
def send(context: click.Context, /, edition: str, **given: Any) -> None:
    """Send the letter of the closed edition ID: to each reader once.

    Build and publish first: the letter links to the site. A service gets a draft to look at; --now
    sends it. What was sent stands in a receipt beside the edition's note.
    """
    from site_gen.deliver.send import channel_name, channel_of
    from site_gen.engine.lock import SEND, build_lock
    from site_gen.plugins.load import load

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
    with build_lock(work, 0, name=SEND):  # two at once would each find that nothing is sent yet
        if channel == "smtp":
            _by_mail(context, root, settings, letter, at, given)
        else:
            service = channel_of(settings, channel, plugins)
            _by_service(context, root, service, letter, at, given)


def _letter(root: Path, settings: "Settings", name: str, given: dict[str, Any]) -> "Letter":
    from site_gen.deliver.built_letter import letter_of
    from site_gen.deliver.ready import refuse_unready
    from site_gen.engine.explain import catalog_of
    from site_gen.engine.site import output_folder

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
    return letter_of(found, output, settings)


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
        told = "sent" if at is None else f"to be sent at {at:%Y-%m-%d %H:%M} UTC"
        say(context, f"{shown(letter.subject)} is {told} by {name}")
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
    from site_gen.deliver import smtp
    from site_gen.deliver.ledger import Ledger

    if at is not None:
        raise UsageError([Problem("usage/at", "a mail server sends at once",
                                  help="call `send --now` from a timer at that time")])  # fmt: skip
    path = root / settings.send.smtp.recipients
    smtp.check_place(path, root)
    if given["dry_run"]:
        _write_message(context, root, settings, letter)
        return
    if not given["go"] and not given["test"]:
        raise UsageError([Problem(
            "usage/now", "a mail server keeps no drafts",
            help="--test ADDRESS sends it to you, --dry-run writes it, --now sends it to all",
        )])  # fmt: skip
    connect = _connect(settings)
    now = datetime.now(UTC)
    if given["test"]:
        _test(context, settings, letter, given["test"], connect, now)
        return
    addresses = smtp.recipients(path)
    with Ledger(path, letter.edition) as ledger:
        outcome = smtp.send_all(
            letter, addresses, settings, ledger, now, connect,
            again=given["again"], again_doubtful=given["again_doubtful"],
            progress=_progress(context),
        )  # fmt: skip
    _receipt(root, letter, outcome, now)
    _tell(context, outcome)


def _connect(settings: "Settings") -> Callable[[], Any]:
    from site_gen.deliver import smtp

    return lambda: smtp.connection(settings.send.smtp)


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

    made = smtp.message(letter, "reader@example.org", settings, datetime.now(UTC))
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


def _receipt(root: Path, letter: "Letter", outcome: "Outcome", now: datetime) -> None:
    """Of a mail server the receipt says that everybody was reached, or that it is not done yet."""
    from site_gen.deliver import receipts

    whole = not outcome.failed and not outcome.doubtful
    moment = now.isoformat(timespec="seconds")
    state: receipts.State = "sent" if whole else "releasing"
    receipts.save(root, letter.edition, receipts.Receipt("smtp", state, letter.digest, moment, ""))


def _tell(context: click.Context, outcome: "Outcome") -> None:
    if wants_json(context):
        click.echo(json.dumps(outcome._asdict(), ensure_ascii=False, indent=2))
    else:
        before = f", {outcome.before} had it already" if outcome.before else ""
        if outcome.refused_before:
            before += f", {outcome.refused_before} left out, whose address was refused before"
        say(context, f"{outcome.sent} sent{before}")
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
    from site_gen.cli.main import show_problems

    show_problems(tuple(problems))
    if any(problem.severity == "error" for problem in problems):
        context.exit(1)


COMMANDS = (send,)
