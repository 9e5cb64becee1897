"""The rules of `_redirects` in the words of other servers."""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from site_gen.formats.deploy.host_redirects import Redirect, rule_of
from site_gen.formats.deploy.path_pattern import bare
from site_gen.formats.deploy.redirect_rule import SAFE

STATUSES = frozenset((301, 302, 303, 307, 308))
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Move(NamedTuple):
    """From a path, decoded, to a path or an address, encoded."""

    source: str
    target: str
    status: int


class Moves(NamedTuple):
    """Rules that every server can hold, and the lines of others: with `*` or `:name`, conditions,
    answers of other hosts."""

    moves: tuple[Move, ...]
    others: tuple[str, ...]


def moves(text: str, is_page: Callable[[str], bool]) -> Moves:
    """The rules of a `_redirects` file. Of two from one path the first counts; one that a page
    hides, as on hosts that read the file, counts for nothing."""
    found: dict[str, Move] = {}
    others = []
    for line in text.splitlines():
        if not line.partition(" #")[0].strip() or line.startswith("#"):
            continue
        rule = rule_of(line)
        path = unquote(rule.source.text) if rule else ""
        if not rule or not _is_plain(rule, path):
            others.append(line)
        elif bare(path) not in found and (rule.force or not is_page(path)):
            found[bare(path)] = Move(path, _plain(rule.target), rule.status)
    return Moves(tuple(found.values()), tuple(others))


def _is_plain(rule: Redirect, path: str) -> bool:
    known = rule.source.exact is not None and not rule.query and rule.status in STATUSES
    return known and not CONTROL.search(path) and bare(path) != "/"


def nginx(these: Iterable[Move]) -> Iterator[str]:
    """Lines for `include` inside `server { }`."""
    for move in these:
        for path in _forms(move.source):
            name = path.replace("\\", "\\\\").replace('"', '\\"')
            yield f'location = "{name}" {{ return {move.status} "{move.target}"; }}'


def caddy(these: Iterable[Move]) -> Iterator[str]:
    """Lines for `import` inside the block of a site."""
    for move in these:
        for path in _forms(move.source):
            quoted = _for_caddy(path).replace('"', r"\"")
            yield f'redir "{quoted}" {move.target} {move.status}'


def _for_caddy(path: str) -> str:
    """A pattern that matches one path. Encoded, it is compared with what was asked for as it was
    written; else with what that means."""
    if set("*%{}") & set(path):
        return quote(path, safe=SAFE)
    return re.sub(r"[\[\]?\\]", r"\\\g<0>", path)


def apache(these: Iterable[Move]) -> Iterator[str]:
    """Lines for `.htaccess` or a virtual host. Apache encodes the path of a target itself."""
    for move in these:
        end = "/?" if len(_forms(move.source)) > 1 else ""
        known = re.escape(bare(move.source)).replace("\\", "\\\\").replace('"', '\\"')
        yield f'RedirectMatch {move.status} "^{known}{end}$" "{_for_apache(move.target)}"'


def _for_apache(target: str) -> str:
    start, mark, query = target.partition("?")
    path = unquote(start).replace("\\", r"\\").replace("$", r"\$").replace('"', r"\"")
    return path + mark + query


def s3(these: Iterable[Move], root: str = "", prefix: str = "") -> Iterator[str]:
    """Commands that put an empty object with a redirect at each place; S3 answers 301.

    root, prefix   of the site's address, which is no part of a key; of all keys in the bucket
    """
    for move in these:
        key = bare(move.source).removeprefix(root).strip("/")
        if not key.endswith((".html", ".htm", ".xml", ".json")):
            key += "/index.html"
        key = f"{prefix.strip('/')}/{key}".lstrip("/")
        words = ["--key", key, "--website-redirect-location", move.target]
        yield (
            'aws s3api put-object --bucket "$BUCKET" --content-type text/html '
            f"--cache-control no-cache {shlex.join(words)}"
        )


def as_json(these: Iterable[Move]) -> str:
    """The same for programs: a list of from, to, status."""
    rows = [{"from": m.source, "to": m.target, "status": m.status} for m in these]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _forms(path: str) -> tuple[str, ...]:
    """With and without the final slash, but for names of files."""
    if path.endswith("/") or "." not in path.rpartition("/")[2]:
        return (bare(path), f"{bare(path)}/")
    return (path,)


_MARKS = {c: quote(c) for c in "${}\"'`\\|<>"}


def _plain(target: str) -> str:
    """An address without what means something to a server's settings."""
    return "".join(_MARKS.get(c, c) for c in target)
