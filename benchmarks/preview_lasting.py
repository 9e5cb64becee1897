"""Stress tests of previews: saves in quick succession, and hundreds of rebuilds."""

import time
from collections.abc import Iterator

from preview_edits import Edit
from preview_page import Watched
from preview_servers import Running
from preview_tables import Burst

SOON = 0.03
LEAST_PATIENCE = 5.0
EARLY = 50
"""Rebuilds before the first sample of memory."""


def gaps(count: int, rebuild: float) -> tuple[list[float], list[float]]:
    """Return the gaps in seconds of both kinds of bursts: short ones, and spread over a rebuild."""
    return [SOON] * count, [rebuild * (turn + 1) / (count + 1) for turn in range(count)]


def burst(page: Watched, running: Running, edit: Edit, numbers: Iterator[int], gap: float,
          patience: float) -> Burst:  # fmt: skip
    """Save twice, and wait for the second save."""
    first, last = next(numbers), next(numbers)
    page.expect(edit.sign(last))
    start = time.monotonic()
    edit.save(first)
    time.sleep(max(0.0, gap - (time.monotonic() - start)))
    edit.save(last)
    shown = page.seen(patience) is not None
    served = shown or edit.sign(last)[1] in running.page()
    return Burst(shown, served)


def which(number: int) -> str:
    """Return the kind of edit of a rebuild: mostly a body, sometimes a title or a template."""
    if number % 25 == 0:
        return "template"
    return "title" if number % 10 == 0 else "body"


def grown(
    running: Running, edits: dict[str, Edit], rebuilds: int, patience: float
) -> Iterator[str]:
    """Rebuild repeatedly, each time after the last save was served; return lines about memory."""
    lost, sizes = 0, []
    for number in range(1, rebuilds + 1):
        edit = edits[which(number)]
        edit.save(number + 10_000)
        lost += not running.shows(edit.sign(number + 10_000)[1], patience)
        if number in (EARLY, rebuilds):
            time.sleep(1)  # the rest of the build: feeds and indexes come after the pages
            sizes.append(running.memory() / 1e6)
            yield f"{number} rebuilds: {sizes[-1]:.1f} MB, {lost} saves lost"
    if len(sizes) == 2:
        yield f"memory grew by {sizes[1] / sizes[0] - 1:+.1%}"
