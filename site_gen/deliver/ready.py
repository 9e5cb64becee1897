"""Checks whether an output is ready for readers: from a plain build of the current content."""

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
    """Raise SiteError if the output must not be delivered.

    That is if it has drafts or future articles, is older than the content, or was built for this
    machine, or for another base URL than `base_url` ("" for any).
    """
    built = read_options(output)
    if built is None:
        text = "nothing is built yet" if not output.is_dir() else "no whole build is there"
        raise SiteError([Problem("deliver/unbuilt", text, Where(str(output)), _CURE)])
    problems = [
        Problem("deliver/unready", text, Where(str(output)), cure)
        for text, cure in _faults(root, output, built, now, base_url)
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
        text = f"the site was built for {built.base_url}: its links lead nobody else anywhere"
        yield text, "set base_url in the settings, build, and run the same command again"
    elif base_url and built.base_url != base_url:
        yield f"the site was built for {built.base_url}, and is to be for {base_url}", _CURE
    if _is_outdated(root, output, now):
        yield "the site is older than its texts", _CURE


def _is_outdated(root: Path, output: Path, now: datetime) -> bool:
    """Whether a build would change the output, because of changed stamps or the time.

    False if nothing is known about the last build. A change within two seconds of that build may
    be missed.
    """
    memo_file = memo_path(root, Options(now=now))
    if not memo_file.exists():
        return False
    try:
        with contextlib.closing(Memo(memo_file)) as memo:
            known = memo.get_state(output_name(output), "settled")
            stamps = memo.get_bytes(output_name(output), INPUTS)
            valid = not isinstance(known, dict) or is_valid(known, now)
    except (sqlite3.Error, LookupError, TypeError, ValueError):  # damaged; the build reports it
        return False
    return not valid or (bool(stamps) and stamps != take_snapshot(root).stamps())


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")
