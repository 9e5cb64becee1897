"""A check, as it reads: find the files, read what changed, ask the rules, sort what they say."""

import contextlib
from collections.abc import Callable, Container, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, program_version
from site_gen.check import across, incremental, selection
from site_gen.check.cache import Store
from site_gen.check.filters import ALL, better, told
from site_gen.check.findings import Finding, Level
from site_gen.check.reader import Examiner, Reader, Summaries
from site_gen.check.rules import external, rules_of
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.check.selection import Request
from site_gen.engine.report import Options
from site_gen.plugins.load import Plugins, load
from site_gen.problem_lines import placed
from site_gen.problems import Problem
from site_gen.query import Contents, contents_of
from site_gen.settings import Settings


class Outcome(NamedTuple):
    """What was found, and what was done for it.

    problems   of the build, which come first: a site that cannot be built cannot be read
    read       files that were read because they were new or had changed
    ignored    findings that articles asked to be silent about
    rules      those that were known, by name
    more       findings of a rule and its level that were only counted
    """

    findings: list[Finding]
    problems: tuple[Problem, ...]
    view: View
    read: int
    ignored: int
    rules: Mapping[str, Rule]
    more: Mapping[tuple[str, Level], int]


def check(
    root: Path, settings: Settings, options: Options, request: Request, most: int = ALL
) -> Outcome:
    """What is found; of one rule only the first `most` need be told, the others are counted.

    Raises SiteError when the site cannot be read, or for an unknown edition, rule or path.
    """
    plugins = load(root, settings.plugins)
    selection.asked_rules(request, rules_of(plugins))  # before anything is read
    store = Store(root / ".site_gen", key_of(settings, plugins))
    examiner = Examiner(root, settings, plugins)
    look = incremental.look(root)
    with contextlib.suppress(incremental.LostError):
        kept = None if request.ask else incremental.recalled(
            root, settings, options, store, examiner, look
        )  # fmt: skip
        if kept is not None:
            view = _view(root, settings, options.now, request, kept.known)
            try:
                found = list(incremental.across(kept, view, store))
            finally:
                kept.known.files.save()
            return _outcome(view, kept.known.files, found, request, kept.problems, most)
    contents = contents_of(root, options)
    reader = _reader(examiner, store, contents.read, sound=contents.quiet)
    view = _view(root, settings, options.now, request, known_of(contents, reader))
    of_editions, of_site = _found(view, reader, request, store)
    if request.is_everything:
        incremental.keep(look, contents, options, view, store, of_site)
    if request.ask is not None:
        places = external.asked(view)
        of_site += external.hits(places, request.ask(places))
    return _outcome(view, reader, [*of_editions, *of_site], request, contents.problems, most)


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
    return store, _reader(Examiner(root, settings, plugins), store, read, pause)


def _reader(
    examiner: Examiner,
    store: Store,
    read: Mapping[str, str],
    pause: Callable[[], None] = lambda: None,
    sound: Container[str] = (),
) -> Reader:
    texts = {path: read[path] for path in sorted(read) if path.endswith(".md")}  # locks are not
    return Reader(examiner, store, texts, pause, sound)


class Site(NamedTuple):
    """A site that was read, and the moment of it."""

    root: Path
    settings: Settings
    now: datetime
    contents: Contents


def checked(site: Site, request: Request, store: Store, reader: Reader) -> Outcome:
    """What is found in a site that was read. Raises SiteError as `check` does."""
    known = known_of(site.contents, reader)
    view = _view(site.root, site.settings, site.now, request, known)
    of_editions, of_site = _found(view, reader, request, store)
    return _outcome(view, reader, [*of_editions, *of_site], request, site.contents.problems, ALL)


def _found(
    view: View, reader: Reader, request: Request, store: Store
) -> tuple[list[Placed], list[Placed]]:
    """What is found across files: in editions, and in the site as a whole."""
    try:
        if request.is_everything:
            reader.everything(jobs=0)
        for path in view.paths:
            reader.mark(path)
        return list(across.of_editions(view, store)), list(across.of_site(view))
    finally:
        reader.save()


def _outcome(
    view: View,
    reader: Reader,
    across: list[Placed],
    request: Request,
    problems: tuple[Problem, ...],
    most: int,
) -> Outcome:
    levels = {name: selection.level_of(rule, view.settings)
              for name, rule in selection.asked_rules(request, reader.rules).items()}  # fmt: skip
    found = told(view, across, levels, problems, most)
    about = [p for p in problems if selection.is_about(p, view.paths, request)]
    own = list(selection.at_their_levels(better(about, found.findings), view.settings))
    unknown = selection.unknown_levels(view.root, view.settings, reader.rules)
    own += [placed(problem, view.root) for problem in unknown]
    return Outcome(found.findings, tuple(own), view, reader.read, found.ignored, reader.rules,
                   found.more)  # fmt: skip


def key_of(settings: Settings, plugins: Plugins) -> str:
    """What decides, beside a file itself, what is found in it."""
    parts = (settings.check, settings.topics, settings.providers, settings.language,
             settings.publisher, settings.title, settings.base_url,
             settings.limits.file_bytes)  # fmt: skip
    code = plugins.seal("CHECK_RULES")
    return digest.of_parts(
        program_version.quick_stamp(), code, *(digest.of_value(part) for part in parts)
    )


def known_of(contents: Contents, reader: Reader) -> incremental.Known:
    """A site that was read, as a view needs it."""
    catalog, others = contents.catalog, contents.others
    refs = tuple(edition.ref for edition in catalog.editions)
    return incremental.Known(catalog, reader, catalog.editions, refs, others)


def _view(
    root: Path, settings: Settings, now: datetime, request: Request, known: incremental.Known
) -> View:
    files = known.files
    places = selection.asked_editions(request, known.refs)
    whole = len(places) == len(known.refs)
    chosen = known.editions if whole else [known.editions[n] for n in places]
    paths = selection.asked_paths(request, known.refs, chosen, files.digests)
    return View(root, settings, now, known.catalog, files, Summaries(files), known.editions,
                chosen, len(places) == 1, paths, {*files.digests, *known.others}, {})  # fmt: skip
