"""Addresses that the old host protected: passwords, roles, refusals in configuration files of
hosts, servers and frameworks. What is there is not public."""

import re
import tomllib
from collections.abc import Callable, Iterator
from posixpath import basename, dirname
from typing import Any, NamedTuple

from site_gen.importers.old_site import OldSite
from site_gen.importers.reading import addresses, htaccess, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

MOST = 2000
"""Most rules that are read."""
REFUSALS = frozenset(["401", "403", "404", "410", "451"])
_VARIABLE = re.compile(r"[*:(\[^$]|\.\*")
"""Where the variable part of a pattern begins."""
_ROLE = re.compile(r"\brole\s*=", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:401|403)\b|www-authenticate|unauthori[sz]ed|forbidden|/(?:login|log-in|signin|sign-in"
    r"|auth)\b|\bredirect\(",
    re.IGNORECASE,
)
"""Signs that a program restricts access."""
_PATHS = re.compile(
    r"pathname\s*(?:\.\s*startsWith\(\s*|===?\s*)[\"'`](/[^\"'`\n]{1,200})[\"'`]"
    r"|\b(?:matcher|path)\s*:\s*\[?\s*[\"'`](/[^\"'`\n]{1,200})[\"'`]"
)
_PROGRAMS = re.compile(
    r"(?:^|/)_?middleware\.[mc]?[jt]s$|(?:^|/)netlify/edge-functions/.*\.[mc]?[jt]s$"
)


class Guard(NamedTuple):
    """A protected path, or all paths below it, and the reason."""

    path: str
    below: bool
    why: str

    def hits(self, address: str) -> bool:
        """Whether it protects an address."""
        plain, own = addresses.same(address), addresses.same(self.path)
        return plain == own or (self.below and (own == "/" or f"{plain}/".startswith(f"{own}/")))


def settle(folder: Folder, site: OldSite) -> None:
    """Texts at protected addresses become private, files are left out."""
    guards = [guard for _, guard in zip(range(MOST), _guards(folder), strict=False)]
    folders = list(_shut_folders(folder, site))
    closed = htaccess.Closed(folder)
    if not guards and not folders and not closed:
        return

    def why(address: str) -> str:
        found = (guard.why for guard in guards if guard.hits(address))
        return next(found, "") or next((w for one in folders if (w := one(address))), "")

    for entry in site.entries:
        said = why(entry.address) if entry.address else ""
        if entry.address == f"/{entry.source}":  # a page that is its file
            said = said or closed.why(entry.source)
        if said:
            entry.private, entry.unlisted = said, entry.unlisted or entry.address
            entry.address = entry.guid = ""
    shut = {item.source: said for item in site.static if (said := why(item.address))}
    site.unpublished += [pair for pair in shut.items() if not basename(pair[0]).startswith(".")]
    site.static = [item for item in site.static if item.source not in shut]


def _guards(folder: Folder) -> Iterator[Guard]:
    for name in folder.names:
        for mark, reader in _READERS:
            if mark.search(name):
                try:
                    text = folder.text(name)
                    yield from (
                        guard._replace(why=f"{name} {guard.why}") for guard in reader(name, text)
                    )
                except (SiteError, ValueError, RecursionError):
                    continue


def _guard(pattern: str, why: str) -> Iterator[Guard]:
    """The guard for a pattern such as `/members/*`, `/members/:path*`, `^/members/(.*)$`."""
    plain = re.sub(r"^https?://[^/]+", "", pattern.lstrip("^"))
    if not plain.startswith("/"):
        return
    found = _VARIABLE.search(plain)
    fixed = plain[: found.start()] if found else plain
    yield Guard(fixed.rstrip("/") or "/", bool(found), why)


def _headers(_: str, text: str) -> Iterator[Guard]:
    path = ""
    for line in text.split("\n"):
        if line.strip() and not line[0].isspace():
            path = line.split()[0]
        elif re.match(r"\s+basic-auth\s*:", line, re.IGNORECASE):
            yield from _guard(path, "asks for a password")


def _redirects(_: str, text: str) -> Iterator[Guard]:
    for line in text.split("\n"):
        words = line.partition(" #")[0].split()
        if len(words) < 2 or words[0].startswith("#"):
            continue
        status = next((w for w in words[1:] if re.fullmatch(r"\d{3}!?", w)), "301")
        yield from _rule(
            words[0], words[1], status.rstrip("!"), "!" in status, bool(_ROLE.search(line))
        )


def _rule(source: str, target: str, status: str, force: bool, role: bool) -> Iterator[Guard]:
    """The guard for a rule of Netlify's: a forced one applies even if the page exists."""
    if role:
        yield from _guard(source, "asks for a role")
    elif force and status in REFUSALS:
        yield from _guard(source, f"answers {status}")
    elif force and status.startswith("30") and "*" in source and ":splat" not in target:
        found = list(_guard(source, "leads elsewhere"))
        yield from (guard for guard in found if guard.path != "/" and guard.path not in target)


def _netlify(_: str, text: str) -> Iterator[Guard]:
    found = tomllib.loads(text)
    for rule in map(values.table, values.listed(found.get("redirects"))):
        role = "role" in {str(key).lower() for key in values.table(rule.get("conditions"))}
        source, target = values.text(rule.get("from")), values.text(rule.get("to"))
        yield from _rule(
            source, target, str(rule.get("status", 301)), rule.get("force") is True, role
        )
    for rule in map(values.table, values.listed(found.get("headers"))):
        if "basic-auth" in {str(key).lower() for key in values.table(rule.get("values"))}:
            yield from _guard(values.text(rule.get("for")), "asks for a password")


def _hosted(_: str, text: str) -> Iterator[Guard]:
    """Vercel's and Azure's rules."""
    found = values.table(values.from_json(text))
    for rule in map(values.table, values.listed(found.get("routes"))):
        roles = {values.text(role).lower() for role in values.listed(rule.get("allowedRoles"))}
        status = str(rule.get("status") or rule.get("statusCode") or "")
        if status in REFUSALS or (roles and "anonymous" not in roles):
            said = f"answers {status}" if status in REFUSALS else "asks for a role"
            yield from _guard(values.text(rule.get("src") or rule.get("route")), said)
    for rule in map(values.table, values.listed(found.get("redirects"))):
        if "missing" in rule:
            yield from _guard(values.text(rule.get("source")), "asks for a sign of its reader")


def _program(name: str, text: str) -> Iterator[Guard]:
    """Middleware: it names the pages that it guards, or lies in their folder."""
    if not _ASKS.search(text):
        return
    named = [a or b for a, b in _PATHS.findall(text)]
    place = re.search(r"(?:^|/)functions(/.*)?/_middleware\.", name)
    if place and not named:
        named = [f"{place[1] or ''}/*"]
    for path in named:
        open_to_all = re.search(r"login|sign-?in|auth|api\b", path, re.IGNORECASE)
        yield from (
            () if open_to_all else _guard(f"{path.rstrip('/*')}/*", "lets not everybody pass")
        )


_READERS: tuple[tuple[re.Pattern[str], Callable[[str, str], Iterator[Guard]]], ...] = (
    (re.compile(r"(?:^|/)_headers$"), _headers),
    (re.compile(r"(?:^|/)_redirects$"), _redirects),
    (re.compile(r"(?:^|/)netlify\.toml$"), _netlify),
    (re.compile(r"(?:^|/)(?:vercel|now|staticwebapp\.config)\.json$"), _hosted),
    (_PROGRAMS, _program),
)


def _shut_folders(folder: Folder, site: OldSite) -> Iterator[Callable[[str], str]]:
    """For each `.htaccess`: a function that says why it closes an address below it."""
    places = {item.source: item.address for item in site.static}
    for name in folder.names:
        if basename(name) in htaccess.NAMES and name in places:
            rules = htaccess.of(folder, name)
            below = f"{dirname(places[name]).rstrip('/')}/"

            def why(address: str, name: str = name, rules: Any = rules, below: str = below) -> str:
                if not f"{address}/".startswith(below):
                    return ""
                last = basename(address.rstrip("/"))
                asked = {last, "index.html"} if address.endswith("/") else {last}
                shut = any(rule.hits(one) for rule in rules for one in asked)
                return f"{name} keeps it from readers" if shut else ""

            if rules:
                yield why
