"""`site-gen redirects`: prints former addresses as rules of a server."""

from pathlib import Path

import click

from site_gen.cli.context import say, show_problems, site_of, wants_json
from site_gen.problems import Problem, SiteError, UsageError, Where, clean

SERVERS = ("nginx", "caddy", "apache", "s3")


@click.command()
@click.argument("server", type=click.Choice(SERVERS))
@click.option("-o", "--output", metavar="DIR", help="As the build was given it.")
@click.pass_context
def redirects(context: click.Context, /, server: str, output: str | None) -> None:
    """Print the former addresses of the built site as rules of SERVER.

    They are those of the output's `_redirects`: aliases, `[[redirects]]`, `/latest/`, and the
    site's own. docs/hosting.md says where each goes. With --format json they are printed as data.
    """
    from site_gen import settings as settings_room
    from site_gen.formats.deploy import redirect_maps as maps

    root = site_of(context)
    loaded = settings_room.load(root)
    if loaded.settings is None:
        raise SiteError(loaded.problems)
    settings = loaded.settings
    if "redirects" not in settings.formats:
        message = 'formats leaves out "redirects", so that a build writes none'
        raise UsageError([Problem("usage/redirects", message, Where(loaded.path), "add it")])
    top = Path(output) if output else root / "public"
    found = maps.parse_moves(_read_redirects(top), lambda path: _is_page(top, settings.root, path))
    if wants_json(context):
        click.echo(maps.to_json(found.moves))
    else:
        lines = {
            "nginx": lambda: maps.nginx(found.moves),
            "caddy": lambda: maps.caddy(found.moves),
            "apache": lambda: maps.apache(found.moves),
            "s3": lambda: maps.s3(found.moves, settings.root, settings.publish.s3.prefix),
        }[server]()
        click.echo("# Former addresses, by `site-gen redirects`: print them anew after a build.")
        for line in lines:
            click.echo(line)
    if found.others:
        show_problems((_left_out(found.others),))
    say(context, f"{len(found.moves)} former address{'' if len(found.moves) == 1 else 'es'}")


def _read_redirects(output: Path) -> str:
    from site_gen.output.file_list import owned_files

    if owned_files(output) is None:
        cure = "run `site-gen build` first"
        raise SiteError(
            [Problem("publish/unbuilt", "nothing is built yet", Where(str(output)), cure)]
        )
    path = output / "_redirects"
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _is_page(output: Path, root: str, path: str) -> bool:
    """Whether there is a page at a path that is not made by `alias_pages`."""
    inner = path.removeprefix(root).strip("/")
    for file in (output / inner, output / inner / "index.html"):
        if file.is_file():
            return b'http-equiv="refresh"' not in file.read_bytes()[:2000]
    return False


def _left_out(lines: tuple[str, ...]) -> Problem:
    number = f"{len(lines)} lines" if len(lines) > 1 else "a line"
    return Problem(
        "redirects/left-out",
        f"{number} of _redirects with patterns, conditions or other answers cannot be put into "
        f'rules of this kind, first "{clean(lines[0], 80)}"',
        Where("content/static/_redirects"),
        "write them into the server's settings by hand",
        "warning",
    )


COMMANDS = (redirects,)
