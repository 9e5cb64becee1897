"""The output's `_headers` file, read and applied the way Netlify does.

Within one rule a repeated name is joined with a comma; of several matching rules the last one
that names a header wins.
"""

import re
from dataclasses import dataclass

from site_gen.formats.deploy.path_pattern import Pattern, bare, pattern

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A name of a header (RFC 9110, section 5.6.2)."""

Rule = tuple[Pattern, dict[str, str]]


@dataclass(frozen=True, slots=True)
class HostHeaders:
    """The rules, those with plain paths under their path, the others in a row."""

    exact: dict[str, tuple[int, ...]]
    general: tuple[int, ...]
    rules: tuple[Rule, ...]

    def of(self, path: str) -> dict[str, str]:
        """Headers, by lower-case name, for a decoded URL path."""
        found: dict[str, str] = {}
        hits = [n for n in self.general if self.rules[n][0].match(path) is not None]
        for number in sorted((*hits, *self.exact.get(bare(path), ()))):
            found.update(self.rules[number][1])
        return found


def parse(text: str) -> HostHeaders:
    """The rules of a `_headers` file; lines that are neither path nor header are skipped."""
    rules: list[Rule] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("/"):
            rules.append((pattern(stripped), {}))
        elif rules:
            _add(rules[-1][1], stripped)
    return _indexed(rules)


def _add(headers: dict[str, str], line: str) -> None:
    name, colon, value = line.partition(":")
    name, value = name.strip().lower(), value.strip()
    if not colon or not TOKEN.fullmatch(name) or not value.isprintable():
        return
    headers[name] = f"{headers[name]}, {value}" if name in headers else value


def _indexed(rules: list[Rule]) -> HostHeaders:
    exact: dict[str, tuple[int, ...]] = {}
    general: list[int] = []
    for number, (rule, _) in enumerate(rules):
        if rule.exact is None:
            general.append(number)
        else:
            exact[rule.exact] = (*exact.get(rule.exact, ()), number)
    return HostHeaders(exact=exact, general=tuple(general), rules=tuple(rules))
