"""A check: find the files, read what changed, apply the rules, select and order their findings."""

import contextlib
from collections.abc import Callable, Container, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from site_gen.basics import digest, program_version
from site_gen.check import cross_file, incremental, selection
from site_gen.check.cache import Store
from site_gen.check.filters import NO_LIMIT, select_findings, without_repeated
from site_gen.check.findings import Finding, Level
from site_gen.check.reader import DocumentChecker, Reader, Summaries
from site_gen.check.rules import external, rules_of
from site_gen.check.rules.rule import Placed, Rule, View
from site_gen.check.selection import Request
from site_gen.check.stored_editions import CacheChangedError
from site_gen.engine.report import Options
from site_gen.plugins.load import Plugins, load
from site_gen.problem_lines import placed
from site_gen.problems import Problem
from site_gen.query import Contents, contents_of
from site_gen.settings import Settings


class Outcome(NamedTuple):
    """The result of a check.

    problems      problems that the build reports, less those that a finding repeats
    read          how many files were read because they were new or had changed
    ignored       how many findings were silenced by `checkIgnore`
    rules         all rules by name
    only_counted  the number of findings beyond the limit, by rule and level
    """

    findings: list[Finding]
    problems: tuple[Problem, ...]
    view: View
    read: int
    ignored: int
    rules: Mapping[str, Rule]
    only_counted: Mapping[tuple[str, Level], int]


def check(
    root: Path, settings: Settings, options: Options, request: Request, limit: int = NO_LIMIT
) -> Outcome:
    """Check a site. Beyond the first `limit` findings of a rule, the others may only be counted.

    Raises SiteError if the site cannot be read, or for an unknown edition, rule or path.
    """
    plugins = load(root, settings.plugins)
    selection.select_rules(request, rules_of(plugins))  # before anything is read
    store = Store(root / ".site_gen", cache_key(settings, plugins))
    checker = DocumentChecker(root, settings, plugins)
    file_state = incremental.read_file_state(root)
    with contextlib.suppress(CacheChangedError):
        restored = None if request.probe else incremental.restore(
            root, settings, options, store, checker, file_state
        )  # fmt: skip
        if restored is not None:
            view = _make_view(root, settings, options.now, request, restored.content)
            try:
                found = list(incremental.find_across_files(restored, view, store))
            finally:
                restored.content.files.save()
            return _make_outcome(
                view, restored.content.files, found, request, restored.problems, limit
            )
    contents = contents_of(root, options)
    reader = _make_reader(checker, store, contents.read, valid=contents.without_problems)
    view = _make_view(root, settings, options.now, request, site_content(contents, reader))
    in_editions, in_site = _find_across_files(view, reader, request, store)
    if request.is_everything:
        incremental.save(file_state, contents, options, view, store, in_site)
    if request.probe is not None:
        links = external.links_to_probe(view)
        in_site += external.hits(links, request.probe(links))
    return _make_outcome(view, reader, [*in_editions, *in_site], request, contents.problems, limit)


def open_reader(
    root: Path,
    settings: Settings,
    read: Mapping[str, str],
    pause: Callable[[], None] = lambda: None,
) -> tuple[Store, Reader]:
    """Open the cache of findings and a reader of the files that a build read (path -> digest).

    Raises SiteError if a plugin cannot be loaded.
    """
    plugins = load(root, settings.plugins)
    store = Store(root / ".site_gen", cache_key(settings, plugins))
    return store, _make_reader(DocumentChecker(root, settings, plugins), store, read, pause)


def _make_reader(
    checker: DocumentChecker,
    store: Store,
    read: Mapping[str, str],
    pause: Callable[[], None] = lambda: None,
    valid: Container[str] = (),
) -> Reader:
    texts = {path: read[path] for path in sorted(read) if path.endswith(".md")}  # no locks
    return Reader(checker, store, texts, pause, valid)


class LoadedSite(NamedTuple):
    """A site that a build has read, and the time of that build."""

    root: Path
    settings: Settings
    now: datetime
    contents: Contents


def check_loaded(site: LoadedSite, request: Request, store: Store, reader: Reader) -> Outcome:
    """Check a site that a build has read. Raises SiteError as `check` does."""
    content = site_content(site.contents, reader)
    view = _make_view(site.root, site.settings, site.now, request, content)
    in_editions, in_site = _find_across_files(view, reader, request, store)
    found, problems = [*in_editions, *in_site], site.contents.problems
    return _make_outcome(view, reader, found, request, problems, NO_LIMIT)


def _find_across_files(
    view: View, reader: Reader, request: Request, store: Store
) -> tuple[list[Placed], list[Placed]]:
    """Return the findings of the rules for editions, and of those for the whole site."""
    try:
        if request.is_everything:
            reader.check_all(jobs=0)
        for path in view.paths:
            reader.index_entry(path)
        return list(cross_file.find_in_editions(view, store)), list(cross_file.find_in_site(view))
    finally:
        reader.save()


def _make_outcome(
    view: View,
    reader: Reader,
    across_files: list[Placed],
    request: Request,
    problems: tuple[Problem, ...],
    limit: int,
) -> Outcome:
    levels = {name: selection.level_of(rule, view.settings)
              for name, rule in selection.select_rules(request, reader.rules).items()}  # fmt: skip
    selected = select_findings(view, across_files, levels, problems, limit)
    reported = [p for p in problems if selection.is_reported(p, view.paths, request)]
    reported = without_repeated(reported, selected.findings)
    reported = list(selection.apply_levels(reported, view.settings))
    unknown = selection.unknown_levels(view.root, view.settings, reader.rules)
    reported += [placed(problem, view.root) for problem in unknown]
    return Outcome(selected.findings, tuple(reported), view, reader.read, selected.ignored,
                   reader.rules, selected.only_counted)  # fmt: skip


def cache_key(settings: Settings, plugins: Plugins) -> str:
    """Return a digest of all that findings depend on, except for the content files."""
    parts = (settings.check, settings.topics, settings.providers, settings.language,
             settings.publisher, settings.title, settings.base_url,
             settings.limits.file_bytes)  # fmt: skip
    plugin_code = plugins.code_digest("CHECK_RULES")
    return digest.of_parts(
        program_version.quick_stamp(), plugin_code, *(digest.of_value(part) for part in parts)
    )


def site_content(contents: Contents, reader: Reader) -> incremental.SiteContent:
    """Return what a view needs of a site that a build has read."""
    catalog, others = contents.catalog, contents.others
    refs = tuple(edition.ref for edition in catalog.editions)
    return incremental.SiteContent(catalog, reader, catalog.editions, refs, others)


def _make_view(
    root: Path,
    settings: Settings,
    now: datetime,
    request: Request,
    content: incremental.SiteContent,
) -> View:
    files = content.files
    indexes = selection.select_editions(request, content.refs)
    whole = len(indexes) == len(content.refs)
    chosen = content.editions if whole else [content.editions[n] for n in indexes]
    paths = selection.select_paths(request, content.refs, chosen, files.digests)
    existing = {*files.digests, *content.others}
    return View(root, settings, now, content.catalog, files, Summaries(files), content.editions,
                chosen, len(indexes) == 1, paths, existing, {})  # fmt: skip
