"""Whether a build has nothing to do, found out by stat alone, and what it takes to know that.

A file whose mtime lies within two seconds before the last settling, both as the file system
gives them, is hashed again: a later write may have left its stamp as it was. Where that time
lies before the last settling, the clock was set back, and no stamp proves anything.
"""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files
from site_gen.engine import program, remembered
from site_gen.engine.memo import SHARED, Memo
from site_gen.engine.outputs import Looking, digest_of, own_stamp
from site_gen.engine.report import Options, Report
from site_gen.engine.snapshot import CONTENT, Snapshot, Stamp, packed, stamp

RACY = 2_000_000_000
"""Nanoseconds: the coarsest file system time we allow for."""


def output_name(output: Path) -> str:
    """The name under which the memo keeps what it knows of an output folder."""
    return str(output.resolve())


def options_key(options: Options) -> str:
    """The options that change what is built."""
    return json.dumps(
        [
            options.base_url,
            options.theme,
            options.drafts,
            options.future,
            options.strict,
            options.keep_going,
            options.preview,
            options.noindex,
        ]
    )


def is_settled(
    memo: Memo,
    snapshot: Snapshot,
    root: Path,
    output: Path,
    options: Options,
    report: Report,
    looking: Looking,
) -> bool:
    """Whether inputs and outputs (`looking` at them) are as the last good build left them."""
    name = output_name(output)
    known = memo.state(name, "settled")
    if not isinstance(known, dict) or known.get("options") != options_key(options):
        return False
    since, until = known["valid"]
    now = options.now.timestamp()
    if (since is not None and now < since) or (until is not None and now >= until):
        return False
    if known.get("inputs") != snapshot.digest() or known.get("program") != program.quick_stamp():
        return False
    time = file_system_time(memo.path.parent)
    if time < known["time"]:
        doubt(memo)
        return False
    report.hashed += len(known["racy"])
    stamps = _stamps(snapshot) if known["racy"] else {}
    if any(path not in stamps or _hash(root, path) != seal for path, seal in known["racy"]):
        return False
    if known.get("outputs") != looking.looked().digest:
        return False
    report.pages, report.articles = known["pages"], known["articles"]
    report.editions = known["editions"]
    report.problems += tuple(remembered.decode(known["problems"]))
    if known["racy"]:
        _calm(memo, name, known, time, snapshot)
    return True


def doubt(memo: Memo) -> None:
    """The clock was set back: a file may have been written again at the very time that its stamp
    says, so that every file is to be looked at, for every output."""
    with memo.transaction():
        memo.forget_state_of_all("settled")
        memo.set_state(SHARED, "looked", 0)


def _hash(root: Path, path: str) -> str:
    try:
        return digest.of_bytes(files.read_bytes(root / path, 1 << 30))
    except files.Unreadable:
        return ""


def _calm(memo: Memo, name: str, known: dict[str, Any], time: int, snapshot: Snapshot) -> None:
    """Files that were written long enough ago need no second look any more."""
    stamps = _stamps(snapshot)
    racy = [[p, d] for p, d in known["racy"] if stamps[p][1] > time - RACY]
    if len(racy) < len(known["racy"]):
        memo.set_state(name, "settled", {**known, "racy": racy, "time": time})


def _stamps(snapshot: Snapshot) -> dict[str, Stamp]:
    found = {f"{CONTENT}/{p}": s for p, s in snapshot.content.items()}
    found |= {f"themes/{p}": s for p, s in snapshot.themes.items()}
    return found | snapshot.settings


def file_system_time(folder: Path) -> int:
    """Now, as the file system of `folder` gives it, in nanoseconds."""
    path = folder / "clock"
    if path.is_symlink():
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        os.utime(descriptor)
        return stamp(os.fstat(descriptor))[1]
    finally:
        os.close(descriptor)


def settle(
    memo: Memo,
    snapshot: Snapshot,
    root: Path,
    output: Path,
    options: Options,
    report: Report,
    outputs: Mapping[str, Stamp],
    valid: tuple[float | None, float | None],
    seal: Callable[[str], str],
) -> None:
    """Record that the output is what the inputs of `snapshot` give.

    outputs   of our files in the output, their stamps, by path, as the output lists them
    valid     moments from which and until which every decision about time stays as it is
    seal      the digest of a file that was read, by path from the site's root; "" = not read
    """
    time = file_system_time(memo.path.parent)
    young = sorted(path for path, s in _stamps(snapshot).items() if s[1] > time - RACY)
    racy = [[path, seal(path) or _hash(root, path)] for path in young]
    name = output_name(output)
    with memo.transaction():
        memo.set_state(name, "settled", {
            "options": options_key(options),
            "inputs": snapshot.digest(),
            "program": program.quick_stamp(),
            "valid": valid,
            "time": time,
            "racy": racy,
            "outputs": digest_of(outputs, packed(outputs.values()), own_stamp(output)),
            "pages": report.pages,
            "articles": report.articles,
            "editions": report.editions,
            "problems": remembered.encode(report.problems),
        })  # fmt: skip
