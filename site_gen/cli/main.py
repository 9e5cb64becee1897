"""The command line: the group of commands, their common options, and exit codes.

Only files of `cli` print or exit. Data goes to stdout, messages to stderr.
"""

import importlib
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from site_gen import __version__
from site_gen.cli.context import COMPLETING, root_of, show_problems
from site_gen.problems import (
    Problem,
    SiteError,
    Where,
    as_data,
    clean,
    did_you_mean,
)

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Start a new digest in a folder."),
    "convert": ("convert", "Turn raw text, pages and feeds into drafts."),
    "import": ("import_", "Move a site from another system here."),
    "accept": ("accept", "Publish drafts that convert made."),
    "inspect": ("inspect", "Show what a conversion keeps and cuts."),
    "stories": ("stories", "Suggest which articles cover the same event."),
    "close": ("close", "Lock an edition as it was sent."),
    "new": ("new", "Start an article or an edition's note."),
    "build": ("build", "Build the site."),
    "serve": ("serve", "Preview the site with live reload."),
    "preview": ("serve", ""),
    "publish": ("publish", "Upload the built site to its host."),
    "send": ("send", "E-mail an edition to its readers."),
    "check": ("check", "Review an edition before publication."),
    "list": ("list", "List articles, editions, drafts, topics, providers."),
    "explain": ("explain", "Show what a page depends on and why it was rendered."),
    "theme": ("theme", "List, show, create and change themes."),
    "config": ("config", "Print the settings or their schema."),
    "doctor": ("doctor", "Check what a site needs, and say what to do."),
    "upgrade": ("upgrade", "List what a newer version changed for this site."),
    "redirects": ("redirects", "Print former addresses as rules for a web server."),
    "completion": ("completion", "Print the completion script for a shell."),
    "feeds": ("feeds", "Compare feeds before and after a change."),
    "trust": ("trust", "Allow a site's plugins to run."),
}
"""Command -> (module, short help). A module is only imported when its command is called."""

COMMON = (
    click.Option(
        ["-C", "--directory"],
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="Work on the site in this folder.",
    ),
    click.Option(["-q", "--quiet"], is_flag=True, default=None, help="Print only problems."),
    click.Option(["-v", "--verbose"], is_flag=True, default=None, help="Print more."),
    click.Option(["--color/--no-color"], default=None, help="Force colour on or off."),
    click.Option(["--format"], type=click.Choice(["text", "json"]), help="Output format."),
)


def _keep_common(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Store a common option in the root context, as if it came before the command's name."""
    if value is not None and parameter.name:
        context.find_root().params[parameter.name] = value
        if parameter.name == "color":
            context.find_root().color = context.color = value
    return value


class Commands(click.Group):
    """The group of commands, whose modules are imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, (_, text) in COMMANDS.items() if text]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"site_gen.cli.{COMMANDS[cmd_name][0]}")
        found = next((_add_common(c) for c in module.COMMANDS if c.name == cmd_name), None)
        if found and COMPLETING in os.environ:
            importlib.import_module("site_gen.cli.completion").complete(found)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(n, text) for n, (_, text) in COMMANDS.items() if text])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(error.message + hint, ctx) from None


def _add_common(command: click.Command) -> click.Command:
    """Add the common options that a command and its subcommands do not have themselves."""
    if isinstance(command, click.Group):
        for child in command.commands.values():
            # The whole first sentence; click would cut it after 45 letters.
            child.short_help = child.short_help or _first_sentence(child.help or "")
            _add_common(child)
    taken = {name for p in command.params for name in p.opts}
    for option in COMMON:
        if not taken & set(option.opts):
            common = click.Option(
                [*option.opts, *option.secondary_opts] if not option.secondary_opts
                else ["/".join((option.opts[0], option.secondary_opts[0]))],
                type=option.type, is_flag=option.is_flag, default=None, metavar=option.metavar,
                help=option.help, expose_value=False, callback=_keep_common,
                hidden=COMPLETING not in os.environ,
            )  # fmt: skip
            command.params.append(common)
    return command


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).partition(". ")[0].removesuffix(".")


SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group("site-gen", cls=Commands, params=list(COMMON), context_settings=SETTINGS)
@click.version_option(__version__, "--version", prog_name="site-gen")
@click.pass_context
def group(context: click.Context, /, color: bool | None = None, **_: Any) -> None:
    """Make a weekly news digest: drafts from raw text, a static site and feeds from drafts."""
    context.color = False if color is None and os.environ.get("NO_COLOR") else color
    if isinstance(context.obj, list):
        context.obj.append(context)


def main(args: list[str] | None = None) -> None:
    """The entry point. Exit codes: 0 fine, 1 problems of the site, 2 wrong usage, 3 a bug."""
    given = sys.argv[1:] if args is None else args
    started: list[click.Context] = []
    try:
        code = group.main(args, prog_name="site-gen", standalone_mode=False, obj=started)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SiteError as error:
        _show_error(error, given)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        _show_error(SiteError([_system_problem(error)]), given)
        sys.exit(1)
    except Exception as error:
        sys.exit(report_bug(error, root_of(started[0]) if started else Path.cwd()))


def report_bug(error: Exception, root: Path) -> int:
    """Print that site-gen has a bug; return the exit code."""
    details = _write_crash_log(root)
    text = clean(f"{type(error).__name__}: {error}", 200)
    click.echo(f"site-gen has a bug: {text}{details}", err=True)
    return 3


def _system_problem(error: OSError) -> Problem:
    reason = (error.strerror or type(error).__name__).lower()
    where = Where(os.fsdecode(error.filename)) if error.filename else None
    return Problem("system", f"the system refused: {reason}", where, "make room or give rights")


def _show_error(error: SiteError, given: list[str]) -> None:
    if "--format=json" in given or ("--format", "json") in pairwise(given):
        import json

        data = {"ok": False, "problems": [as_data(p) for p in error.problems]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    show_problems(error.problems)


def _write_crash_log(root: Path) -> str:
    """Write the traceback to a file, else to stderr; return a text that names the file."""
    import traceback

    log = root / ".site_gen" / "crash.log"
    try:
        log.parent.mkdir(exist_ok=True)
        log.unlink(missing_ok=True)  # so that no link is followed
        log.write_text(traceback.format_exc(), "utf-8", "backslashreplace")
    except OSError:
        traceback.print_exc()
        return ""
    return f" (details in {clean(str(log), 400)})"
