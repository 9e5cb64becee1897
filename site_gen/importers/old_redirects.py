"""Redirects that the old site had: `_redirects`, netlify.toml, vercel.json, Ghost's own file."""

import re
import tomllib

from site_gen import frontmatter
from site_gen.importers.old_site import OldSite, Rule
from site_gen.importers.placing import Places
from site_gen.importers.reading import addresses, values
from site_gen.importers.reading.folder import Folder
from site_gen.problems import SiteError

STATUS = {"301": 301, "302": 302, "303": 302, "307": 302, "308": 301}
_PLAIN = re.compile(r"\^?(/[\w./%~-]*?)\$?")
"""A regular expression, as Ghost has them, that holds for one path."""


def read(folder: Folder, site: OldSite) -> None:
    """Add the old site's rules to it; those for many paths, or with conditions, as they stand."""
    for name, reader in (
        (_beside(site), _lines),
        ("netlify.toml", _netlify),
        ("vercel.json", _vercel),
        *((place + f, _ghost) for place in ("", "content/data/") for f in _GHOST),
    ):
        if name and folder.first(name):
            try:
                reader(folder.text(name), site)
            except SiteError as error:
                site.left.append(f"{name}: its redirects were not read, {error}")


_GHOST = ("redirects.json", "redirects.yaml", "redirects.yml")


def _beside(site: OldSite) -> str:
    return next((f.source for f in site.static if f.address == "/_redirects"), "_redirects")


def _lines(text: str, site: OldSite) -> None:
    for line in text.split("\n"):
        plain = line.partition(" #")[0].strip()
        if not plain or plain.startswith("#"):
            continue
        source, *rest = plain.split()
        target = rest[0] if rest else ""
        status = rest[1].rstrip("!") if len(rest) > 1 else "301"
        if source.startswith("http"):
            source = addresses.path_of(source)
        if len(rest) > 2 or "=" in target or status not in STATUS or not target:
            _several(plain, source, site)
        else:
            _add(source, target, STATUS[status], plain, site)


def _add(source: str, target: str, status: int, line: str, site: OldSite) -> None:
    if "*" in source or "/:" in source:
        _several(line, source, site)
    elif addresses.usable(addresses.written(source)):
        site.rules.append(Rule(source, target, status))
    else:
        site.left.append(f"a redirect that no host of plain files has: `{line}`")


def _several(line: str, source: str, site: OldSite) -> None:
    """Such lines work on in `content/static/_redirects`, but not one that takes every address."""
    if source.rstrip("/") in ("*", "/*", "/:splat") or not source.startswith("/"):
        site.left.append(f"a redirect of the old site for all addresses: `{line}`")
    else:
        site.patterns.append(line)


def _netlify(text: str, site: OldSite) -> None:
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    for rule in map(values.table, values.listed(found.get("redirects"))):
        source, target = values.text(rule.get("from")), values.text(rule.get("to"))
        status = str(rule.get("status", 301))
        line = f"{source} {target} {status}" + ("!" if rule.get("force") is True else "")
        if status not in STATUS or {"conditions", "query", "headers", "signed"} & set(rule):
            site.left.append(f"a redirect with conditions, or to another server: `{line}`")
        elif source and target:
            _add(source, target, STATUS[status], line, site)


def _vercel(text: str, site: OldSite) -> None:
    for rule in map(
        values.table, values.listed(values.table(values.from_json(text)).get("redirects"))
    ):
        source, target = values.text(rule.get("source")), values.text(rule.get("destination"))
        status = 301 if rule.get("permanent", True) is True else 302
        if source and target and "(" not in source and "has" not in rule:
            _add(source, target, status, f"{source} {target} {status}", site)
        else:
            site.left.append(f"a redirect with conditions: `{source} {target}`")


def _ghost(text: str, site: OldSite) -> None:
    found = values.from_json(text)
    if found is None:
        loaded = frontmatter.load(text, "redirects.yaml")
        found = [
            {"from": source, "to": target, "permanent": str(status) == "301"}
            for status, rules in loaded.items()
            for source, target in values.table(rules).items()
        ]
    for rule in map(values.table, values.listed(found)):
        source, target = values.text(rule.get("from")), values.text(rule.get("to"))
        plain = _PLAIN.fullmatch(source)
        status = 301 if rule.get("permanent") is True else 302
        if plain and target and "$" not in target:
            _add(plain[1], target, status, f"{source} {target}", site)
        elif source:
            site.left.append(f"a redirect by a pattern: `{source}` to `{target}`")


def settled(site: OldSite, places: Places) -> None:
    """What leads to an entry becomes an alias of it; the rest keeps its rule, its end resolved."""
    by_address = {
        addresses.same(old): place
        for place in places.placed
        for old in (place.entry.address, place.address, *place.aliases)
        if old and not place.entry.private
    }
    ends = {addresses.same(rule.source): rule for rule in site.rules}
    taken = set(by_address)
    rest: list[Rule] = []
    for rule in site.rules:
        end = _end(rule, ends, site.base_url)
        place = by_address.get(addresses.same(end)) if end.startswith("/") else None
        key = addresses.same(rule.source)
        if key in taken:
            continue
        taken.add(key)
        if place is not None and "#" not in end:
            place.aliases.append(addresses.written(rule.source))
        else:
            mark = end.partition("#")[2]
            end = f"{place.address}#{mark}" if place else end
            rest.append(Rule(rule.source, end, rule.status))
    site.rules = rest


MOST_STEPS = 10


def _end(rule: Rule, ends: dict[str, Rule], base: str) -> str:
    """Where a chain of rules ends."""
    target = rule.target
    for _ in range(MOST_STEPS):
        if base and (target == base or target.startswith(f"{base}/")):
            target = target[len(base) :] or "/"
        following = ends.get(addresses.same(target)) if target.startswith("/") else None
        if following is None or following is rule:
            break
        target = following.target
    return target
