"""Measures how often `grounded/summary` is wrong, and how many planted falsehoods it finds.

    python benchmarks/grounded.py [--show | --folds] [CORPUS...]

Each page's own description is held against its text (gold.json of ../shared/corpora/html-dev, the
expected texts of readability-dev). A hint on a true pair is printed with --show, to be read; two
descriptions do say other things than their pages, which are not counted as wrong. Falsehoods are
planted by tests/check/planted.py, the names for those of pages of other sites, five times. With
--folds how much two forms of a name may differ is chosen on the pages of four fifths of the sites,
and judged on the others.
"""

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import html

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
sys.path.insert(0, str(ROOT))

import site_gen.check.claims as module  # noqa: E402
from site_gen.check.claims import Evidence, claims  # noqa: E402
from site_gen.check.rules.grounded import MIN_WORDS, unsupported_claims  # noqa: E402
from tests.check.planted import planted  # noqa: E402

ROUNDS = 5
SHORTEST = 3
"""Planted names are longer than this."""
FOLDS = 5
MOST = 0.05
"""The largest share of true pairs with a hint."""
RIGHT = ("3d8f3404cf97", "e1cd54e5577d")
"""Pages whose description, as read by hand, has something that the text lacks: a year, a month."""
GRID = [(start, ends) for start in (3, 4) for ends in (2, 3, 4, 5)]
_META = ("og:description", "description", "twitter:description")


class Pair(NamedTuple):
    """A page's description, what it is compared with, and its site."""

    name: str
    site: str
    said: str
    texts: list[str]
    links: list[str]
    language: str


def pairs(corpus: Path) -> Iterator[Pair]:
    """Return the pages of a corpus whose description can be compared with their text."""
    read = of_gold if (corpus / "gold.json").exists() else of_readability
    for pair in read(corpus):
        body = " ".join(pair.texts[1:])
        if (
            len(body.split()) >= MIN_WORDS
            and pair.said
            and pair.said.strip(" .…") not in pair.texts[0]
        ):
            yield pair


def of_gold(corpus: Path) -> Iterator[Pair]:
    gold = json.loads((corpus / "gold.json").read_text("utf-8"))
    for name, page in sorted(gold.items()):
        tree = _tree(corpus / f"{name}.html.gz")
        metas = {m.get("property") or m.get("name"): m.get("content") for m in tree.iter("meta")}
        said = next((metas[key] for key in _META if metas.get(key)), "")
        body = [line for line in page["articleBody"].split("\n") if line.strip()]
        title = metas.get("og:title") or tree.findtext(".//title") or ""
        author = metas.get("author") or ""
        language = tree.get("lang") or "en"
        site = urlsplit(page["url"]).hostname or name
        yield Pair(name, site, said, [f"{title} {author}", *body], [], language)


def of_readability(corpus: Path) -> Iterator[Pair]:
    for file in sorted(corpus.glob("*.metadata.json")):
        name = file.name.removesuffix(".metadata.json")
        page = json.loads(file.read_text("utf-8"))
        tree = _tree(corpus / f"{name}.expected.html.gz")
        pieces = [" ".join(p.text_content().split()) for p in tree.iter(
            "p", "li", "h1", "h2", "h3", "blockquote", "td", "figcaption", "pre")]  # fmt: skip
        head = " ".join(str(page.get(k) or "") for k in ("title", "byline", "siteName",
                                                           "publishedTime"))  # fmt: skip
        links = [a.get("href") for a in tree.iter("a") if a.get("href")]
        site = name.rpartition("-")[0] or name
        yield Pair(name, site, page.get("excerpt") or "", [head, *filter(None, pieces)], links,
                   page.get("lang") or "en")  # fmt: skip


def _tree(file: Path) -> html.HtmlElement:
    data = gzip.decompress(file.read_bytes())
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return html.fromstring(data)
    return html.fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--folds", action="store_true")
    given = parser.parse_args()
    corpora = given.corpora or [CORPORA / "html-dev", CORPORA / "readability-dev"]
    print("| pages | pairs | with a wrong hint | planted | found | by kind |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    if given.folds:
        folds([pair for corpus in corpora for pair in pairs(corpus)])
        return
    for corpus in corpora:
        judged = judge(list(pairs(corpus)))
        print(line(corpus.name, judged))
        for told in judged.told if given.show else ():
            print(" ", told)


class Judged(NamedTuple):
    """Counts of pairs, hints, planted falsehoods and found ones by kind; and texts to read."""

    pairs: int
    hinted: int
    made: Counter[str]
    caught: Counter[str]
    told: list[str]

    @property
    def share(self) -> float:
        """The share of planted falsehoods that is found."""
        return self.caught.total() / max(1, self.made.total())


def judge(found: list[Pair]) -> Judged:
    """Apply the rule to pairs, both as they are and with planted falsehoods."""
    hinted = {p.name: told for p in found if (told := hints(p, p.said, evidence(p)))}
    told = [f"hint: {p.name} {p.site} {hinted[p.name]} | {p.said}"
            for p in found if p.name in hinted]  # fmt: skip
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for pair in found:
        if pair.name in hinted:
            continue
        others = sorted({c.text for other in found if other.site != pair.site
                         for c in claims(other.said) if len(c.text) > SHORTEST
                         and c.kind == "name"})  # fmt: skip
        proof = evidence(pair)
        for seed in range(ROUNDS):
            for false in planted(pair.said, others, random.Random(f"{seed} {pair.name}")):
                if false.kind == "name" and pair.language.lower().startswith("de"):
                    continue  # the rule leaves names out there
                made[false.kind] += 1
                if hints(pair, false.said, proof):
                    caught[false.kind] += 1
                else:
                    told.append(f"missed: {pair.name} {false.was} {false.now}")
    return Judged(len(found), len(hinted.keys() - set(RIGHT)), made, caught, told)


def hints(pair: Pair, said: str, proof: Evidence) -> list[str]:
    """Return what the rule does not find in the text."""
    return [claim.text for claim in unsupported_claims(said, proof, pair.language.lower())]


def line(name: str, judged: Judged) -> str:
    """Return a line of the table."""
    kinds = ", ".join(f"{kind} {judged.caught[kind]} of {judged.made[kind]}"
                      for kind in sorted(judged.made))  # fmt: skip
    share = judged.hinted / max(1, judged.pairs)
    return (f"| {name} | {judged.pairs} | {judged.hinted} ({share:.1%}) | {judged.made.total()} "
            f"| {judged.caught.total()} ({judged.share:.0%}) | {kinds} |")  # fmt: skip


def folds(found: list[Pair]) -> None:
    """Judge each fifth of the sites with the parameters chosen on the others."""
    total = Judged(0, 0, Counter(), Counter(), [])
    sites = sorted({pair.site for pair in found})
    for fold in range(FOLDS):
        own = {site for n, site in enumerate(sites) if n % FOLDS == fold}
        rest = [pair for pair in found if pair.site not in own]
        choices = {}
        for module.NAME_PREFIX, module.NAME_ENDING in GRID:
            judged = judge(rest)
            if judged.hinted <= MOST * judged.pairs:
                choices[module.NAME_PREFIX, module.NAME_ENDING] = judged.share
        module.NAME_PREFIX, module.NAME_ENDING = max(choices, key=lambda choice: choices[choice])
        judged = judge([pair for pair in found if pair.site in own])
        print(
            line(f"fold {fold + 1}, {module.NAME_PREFIX} and {module.NAME_ENDING} letters", judged)
        )
        total = Judged(total.pairs + judged.pairs, total.hinted + judged.hinted,
                       total.made + judged.made, total.caught + judged.caught, [])  # fmt: skip
    print(line("all, each unseen", total))


def evidence(pair: Pair) -> Evidence:
    """Return what a page's description is compared with."""
    return Evidence(pair.texts, pair.links)


if __name__ == "__main__":
    main()
