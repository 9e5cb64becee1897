"""Selects what to check: the rules, editions and files that the editor requested."""

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
BUILD_FAMILIES = frozenset(
    "against article budgets build edition feed file frontmatter image link output page picture "
    "plugin redirects settings theme".split()
)
"""Families of problems that the build, `--budgets` or `--against` report, and no rule."""


class Request(NamedTuple):
    """What the editor wants checked.

    paths       files and folders, relative to the site's folder; () for all
    edition     an edition's id, "open", or "" for all
    only, skip  names or families of the only rules to apply, and of those to leave out
    probe       returns the verdicts of linked addresses; None without `--external`
    """

    paths: tuple[str, ...] = ()
    edition: str = ""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    probe: "Probe | None" = None

    @property
    def is_everything(self) -> bool:
        """Whether the whole site is checked."""
        return not self.edition and not self.paths


Probe = Callable[[Iterable[str]], dict[str, Verdict]]
"""From addresses to their verdicts: see `check/external.py`."""


def select_rules(request: Request, known: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return the requested rules by name. Raises UsageError for an unknown name."""
    problems = [
        Problem("usage/rule", f"there is no rule {shown(name)}.{did_you_mean(name, _names(known))}",
                help="`site-gen check explain` lists them")
        for name in (*request.only, *request.skip)
        if not any(_is_named(rule, name) for rule in known.values())
    ]  # fmt: skip
    if problems:
        raise UsageError(problems)
    return {
        rule.name: rule
        for rule in known.values()
        if (not request.only or any(_is_named(rule, name) for name in request.only))
        and not any(_is_named(rule, name) for name in request.skip)
    }


def _names(known: Mapping[str, Rule]) -> set[str]:
    return {*known, *(name.partition("/")[0] for name in known)}


def _is_named(rule: Rule, name: str) -> bool:
    """Whether `name` is the name of a rule or of its family."""
    return name in (rule.name, rule.name.partition("/")[0])


def level_of(rule: Rule, settings: Settings) -> Level:
    """Return the level of a rule in the settings, else its default level."""
    levels = settings.check.levels
    return levels.get(rule.name) or levels.get(rule.name.partition("/")[0]) or rule.level


def unknown_levels(root: Path, settings: Settings, known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Return a warning for each unknown name in `[check.levels]`, which has no effect."""
    path = settings_file(root)
    where = Where(path.name) if path else None
    for name in settings.check.levels:
        if name not in _names(known) and name.partition("/")[0] not in BUILD_FAMILIES:
            text = f"check.levels names no rule {shown(name)}.{did_you_mean(name, _names(known))}"
            cure = "`site-gen check explain` lists them"
            key = f'"{name}"' if "/" in name else name  # TOML quotes a key with a slash
            yield Problem("check/levels", text, where and where._replace(key=key), cure, "warning")


def apply_levels(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """Return problems of no rule at the levels in the settings, less those that are off.

    Errors keep their level: they stop a build in any case.
    """
    levels = settings.check.levels
    for problem in problems:
        family = problem.code.partition("/")[0]
        of_family = levels.get(family) if family in BUILD_FAMILIES else None
        level = levels.get(problem.code) or of_family
        if level is None or problem.severity == "error":
            yield problem
        elif level != "off":
            yield problem._replace(severity=level)


def select_editions(request: Request, known: Sequence[EditionRef]) -> list[int]:
    """Return the indexes of the requested editions. Raises SiteError for an unknown id."""
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


def editions_to_summarize(chosen: Sequence[Edition]) -> list[Edition]:
    """Return the open editions, the next to be sent first; if there are none, the newest one.

    `chosen` is newest first.
    """
    open_ones = [edition for edition in chosen if not edition.ref.closed]
    return open_ones[::-1] or list(chosen[:1])


def select_paths(
    request: Request,
    known: Sequence[EditionRef],
    chosen: Sequence[Edition],
    files: Iterable[str],
) -> Collection[str]:
    """Return the requested paths, relative to `content/`, including those of missing notes.

    Raises SiteError if there is no file at or below a requested path.
    """
    everything = {*files, *(note_path(ref.id) for ref in known)}
    wanted = everything
    if request.edition:
        wanted = {path for edition in chosen for path in files_of(edition)}
    if request.paths:
        for given in request.paths:
            if not any(_is_below(p, given) for p in everything):
                raise SiteError([Problem(
                    "check/path", f"no content file is at {shown(given)}", Where(given),
                    "name a file or folder below content/",
                )])  # fmt: skip
        named = {p for p in everything if any(_is_below(p, given) for given in request.paths)}
        wanted = wanted & named
    return wanted


def files_of(edition: Edition) -> Iterator[str]:
    """Return the paths of an edition's note and articles, relative to `content/`."""
    yield note_path(edition.ref.id)
    yield from (f"{card.id}.md" for card in edition.cards)


def note_path(edition: str) -> str:
    """Return the path of an edition's note, relative to `content/`."""
    return f"editions/{edition}.md"


def _is_below(path: str, given: str) -> bool:
    own = given.removeprefix("./").rstrip("/")
    return f"content/{path}/".startswith(f"{own}/") or f"{path}/".startswith(f"{own}/")


def is_reported(problem: Problem, paths: Collection[str], request: Request) -> bool:
    """Whether a check reports a problem of the build: any error, and others in checked files."""
    if problem.severity == "error" or request.only:
        return problem.severity == "error"
    if request.is_everything or problem.where is None:
        return True
    return problem.where.path.removeprefix("content/") in paths
