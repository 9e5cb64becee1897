"""From a save to the changed pixel in headless Chromium: ours, Hugo's and Eleventy's servers.

    python benchmarks/preview.py --articles 1000 10000 --rounds 20
    python benchmarks/preview.py --articles 1000 --bursts 20 --rounds 0
    python benchmarks/preview.py --articles 100 --rebuilds 500 --rounds 0 --servers site_gen

For each size and server: start the real command, open the page of an article from the middle,
and save its body, its title, the style sheet and the template of articles, each so many times.
Equal for all are the articles, their weeks, their sizes (generate.py), and how the time is taken;
README.md says more. Needs playwright and Chromium; the other two servers are optional.
"""

import argparse
import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build import HUGO_SITE, hugo_program, machine
from measure import CommandError
from preview_edits import NAMES, Edit, edits
from preview_lasting import LEAST_PATIENCE, burst, gaps, grown
from preview_page import Watched, chromium, opened
from preview_servers import Running, Server, eleventy_command, served, servers
from preview_tables import burst_row, head, row

ELEVENTY_SITE = HUGO_SITE.with_name("eleventy")
SERVERS = ("site_gen", "hugo", "eleventy")
FIRST = 10_000
"""Numbers in the pages have five digits: none is the start of another."""


def warmed(page: Watched, edit: Edit, numbers: Iterator[int], patience: float) -> float:
    """Save until the server notices, which may not watch its files yet; return the seconds."""
    for _ in range(20):
        took = page.took(edit, next(numbers), patience)
        if took is not None:
            return took / 1000
    raise CommandError(f"no save of a {edit.name} is ever seen")


def rounds(server: Server, page: Watched, given: argparse.Namespace, numbers: Iterator[int]
           ) -> Iterator[str]:  # fmt: skip
    """Return the lines of the table of times."""
    for name, edit in edits(server, given.in_place).items():
        if name in given.edits:
            warmed(page, edit, numbers, given.patience)
            found = [page.took(edit, next(numbers), given.patience) for _ in range(given.rounds)]
            yield row(server.site.articles, server.name, name, found)


def bursts(server: Server, running: Running, page: Watched, given: argparse.Namespace,
           numbers: Iterator[int]) -> Iterator[str]:  # fmt: skip
    """Return the lines of the table of bursts."""
    edit = edits(server, given.in_place)["body"]
    took = statistics.median(warmed(page, edit, numbers, given.patience) for _ in range(3))
    patience = LEAST_PATIENCE + 3 * took
    soon, during = gaps(given.bursts, took)
    for what, waits in ((f"{soon[0] * 1000:.0f} ms apart", soon), ("during a rebuild", during)):
        found = []
        for gap in waits:
            time.sleep(given.pause)
            found.append(burst(page, running, edit, numbers, gap, patience))
        yield burst_row(server.site.articles, server.name, what, found)


def measure(server: Server, browser: Any, given: argparse.Namespace) -> Iterator[str]:
    """Measure one server; return lines as they are ready."""
    yield f"\n{server.name}, {server.site.articles:,} articles"
    server.prepare()
    start = time.perf_counter()
    with served(server):
        yield f"{time.perf_counter() - start:.1f} s until the page is there, from nothing"
    start = time.perf_counter()
    with served(server) as running:
        yield f"{time.perf_counter() - start:.2f} s when started again"
        if given.rebuilds:
            yield from grown(running, edits(server, given.in_place), given.rebuilds, given.patience)
        with opened(browser, running, given.pause) as page:
            numbers = itertools.count(FIRST)
            if given.rounds:
                yield f"\n{head('rounds')}"
                yield from rounds(server, page, given, numbers)
            if given.bursts:
                yield f"\n{head('bursts')}"
                yield from bursts(server, running, page, given, numbers)
        yield f"\n{running.memory() / 1e6:.0f} MB at the end"


def arguments() -> argparse.Namespace:
    """Parse the command line and the environment."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--weeks", type=int, help="instead of 52 and 200")
    parser.add_argument("--rounds", type=int, default=20, help="saves of each kind (default: 20)")
    parser.add_argument("--bursts", type=int, default=0, metavar="N",
                        help="also N pairs of saves at once, and N during a rebuild")  # fmt: skip
    parser.add_argument("--rebuilds", type=int, default=0, metavar="N",
                        help="also the memory after 50 and N rebuilds")  # fmt: skip
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=list(SERVERS))
    parser.add_argument("--edits", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--pause", type=float, default=1.0, help="seconds before each save")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds until one is lost")
    parser.add_argument("--in-place", action="store_true", help="save into the file, not over it")
    parser.add_argument("--hugo-site", type=Path, default=HUGO_SITE, metavar="DIR")
    parser.add_argument("--eleventy-site", type=Path, default=ELEVENTY_SITE, metavar="DIR")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the sites here")
    return found(parser.parse_args())


def found(given: argparse.Namespace) -> argparse.Namespace:
    """Return the arguments without servers that are not installed."""
    given.hugo = hugo_program(given.hugo_site) if "hugo" in given.servers else None
    given.eleventy = eleventy_command(given.eleventy_site) if "eleventy" in given.servers else None
    absent = {name for name in ("hugo", "eleventy") if not getattr(given, name)}
    given.servers = [name for name in given.servers if name not in absent]
    return given


def main() -> int:
    """Measure every size and server."""
    given = arguments()
    print(machine(given.hugo))
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory(prefix="preview-bench-") as scratch, chromium(program) as tab:
        work = (given.work or Path(scratch)).resolve()
        for articles in given.articles:
            for server in servers(work, articles, given):
                for text in measure(server, tab, given):
                    print(text, flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandError as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
