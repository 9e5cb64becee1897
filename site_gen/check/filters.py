"""Selects the findings to report: those of the requested rules that no `checkIgnore` silences.

With a limit, only the files with the first findings of each rule are looked up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_gen.check.findings import Finding, Hit, Level, in_order
from site_gen.check.rules.rule import Placed, View
from site_gen.problems import Problem

NO_LIMIT = 1 << 60

_RULES_OF_BUILDS = frozenset({"links/malformed", "text/unknown-html", "pictures/insecure"})
"""Rules whose findings are left out if the build reports a problem in the same line."""
_PROBLEMS_OF_RULES = {"link/nowhere": "links/placeholder", "link/dead": "links/dead"}
"""Problems of the build that are left out if the named rule, which says more, finds the same."""


class Selected(NamedTuple):
    """The selected findings in order.

    only_counted  the number of findings beyond the limit, by rule and level
    ignored       how many findings were silenced
    """

    findings: list[Finding]
    only_counted: Counter[tuple[str, Level]]
    ignored: int


def select_findings(
    view: View,
    across_files: Sequence[Placed],
    levels: Mapping[str, Level],
    problems: Iterable[Problem],
    limit: int = NO_LIMIT,
) -> Selected:
    """Select the findings to report in the requested files.

    across_files  findings of rules for editions and for the site
    levels        levels of the requested rules by name
    problems      problems that the build reports
    limit         findings wanted of each rule; the others may only be counted
    """
    active: dict[str, Level] = {name: level for name, level in levels.items() if level != "off"}
    placed_by_path: dict[str, list[Placed]] = {}
    for placed in across_files:
        if placed[1].rule in active:
            placed_by_path.setdefault(placed[0], []).append(placed)
    known = [path for path in view.files.digests if path in view.paths]
    entries = {path: entry for path in known if (entry := view.files.index_entry(path))}
    reported = _Reported.of(problems)
    wanted = {path for path, entry in entries.items() if entry.ignored}
    wanted |= reported.paths | placed_by_path.keys()
    letters = {chr(n): name for n, name in enumerate(view.files.rules)}
    unread = Counter[str]()
    if limit == NO_LIMIT:
        wanted |= entries.keys()
    else:
        others = {p: e.rules for p, e in entries.items() if e.rules and p not in wanted}
        chosen = {letter for letter, name in letters.items() if name in active}
        first = set(_paths_of_first_findings(others, chosen, limit))
        unread = Counter("".join([rules for p, rules in others.items() if p not in first]))
        wanted |= first
    findings, ignored = [], 0
    named = {*view.paths, *view.files.digests}
    no_texts = {path for path in placed_by_path if path not in named and path in view.content}
    for path in (*wanted.intersection(view.paths), *no_texts):
        silent = set(entries[path].ignored) if path in entries else set[str]()
        own = () if path in no_texts else view.files.hits(path)
        hits = [*own, *(hit for _, hit in placed_by_path.get(path, ()))]
        for hit in (x for x in hits if x.rule in active and not reported.repeats(path, x)):
            if silent and {hit.rule, hit.rule.partition("/")[0]} & silent:
                ignored += 1
            else:
                findings.append(Finding(path=f"content/{path}", level=active[hit.rule], hit=hit))
    counted: Counter[tuple[str, Level]] = Counter({(letters[x], active[letters[x]]): count
                       for x, count in unread.items()
                       if letters[x] in active})  # fmt: skip
    return Selected(in_order(dict.fromkeys(findings)), counted, ignored)


class _Reported(NamedTuple):
    """Problems of the build: their (path, line), and the articles whose pictures it leaves out."""

    lines: set[tuple[str, int]]
    pictures: set[str]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "_Reported":
        places = [(p.code, w.path.removeprefix("content/"), w.line)
                  for p in problems if (w := p.where) is not None]  # fmt: skip
        return cls(
            {(path, line) for _, path, line in places if line},
            {path for code, path, _ in places if code == "article/images"},
        )

    @property
    def paths(self) -> set[str]:
        return {path for path, _ in self.lines}

    def repeats(self, path: str, hit: Hit) -> bool:
        """Whether a hit repeats a problem that the build reports."""
        if hit.rule == "pictures/insecure" and hit.field and path in self.pictures:
            return True
        return hit.rule in _RULES_OF_BUILDS and (path, hit.line) in self.lines


def _paths_of_first_findings(
    rules_by_path: Mapping[str, str], chosen: set[str], limit: int
) -> Iterator[str]:
    """Return the paths with the first `limit` findings of each chosen rule (by letter)."""
    needed = dict.fromkeys(chosen & set("".join(rules_by_path.values())), limit)
    for path, rules in rules_by_path.items():
        if not needed:
            return
        if needed.keys() & set(rules):
            yield path
            for letter in rules:
                if needed.get(letter, 2) == 1:
                    del needed[letter]
                elif letter in needed:
                    needed[letter] -= 1


def without_repeated(problems: Iterable[Problem], findings: Iterable[Finding]) -> list[Problem]:
    """Return the problems of the build less those that a more exact finding repeats."""
    found = {(f.hit.rule, f.path, f.hit.line) for f in findings
             if f.hit.rule in _PROBLEMS_OF_RULES.values()}  # fmt: skip
    return [
        problem for problem in problems
        if (where := problem.where) is None
        or (_PROBLEMS_OF_RULES.get(problem.code, ""), where.path, where.line) not in found
    ]  # fmt: skip
