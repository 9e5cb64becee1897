"""`site-gen import`: a digest that exists elsewhere, moved in."""

import json
from pathlib import Path
from typing import Any

import click

from site_gen.cli.context import is_quiet, root_of, wants_json
from site_gen.cli.options import alone, clock, now_option
from site_gen.problems import SiteError, clean


@click.command("import")
@click.argument("kind", metavar="KIND")
@click.argument("source", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--issue-per-file", "form", flag_value="issues", default=None,
              help="Each post is a whole issue  [default: automatic]")  # fmt: skip
@click.option("--article-per-file", "form", flag_value="articles",
              help="Each post is one article  [default: automatic]")  # fmt: skip
@click.option("--cards", is_flag=True, help="Turn the link items of whole issues into articles.")
@click.option("--feed", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE", help="The old site's feed: its entries keep their ids.")  # fmt: skip
@click.option("--map", "mapped", multiple=True, metavar="KEY=OURS",
              help="Map a key of the old front matter to ours; may be repeated.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option("--strict", is_flag=True, help="Fail if an address of the old site is lost.")
@now_option
@click.pass_context
def import_(context: click.Context, /, kind: str, source: Path, strict: bool, **given: Any) -> None:
    """Move a whole site here: settings, issues, articles, pages, files, addresses, feed ids.

    KIND is jekyll, hugo, zola, pelican, eleventy, astro, wordpress, ghost, blogger, buttondown,
    substack, mailchimp, mails, markdown or a plugin's kind. DIR is its folder or export. Nothing
    that you changed is overwritten. import-report.md lists what was imported, what changed and what
    is left for you to do.
    """
    from site_gen import settings
    from site_gen.importers import report, run
    from site_gen.importers.old_site import Wishes
    from site_gen.plugins.load import load

    root = root_of(context)
    own = settings.load(root) if settings.find(root) else None
    if own is not None and own.settings is None:
        raise SiteError(own.problems)
    known = own.settings if own else None
    wishes = Wishes(
        kind=kind,
        keys=run.keys(known, given["mapped"]),
        zone=known.timezone if known and known.timezone != "UTC" else "",
        form=given["form"],
        cards=given["cards"],
    )
    now = clock(given["now"], known or settings.Settings())
    plugins = load(root, known.plugins if known else ())
    with alone(root, dry=given["dry_run"]):
        outcome = run.import_site(
            *(root, source.resolve(), wishes, now),
            feed=given["feed"],
            dry=given["dry_run"],
            plugins=plugins,
        )
        if not outcome.dry:
            (root / report.NAME).write_text(report.markdown(outcome), "utf-8")
    if wants_json(context):
        click.echo(json.dumps(report.as_data(outcome), ensure_ascii=False, indent=2))
    elif not is_quiet(context):
        for line in report.summary(outcome):
            click.echo(clean(line, 400))
        if outcome.dry:
            click.echo("Nothing was written (--dry-run).")
    if not outcome.ok or (strict and outcome.lost):
        context.exit(1)


COMMANDS = (import_,)
