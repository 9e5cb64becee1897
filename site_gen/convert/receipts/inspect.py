"""What a conversion keeps and cuts, by rule: as data, and as lines for a terminal."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_gen.convert import run
from site_gen.convert.options import ConvertOptions
from site_gen.convert.receipts import store as receipts
from site_gen.convert.sources import listing as sources
from site_gen.convert.sources import sniff
from site_gen.convert.text import rules
from site_gen.model import Cut, Draft, RawDocument
from site_gen.plugins.load import NO_PLUGINS, Plugins
from site_gen.problems import clean
from site_gen.settings import Settings

FOLDED = 5
"""Lines of page furniture shown for each rule."""
_FRAME = frozenset(
    {
        "navigation", "above_article", "below_article", "outside_the_body", "share", "player",
        "advertisement", "legal", "after_comments", "after_related", "symbols", "text_size",
        "unseen",
    }
)  # fmt: skip
_WHOLE = 2000


@dataclass(frozen=True, slots=True)
class Inspection:
    """The drafts that a document would give; nothing is written."""

    source: str
    drafts: tuple[Draft, ...]


def inspect_document(
    root: Path,
    settings: Settings,
    name: str,
    options: ConvertOptions | None = None,
    plugins: Plugins = NO_PLUGINS,
) -> Inspection:
    """Convert the document `name` (a file or `-`) without writing. Raises SiteError."""
    asked = options or ConvertOptions()
    raw = next(iter(sources.listed([name], root, _no_fetch))).read()
    with rules.extended(plugins):
        return Inspection(name, tuple(run.drafts_of(raw, settings, asked)))


def _no_fetch(url: str) -> RawDocument:
    raise sniff.refused(url, "is an address", "save the page first: inspect reads files only")


def as_data(inspection: Inspection) -> dict[str, Any]:
    """For `--format json`: all drafts with their front matter and receipts."""
    return {"source": inspection.source, "drafts": [_draft(d) for d in inspection.drafts]}


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "matter": draft.matter,
        "body": draft.body,
        "verbatim": draft.verbatim is not None,
        "quarantine": list(draft.quarantine),
        "receipt": receipts.receipt_as_data(draft.receipt),
    }


def as_lines(inspection: Inspection, width: int = 100) -> Iterator[tuple[str, str]]:
    """(style, line) for a terminal: styles are head, kept, cut, moved, note and plain.

    Text from the document is cleaned and cut to `width`.
    """
    for number, draft in enumerate(inspection.drafts, 1):
        if number > 1:
            yield "plain", ""
        yield from _lines(draft, number, len(inspection.drafts), width)


def _lines(draft: Draft, number: int, count: int, width: int) -> Iterator[tuple[str, str]]:
    receipt = draft.receipt
    title = clean(str(draft.matter.get("title", "(no title)")), width)
    yield "head", title if count == 1 else f"{number}/{count} {title}"
    made = draft.verbatim is None or draft.matter.get("draft") is True
    state = "quarantined" if draft.quarantine else "a draft" if made else "published as it says"
    sure = f"confidence {receipt.confidence:.2f}"
    how = sure if draft.verbatim is None else "copied as it is"
    yield "plain", f"{receipt.kind}, {how}, {state}"
    for reason in dict.fromkeys((*draft.quarantine, *receipt.reasons)):
        yield "note", f"  ! {clean(reason, width)}"
    yield from _maybe_lost(receipt.cuts)
    yield "plain", f"kept ({len(receipt.kept)} lines)"
    for line in receipt.kept:
        yield "kept", f"  + {clean(line, width)}"
    for rule, cuts in _by_rule(receipt.cuts).items():
        folded = cuts[FOLDED:] if rule in _FRAME else []
        yield "plain", f"{clean(rule)} ({len(cuts)})"
        for cut in cuts[: len(cuts) - len(folded)]:
            yield _cut(cut, width)
        if folded:
            yield "plain", f"    and {len(folded)} more (--format json has them all)"


def _maybe_lost(cuts: tuple[Cut, ...]) -> Iterator[tuple[str, str]]:
    """Shown first and in full: text that may be a loss."""
    inside = [cut for cut in cuts if cut.inside]
    if inside:
        yield "note", f"left out in or beside the text ({len(inside)}): look at these"
    for cut in inside:
        place = f"{cut.line}: " if cut.line else ""
        yield "cut", f"  - {place}{clean(cut.text, _WHOLE)}"


def _cut(cut: Cut, width: int) -> tuple[str, str]:
    place = f"{cut.line}: " if cut.line else ""
    if cut.to:
        return "moved", f"  > {place}{clean(cut.text, width)} -> {clean(cut.to)}"
    return "cut", f"  - {place}{clean(cut.text, width)}"


def _by_rule(cuts: tuple[Cut, ...]) -> dict[str, list[Cut]]:
    grouped: dict[str, list[Cut]] = {}
    for cut in cuts:
        if cut.inside:
            continue
        grouped.setdefault(cut.rule, []).append(cut)
    return grouped
