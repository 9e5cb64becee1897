"""`--budgets`: compares the sizes of built files with the limits in the settings."""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

from site_gen.output.file_list import owned_files
from site_gen.problems import Problem, Where
from site_gen.settings import BudgetSettings

_REQUEST = re.compile(
    rb"<(?:img|script|source|iframe|video|audio)\b[^<>]*?\bsrc=|<link\b[^<>]*?\brel=\"?(?:stylesheet|icon|manifest)"
)
_PICTURES = (".avif", ".webp", ".jpg", ".jpeg", ".png", ".gif", ".svg")


def over_budget(output: Path, limits: BudgetSettings) -> Iterator[Problem]:
    """Return a warning for each built file over its budget, ordered by path.

    Pages and feeds are measured compressed, as a host serves them; letters uncompressed, because
    mail programs cut them by that length; the requests of a page by its elements.
    """
    owned = owned_files(output)
    if owned is None:
        yield Problem("budgets/unbuilt", "nothing is built yet", Where(str(output)),
                      "run `site-gen build` first", "warning")  # fmt: skip
        return
    for path in owned:
        file = output / path
        try:
            if path.endswith(_PICTURES):
                yield from _over(path, "bytes", os.lstat(file).st_size, limits.picture_bytes)
            elif path.endswith(("email.html", "email.txt")):
                yield from _over(path, "bytes", os.lstat(file).st_size, limits.letter_bytes)
            elif path.endswith("index.html"):
                data = file.read_bytes()
                yield from _over(path, "bytes compressed", _compressed(data), limits.page_bytes)
                requests = len(_REQUEST.findall(data)) + 1
                yield from _over(path, "requests", requests, limits.requests)
            elif path.rpartition("/")[2] in ("feed.xml", "atom.xml", "feed.json"):
                size = _compressed(file.read_bytes())
                yield from _over(path, "bytes compressed", size, limits.feed_bytes)
        except OSError:
            continue  # deleted or replaced meanwhile


def _compressed(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


def _over(path: str, what: str, count: int, limit: int) -> Iterator[Problem]:
    if limit and count > limit:
        yield Problem(
            "budgets/over", f"{path} takes {count:,} {what}, more than {limit:,}", Where(path),
            "make it smaller, or raise the limit in [budgets]", "warning",
        )  # fmt: skip
