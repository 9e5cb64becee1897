"""Converts sources to files: detects what each document is, and places its drafts.

A document that fails does not stop the others.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from site_gen.basics import digest
from site_gen.convert import embargo, kept_as_draft, time_limit
from site_gen.convert.drafts import completion, naming
from site_gen.convert.drafts.placement import CONTENT, Job, Placement
from site_gen.convert.options import ConvertOptions
from site_gen.convert.receipts import store as receipts
from site_gen.convert.receipts.report import ConvertReport, Row, made
from site_gen.convert.sources import listing as sources
from site_gen.convert.sources import opml, sniff
from site_gen.convert.sources.listing import Fetch, Source
from site_gen.convert.sources.sniff import Kind
from site_gen.convert.text import rules
from site_gen.frontmatter import not_public
from site_gen.model import Draft, RawDocument
from site_gen.plugins.load import NO_PLUGINS, Plugins
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import NO_TAG, Settings
from site_gen.workers import pool
from site_gen.workers.fork import can_fork

MAX_LISTS = 3
"""How deep lists of feeds may be nested."""

MILLISECONDS = 30
"""The usual time for a document; from seven on, a second process is worth it."""

Progress = Callable[[int, str], None]
"""Called with the number of finished sources and the name of the next."""


def convert_sources(
    root: Path,
    settings: Settings,
    names: list[str],
    options: ConvertOptions,
    now: datetime,
    progress: Progress = lambda done, name: None,
    fetch: Fetch | None = None,
    plugins: Plugins = NO_PLUGINS,
) -> ConvertReport:
    """Convert all `names` (or the settings' sources if there are none) into files below `root`.

    `now` becomes addedDateTime. No other conversion may run here at the same time. Raises SiteError
    only if nothing can be done at all.
    """
    with rules.extended(plugins):
        return _convert(root, settings, names, options, now, progress, fetch)


def _convert(
    root: Path,
    settings: Settings,
    names: list[str],
    options: ConvertOptions,
    now: datetime,
    progress: Progress,
    fetch: Fetch | None,
) -> ConvertReport:
    placement = Placement(root, options.to or CONTENT, settings, options, now)
    for folder in (options.to or CONTENT, ".site_gen/quarantine", ".site_gen/beside"):
        placement.site.sweep(folder)
    get = fetch or _fetcher(root, settings, options)
    wanted = list(sources.listed(list(names) or list(settings.convert.sources), root, get))
    rows: list[Row] = []
    files = [source for source in wanted if source.file]
    ready = _read_in_order(files, settings, options)
    for done, source in enumerate(wanted):
        progress(done, source.name)
        read = next(ready) if source.file else _read(source, settings, options)
        rows += _rows(source, read, placement, settings, options, get, 0)
    progress(len(wanted), "")
    return made(rows, _warnings(rows, settings), options.dry_run)


class _Read(NamedTuple):
    """A converted document: its digest and drafts, or the feeds that it lists, or its problems."""

    digest: str = ""
    drafts: tuple[Draft, ...] = ()
    feeds: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def _read(source: Source, settings: Settings, options: ConvertOptions) -> _Read:
    """Read and convert a document. Writes nothing, so it can run in another process."""
    try:
        raw = source.read()
        kind, text, _ = sniff.sniff(raw)
        if kind is Kind.OPML:
            return _Read(feeds=tuple(opml.feeds(raw, text)))
        drafts = drafts_of(raw, settings, options)
    except SiteError as error:
        return _Read(problems=error.problems)
    return _Read(digest.of_bytes(raw.data), tuple(drafts))


def _read_in_order(
    files: Sequence[Source], settings: Settings, options: ConvertOptions
) -> Iterator[_Read]:
    # How a source is read does not travel: only a forked process knows it.
    jobs, tool = 0 if can_fork() else 1, (settings, options)
    for found in pool.map_chunks(_read_all, tool, files, jobs, _killed, here=1, cost=_cost):
        yield from found


def _read_all(tool: tuple[Settings, ConvertOptions], files: Sequence[Source]) -> list[_Read]:
    return [_read(source, *tool) for source in files]


def _cost(source: Source) -> int:
    return MILLISECONDS


def _killed(source: Source) -> _Read:
    problem = Problem(
        "convert/killed",
        f"{source.name} could not be converted: its process ended",
        Where(source.name),
        "split it, or copy the article's text into a .txt file",
    )
    return _Read(problems=(problem,))


def drafts_of(raw: RawDocument, settings: Settings, options: ConvertOptions) -> list[Draft]:
    """The completed drafts of a raw document that is no list. Raises SiteError."""
    kind, text, doubt = sniff.sniff(raw)
    with time_limit.within(time_limit.SECONDS, raw.name):
        drafts = _converted(kind, text, raw, settings, options)
        if doubt:
            drafts = [replace(d, quarantine=(*d.quarantine, doubt)) for d in drafts]
        placed = not_public.marks({}, raw.name)
        return [
            completion.complete(
                kept_as_draft.apply_marks(draft, placed + embargo.marks(draft)), settings, options
            )
            for draft in drafts
        ]


def _converted(
    kind: Kind, text: str, raw: RawDocument, settings: Settings, options: ConvertOptions
) -> list[Draft]:
    """Converted by kind. Converters are imported when needed, since some load heavy libraries."""
    if kind is Kind.ENTRY:
        from site_gen.convert.markdown.entry import convert_entry

        return convert_entry(raw, text)
    if kind is Kind.FOREIGN:
        from site_gen.convert.markdown.foreign import convert_foreign

        return convert_foreign(raw, text, settings)
    if kind is Kind.FEED:
        from site_gen.convert.feeds import convert_feed

        return convert_feed(raw, text, settings)
    if kind is Kind.MAIL:
        from site_gen.convert.mail import convert_mail

        return convert_mail(raw, settings, options.split)
    if kind is Kind.MARKDOWN:
        from site_gen.convert.markdown.document import convert_markdown

        return convert_markdown(raw, text, settings)
    if kind is Kind.HTML:
        from site_gen.convert.html import convert_html

        return convert_html(
            text, source=raw.name, settings=settings, url=raw.url, split=options.split
        )
    from site_gen.convert.text import convert_text

    return convert_text(text, source=raw.name, settings=settings, split=options.split)


def _rows(
    source: Source,
    read: _Read,
    placement: Placement,
    settings: Settings,
    options: ConvertOptions,
    get: Fetch,
    depth: int,
) -> Iterator[Row]:
    if read.problems:
        yield _failed(source.name, SiteError(list(read.problems)))
        return
    if read.feeds and depth >= MAX_LISTS:
        yield _failed(source.name, sniff.refused(source.name, "is a list of lists", "name feeds"))
        return
    for url in read.feeds:
        feed = sources.address(url, get)
        found = _read(feed, settings, options)
        yield from _rows(feed, found, placement, settings, options, get, depth + 1)
    for job in jobs(source, read.digest, _wanted(list(read.drafts), options)):
        if job.draft.left_out:
            yield Row(source=job.source, status="left", note=job.draft.left_out)
            continue
        try:
            yield placement.put(job)
        except SiteError as error:
            yield _failed(job.source, error)


def _wanted(drafts: list[Draft], options: ConvertOptions) -> list[Draft]:
    """Drafts published since `since`, at most `limit`."""
    since = options.since
    recent = [d for d in drafts if since is None or _recent(d, since)]
    return recent[: options.limit] if options.limit else recent


def _recent(draft: Draft, since: datetime) -> bool:
    moment = draft.matter.get("publishedDateTime")
    return not isinstance(moment, datetime) or moment >= since


def jobs(source: Source, whole: str, drafts: list[Draft]) -> Iterator[Job]:
    """Jobs to place the drafts of one document, whose digest is `whole`."""
    for number, draft in enumerate(drafts, 1):
        if draft.receipt.kind == "feed":
            own = receipts.content_digest(draft)
            name = naming.from_title(str(draft.matter.get("title", "")), draft.receipt.source)
            yield Job(draft, draft.receipt.source, own, name, fixed=False)
            continue
        title = str(draft.matter.get("title", ""))
        key = f"{source.name}#{number}" if len(drafts) > 1 else source.name
        name = (
            naming.from_file(source.file, number, len(drafts))
            if source.file
            else naming.from_title(title, f"{whole}{number}")
        )
        receipt = replace(draft.receipt, source=key)
        yield Job(replace(draft, receipt=receipt), key, whole, name, number, bool(source.file))


def _failed(name: str, error: SiteError) -> Row:
    reasons = tuple(problem.message for problem in error.problems)
    return Row(source=name, status="failed", reasons=reasons, problems=error.problems)


def _warnings(rows: list[Row], settings: Settings) -> tuple[Problem, ...]:
    if settings.feeds.tag or not any(row.status == "created" for row in rows):
        return ()
    return (
        Problem(
            "convert/no-tag",
            f"feeds.tag is not set: the guids written into the drafts begin with tag:{NO_TAG}",
            None,
            'set it once, such as tag = "example.org,2026" under [feeds], remove these drafts and'
            " convert again",
            "warning",
        ),
    )


def _fetcher(root: Path, settings: Settings, options: ConvertOptions) -> Fetch:
    """The fetcher of the run, created for the first address."""
    made: list[Fetch] = []

    def fetch(url: str) -> RawDocument:
        from site_gen.convert.sources.fetch import Fetcher

        if not made:
            agent = settings.convert.user_agent
            made.append(Fetcher(root, agent, options.allow_private, dry=options.dry_run).get)
        return made[0](url)

    return fetch
