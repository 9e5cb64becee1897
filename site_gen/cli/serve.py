"""`site-gen serve`, also `preview`: serves the site and rebuilds it after each change."""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.cli.context import is_quiet, root_of, show_problems, source_date, wants_json
from site_gen.cli.progress import counted
from site_gen.engine.report import Options, Report
from site_gen.problems import Problem, SiteError, as_data, clean

if TYPE_CHECKING:
    from site_gen.preview.loop import BuildResult
    from site_gen.preview.scan import Inputs

SETTINGS = ("site.toml", "pyproject.toml")


def _moment(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> datetime | None:
    """Parse `--now`: an ISO 8601 time, in UTC without an offset."""
    if value is None:
        return None
    from site_gen.basics import dates

    try:
        return dates.parse(value, UTC)
    except ValueError as error:
        shown = clean(value, 40)
        raise click.BadParameter(f'"{shown}" {error}', context, parameter) from None


@click.command()
@click.option("-p", "--port", default=8000, show_default=True, type=click.IntRange(0, 65535),
              help="Port to listen on; if taken, the next free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--no-reload", is_flag=True, help="Do not update pages in the browser.")
@click.option("--poll", type=click.FloatRange(0.01, 3600), metavar="SECONDS",
              help="Check for changes this often, without file events.")  # fmt: skip
@click.option("--now", callback=_moment, metavar="TIME", help="Use this as the current time.")
@click.option(
    "-t", "--theme", metavar="NAME", help="Use this theme instead of the settings' theme."
)
@click.pass_context
def serve(
    context: click.Context,
    port: int,
    host: str,
    open_browser: bool,
    no_reload: bool,
    poll: float | None,
    now: datetime | None,
    theme: str | None,
) -> None:
    """Preview the site with live reload.

    Drafts and future articles are included. Press Ctrl-C to stop.
    """
    from site_gen.cli.hints import Hints
    from site_gen.engine.build import build
    from site_gen.engine.cache.in_process import Kept
    from site_gen.preview.start import Setup, start
    from site_gen.query import read_ahead

    root = _root_of_site(context)
    fixed = now or source_date()
    console = Console(
        root, as_json=wants_json(context), quiet=is_quiet(context), open_browser=open_browser
    )

    def options(url: str) -> Options:
        return Options(
            now=fixed or datetime.now(UTC),
            base_url=url,
            theme=theme,
            drafts=True,
            future=True,
            jobs=1,  # the server has threads, and a process with threads does not fork
            preview=True,
        )

    _warn_of_other_hosts(host, console)
    setup = Setup(root, watched(root), host, port, not no_reload, _editor(root, host), poll)
    with contextlib.suppress(KeyboardInterrupt):
        kept = Kept()
        start(
            setup,
            lambda wanted, viewer: build(root, wanted, viewer=viewer, kept=kept),
            options,
            console,
            Hints(root, kept),
            lambda wanted: read_ahead(root, wanted, kept),
        )


preview = click.Command(
    "preview",
    callback=serve.callback,
    params=serve.params,
    help="The same as serve.",
    hidden=True,
)

COMMANDS = (serve, preview)


def watched(root: Path) -> "Inputs":
    """Return the files and folders that the preview of a site watches."""
    from site_gen.plugins import trust
    from site_gen.preview.scan import Inputs
    from site_gen.theme.chain import shipped

    folders = (root / "content", root / "themes", root / "plugins", shipped())
    distinct = {folder.resolve(): folder for folder in reversed(folders)}
    files = [root / name for name in SETTINGS]
    trusted = trust.trust_file()
    return Inputs(tuple(distinct.values()), (*files, *([trusted] if trusted else ())))


def _root_of_site(context: click.Context) -> Path:
    """Return the folder of the site. Raises SiteError if it has no settings.

    Updates the schemas if the settings refer to them: they are missing in a fresh clone, and
    outdated after an upgrade.
    """
    from site_gen import settings
    from site_gen.read import schemas

    root = root_of(context)
    found = settings.find(root)
    if found is None:
        raise SiteError(settings.load(root).problems)
    if schemas.FOLDER in found.read_text("utf-8", "replace"):
        with contextlib.suppress(OSError):
            schemas.write(root)
    return root


def _warn_of_other_hosts(host: str, console: "Console") -> None:
    from site_gen.preview.allowed_hosts import is_loopback

    if not is_loopback(host):
        console.warn(f"whoever reaches this machine at {host} can read the site, drafts included")


def _editor(root: Path, host: str) -> str:
    """Return the address that opens a file in the editor; "" if others can reach the server."""
    from urllib.parse import quote

    from site_gen import settings
    from site_gen.preview.allowed_hosts import is_loopback

    own = settings.load(root).settings
    if own is None or not is_loopback(host):
        return ""
    folder = quote(root.resolve().as_posix()).lstrip("/")
    return own.check.editor_link.replace("{path}", f"{folder}/{{path}}")


class Console:
    """The terminal output of the preview: a banner, a line for each build, problems."""

    def __init__(
        self,
        root: Path,
        *,
        as_json: bool = False,
        quiet: bool = False,
        open_browser: bool = False,
    ) -> None:
        self._root = root
        self._as_json = as_json
        self._quiet = quiet
        self._open_browser = open_browser
        self._start = time.perf_counter()
        self._url = ""
        self._shown: tuple[Problem, ...] = ()
        self._ready = False
        self._built = False

    def serving(self, url: str, *, built: bool) -> None:
        """Report that the server answers."""
        self._url = url
        self._built = built
        if not self._as_json and not self._quiet:
            what = "Serving the last build" if built else "Building"
            click.echo(f"{what} at {url}/ ...")
        if self._open_browser:
            import webbrowser

            webbrowser.open(f"{url}/")

    def warn(self, text: str) -> None:
        """Show a warning."""
        if self._as_json:
            self._event("warning", message=text)
        else:
            click.echo(f"warning: {clean(text, 400)}", err=True)

    def show_build(self, turn: "BuildResult") -> None:
        """Report a build: the banner after the first one, a line after each other."""
        self._built |= turn.report.ok
        if self._as_json:
            self._event("build", **self._as_event(turn))
        else:
            self._problems(turn.report.problems)
            lines = self._line(turn) if self._ready else self._banner(turn)
            for line in lines if not self._quiet else ():
                click.echo(line)
        self._ready = True

    def _problems(self, problems: tuple[Problem, ...]) -> None:
        if problems != self._shown:
            show_problems(problems)
        self._shown = problems

    def _banner(self, turn: "BuildResult") -> Iterator[str]:
        report, seconds = turn.report, time.perf_counter() - self._start
        what = ", ".join(
            (
                counted(report.articles, "article"),
                counted(report.editions, "edition"),
                counted(report.pages, "page"),
            )
        )
        yield f"Site  {self._url}/"
        yield f"Feed  {self._url}/feed.xml"
        yield f"      {what if report.ok else self._trouble(report)}; ready in {seconds:.2f} s"
        yield "Ctrl-C ends it."

    def _line(self, turn: "BuildResult") -> Iterator[str]:
        report = turn.report
        if not turn.changed and report.ok and not report.rendered:
            return
        work = counted(len(report.rendered), "page") if report.ok else self._trouble(report)
        if report.ok and report.removed:
            work += f", {len(report.removed)} removed"
        yield f"{self._changed(turn.changed)}: {work}, {turn.seconds * 1000:.0f} ms"

    def _changed(self, paths: tuple[str, ...]) -> str:
        names = [clean(os.path.relpath(path, self._root)) for path in paths[:1]] or ["again"]
        return names[0] + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")

    def _as_event(self, turn: "BuildResult") -> dict[str, object]:
        report = turn.report
        return {
            "url": self._url,
            "changed": [os.path.relpath(path, self._root) for path in turn.changed],
            "ok": report.ok,
            "rendered": len(report.rendered),
            "written": len(report.written),
            "removed": len(report.removed),
            "seconds": round(turn.seconds, 4),
            "problems": [as_data(problem) for problem in report.problems],
        }

    def _event(self, kind: str, **data: object) -> None:
        click.echo(json.dumps({"event": kind} | data, ensure_ascii=False))

    def _trouble(self, report: Report) -> str:
        errors = sum(problem.severity == "error" for problem in report.problems)
        stays = "the last good site stays" if self._built else "no site yet"
        return f"{counted(errors, 'problem')}, {stays}"
