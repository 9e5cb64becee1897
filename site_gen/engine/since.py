"""Since the last good build: whether nothing but a few content files may have changed.

Imports nothing heavy: most builds that get here need to know no more.
"""

from itertools import islice
from typing import Any, NamedTuple

from site_gen.basics import digest, files
from site_gen.engine import program, remembered
from site_gen.engine.build import Site
from site_gen.engine.memo import SHARED
from site_gen.engine.outputs import Looked, Looking
from site_gen.engine.settled import INPUTS, file_system_time, options_key
from site_gen.engine.snapshot import CONTENT, STATIC, THEMES, differing, unpacked

MOST = 16
"""More edited files than this take the long way: its cost hardly depends on their number."""

PASSING = frozenset({"article/vanished", "edition/number"})
"""Problems of one build alone, as they compare it with the build before."""


class LongWay(Exception):  # noqa: N818 - no error
    """Something else changed too, or may have."""


class Last(NamedTuple):
    """What the last good build left: the settled state, the exact key of its program, and its
    outputs, as they still are."""

    settled: dict[str, Any]
    program: str
    outputs: Looked


def last_build(site: Site, looking: Looking) -> Last:
    """What the last good build left, where all but the content is as it was."""
    memo, options = site.memo, site.options
    settled = memo.state(site.name, "settled")
    known = memo.state(SHARED, "program") or ["", ""]
    if not isinstance(settled, dict):
        raise LongWay
    since, until = settled["valid"]
    now = options.now.timestamp()
    passing = any(problem.code in PASSING for problem in remembered.decode(settled["problems"]))
    as_it_was = (
        not passing
        and not options.keep_going
        and (
            settled["options"] == options_key(options)
            and (since is None or since <= now)
            and (until is None or now < until)
            and settled["program"] == known[0] == program.quick_stamp()
            and settled["time"] <= file_system_time(memo.path.parent)
        )
    )
    if not as_it_was:
        raise LongWay
    looked = looking.looked()
    if settled["outputs"] != looked.digest:
        raise LongWay
    return Last(settled, str(known[1]), looked)


def edited(site: Site, last: Last) -> list[str]:
    """Content files that may have changed, by path below content/."""
    snapshot, memo = site.snapshot, site.memo
    before, now = memo.bytes_of(site.name, INPUTS), snapshot.stamps()
    # The same files, and all of them but some of the content as they were.
    if len(before) != len(now) or snapshot.digest(before) != last.settled["inputs"]:
        raise LongWay
    places = list(islice(differing(before, now), MOST + 1))
    if len(places) > MOST:
        raise LongWay
    content = list(snapshot.content)
    changed = {content[place] for place in places}
    # Another output may have been built since: then the memo knows files as they were there.
    if any(memo.file_stamp(content[place]) != unpacked(before, place) for place in places):
        raise LongWay
    others = snapshot.themes | snapshot.settings
    for path, seal in last.settled["racy"]:
        own = path.removeprefix(f"{CONTENT}/")
        if own in snapshot.content and own != path:
            if memo.file_digest(own) != seal:
                raise LongWay
            changed.add(own)
        # A memo may come from a stranger: nothing but an input is read.
        elif path.removeprefix(f"{THEMES}/") not in others or hashed(site, path) != seal:
            raise LongWay
    if len(changed) > MOST or any(not p.endswith(".md") or p.startswith(STATIC) for p in changed):
        raise LongWay
    return sorted(changed)


def hashed(site: Site, path: str) -> str:
    """The digest of an input, by path from the site's root; "" for one that cannot be read."""
    site.report.hashed += 1
    try:
        return digest.of_bytes(files.read_bytes(site.root / path, 1 << 30))
    except files.Unreadable:
        return ""
