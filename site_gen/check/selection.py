"""What the editor asked to have checked: rules, editions, files."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_gen.check.findings import Level
from site_gen.check.rules.rule import Rule
from site_gen.check.verdict import Verdict
from site_gen.model import Edition, EditionRef
from site_gen.problems import Problem, SiteError, UsageError, Where, did_you_mean, shown
from site_gen.settings import Settings
from site_gen.settings import find as settings_file

OPEN = "open"
OF_BUILDS = frozenset(
    "against article budgets build edition feed file frontmatter image link output page picture "
    "plugin redirects settings theme".split()
)
"""Families of what is no rule's: a build says it, or a comparison with what it wrote."""


class Request(NamedTuple):
    """What the editor asked: paths (from the site's folder; all where none), an edition's id or
    "open", rules to ask alone or to leave out, and how to ask the addresses that are linked."""

    paths: tuple[str, ...] = ()
    edition: str = ""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    ask: "Ask | None" = None

    @property
    def is_everything(self) -> bool:
        """Whether the whole site is asked about."""
        return not self.edition and not self.paths


Ask = Callable[[Iterable[str]], dict[str, Verdict]]
"""What the addresses answer, by address: see `check/external.py`."""


def asked_rules(request: Request, known: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules that are asked, by name. Raises UsageError for names that none has."""
    problems = [
        Problem("usage/rule", f"there is no rule {shown(name)}.{did_you_mean(name, _names(known))}",
                help="`site-gen check explain` lists them")
        for name in (*request.only, *request.skip)
        if not any(_fits(rule, name) for rule in known.values())
    ]  # fmt: skip
    if problems:
        raise UsageError(problems)
    return {
        rule.name: rule
        for rule in known.values()
        if (not request.only or any(_fits(rule, name) for name in request.only))
        and not any(_fits(rule, name) for name in request.skip)
    }


def _names(known: Mapping[str, Rule]) -> set[str]:
    return {*known, *(name.partition("/")[0] for name in known)}


def _fits(rule: Rule, name: str) -> bool:
    """A rule is asked for by its name or by its family's."""
    return name in (rule.name, rule.name.partition("/")[0])


def level_of(rule: Rule, settings: Settings) -> Level:
    """Its level, where the settings say another one."""
    levels = settings.check.levels
    return levels.get(rule.name) or levels.get(rule.name.partition("/")[0]) or rule.level


def unknown_levels(root: Path, settings: Settings, known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Rules in `[check.levels]` that are none: what was to be silent is not."""
    path = settings_file(root)
    where = Where(path.name) if path else None
    for name in settings.check.levels:
        if name not in _names(known) and name.partition("/")[0] not in OF_BUILDS:
            told = f"check.levels names no rule {shown(name)}.{did_you_mean(name, _names(known))}"
            cure = "`site-gen check explain` lists them"
            key = f'"{name}"' if "/" in name else name  # as TOML has it
            yield Problem("check/levels", told, where and where._replace(key=key), cure, "warning")


def at_their_levels(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """What no rule says, at the levels that the settings give it. An error stays what it is: it
    stops a build, whatever a check says."""
    levels = settings.check.levels
    for problem in problems:
        family = problem.code.partition("/")[0]
        level = levels.get(problem.code) or (levels.get(family) if family in OF_BUILDS else None)
        if level is None or problem.severity == "error":
            yield problem
        elif level != "off":
            yield problem._replace(severity=level)


def asked_editions(request: Request, known: Sequence[EditionRef]) -> list[int]:
    """The places of the editions that are asked about. Raises SiteError for an unknown one."""
    found = [
        n for n, ref in enumerate(known)
        if request.edition in ("", ref.id) or (request.edition == OPEN and not ref.closed)
    ]  # fmt: skip
    if not found and request.edition not in ("", OPEN):
        near = did_you_mean(request.edition, (ref.id for ref in known))
        raise SiteError([Problem(
            "check/edition", f"there is no edition {shown(request.edition)}.{near}",
            help="`site-gen list editions` shows them",
        )])  # fmt: skip
    return found


def summed_up(chosen: Sequence[Edition]) -> list[Edition]:
    """Of the editions that were asked about, newest first, those that an editor wants summed up:
    what goes out next, before what goes out later; else the newest."""
    open_ones = [edition for edition in chosen if not edition.ref.closed]
    return open_ones[::-1] or list(chosen[:1])


def asked_paths(
    request: Request,
    known: Sequence[EditionRef],
    chosen: Sequence[Edition],
    files: Iterable[str],
) -> Collection[str]:
    """The content paths that are asked about, those of notes that are not there yet among them.
    Raises SiteError where nothing is at a path."""
    all_of_them = {*files, *(note_path(ref.id) for ref in known)}
    wanted = all_of_them
    if request.edition:
        wanted = {path for edition in chosen for path in files_of(edition)}
    if request.paths:
        for given in request.paths:
            if not any(_is_below(p, given) for p in all_of_them):
                raise SiteError([Problem(
                    "check/path", f"no content file is at {shown(given)}", Where(given),
                    "name a file or folder below content/",
                )])  # fmt: skip
        named = {p for p in all_of_them if any(_is_below(p, given) for given in request.paths)}
        wanted = wanted & named
    return wanted


def files_of(edition: Edition) -> Iterator[str]:
    """The content paths of its note and its articles."""
    yield note_path(edition.ref.id)
    yield from (f"{card.id}.md" for card in edition.cards)


def note_path(edition: str) -> str:
    """The content path of an edition's note."""
    return f"editions/{edition}.md"


def _is_below(path: str, given: str) -> bool:
    own = given.removeprefix("./").rstrip("/")
    return f"content/{path}/".startswith(f"{own}/") or f"{path}/".startswith(f"{own}/")


def is_about(problem: Problem, paths: Collection[str], request: Request) -> bool:
    """Whether a problem of the build is told: with what it is about; errors always."""
    if problem.severity == "error" or request.only:
        return problem.severity == "error"
    if request.is_everything or problem.where is None:
        return True
    return problem.where.path.removeprefix("content/") in paths
