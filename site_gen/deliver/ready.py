"""Whether an output is for readers: what a plain build made, of what stands in the folder now."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from site_gen.engine.report import Options
from site_gen.engine.site import memo_path, output_name
from site_gen.engine.snapshot import take_snapshot
from site_gen.engine.up_to_date import INPUTS, is_valid
from site_gen.memo.memo import Memo
from site_gen.output.file_list import OutputOptions, read_options
from site_gen.problems import Problem, SiteError, Where

_CURE = "run `site-gen build`, and the same command again"


def refuse_unready(root: Path, output: Path, now: datetime, base_url: str = "") -> None:
    """Raises SiteError for drafts, for texts that were withdrawn since, for links that lead to
    this machine, or elsewhere than to `base_url` where one is named."""
    built = read_options(output)
    if built is None:
        told = "nothing is built yet" if not output.is_dir() else "no whole build is there"
        raise SiteError([Problem("deliver/unbuilt", told, Where(str(output)), _CURE)])
    problems = [
        Problem("deliver/unready", told, Where(str(output)), cure)
        for told, cure in _faults(root, output, built, now, base_url)
    ]
    if problems:
        raise SiteError(problems)


def _faults(
    root: Path, output: Path, built: OutputOptions, now: datetime, base_url: str
) -> Iterator[tuple[str, str]]:
    if built.preview:
        yield "this is a preview's site: it shows drafts", f"without --output, {_CURE}"
    elif built.drafts:
        yield "the site was built with its drafts", _CURE
    if built.future and not built.preview:
        yield "the site was built with what is dated in the future", _CURE
    if _is_local(built.base_url) and not built.preview:
        told = f"the site was built for {built.base_url}: its links lead nobody else anywhere"
        yield told, "set base_url in the settings, build, and run the same command again"
    elif base_url and built.base_url != base_url:
        yield f"the site was built for {built.base_url}, and is to be for {base_url}", _CURE
    if _is_outdated(root, output, now):
        yield "the site is older than its texts", _CURE


def _is_outdated(root: Path, output: Path, now: datetime) -> bool:
    """Whether the output is known to be another than a build would make now, by stat alone: a
    text has changed since, or a moment has come. False where nothing is known of it.

    A save within two seconds of the build may go unseen: who sends has built before.
    """
    memo_file = memo_path(root, Options(now=now))
    if not memo_file.exists():
        return False
    try:
        with contextlib.closing(Memo(memo_file)) as memo:
            known = memo.get_state(output_name(output), "settled")
            stamps = memo.get_bytes(output_name(output), INPUTS)
            valid = not isinstance(known, dict) or is_valid(known, now)
    except (sqlite3.Error, LookupError, TypeError, ValueError):  # damaged: the next build says so
        return False
    return not valid or (bool(stamps) and stamps != take_snapshot(root).stamps())


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")
