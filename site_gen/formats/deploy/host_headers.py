"""Parses and applies the output's `_headers` file as Netlify does.

Values of a repeated name in one rule are joined with a comma. Of several matching rules the last
one that sets a header wins.
"""

import re
from dataclasses import dataclass

from site_gen.formats.deploy.path_pattern import Pattern, compile_pattern, without_final_slash

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A header name (RFC 9110, section 5.6.2)."""

Rule = tuple[Pattern, dict[str, str]]


@dataclass(frozen=True, slots=True)
class HostHeaders:
    """The rules of a file, in order.

    exact     path without final slash -> numbers of the rules for it
    general   numbers of the rules with placeholders
    """

    exact: dict[str, tuple[int, ...]]
    general: tuple[int, ...]
    rules: tuple[Rule, ...]

    def for_path(self, path: str) -> dict[str, str]:
        """The headers for a decoded URL path, by lower-case name."""
        found: dict[str, str] = {}
        hits = [n for n in self.general if self.rules[n][0].match(path) is not None]
        for number in sorted((*hits, *self.exact.get(without_final_slash(path), ()))):
            found.update(self.rules[number][1])
        return found


def parse_headers(text: str) -> HostHeaders:
    """The rules of a `_headers` file; lines that are neither path nor header are skipped."""
    rules: list[Rule] = []
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("/"):
            rules.append((compile_pattern(stripped), {}))
        elif rules:
            _add_header(rules[-1][1], stripped)
    return _index_rules(rules)


def _add_header(headers: dict[str, str], line: str) -> None:
    name, colon, value = line.partition(":")
    name, value = name.strip().lower(), value.strip()
    if not colon or not HEADER_NAME.fullmatch(name) or not value.isprintable():
        return
    headers[name] = f"{headers[name]}, {value}" if name in headers else value


def _index_rules(rules: list[Rule]) -> HostHeaders:
    exact: dict[str, tuple[int, ...]] = {}
    general: list[int] = []
    for number, (rule, _) in enumerate(rules):
        if rule.exact is None:
            general.append(number)
        else:
            exact[rule.exact] = (*exact.get(rule.exact, ()), number)
    return HostHeaders(exact=exact, general=tuple(general), rules=tuple(rules))
