"""A digest of whole issues, each one file, built with us and with Pelican in turn.

    python benchmarks/issues.py [--issues 660] [--corpus DIR] [--pairs 3] [--work DIR]

Pelican is the program that PELICAN names, or `pelican` on PATH (`pip install 'pelican[markdown]'`
in an environment of its own). The issues of the corpus (default: ../shared/corpora/twir) are
repeated under earlier dates and other numbers; ours is the site that `site-gen import pelican`
makes of Pelican's, with every format and with pages and feeds alone.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from build import CASES, machine, ready, remove_old, table
from contenders import PAGES_AND_FEEDS, ROOT, Contender, Ours
from measure import CommandError

CORPUS = ROOT.parent / "shared" / "corpora" / "twir"
SETTINGS = """\
SITENAME = "Weekly"
SITEURL = "https://weekly.example"
TIMEZONE = "America/New_York"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "public"
ARTICLE_URL = "blog/{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "categories/{slug}/"
FEED_ATOM = "atom.xml"
FEED_RSS = "rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 4
"""
GAP = timedelta(weeks=1)


class Pelican(Contender):
    """Pelican with its own theme and the settings of such a digest."""

    name = "Pelican"
    made = ("public", "__pycache__")

    def __init__(self, folder: Path, issues: int, program: str, corpus: Path) -> None:
        super().__init__(folder, issues, issues)
        self.issues_of = corpus
        self.command = [program, "content", "-s", "pelicanconf.py", "-q"]

    def prepare(self) -> None:
        (self.folder / "content").mkdir()
        (self.folder / "pelicanconf.py").write_text(SETTINGS, "utf-8")
        write_issues(self.issues_of, self.folder / "content", self.articles)


class Moved(Ours):
    """What `site-gen import pelican` makes of Pelican's site."""

    def __init__(self, folder: Path, old: Pelican, formats: tuple[str, ...]) -> None:
        super().__init__(folder, old.articles, old.articles, formats)
        self.old = old

    def prepare(self) -> None:
        command = [*self.command[:3], "-C", str(self.folder), "-q", "import", "pelican"]
        took = subprocess.run([*command, str(self.old.folder)], capture_output=True, text=True)
        settings = self.folder / "site.toml"
        if not settings.is_file():
            raise CommandError(f"import: {took.stdout}{took.stderr}")
        if self.formats:
            formats = f"formats = {json.dumps(self.formats)}\n"
            settings.write_text(formats + settings.read_text("utf-8"), "utf-8")


def write_issues(corpus: Path, folder: Path, count: int) -> None:
    """The newest `count` weeks of a digest: the corpus's issues, and again under earlier dates."""
    texts = [path.read_text("utf-8") for path in sorted(corpus.glob("20*.md"), reverse=True)]
    if not texts:
        raise CommandError(f"no issues in {corpus}")
    newest = date.fromisoformat(field(texts[0], "Date")[:10])
    for place in range(count):
        text, day = texts[place % len(texts)], newest - place * GAP
        number = field(text, "Number")
        text = text.replace(f"Number: {number}", f"Number: {count - place}", 1)
        text = re.sub(rf"(?m)^(Title: .*?){number}\s*$", rf"\g<1>{count - place}", text, count=1)
        text = re.sub("(?m)^Date: .*$", f"Date: {day}", text, count=1)
        (folder / f"{day}-issue-{count - place}.md").write_text(text, "utf-8")


def field(text: str, name: str) -> str:
    """A line of an issue's head."""
    found = re.search(rf"(?m)^{name}: *(.*?) *$", text)
    if not found:
        raise CommandError(f"an issue without {name}")
    return found[1]


def pelican_program() -> str:
    """The Pelican to build with."""
    program = os.environ.get("PELICAN") or shutil.which("pelican")
    if not program or not shutil.which(program):
        raise CommandError("no Pelican: set PELICAN to its script")
    return program


def contenders(work: Path, given: argparse.Namespace) -> Sequence[Contender]:
    """Pelican's site, and ours that are made from it."""
    old = Pelican(work / "pelican", given.issues, pelican_program(), given.corpus)
    feeds = Moved(work / "moved-feeds", old, PAGES_AND_FEEDS)
    return [old, feeds, Moved(work / "moved", old, ())]


def arguments() -> argparse.Namespace:
    """What the command line says."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--issues", type=int, default=660)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--pairs", type=int, default=3, help="runs of each case (default: 3)")
    parser.add_argument("--cases", nargs="+", choices=CASES[:2], default=list(CASES[:2]))
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the sites here")
    return parser.parse_args()


def main() -> int:
    """Measure."""
    given = arguments()
    print(machine(None))
    with tempfile.TemporaryDirectory(prefix="issues-bench-") as scratch:
        work = (given.work or Path(scratch)).resolve()
        sites = contenders(work, given)
        print(f"\n{given.issues:,} issues; {'; '.join(ready(sites))}\n")
        for text in table(sites, given.cases, given.pairs, peer="Pelican"):
            print(text, flush=True)
        remove_old(work)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CommandError as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
