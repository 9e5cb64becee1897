"""Whether a build has nothing to do, by stamps alone, and the record that this needs.

A recently written file is hashed again (see basics/stamps.py). If the file system's time is before
the last record, the clock was set back, and no stamp can be trusted.
"""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import Any

from site_gen.basics import digest, files
from site_gen.basics.stamps import RACY, Stamp, differing_places, remove_at, stamp_at
from site_gen.engine.report import Report, Waiting
from site_gen.engine.site import Site
from site_gen.engine.snapshot import CONTENT
from site_gen.memo import problem_codec
from site_gen.memo.memo import SETTLED_FILES
from site_gen.output.file_list import read_state

INPUTS = "inputs"
"""The name under which the memo has an output's packed stamps of content files."""


def is_up_to_date(site: Site) -> bool:
    """Whether inputs and outputs are as the last good build left them."""
    memo, name, options, snapshot = site.memo, site.name, site.options, site.snapshot
    known = memo.get_state(name, "settled")
    if not isinstance(known, dict) or known.get("options") != options.key:
        return False
    if not is_valid(known, options.now) or known.get("inputs") != site.inputs:
        return False
    if known.get("program") != site.program_stamp:
        return False
    if any(list(stamp_at(path) or ()) != was for path, was in known["code"]):
        return False
    time = site.file_time
    if time < known["time"]:
        memo.invalidate_stamps()
        return False
    racy = known["racy"]
    stamps = dict(snapshot.inputs()) if racy else {}
    site.report.hashed += len(racy)
    if any(path not in stamps or _hash(site.root, path) != before for path, before in racy):
        return False
    if known.get("outputs") != read_state(site.output).digest:
        return False
    _say_again(site.report, known)
    if racy:  # files written long enough ago need not be checked again
        young = [[path, before] for path, before in racy if _is_young(stamps[path], time)]
        if young != racy:
            memo.set_state(name, "settled", {**known, "racy": young, "time": time})
    return True


def changed_files(site: Site) -> frozenset[str] | None:
    """Content files that may not be as they were when the output was settled last, or of which its
    arrangement knew no more than that they are others; None where that is not known."""
    memo, name, content = site.memo, site.name, site.snapshot.content
    known, names = memo.get_state(name, "settled"), memo.get_bytes(name, SETTLED_FILES)
    if not isinstance(known, dict) or not names or site.file_time < known["time"]:
        return None
    paths = names.decode("utf-8", "surrogatepass").split("\0")
    other = content.keys() ^ set(paths)  # added or removed: the rest is in the same order
    before = remove_at(memo.get_bytes(name, INPUTS), _places(other, paths))
    after = remove_at(site.stamps, _places(other, content))
    stayed = [path for path in content if path not in other] if before != after else []
    other |= {stayed[place] for place in differing_places(before, after)}
    begin = f"{CONTENT}/"
    racy = (path.removeprefix(begin) for path, _ in known["racy"] if path.startswith(begin))
    return frozenset((*other, *racy, *known["beside"]))


def _places(some: Set[str], paths: Iterable[str]) -> list[int]:
    return [place for place, path in enumerate(paths) if path in some] if some else []


def is_valid(known: dict[str, Any], now: datetime) -> bool:
    """Whether every decision about time still holds."""
    since, until = known["valid"]
    at = now.timestamp()
    return (since is None or at >= since) and (until is None or at < until)


def _say_again(report: Report, known: dict[str, Any]) -> None:
    """Report the problems of the last good build again."""
    report.pages, report.articles = known["pages"], known["articles"]
    report.editions, report.waiting = known["editions"], Waiting(*known["waiting"])
    report.problems += tuple(problem_codec.decode_problems(known["problems"]))


def _hash(root: Path, path: str) -> str:
    try:
        return digest.of_bytes(files.read_bytes(root / path, 1 << 30))
    except files.Unreadable:
        return ""


def record(
    site: Site,
    outputs: str,
    valid: tuple[datetime | None, datetime | None],
    code: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> None:
    """Record that the output matches the inputs of the site.

    outputs   the digest of our files in the output, see `file_list.state_digest`
    valid     moments from which and until which every decision about time stays as it is
    code      absolute paths of what was run of installed plugins
    beside    content paths of articles that are not as in the arrangement that the memo has
    """
    memo, name, snapshot, report = site.memo, site.name, site.snapshot, site.report
    time = site.file_time
    racy = [[path, _seal(site, path)] for path, _ in snapshot.inputs(time - RACY)]
    names = "\0".join(snapshot.content).encode("utf-8", "surrogatepass")
    with memo.transaction():
        memo.set_bytes(name, INPUTS, site.stamps)
        memo.set_bytes(name, SETTLED_FILES, names)
        memo.set_state(name, "settled", {
            "options": site.options.key,
            "inputs": site.inputs,
            "program": site.program_stamp,
            "valid": [moment and moment.timestamp() for moment in valid],
            "time": time,
            "racy": racy,
            "beside": list(beside),
            "code": [[path, list(stamp_at(path) or ())] for path in code],
            "outputs": outputs,
            "pages": report.pages,
            "articles": report.articles,
            "editions": report.editions,
            "waiting": list(report.waiting),
            "problems": problem_codec.encode_problems(report.problems),
        })  # fmt: skip


def _seal(site: Site, path: str) -> str:
    """The digest of an input as it was read; of one that only was looked up, as it is."""
    content = path.removeprefix(f"{CONTENT}/")
    known = "" if content == path else site.memo.file_digest(content)
    return known or _hash(site.root, path)


def _is_young(found: Stamp, time: int) -> bool:
    return found[1] > time - RACY
