"""`site-gen check`: reports what an editor should correct before publication."""

import json
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from site_gen.cli.build import moment
from site_gen.cli.context import is_quiet, is_verbose, root_of, say, site_of
from site_gen.engine.report import Options
from site_gen.problems import Problem, SiteError, clean, layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_gen.check.feeds_compared import Difference, Letter
    from site_gen.check.findings import Level
    from site_gen.check.rules.rule import Rule
    from site_gen.check.run import Outcome
    from site_gen.check.verdict import Verdict
    from site_gen.settings import Settings

Compared: TypeAlias = "tuple[list[Difference], Letter | None]"
"""The result of `--against`: differences of feeds, and the letter."""
FORMATS = ("text", "json", "github", "sarif")
TIMEOUT = 20.0
"""Seconds for one request of `--external`."""
OTHERS = {
    "budgets/over": ("warning", "an output over one of [budgets]",
                     "make it smaller, or raise the limit"),
    "budgets/unbuilt": ("warning", "budgets of a site that is not built", "`site-gen build`"),
    "against/missing": ("error", "no feeds to compare ours with", "name where the site stands"),
    "against/unbuilt": ("error", "feeds of a site that is not built", "`site-gen build`"),
    "against/unreachable": ("error", "a feed that no server gives", "look at it in a browser"),
}  # fmt: skip
"""Problems of `--budgets` and `--against`: level, description, cure."""
FEW = 5
"""Without -v, only so many findings of a rule are shown; the others are counted."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--edition", default="", metavar="ID|open", help="Only this edition.")
@click.option("--since", metavar="REF", help="Only what is new since this git commit.")
@click.option("--only", multiple=True, metavar="RULE", help="Only this rule or family.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule or family out.")
@click.option("--fix", is_flag=True, help="Fix what needs no decision.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--summary", is_flag=True, help="Show the composition of the edition.")
@click.option("--external", is_flag=True, help="Request the addresses that the edition links to.")
@click.option("--offline", is_flag=True, help="With --external: use earlier answers only.")
@click.option("--allow-private", is_flag=True, help="Also request private addresses.")
@click.option("--budgets", is_flag=True, help="Also compare the output with the budgets.")
@click.option("--against", metavar="DIR|URL|last",
              help="Compare the built feeds with those that subscribers have.")  # fmt: skip
@click.option("--now", callback=moment, metavar="TIME", help="Use this as the current time.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Output format.")
@click.pass_context
def check(context: click.Context, /, paths: tuple[str, ...], **given: Any) -> None:
    """Review the content before publication.

    PATH is a file or folder below content/; without it, everything is checked. Errors make it exit
    with 1. `site-gen check explain RULE` explains a rule.
    """
    form = given["form"] or context.find_root().params.get("format") or "text"
    if paths[:1] == ("explain",):
        _explain(context, paths[1:], form)
        return
    if given["offline"] and not given["external"]:
        raise click.UsageError("--offline goes with --external.")
    outcome, problems, compared = _run(context, paths, given)
    _print(context, outcome, problems, form, given, compared)
    failing = {"error", "warning"} if given["strict"] else {"error"}
    if any(p.severity in failing for p in problems):
        context.exit(1)


def _run(
    context: click.Context, paths: tuple[str, ...], given: dict[str, Any]
) -> "tuple[Outcome, list[Problem], Compared]":
    from site_gen.check import filters, fix, run, selection, since
    from site_gen.check.findings import as_problems, with_lines
    from site_gen.cli.options import site_with_settings

    site_of(context)
    root, settings = site_with_settings(context)
    now: datetime = given["now"]
    options = Options(now=now, drafts=True, future=True, keep_going=True)
    probe = _probe(context, root, settings, given) if given["external"] else None
    request = selection.Request(paths, given["edition"], given["only"], given["skip"], probe)
    base = None if given["since"] is None else since.Base(root, given["since"])
    form = given["form"] or context.find_root().params.get("format") or "text"
    whole = is_verbose(context) or form != "text" or given["fix"] or given["summary"] or base
    outcome = run.check(root, settings, options, request, filters.NO_LIMIT if whole else FEW)
    findings, of_build = outcome.findings, list(outcome.problems)
    if base:
        findings = base.new(findings, outcome.view, outcome.rules)
        of_build = base.new_problems(of_build)
    if given["fix"]:
        mended, refused = fix.apply_fixes(root, findings)
        of_build += refused
        findings = [f for f in findings if f not in mended]
        if mended:
            files = len({f.path for f in mended})
            say(context, f"mended {len(mended)} in {files} file{'s' * (files != 1)}")
    if given["edition"] == selection.OPEN and not outcome.view.chosen:
        say(context, "no edition is open")
    outcome = outcome._replace(findings=findings)
    problems = [*with_lines(of_build, root), *as_problems(findings, root)]
    if given["budgets"]:
        from site_gen.check.budgets import over_budget
        from site_gen.engine.site import output_folder

        over = over_budget(output_folder(root, options), settings.budgets)
        problems += selection.apply_levels(over, settings)
    compared: Compared = ([], None)
    if given["against"]:
        newest = next((e.ref.folder for e in outcome.view.editions if e.ref.closed), "")
        compared, more = _compare_feeds(root, options, settings, given, newest)
        problems += more
    return outcome, problems, compared


def _compare_feeds(
    root: Path, options: Options, settings: "Settings", given: dict[str, Any], newest: str
) -> "tuple[Compared, list[Problem]]":
    """Compare feeds, and the letter of the edition in the output folder `newest`."""
    from site_gen.check import feeds_compared
    from site_gen.convert.sources.fetch import Fetcher
    from site_gen.engine.site import output_folder

    place = given["against"]
    remote = place.startswith(("http://", "https://"))
    folder = root / feeds_compared.KEPT if place == "last" else Path(place)
    fetcher = Fetcher(root, settings.convert.user_agent, given["allow_private"])
    try:
        old = (
            feeds_compared.on_server(place, fetcher) if remote else feeds_compared.in_folder(folder)
        )
        output = output_folder(root, options)
        differences, problems = feeds_compared.compare(output, old)
        mail = feeds_compared.letter(output, newest, old) if newest else None
    except SiteError as error:
        return ([], None), list(error.problems)  # not raised, so that the findings are still shown
    return (differences, mail), problems


def _probe(
    context: click.Context, root: Path, settings: "Settings", given: dict[str, Any]
) -> Callable[[Iterable[str]], "dict[str, Verdict]"]:
    """Return what requests addresses. The age of verdicts is by the clock, whatever `--now` is."""
    from site_gen.check.external import verdicts
    from site_gen.cli.progress import is_watched
    from site_gen.convert.sources.fetch import Fetcher

    def fetcher() -> Fetcher:
        return Fetcher(root, settings.convert.user_agent, given["allow_private"], seconds=TIMEOUT)

    def progress(done: int, total: int) -> None:
        if is_watched(quiet=is_quiet(context)):
            click.echo(f"\r\x1b[K{done} of {total} addresses asked", nl=False, err=True)

    def probe(urls: Iterable[str]) -> "dict[str, Verdict]":
        found = verdicts(root, urls, int(time.time()), offline=given["offline"], fetcher=fetcher,
                         progress=progress)  # fmt: skip
        if is_watched(quiet=is_quiet(context)):
            click.echo("\r\x1b[K", nl=False, err=True)
        return found

    return probe


def _print(
    context: click.Context, outcome: "Outcome", problems: list[Problem], form: str,
    given: dict[str, Any], compared: "Compared",
) -> None:  # fmt: skip
    from site_gen.check import output_formats
    from site_gen.check.feeds_compared import as_data, as_lines
    from site_gen.check.scorecard import as_lines as card_lines
    from site_gen.check.scorecard import scorecard
    from site_gen.check.selection import editions_to_summarize
    from site_gen.check.since import place_in_repository

    chosen = editions_to_summarize(outcome.view.chosen) if given["summary"] else []
    if not given["edition"]:
        chosen = chosen[:1]
    cards = [scorecard(edition, outcome.view, outcome.findings) for edition in chosen]
    if form in ("github", "sarif"):
        problems = output_formats.with_prefix(place_in_repository(site_of(context)), problems)
    if form == "github":
        for problem in problems:
            click.echo(output_formats.github_line(problem))
    elif form == "sarif":
        click.echo(
            json.dumps(output_formats.sarif(problems, outcome.rules), ensure_ascii=False, indent=2)
        )
    elif form == "json":
        data = output_formats.json_data(problems, outcome.ignored)
        data |= {"summary": cards} if given["summary"] else {}
        data |= as_data(*compared) if given["against"] else {}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in as_lines(*compared):
            say(context, line)
        _print_text(context, problems, outcome.only_counted)
        for card in cards:
            for line in card_lines(card):
                click.echo(clean(line, 400))
        _print_counts(context, problems, outcome)


def _print_text(
    context: click.Context, problems: list[Problem], only_counted: "Mapping[tuple[str, Level], int]"
) -> None:
    """Print the first few findings of each rule, and how many more there are."""
    shown: dict[str, int] = {}
    whole = is_verbose(context)
    for problem in problems:
        shown[problem.code] = shown.get(problem.code, 0) + 1
        if whole or shown[problem.code] <= FEW:
            click.echo(layout(problem) + "\n")
    for (rule, _), count in only_counted.items():
        shown[rule] = shown.get(rule, 0) + count
    for code, count in shown.items():
        if not whole and count > FEW:
            click.echo(f"{code}: {count - FEW} more; -v shows them")


def _print_counts(context: click.Context, problems: list[Problem], outcome: "Outcome") -> None:
    from site_gen.check import output_formats

    counts = [output_formats.count_by_severity(problems, outcome.only_counted)] if problems else []
    if outcome.ignored:
        counts.append(f"{outcome.ignored} silenced by checkIgnore")
    if counts:
        say(context, ", ".join(counts))


def _explain(context: click.Context, names: tuple[str, ...], form: str) -> None:
    """Describe the named rules, or all of them."""
    from site_gen import settings as settings_room
    from site_gen.check.rules import rules_of
    from site_gen.check.selection import BUILD_FAMILIES
    from site_gen.plugins.load import load
    from site_gen.problems import did_you_mean

    root = root_of(context)
    own = settings_room.load(root).settings if settings_room.find(root) else None
    known = rules_of(load(root, own.plugins if own else ()))
    unknown = [n for n in names if n not in known and n.partition("/")[0] not in BUILD_FAMILIES]
    if unknown:
        hint = did_you_mean(unknown[0], (*known, *OTHERS))
        raise click.BadParameter(f"there is no rule {clean(unknown[0])}.{hint}", param_hint="RULE")
    rows = [_row(name, known.get(name), own) for name in names or known]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['rule']:<24} {row['level']:<8} {row['about']}; {row['cure']}")


def _row(name: str, rule: "Rule | None", settings: "Settings | None") -> dict[str, str]:
    """Return the description of a rule with its level in the settings.

    `rule` is None for a problem of a build or of `--budgets` and `--against`.
    """
    from site_gen.check.selection import level_of

    if rule is not None:
        given = level_of(rule, settings) if settings else rule.level
        return {"rule": rule.name, "level": given, "about": rule.about, "cure": rule.cure}
    cure = "docs/problems.md shows such problems with their cures"
    own, about, cure = OTHERS.get(name, ("build", "said by a build", cure))
    levels = settings.check.levels if settings else {}
    level = levels.get(name) or levels.get(name.partition("/")[0]) or own
    return {"rule": clean(name), "level": own if own == "error" else level, "about": about,
            "cure": cure}  # fmt: skip


COMMANDS = (check,)
