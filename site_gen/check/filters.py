"""Which of the hits are told: of the rules that were asked, at their level, where nobody asked to
be silent. Of many hits of one rule no more need be looked up than are shown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_gen.check.findings import Finding, Hit, Level, in_order
from site_gen.check.rules.rule import Placed, View
from site_gen.problems import Problem

ALL = 1 << 60

_BUILD_SAYS = frozenset({"links/malformed", "text/unknown-html", "pictures/insecure"})
"""Rules that keep still where the build has something to say of the same line."""
_BETTER = {"link/nowhere": "links/placeholder", "link/dead": "links/dead"}
"""Problems of a build that a rule says too, and knows more of."""


class Told(NamedTuple):
    """Findings in order; how many more there are of a rule and its level; how many articles asked
    to be silent about."""

    findings: list[Finding]
    more: Counter[tuple[str, Level]]
    ignored: int


def told(
    view: View,
    across: Sequence[Placed],
    levels: Mapping[str, Level],
    problems: Iterable[Problem],
    most: int = ALL,
) -> Told:
    """What is told of the files that were asked about.

    across    what was found across files
    levels    of the rules that were asked
    problems  of the build, which says some things better
    most      findings of a rule, in order, that are wanted; the others are counted
    """
    loud: dict[str, Level] = {name: level for name, level in levels.items() if level != "off"}
    theirs: dict[str, list[Placed]] = {}
    for placed in across:
        if placed[1].rule in loud:
            theirs.setdefault(placed[0], []).append(placed)
    known = [path for path in view.files.digests if path in view.paths]
    marks = {path: mark for path in known if (mark := view.files.mark(path))}
    said = _Said.of(problems)
    wanted = {path for path, mark in marks.items() if mark.ignored} | said.paths | theirs.keys()
    letters = {chr(n): name for n, name in enumerate(view.files.rules)}
    more = Counter[str]()
    if most == ALL:
        wanted |= marks.keys()
    else:
        bulk = {p: m.rules for p, m in marks.items() if m.rules and p not in wanted}
        first = set(_first(bulk, {x for x, name in letters.items() if name in loud}, most))
        more = Counter("".join([rules for p, rules in bulk.items() if p not in first]))
        wanted |= first
    findings, ignored = [], 0
    for path in wanted.intersection(view.paths):
        silent = set(marks[path].ignored) if path in marks else set[str]()
        here = [*view.files.hits(path), *(hit for _, hit in theirs.get(path, ()))]
        for hit in (hit for hit in here if hit.rule in loud and not said.better(path, hit)):
            if silent and {hit.rule, hit.rule.partition("/")[0]} & silent:
                ignored += 1
            else:
                findings.append(Finding(path=f"content/{path}", level=loud[hit.rule], hit=hit))
    counted: Counter[tuple[str, Level]] = Counter({(letters[x], loud[letters[x]]): count
                       for x, count in more.items()
                       if letters[x] in loud})  # fmt: skip
    return Told(in_order(dict.fromkeys(findings)), counted, ignored)


class _Said(NamedTuple):
    """What a build says: of which lines of content files, and whose pictures it leaves out."""

    lines: set[tuple[str, int]]
    pictures: set[str]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "_Said":
        places = [(p.code, w.path.removeprefix("content/"), w.line)
                  for p in problems if (w := p.where) is not None]  # fmt: skip
        return cls(
            {(path, line) for _, path, line in places if line},
            {path for code, path, _ in places if code == "article/images"},
        )

    @property
    def paths(self) -> set[str]:
        return {path for path, _ in self.lines}

    def better(self, path: str, hit: Hit) -> bool:
        """Whether the build says the same."""
        if hit.rule == "pictures/insecure" and hit.field and path in self.pictures:
            return True
        return hit.rule in _BUILD_SAYS and (path, hit.line) in self.lines


def _first(bulk: Mapping[str, str], loud: set[str], most: int) -> Iterator[str]:
    """The paths, in order, that have the first findings of each rule."""
    needed = dict.fromkeys(loud & set("".join(bulk.values())), most)
    for path, rules in bulk.items():
        if not needed:
            return
        if needed.keys() & set(rules):
            yield path
            for letter in rules:
                if needed.get(letter, 2) == 1:
                    del needed[letter]
                elif letter in needed:
                    needed[letter] -= 1


def better(problems: Iterable[Problem], findings: Iterable[Finding]) -> list[Problem]:
    """The problems of a build that no finding says better."""
    found = {(f.hit.rule, f.path, f.hit.line) for f in findings
             if f.hit.rule in _BETTER.values()}  # fmt: skip
    return [
        problem for problem in problems
        if (where := problem.where) is None
        or (_BETTER.get(problem.code, ""), where.path, where.line) not in found
    ]  # fmt: skip
