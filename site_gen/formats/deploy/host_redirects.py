"""The output's `_redirects` file, read and applied the way Netlify does: first match wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from site_gen.formats.deploy.path_pattern import Pattern, bare, fill, pattern

STATUSES = frozenset((200, 301, 302, 303, 307, 308, 404))


@dataclass(frozen=True, slots=True)
class Redirect:
    """One rule. `force` beats a file at the same path; `query` must be in the request's."""

    source: Pattern
    target: str
    status: int = 301
    force: bool = False
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a request is sent: `target` with its placeholders filled."""

    target: str
    status: int


@dataclass(frozen=True, slots=True)
class Redirects:
    """All rules; those with plain paths are found under their path."""

    rules: tuple[Redirect, ...]
    exact: dict[str, tuple[int, ...]]
    general: tuple[int, ...]

    def of(self, path: str, query: str, *, forced: bool) -> Destination | None:
        """The first rule that applies to a decoded path; only forced ones if `forced`."""
        for number in sorted((*self.exact.get(bare(path), ()), *self.general)):
            rule = self.rules[number]
            if forced and not rule.force:
                continue
            taken = _taken(rule, path, query)
            if taken is not None:
                quoted = {name: quote(value) for name, value in taken.items()}
                return Destination(fill(rule.target, quoted), rule.status)
        return None


def _taken(rule: Redirect, path: str, query: str) -> dict[str, str] | None:
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


def parse(text: str) -> Redirects:
    """The rules of a `_redirects` file; lines that the preview cannot act on are skipped.

    Those are rules with conditions (Country, Language, Role, Cookie), proxies to other hosts
    and rules without a target.
    """
    rules = tuple(rule for line in text.splitlines() if (rule := rule_of(line)) is not None)
    exact: dict[str, tuple[int, ...]] = {}
    general: list[int] = []
    for number, rule in enumerate(rules):
        if rule.source.exact is None:
            general.append(number)
        else:
            exact[rule.source.exact] = (*exact.get(rule.source.exact, ()), number)
    return Redirects(rules=rules, exact=exact, general=tuple(general))


def rule_of(line: str) -> Redirect | None:
    """The rule of a line, None where the preview cannot act on it."""
    words = line.partition(" #")[0].split()
    if len(words) < 2 or not words[0].startswith("/"):
        return None
    place = next((n for n, word in enumerate(words[1:], 1) if _is_target(word)), 0)
    if not place:
        return None
    query = tuple(_pairs(words[1:place]))
    status, force, plain = _status(words[place + 1 :])
    local = words[place].startswith("/")
    if not plain or status not in STATUSES or (not local and status in (200, 404)):
        return None
    return Redirect(_source(words[0]), words[place], status, force, query)


def _source(text: str) -> Pattern:
    """A path may be percent-encoded; requests are compared decoded."""
    made = pattern(text)
    return Pattern(text, exact=bare(unquote(text))) if made.exact is not None else made


def _is_target(word: str) -> bool:
    return word.startswith(("/", "http://", "https://"))


def _pairs(words: Iterable[str]) -> Iterable[tuple[str, str]]:
    for word in words:
        name, _, value = word.partition("=")
        yield name, value


def _status(words: list[str]) -> tuple[int, bool, bool]:
    """Status, force, and whether that was all."""
    if not words:
        return 301, False, True
    number = words[0].removesuffix("!")
    known = number.isascii() and number.isdecimal() and len(words) == 1
    return (int(number), words[0].endswith("!"), True) if known else (0, False, False)
