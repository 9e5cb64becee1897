"""A check, as it reads: find the files, read what changed, ask the rules, sort what they say."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, files
from site_gen.check import cache as caching
from site_gen.check.cache import Cache, Entry
from site_gen.check.document import Document, Summary, parse, summary_of
from site_gen.check.external import Verdict
from site_gen.check.findings import Finding, Hit, Level, in_order
from site_gen.check.rules import external, rules_of
from site_gen.check.rules.grounded import note_hits
from site_gen.check.rules.rule import Placed, Rule, Sight, View
from site_gen.engine import program
from site_gen.engine.explain import catalog_of
from site_gen.engine.report import Options
from site_gen.model import Catalog
from site_gen.plugins.load import Plugins, load
from site_gen.problems import Problem, SiteError, Where, did_you_mean, shown
from site_gen.settings import Settings

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
    rules      all that there are, by name
    """

    findings: list[Finding]
    problems: tuple[Problem, ...]
    view: View
    read: int
    ignored: int
    rules: Mapping[str, Rule]


def check(root: Path, settings: Settings, options: Options, request: Request) -> Outcome:
    """Raises SiteError when the site cannot be read, or for an unknown edition, rule or path."""
    plugins = load(root, settings.plugins)
    known = rules_of(plugins)
    rules = _asked_rules(request, known)
    catalog, problems = catalog_of(root, options)
    folder = root / ".site_gen"
    kept = caching.load(folder, _key(settings, plugins))
    entries, read = _entries(root, settings, kept, known.values())
    documents = {path: e.summary for path, e in entries.items() if e.summary is not None}
    view = _view(root, settings, options, catalog, documents, request)
    notes = {} if "grounded/note" not in rules else _notes(view, entries, kept, root)
    kept.files, kept.notes = entries, {k: h for k, (_, h) in notes.items()}
    caching.save(folder, kept)
    placed = list(_found(rules, view, entries))
    placed += [(path, hit) for path, hits in notes.values() for hit in hits]
    if request.ask is not None:
        places = external.asked(view)
        answers = external.hits(places, request.ask(places))
        placed += [(path, hit) for path, hit in answers if hit.rule in rules]
    chosen = _chosen(view, request)
    said = {(w.path, w.line) for p in problems if (w := p.where) is not None and w.line}
    levels = {rule.name: _level(rule, settings) for rule in known.values()}
    findings, ignored = [], 0
    for path, hit in placed:
        if levels[hit.rule] == "off" or (chosen is not None and path not in chosen):
            continue
        if (f"content/{path}", hit.line) in said and hit.rule in _BUILD_SAYS:
            continue
        document = documents.get(path)
        family = hit.rule.partition("/")[0]
        if document is not None and {hit.rule, family} & set(document.ignored):
            ignored += 1
            continue
        findings.append(Finding(path=f"content/{path}", level=levels[hit.rule], hit=hit))
    replaced = {(f.path, f.hit.line) for f in findings if f.hit.rule == "links/placeholder"}
    shown_problems = tuple(
        p for p in problems
        if _is_asked(p, chosen, request) and not _is_said_better(p, replaced)
    )  # fmt: skip
    return Outcome(in_order(dict.fromkeys(findings)), shown_problems, view, read, ignored, known)


_BUILD_SAYS = frozenset({"links/malformed", "text/unknown-html", "pictures/insecure"})
"""Rules that keep still where the build has something to say of the same line."""


def document_hits(document: Document, settings: Settings, rules: Iterable[Rule]) -> Iterator[Hit]:
    """What the rules for a single document find in it."""
    sight = Sight(settings)
    for rule in rules:
        if rule.document is not None:
            yield from rule.document(document, sight)


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


def _key(settings: Settings, plugins: Plugins) -> str:
    parts = (settings.check, settings.topics, settings.providers, settings.language,
             settings.publisher, settings.title, settings.article_permalink)  # fmt: skip
    code = plugins.seal("CHECK_RULES")
    return digest.of_parts(program.quick_stamp(), code, *(digest.of_value(part) for part in parts))


def _entries(
    root: Path, settings: Settings, kept: Cache, rules: Iterable[Rule]
) -> tuple[dict[str, Entry], int]:
    """Every content file: as it was kept where its stamp is the same, else read."""
    found: dict[str, Entry] = {}
    read = 0
    for path, stamp in content_files(root / "content"):
        entry = kept.entry(path, stamp)
        if entry is None:
            entry, fresh = _entry(root, path, stamp, settings, kept.files.get(path), rules)
            read += fresh
        found[path] = entry
    return found, read


def _entry(
    root: Path,
    path: str,
    stamp: caching.Stamp,
    settings: Settings,
    before: Entry | None,
    rules: Iterable[Rule],
) -> tuple[Entry, bool]:
    try:
        data = files.read_bytes(root / "content" / path)
        own = digest.of_bytes(data)
        if before is not None and before.digest == own:
            return Entry(stamp, own, before.summary, before.hits), False
        text = files.decode(data).text
    except files.Unreadable:
        return Entry(stamp, "", None, ()), True
    document = parse(text, path)
    if document is None:
        return Entry(stamp, own, None, ()), True
    hits = tuple(document_hits(document, settings, rules))
    return Entry(stamp, own, summary_of(document), hits), True


def content_files(folder: Path, below: str = "") -> Iterator[tuple[str, caching.Stamp]]:
    """Content files with their stamps, in the order of their paths; links are not followed."""
    try:
        entries = sorted(os.scandir(folder / below), key=lambda e: e.name)
    except OSError:
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        if entry.name.startswith(".") or files.is_leftover(entry.name) or path == "static":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from content_files(folder, f"{path}/")
        elif entry.name.lower().endswith((".md", ".markdown")) and entry.is_file(
            follow_symlinks=False
        ):
            state = entry.stat(follow_symlinks=False)
            yield path, (state.st_size, state.st_mtime_ns, state.st_ino)


def _view(
    root: Path, settings: Settings, options: Options, catalog: Catalog,
    documents: dict[str, Summary], request: Request,
) -> View:  # fmt: skip
    editions = catalog.editions
    if request.edition:
        chosen = tuple(
            e for e in editions
            if e.ref.id == request.edition or (request.edition == OPEN and not e.ref.closed)
        )  # fmt: skip
        if not chosen and request.edition != OPEN:
            near = did_you_mean(request.edition, (e.ref.id for e in editions))
            raise SiteError([Problem(
                "check/edition", f"there is no edition {shown(request.edition)}.{near}",
                help="`site-gen list editions` shows them",
            )])  # fmt: skip
    else:
        chosen = editions
    return View(root, settings, options.now, catalog, documents, editions, chosen, {})


def _found(rules: dict[str, Rule], view: View, entries: dict[str, Entry]) -> Iterator[Placed]:
    for path, entry in entries.items():
        yield from ((path, hit) for hit in entry.hits if hit.rule in rules)
    for rule in rules.values():
        if rule.edition is not None:
            for edition in view.chosen:
                yield from rule.edition(edition, view)
        if rule.site is not None:
            yield from rule.site(view)


def _notes(
    view: View, entries: dict[str, Entry], kept: Cache, root: Path
) -> dict[str, tuple[str, tuple[Hit, ...]]]:
    """What the notes of the chosen editions say that none of their articles does."""
    found = {}
    for edition in view.chosen:
        note = view.note_of(edition)
        members = [d.path for d in view.articles_of(edition)]
        if note is None:
            continue
        key = digest.of_parts(*(entries[path].digest for path in (note.path, *members)))
        hits = kept.notes.get(key)
        if hits is None:
            whole = [d for path in (note.path, *members) if (d := _document(root, path))]
            language = view.settings.language.lower()
            hits = tuple(note_hits(whole[0], whole[1:], language)) if whole else ()
        found[key] = (note.path, hits)
    return found


def _document(root: Path, path: str) -> Document | None:
    try:
        return parse(files.decode(files.read_bytes(root / "content" / path)).text, path)
    except files.Unreadable:
        return None


def _chosen(view: View, request: Request) -> set[str] | None:
    """The content paths that were asked about, None for all."""
    wanted: set[str] | None = None
    if request.edition:
        wanted = {f"editions/{e.ref.id}.md" for e in view.chosen}
        wanted |= {f"{card.id}.md" for e in view.chosen for card in e.cards}
    if request.paths:
        own = {p.removeprefix("content/").rstrip("/") for p in request.paths}
        match: Callable[[str], bool] = lambda path: any(  # noqa: E731 - three lines of one thought
            path == p or path.startswith(f"{p}/") or p == "content" for p in own
        )
        named = {path for path in view.documents if match(path)}
        named |= {f"editions/{e.ref.id}.md" for e in view.editions
                  if match(f"editions/{e.ref.id}.md")}  # fmt: skip
        if not named:
            raise SiteError([Problem(
                "check/path", f"no content file is at {shown(request.paths[0])}",
                Where(request.paths[0]), "name a file or folder below content/",
            )])  # fmt: skip
        wanted = named if wanted is None else wanted & named
    return wanted


def _is_said_better(problem: Problem, placeholders: set[tuple[str, int]]) -> bool:
    """A link to nothing is a placeholder where the rule for those has found one."""
    where = problem.where
    return bool(
        where and problem.code == "link/nowhere" and (where.path, where.line) in placeholders
    )


def _is_asked(problem: Problem, chosen: set[str] | None, request: Request) -> bool:
    """A problem of the build is told with what it is about; errors always."""
    if request.only:
        return problem.severity == "error"
    if chosen is None or problem.severity == "error" or problem.where is None:
        return True
    return problem.where.path.removeprefix("content/") in chosen
