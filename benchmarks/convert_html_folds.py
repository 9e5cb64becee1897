"""Bodies of saved news pages by folds over sites: what the rules do on sites they were not set on.

    python benchmarks/convert_html_folds.py

Reads ../shared/corpora/html-dev. The thresholds that rules.py names are chosen on the sites of
four folds and judged on the fifth; a phrase of the lexicons that fits lines of one site alone is
not known for that site. The rules themselves and the numbers within them stay as they were
written, with these pages in sight. Takes three minutes.
"""

import hashlib
import itertools
import re
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from unittest.mock import patch

from tld import get_fld

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import html_pages
from site_gen.convert.html import convert_html, rules
from site_gen.problems import SiteError
from site_gen.settings import Settings

CORPUS = html_pages.CORPORA / "html-dev"
FOLDS = 5
NAMES = ("SOME", "WHOLE", "PART")
GRID = tuple(itertools.product((20, 40, 80), (1.15, 1.3, 1.6), (0.6, 0.75, 0.9)))
TODAY = tuple(getattr(rules, name) for name in NAMES)


@dataclass(frozen=True)
class Page:
    name: str
    site: str
    html: str
    gold: str


def main() -> int:
    """Judge all pages under all thresholds, choose by folds, print."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is absent")
        return 2
    pages = [
        Page(name, get_fld(known["url"]), read(name), known["articleBody"])
        for name, known in sorted(html_pages.gold(CORPUS).items())
    ]
    blind = unknown(pages)
    print(f"{sum(map(len, blind.values()))} phrases fit lines of one site alone")
    with ProcessPoolExecutor() as pool:
        jobs = [(page, blind.get(page.site, frozenset())) for page in pages]
        judged = list(pool.map(under_all, jobs))
    folds = {site: number % FOLDS for number, site in enumerate(ordered(p.site for p in pages))}
    show("thresholds of today", [row[TODAY] for row in judged])
    found = []
    for fold in range(FOLDS):
        inside = [folds[page.site] == fold for page in pages]
        rest = [row for row, own in zip(judged, inside, strict=True) if not own]
        best = max(GRID, key=lambda at: (f1([row[at] for row in rest]), at == TODAY))
        found += [row[best] for row, own in zip(judged, inside, strict=True) if own]
        print(f"fold {fold}: {sum(inside)} pages, {dict(zip(NAMES, best, strict=True))}")
    show("folds", found)
    return 0


def read(name: str) -> str:
    return html_pages.read(CORPUS / f"{name}.html.gz")


def ordered(sites: object) -> list[str]:
    """Each site once, in an order that says nothing of it."""
    return sorted(set(sites), key=lambda s: hashlib.sha256(s.encode()).hexdigest())


def phrases() -> list[str]:
    """The patterns of the lexicons, as `rules.lexicon` takes them."""
    folder = files("site_gen.convert.html") / "lexicons"
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if ".txt" in f.name)
    rows = [line for _, text in texts for line in text.split("\n")]
    return [line for line in rows if line.strip() and line[0] != "#"]


def expression(listed: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\W*?(?:{'|'.join(listed) or '(?!)'})", re.IGNORECASE)


def unknown(pages: Sequence[Page]) -> Mapping[str, frozenset[str]]:
    """By site the phrases that fit lines of its pages and of no others."""
    whole = rules.lexicon()
    lines: dict[str, set[str]] = {}
    for page in pages:
        for line in map(str.strip, html_pages.shown(page.html).split("\n")):
            if whole.match(line):
                lines.setdefault(line, set()).add(page.site)
    found: dict[str, set[str]] = {}
    for phrase in phrases():
        pattern = expression([phrase])
        sites = set().union(*(own for line, own in lines.items() if pattern.match(line)))
        if len(sites) == 1:
            found.setdefault(sites.pop(), set()).add(phrase)
    return {site: frozenset(own) for site, own in found.items()}


def under_all(job: tuple[Page, frozenset[str]]) -> dict[tuple[float, ...], html_pages.Judged]:
    """One page under each choice of thresholds, by a lexicon without these phrases."""
    page, without = job
    measure = html_pages.score()
    known = expression([phrase for phrase in phrases() if phrase not in without])
    found = {}
    with patch.object(rules, "lexicon", lambda: known):
        for values in GRID:
            with patch.multiple(rules, **dict(zip(NAMES, values, strict=True))):
                found[values] = html_pages.judged(measure, page.gold, measure.plain(body(page)))
    return found


def body(page: Page) -> str:
    try:
        (draft,) = convert_html(page.html, source=page.name, settings=Settings())
    except SiteError:
        return ""
    return draft.body


def f1(rows: Sequence[html_pages.Judged]) -> float:
    return html_pages.means(html_pages.score(), rows)[0]


def show(title: str, rows: Sequence[html_pages.Judged]) -> None:
    values = html_pages.means(html_pages.score(), rows)
    named = zip(("F1", "precision", "recall", "accuracy"), values, strict=True)
    print(f"{title}: " + ", ".join(f"{name} {value:.3f}" for name, value in named))


if __name__ == "__main__":
    sys.exit(main())
