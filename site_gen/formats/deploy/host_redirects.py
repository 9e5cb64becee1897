"""Parses and applies the output's `_redirects` file as Netlify does: the first match wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from site_gen.formats.deploy.path_pattern import (
    Pattern,
    compile_pattern,
    fill_placeholders,
    without_final_slash,
)

STATUSES = frozenset((200, 301, 302, 303, 307, 308, 404))


@dataclass(frozen=True, slots=True)
class HostRedirect:
    """A rule. With `force` it applies even if there is a file at the path; `query` lists the
    parameters that a request must have."""

    source: Pattern
    target: str
    status: int = 301
    force: bool = False
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a request is redirected: `target` with its placeholders filled in."""

    target: str
    status: int


@dataclass(frozen=True, slots=True)
class HostRedirects:
    """The rules of a file, in order.

    exact     path without final slash -> numbers of the rules for it
    general   numbers of the rules with placeholders
    """

    rules: tuple[HostRedirect, ...]
    exact: dict[str, tuple[int, ...]]
    general: tuple[int, ...]

    def find(self, path: str, query: str, *, forced: bool) -> Destination | None:
        """The destination by the first rule that matches a decoded path; None if none does. With
        `forced` only forced rules are tried."""
        for number in sorted((*self.exact.get(without_final_slash(path), ()), *self.general)):
            rule = self.rules[number]
            if forced and not rule.force:
                continue
            taken = _match(rule, path, query)
            if taken is not None:
                quoted = {name: quote(value) for name, value in taken.items()}
                return Destination(fill_placeholders(rule.target, quoted), rule.status)
        return None


def _match(rule: HostRedirect, path: str, query: str) -> dict[str, str] | None:
    taken = rule.source.match(path)
    if taken is None:
        return None
    given = dict(parse_qsl(query, keep_blank_values=True))
    for name, value in rule.query:
        if name not in given or (not value.startswith(":") and given[name] != value):
            return None
        if value.startswith(":"):
            taken[value[1:]] = given[name]
    return taken


def parse_redirects(text: str) -> HostRedirects:
    """The rules of a `_redirects` file that a preview can apply.

    Skipped are rules with conditions (Country, Language, Role, Cookie), proxies to other hosts and
    rules without a target.
    """
    rules = tuple(rule for line in text.splitlines() if (rule := parse_rule(line)) is not None)
    exact: dict[str, tuple[int, ...]] = {}
    general: list[int] = []
    for number, rule in enumerate(rules):
        if rule.source.exact is None:
            general.append(number)
        else:
            exact[rule.source.exact] = (*exact.get(rule.source.exact, ()), number)
    return HostRedirects(rules=rules, exact=exact, general=tuple(general))


def parse_rule(line: str) -> HostRedirect | None:
    """The rule of a line; None for one that a preview cannot apply."""
    words = line.partition(" #")[0].split()
    if len(words) < 2 or not words[0].startswith("/"):
        return None
    place = next((n for n, word in enumerate(words[1:], 1) if _is_target(word)), 0)
    if not place:
        return None
    query = tuple(_parse_query(words[1:place]))
    status, force, plain = _parse_status(words[place + 1 :])
    local = words[place].startswith("/")
    if not plain or status not in STATUSES or (not local and status in (200, 404)):
        return None
    return HostRedirect(_parse_source(words[0]), words[place], status, force, query)


def _parse_source(text: str) -> Pattern:
    """The pattern of a path, decoded, as requests are compared decoded."""
    made = compile_pattern(text)
    return (
        Pattern(text, exact=without_final_slash(unquote(text))) if made.exact is not None else made
    )


def _is_target(word: str) -> bool:
    return word.startswith(("/", "http://", "https://"))


def _parse_query(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        name, _, value = word.partition("=")
        yield name, value


def _parse_status(words: list[str]) -> tuple[int, bool, bool]:
    """(status, force, whether the words were understood)."""
    if not words:
        return 301, False, True
    number = words[0].removesuffix("!")
    known = number.isascii() and number.isdecimal() and len(words) == 1
    return (int(number), words[0].endswith("!"), True) if known else (0, False, False)
