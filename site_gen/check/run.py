"""A check, as it reads: find the files, read what changed, ask the rules, sort what they say."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest
from site_gen.check.across import of_editions
from site_gen.check.external import Verdict
from site_gen.check.findings import Finding, Level, in_order
from site_gen.check.reader import Examiner, Reader, Summaries
from site_gen.check.rules import external, rules_of
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.check.store import Store
from site_gen.engine import program
from site_gen.engine.explain import Contents, contents_of
from site_gen.engine.report import Options
from site_gen.model import Edition
from site_gen.plugins.load import Plugins, load
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown
from site_gen.settings import Settings
from site_gen.settings import find as settings_file

OPEN = "open"


class Request(NamedTuple):
    """What the editor asked: paths (from the site's folder; all where none), an edition's id or
    "open", rules to ask alone or to leave out, and how to ask the addresses that are linked."""

    paths: tuple[str, ...] = ()
    edition: str = ""
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    ask: "Ask | None" = None


Ask = Callable[[Iterable[str]], dict[str, Verdict]]
"""What the addresses answer, by address: see `check/external.py`."""


class Outcome(NamedTuple):
    """What was found, and what was done for it.

    problems   of the build, which come first: a site that cannot be built cannot be read
    read       files that were read because they were new or had changed
    ignored    findings that articles asked to be silent about
    rules      those that were known, by name
    """

    findings: list[Finding]
    problems: tuple[Problem, ...]
    view: View
    read: int
    ignored: int
    rules: Mapping[str, Rule]


def check(root: Path, settings: Settings, options: Options, request: Request) -> Outcome:
    """Raises SiteError when the site cannot be read, or for an unknown edition, rule or path."""
    _asked_rules(request, rules_of(load(root, settings.plugins)))  # before anything is read
    contents = contents_of(root, options)
    store, reader = reader_of(root, settings, contents.read)
    return checked(Site(root, settings, options.now, contents), request, store, reader)


def reader_of(
    root: Path,
    settings: Settings,
    read: Mapping[str, str],
    pause: Callable[[], None] = lambda: None,
) -> tuple[Store, Reader]:
    """What reads a site's files, of which a build has `read` those with these digests, and what
    keeps the findings. Raises SiteError for plugins that are not to be had."""
    plugins = load(root, settings.plugins)
    store = Store(root / ".site_gen", key_of(settings, plugins))
    texts = {path: read[path] for path in sorted(read) if path.endswith(".md")}  # locks are not
    return store, Reader(Examiner(root, settings, plugins), store, texts, pause)


class Site(NamedTuple):
    """A site that was read, and the moment of it."""

    root: Path
    settings: Settings
    now: datetime
    contents: Contents


def checked(site: Site, request: Request, store: Store, reader: Reader) -> Outcome:
    """What is found in a site that was read. Raises SiteError as `check` does."""
    view = _view(site, request, reader)
    try:
        if _is_everything(request):
            reader.everything(jobs=0)
        placed = list(_found(view, store))
    finally:
        reader.save()
    if request.ask is not None:
        places = external.asked(view)
        placed += external.hits(places, request.ask(places))
    findings, ignored = _findings(placed, view, request, site.contents.problems)
    replaced = {
        (f.hit.rule, f.path, f.hit.line) for f in findings if f.hit.rule in _BETTER.values()
    }
    shown_problems = tuple(
        p for p in site.contents.problems
        if _is_asked(p, view, request) and not _is_said_better(p, replaced)
    )  # fmt: skip
    found = in_order(dict.fromkeys(findings))
    shown_problems += tuple(_unknown_levels(site, reader.rules))
    return Outcome(found, shown_problems, view, reader.read, ignored, reader.rules)


def _findings(
    placed: list[Placed], view: View, request: Request, problems: tuple[Problem, ...]
) -> tuple[list[Finding], int]:
    """Those of the hits that are to be told, and how many articles asked to be silent about."""
    asked = _asked_rules(request, view.files.rules)
    levels = {name: _level(rule, view.settings) for name, rule in asked.items()}
    said = {(w.path, w.line) for p in problems if (w := p.where) is not None and w.line}
    silent = {path: {*e.ignored} for path in {path for path, _ in placed}
              if (e := view.files.entry(path)) and e.ignored}  # fmt: skip
    findings, ignored = [], 0
    for path, hit in placed:
        level = levels.get(hit.rule, "off")
        if level == "off" or path not in view.paths:
            continue
        shown_path = f"content/{path}"
        if said and hit.rule in _BUILD_SAYS and (shown_path, hit.line) in said:
            continue
        if path in silent and {hit.rule, hit.rule.partition("/")[0]} & silent[path]:
            ignored += 1
            continue
        findings.append(Finding(path=shown_path, level=level, hit=hit))
    return findings, ignored


_BUILD_SAYS = frozenset({"links/malformed", "text/unknown-html", "pictures/insecure"})
"""Rules that keep still where the build has something to say of the same line."""


def _asked_rules(request: Request, known: Mapping[str, Rule]) -> dict[str, Rule]:
    problems = [
        Problem("usage/rule", f"there is no rule {shown(name)}.{did_you_mean(name, _names(known))}",
                help="`site-gen check explain` lists them")
        for name in (*request.only, *request.skip)
        if not any(_fits(rule, name) for rule in known.values())
    ]  # fmt: skip
    if problems:
        raise SiteError(problems)
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


def _level(rule: Rule, settings: Settings) -> Level:
    levels = settings.check.levels
    return levels.get(rule.name) or levels.get(rule.name.partition("/")[0]) or rule.level


def _unknown_levels(site: Site, known: Mapping[str, Rule]) -> Iterator[Problem]:
    """Rules in `[check.levels]` that are none: what was to be silent is not."""
    path = settings_file(site.root)
    where = Where(path.name) if path else None
    for name in site.settings.check.levels:
        if name not in _names(known):
            told = f"check.levels names no rule {shown(name)}.{did_you_mean(name, _names(known))}"
            cure = "`site-gen check explain` lists them"
            yield Problem("check/levels", told, where and where._replace(key=name), cure, "warning")


def key_of(settings: Settings, plugins: Plugins) -> str:
    """What decides, beside a file itself, what is found in it."""
    parts = (settings.check, settings.topics, settings.providers, settings.language,
             settings.publisher, settings.title, settings.base_url,
             settings.limits.file_bytes)  # fmt: skip
    code = plugins.seal("CHECK_RULES")
    return digest.of_parts(program.quick_stamp(), code, *(digest.of_value(part) for part in parts))


def _view(site: Site, request: Request, reader: Reader) -> View:
    catalog = site.contents.catalog
    editions = catalog.editions
    chosen = tuple(e for e in editions if _is_chosen(e, request))
    if not chosen and request.edition not in ("", OPEN):
        near = did_you_mean(request.edition, (e.ref.id for e in editions))
        raise SiteError([Problem(
            "check/edition", f"there is no edition {shown(request.edition)}.{near}",
            help="`site-gen list editions` shows them",
        )])  # fmt: skip
    content = {*reader.digests, *site.contents.others}
    paths = _paths(request, editions, chosen, reader)
    return View(site.root, site.settings, site.now, catalog, reader, Summaries(reader),
                editions, chosen, paths, content, {})  # fmt: skip


def _is_chosen(edition: Edition, request: Request) -> bool:
    return request.edition in ("", edition.ref.id) or (
        request.edition == OPEN and not edition.ref.closed
    )


def _is_everything(request: Request) -> bool:
    return not request.edition and not request.paths


def _paths(
    request: Request, editions: tuple[Edition, ...], chosen: tuple[Edition, ...], reader: Reader
) -> Collection[str]:
    """The content paths that were asked about, notes that are not there yet among them."""
    known = {*reader.digests, *map(_note, editions)}
    wanted = known
    if request.edition:
        wanted = {p for e in chosen for p in (_note(e), *(f"{card.id}.md" for card in e.cards))}
    if request.paths:
        named = {p for p in known if any(_is_below(p, given) for given in request.paths)}
        if not named:
            raise SiteError([Problem(
                "check/path", f"no content file is at {shown(request.paths[0])}",
                Where(request.paths[0]), "name a file or folder below content/",
            )])  # fmt: skip
        wanted = wanted & named
    return wanted


def _note(edition: Edition) -> str:
    return f"editions/{edition.ref.id}.md"


def _is_below(path: str, given: str) -> bool:
    own = given.removeprefix("./").rstrip("/")
    return f"content/{path}/".startswith(f"{own}/") or f"{path}/".startswith(f"{own}/")


def _found(view: View, store: Store) -> Iterator[Placed]:
    for path in view.paths:
        entry = view.files.entry(path)
        yield from ((path, hit) for hit in (entry.hits if entry else ()))
    yield from of_editions(view, store)
    for rule in view.files.rules.values():
        if rule.site is not None:
            view.files.pause()
            yield from rule.site(view)


_BETTER = {"link/nowhere": "links/placeholder", "link/dead": "links/dead"}
"""Problems of a build that a rule says too, and knows more of."""


def _is_said_better(problem: Problem, found: set[tuple[str, str, int]]) -> bool:
    where, rule = problem.where, _BETTER.get(problem.code, "")
    return where is not None and (rule, where.path, where.line) in found


def _is_asked(problem: Problem, view: View, request: Request) -> bool:
    """A problem of the build is told with what it is about; errors always."""
    if problem.severity == "error" or request.only:
        return problem.severity == "error"
    if _is_everything(request) or problem.where is None:
        return True
    return problem.where.path.removeprefix("content/") in view.paths
