"""Shared by the benchmarks of pages: corpora, their scores, and HTML as a browser shows it."""

import gzip
import importlib.util
import json
import re
import statistics
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from markdown_it import MarkdownIt

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
_MARKDOWN = MarkdownIt("js-default", {"html": True}).enable(["table", "strikethrough"])


@dataclass(frozen=True)
class Judged:
    """The result for a page: runs of four words kept rightly, kept wrongly, and lost."""

    counts: tuple[float, float, float]
    exact: bool


def score() -> Any:
    """The module `score.py` of the corpora: tpfpfn, prec, rec, tok, plain."""
    spec = importlib.util.spec_from_file_location("score", CORPORA / "dumps-dev" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judged(measure: Any, gold: str, found: str) -> Judged:
    """Compare `found` with `gold`, both plain text."""
    return Judged(measure.tpfpfn(gold, found), measure.tok(gold) == measure.tok(found))


def means(measure: Any, rows: Collection[Judged]) -> tuple[float, float, float, float]:
    """Return F1, precision, recall and accuracy, as `score.py` of the corpus computes them."""
    counts = [row.counts for row in rows]
    precision = statistics.mean(measure.prec(*c) for c in counts if c[0] + c[1] > 0)
    recall = statistics.mean(measure.rec(*c) for c in counts if c[0] + c[2] > 0)
    f1 = 2 * precision * recall / (precision + recall)
    return f1, precision, recall, statistics.mean(row.exact for row in rows)


def read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")


def gold(corpus: Path) -> dict[str, Any]:
    """Return the URL and article body of each page."""
    known: dict[str, Any] = json.loads((corpus / "gold.json").read_text("utf-8"))
    return known


def rendered(markdown: str) -> str:
    """Return the text of `markdown` as a browser shows it."""
    return shown(f"<div>{_MARKDOWN.render(markdown)}</div>")


def shown(html: str, without: Collection[str] = ()) -> str:
    """Return the text of `html`, one line for each block, leaving out elements in `without`."""
    skipped = {"script", "style", *without}
    text = "".join(_pieces(lxml.html.fromstring(html), skipped))
    return re.sub(r"\n\s*\n+", "\n\n", text)


def _pieces(element: Any, skipped: Collection[str]) -> Iterable[str]:
    if not isinstance(element.tag, str) or element.tag in skipped:
        return
    edge = "\n" if element.tag in _BLOCKS else ""
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child, skipped)
        yield child.tail or ""
    yield edge
