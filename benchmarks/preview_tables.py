"""The tables of the preview benchmarks."""

import statistics
from dataclasses import dataclass

HEADS = {
    "rounds": "| articles | server | save of | median ms | 95 % ms | slowest ms | not seen |",
    "bursts": "| articles | server | two saves | bursts | never served | served, never shown |",
}


@dataclass(frozen=True)
class Burst:
    """The result of the second of two saves.

    shown    whether the open page had it in time
    served   whether the server had it then
    """

    shown: bool
    served: bool


def head(kind: str) -> str:
    """Return the first two lines of a table."""
    titles = HEADS[kind]
    rule = " | ".join(["---"] * (titles.count("|") - 1))
    return f"{titles}\n| {rule} |"


def late(found: list[float]) -> float:
    """Return the 95th percentile: the smallest value that 95 % do not exceed."""
    return sorted(found)[max(0, -(-len(found) * 95 // 100) - 1)]


def row(articles: int, name: str, what: str, found: list[float | None]) -> str:
    """Return a line of the table of times in ms; None stands for a save that was missed."""
    seen = [each for each in found if each is not None]
    figures = [statistics.median(seen), late(seen), max(seen)] if seen else []
    words = [f"{each:.0f}" for each in figures] or ["", "", ""]
    return f"| {articles:,} | {name} | {what} | {' | '.join(words)} | {len(found) - len(seen)} |"


def burst_row(articles: int, name: str, what: str, found: list[Burst]) -> str:
    """Return a line of the table of bursts."""
    lost = sum(not each.served for each in found)
    stale = sum(each.served and not each.shown for each in found)
    return f"| {articles:,} | {name} | {what} | {len(found)} | {lost} | {stale} |"
