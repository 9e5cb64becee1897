"""Lexicons as they would be, had nobody seen a page of the site in hand.

Phrases were added after looking at pages: a phrase that fits lines of one site alone is worth
nothing on others, and a model that leans on it learns too much trust. Within `blind(site)` such a
phrase holds no line of that site.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from site_gen.convert.text import lexicon as lexicons
from site_gen.convert.text.rules import rule

NAMES = (
    "advertisement", "author", "comments", "contents", "legal", "navigation", "paywall", "player",
    "promotion", "related", "share", "sources", "tags", "text_size",
)  # fmt: skip


@dataclass
class Sites:
    """For each lexicon and line the sites of each phrase that holds it."""

    known: dict[str, dict[str, list[frozenset[str]]]] = field(default_factory=dict)

    @contextmanager
    def blind(self, *sites: str) -> Iterator[None]:
        """Rules judge by lexicons that these sites had no part in."""
        with patch.object(rule, "lexicon", lambda name: _Blinded(self, name, frozenset(sites))):
            yield


@dataclass(frozen=True)
class _Blinded:
    sites: Sites
    name: str
    unseen: frozenset[str]

    def holds(self, core: str) -> bool:
        """As `Lexicon.holds`."""
        phrases = self.sites.known.get(self.name)
        if phrases is None:
            return lexicons.lexicon(self.name).holds(core)
        return any(found - self.unseen for found in phrases.get(core, ()))


class _Empty:
    def holds(self, core: str) -> bool:
        """No line."""
        return False


@contextmanager
def no_lexicons() -> Iterator[None]:
    """Rules as for a text in a language that no lexicon has."""
    with patch.object(rule, "lexicon", lambda name: _Empty()):
        yield


def sites_of(lines: Iterable[tuple[str, str]]) -> Sites:
    """From (site, line as lexicons compare it) of all pages."""
    cores: dict[str, set[str]] = {}
    for site, core in lines:
        if len(core) <= lexicons.LONGEST:
            cores.setdefault(core, set()).add(site)
    found = Sites()
    for name in NAMES:
        whole = lexicons.lexicon(name)
        held = {core for core in cores if whole.holds(core)}
        phrases = [p for path in lexicons._files(name) for p in lexicons.lines_of(path)]
        found.known[name] = {core: [] for core in held}
        for phrase in phrases:
            own = _held(phrase, held)
            sites = frozenset(site for core in own for site in cores[core])
            for core in own:
                found.known[name][core].append(sites)
    return found


def _held(phrase: str, cores: set[str]) -> list[str]:
    if not set(phrase) & set("#*([|"):
        return [core for core in (lexicons.core(phrase),) if core in cores]
    pattern = re.compile(lexicons._expression(phrase))
    return [core for core in cores if pattern.fullmatch(core)]
