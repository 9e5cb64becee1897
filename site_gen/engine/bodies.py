"""The short way of a process that starts afresh: only bodies changed since the last good build.

Then the arrangement is the last one, and only pages that show those bodies are other ones. They
are planned from the outline of that arrangement: first as they were, which must give the keys
that the memo has of them, then with their new bodies. Whatever is not so takes the long way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from site_gen.arrange.parts import article_ref, is_other_parts, with_own_parts
from site_gen.engine import keys, publish
from site_gen.engine.asked import analyses, asked_settings, asked_theme
from site_gen.engine.build import Site
from site_gen.engine.memo import SHARED, FileRow, Memo, ReadRow
from site_gen.engine.outline import Outline, Part, catalog_of, decoded, part_of
from site_gen.engine.outputs import digest_of, own_stamp
from site_gen.engine.portion import Press
from site_gen.engine.reading import Reader
from site_gen.engine.report import Report
from site_gen.engine.settled import say_again, settle
from site_gen.engine.since import Last, LongWay, hashed
from site_gen.engine.snapshot import CONTENT, Stamp
from site_gen.formats import article_feeds, article_pages
from site_gen.formats.common.views import renewed
from site_gen.model import ArticleRef, Facts, Page
from site_gen.problems import Problem, SiteError
from site_gen.settings import Settings
from site_gen.theme.load import Theme

OUTLINE = "outline"
"""The state of an output under which the memo has its outline."""

_FACTS = msgspec.msgpack.Decoder(Facts)


class Change(NamedTuple):
    """An article whose body was edited, as it is now."""

    new: Facts
    row: ReadRow


class Found(NamedTuple):
    """What the content files came to: the changes by path, and what is to be noted of files."""

    changes: dict[str, Change]
    noted: list[tuple[str, FileRow]]


def only_bodies(site: Site, last: Last, paths: list[str]) -> bool:
    """Whether the site is built, as in the edited files at `paths` only bodies had changed.

    Raises SiteError for what is broken.
    """
    settings, _ = asked_settings(site.root, site.options)
    if site.memo.state(SHARED, "read") != keys.read_key(settings, last.program):
        return False
    try:
        found = _read(site, settings, paths)
        theme = asked_theme(site.root, site.options, settings, analyses(site.memo))
        portion = list(_stale(site, last, settings, theme, found.changes))
    except LongWay:
        return False
    _publish(site, last, theme, found, portion)
    return True


def leave(memo: Memo, name: str, outline: bytes) -> None:
    """For the next build: the outline, before it is said that the site is settled."""
    if outline != memo.bytes_of(name, OUTLINE):
        memo.set_bytes(name, OUTLINE, outline)


def _read(site: Site, settings: Settings, paths: list[str]) -> Found:
    """Articles that are other ones than before, in body and detail alone."""
    known = {row[0]: row for row in site.memo.reads(paths)}
    reader = Reader(site.root, settings)
    found = Found({}, [])
    for path in paths:
        seal = hashed(site, f"{CONTENT}/{path}")
        found.noted.append((path, FileRow(site.snapshot.content[path], seal)))
        if seal == site.memo.file_digest(path) != "":
            continue
        row = reader.read(path)
        if path not in known or row.digest != seal:  # it changes at this moment
            raise LongWay
        found.changes[path] = _change(row, known[path])
    return found


def _change(row: ReadRow, known: tuple[str, str, bytes, str]) -> Change:
    _, kind, data, problems = known
    if row.kind != "article" or kind != "article" or row.problems != problems:
        raise LongWay
    old, new = _FACTS.decode(data), _FACTS.decode(row.facts)
    if not is_other_parts(old, new):
        raise LongWay
    return Change(new, row)


def _stale(
    site: Site, last: Last, settings: Settings, theme: Theme, changes: Mapping[str, Change]
) -> Iterator[keys.Keyed]:
    """The pages to be made anew; the keys of all that may be are checked as they were."""
    if not changes:
        return
    outline = _outline(site)
    part = part_of(outline, changes)
    if any(outline.rest.editions[number].locked for number in part.editions):
        raise LongWay  # what was sent may have changed, and that is to be said
    refs = dict(_refs(site, outline, [outline.paths[place] for place in part.articles]))
    pages = _planned(outline, part, refs, settings, theme, changes)
    rows = {page.path: site.memo.page(site.name, page.path) for page in pages}
    for page in pages:
        row = rows[page.path]
        if row is None or row.key != keys.keyed(page, theme, last.program).key:
            raise LongWay
    for path in refs.keys() & changes.keys():
        refs[path] = with_own_parts(refs[path], changes[path].new)
    for page in renewed(pages, refs):
        each, row = keys.keyed(page, theme, last.program), rows[page.path]
        if row is not None and row.key != each.key:
            yield each._replace(reasons=keys.reasons(each, row))


def _outline(site: Site) -> Outline:
    data = site.memo.bytes_of(site.name, OUTLINE)
    if not data:
        raise LongWay
    return decoded(data)


def _refs(site: Site, outline: Outline, paths: list[str]) -> Iterator[tuple[str, ArticleRef]]:
    """Articles by path, as they were shown at last."""
    for path, _, data, _ in site.memo.reads(paths):
        facts = _FACTS.decode(data)
        special = outline.special.get(path)
        if special is None:
            yield path, article_ref(facts, facts.card)
        else:
            yield path, with_own_parts(special, facts)


def _planned(
    outline: Outline,
    part: Part,
    refs: Mapping[str, ArticleRef],
    settings: Settings,
    theme: Theme,
    changes: Mapping[str, Change],
) -> list[Page]:
    """The pages that show bodies or details of what changed, as they were."""
    catalog = catalog_of(outline, part, refs)
    origins = {f"{CONTENT}/{path}" for path in changes}
    pages = [p for p in article_pages(catalog, theme, settings) if p.origin in origins]
    if part.files:
        pages += [p for p in article_feeds(catalog, theme, settings) if p.path in part.files]
    own = {
        ref.card.permalink for path, ref in refs.items() if path in changes and ref.card.has_page
    }
    found = {page.permalink for page in pages}
    if ("html" in settings.formats and own - found) or part.files - {p.path for p in pages}:
        raise LongWay
    return pages


def _publish(site: Site, last: Last, theme: Theme, found: Found, portion: list[keys.Keyed]) -> None:
    root, options, report, memo = site.root, site.options, site.report, site.memo
    settled, output = last.settled, site.output
    report.read += len(found.changes)
    say_again(report, settled)
    report.missing_strings = theme.strings.missing
    with memo.transaction():
        memo.forget_state(site.name, "settled")
        memo.put_reads(change.row for change in found.changes.values())
        memo.put_files(found.noted)
    press = Press(
        *(root, memo, site.name, output, site.folder, options.jobs, report),
        site.caller.progress,
        _said(report),
        site.caller.give_way,
    )
    staging = press.staging()
    outcomes = press.render(portion, theme, staging)
    stamps = {path: outcome.stamp for path, outcome in outcomes.items() if outcome.stamp}
    if len(stamps) < len(outcomes):
        raise SiteError(())  # said already: the last good site stays
    report.written = tuple(sorted(path for path in stamps if not outcomes[path].same))
    publish.publish_few(staging, list(report.written))
    press.remember(portion, outcomes)
    _settle(site, last, stamps)


def _said(report: Report) -> Callable[[Iterable[Problem]], None]:
    def note(problems: Iterable[Problem]) -> None:
        report.problems += tuple(problems)

    return note


def _settle(site: Site, last: Last, stamps: Mapping[str, Stamp]) -> None:
    since, until = last.settled["valid"]
    looked = last.outputs
    settle(
        site.memo,
        site.snapshot,
        site.root,
        site.output,
        site.options,
        site.report,
        digest_of(looked.paths, looked.but(stamps), own_stamp(site.output)),
        (since, until),
        lambda path: site.memo.file_digest(path.removeprefix(f"{CONTENT}/")),
    )
