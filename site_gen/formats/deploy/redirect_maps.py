"""Converts the rules of `_redirects` to the configuration of other servers."""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote

from site_gen.formats.deploy.host_redirects import HostRedirect, parse_rule
from site_gen.formats.deploy.path_pattern import without_final_slash
from site_gen.formats.deploy.redirect_rule import RULE_CHARACTERS

STATUSES = frozenset((301, 302, 303, 307, 308))
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Move(NamedTuple):
    """A redirect from a decoded path to an encoded path or URL."""

    source: str
    target: str
    status: int


class Moves(NamedTuple):
    """Redirects that every server supports, and the lines of `_redirects` with other rules: with
    `*` or `:name`, conditions, proxies to other hosts."""

    moves: tuple[Move, ...]
    others: tuple[str, ...]


def parse_moves(text: str, is_page: Callable[[str], bool]) -> Moves:
    """The rules of a `_redirects` file. As on hosts that read the file, the first rule for a path
    counts, and none for a path with a page."""
    found: dict[str, Move] = {}
    others = []
    for line in text.splitlines():
        if not line.partition(" #")[0].strip() or line.startswith("#"):
            continue
        rule = parse_rule(line)
        path = unquote(rule.source.text) if rule else ""
        if not rule or not _is_plain(rule, path):
            others.append(line)
        elif without_final_slash(path) not in found and (rule.force or not is_page(path)):
            found[without_final_slash(path)] = Move(path, _quote_special(rule.target), rule.status)
    return Moves(tuple(found.values()), tuple(others))


def _is_plain(rule: HostRedirect, path: str) -> bool:
    known = rule.source.exact is not None and not rule.query and rule.status in STATUSES
    return known and not CONTROL.search(path) and without_final_slash(path) != "/"


def nginx(these: Iterable[Move]) -> Iterator[str]:
    """The lines of a file to `include` inside `server { }`."""
    for move in these:
        for path in _slash_variants(move.source):
            name = path.replace("\\", "\\\\").replace('"', '\\"')
            yield f'location = "{name}" {{ return {move.status} "{move.target}"; }}'


def caddy(these: Iterable[Move]) -> Iterator[str]:
    """The lines of a file to `import` inside the block of a site."""
    for move in these:
        for path in _slash_variants(move.source):
            quoted = _caddy_path(path).replace('"', r"\"")
            yield f'redir "{quoted}" {move.target} {move.status}'


def _caddy_path(path: str) -> str:
    """A pattern that matches one path. Caddy compares an encoded pattern with the encoded path of a
    request, any other with the decoded one."""
    if set("*%{}") & set(path):
        return quote(path, safe=RULE_CHARACTERS)
    return re.sub(r"[\[\]?\\]", r"\\\g<0>", path)


def apache(these: Iterable[Move]) -> Iterator[str]:
    """Lines for `.htaccess` or a virtual host. Targets are decoded, as Apache encodes them."""
    for move in these:
        end = "/?" if len(_slash_variants(move.source)) > 1 else ""
        known = (
            re.escape(without_final_slash(move.source)).replace("\\", "\\\\").replace('"', '\\"')
        )
        yield f'RedirectMatch {move.status} "^{known}{end}$" "{_apache_target(move.target)}"'


def _apache_target(target: str) -> str:
    start, mark, query = target.partition("?")
    path = unquote(start).replace("\\", r"\\").replace("$", r"\$").replace('"', r"\"")
    return path + mark + query


def s3(these: Iterable[Move], root: str = "", prefix: str = "") -> Iterator[str]:
    """Shell commands that create an empty object with a redirect for each path; S3 answers 301.

    root     path prefix of the site's URL, which is not part of keys
    prefix   prefix of all keys in the bucket
    """
    for move in these:
        key = without_final_slash(move.source).removeprefix(root).strip("/")
        if not key.endswith((".html", ".htm", ".xml", ".json")):
            key += "/index.html"
        key = f"{prefix.strip('/')}/{key}".lstrip("/")
        words = ["--key", key, "--website-redirect-location", move.target]
        yield (
            'aws s3api put-object --bucket "$BUCKET" --content-type text/html '
            f"--cache-control no-cache {shlex.join(words)}"
        )


def to_json(these: Iterable[Move]) -> str:
    """A JSON list of objects with `from`, `to` and `status`."""
    rows = [{"from": m.source, "to": m.target, "status": m.status} for m in these]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _slash_variants(path: str) -> tuple[str, ...]:
    """A path with and without a final slash; the path alone if it names a file."""
    if path.endswith("/") or "." not in path.rpartition("/")[2]:
        return (without_final_slash(path), f"{without_final_slash(path)}/")
    return (path,)


_QUOTED = {c: quote(c) for c in "${}\"'`\\|<>"}


def _quote_special(target: str) -> str:
    """A URL with the characters quoted that are special in a server's configuration."""
    return "".join(_QUOTED.get(c, c) for c in target)
