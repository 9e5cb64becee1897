"""Lists for the report: what happened to the texts of the old site."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from site_gen.importers.old_site import Entry
from site_gen.importers.reading.matter import FOR_ADDRESSES, FOR_TEMPLATES, not_shown

if TYPE_CHECKING:
    from site_gen.importers.run import Outcome

FEW = 5
"""Names in a line; more are counted."""
MOST_NAMED = 20
"""Files named that stay behind for one reason."""
TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".mdx", ".html", ".htm", ".rst", ".njk", ".liquid")


def counted_as(count: int, one: str, many: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {one if count == 1 else many}"


def found(outcome: "Outcome") -> Iterator[str]:
    """Each text once, by what became of it, so that the sum is what was found."""
    entries = [place.entry for place in outcome.places.placed]
    aside = {row.source for row in outcome.quarantined}
    removed = {row.source for row in outcome.rows if row.status == "removed"}
    gone = [entry for entry in entries if entry.source in removed - aside]
    taken = [entry for entry in entries if entry.source not in aside | removed]
    held = [entry for entry in taken if entry.private or not_shown(entry, outcome.now)]
    drafts = sum(1 for entry in held if entry.private)
    unread = len(outcome.site.failed)
    unmade = len(aside - {entry.source for entry in entries})  # nothing of them could be read
    out = outcome.site.out + Counter(
        why for path, why in outcome.site.unpublished if path.lower().endswith(TEXTS)
    )
    total = len(entries) + unmade + unread + out.total()
    yield f"Posts, issues and pages found: {total}."
    yield f"Shown: {len(taken) - len(held)}."
    if held:
        dates = f", {len(held) - drafts} of them by their dates" if len(held) > drafts else ""
        yield f"Held back: {len(held)}{dates}. Each is named below."
    if gone:
        yield f"Removed by you here: {len(gone)}. Their addresses lead nowhere."
    if aside:
        count = len(entries) - len(taken) - len(gone) + unmade
        yield f"In quarantine: {count}. Each is named under Left for you."
    if unread:
        yield f"Not read: {unread}. Each is named under Left for you."
    for reason, count in sorted(out.items()):
        yield f"Left out, {reason}: {count}."


def stayed(outcome: "Outcome") -> list[str]:
    """What stays behind; files that the old system did not publish by the reason."""
    by: dict[str, list[str]] = {}
    for path, why in outcome.site.unpublished:
        by.setdefault(why, []).append(path)
    made = []
    for why, paths in by.items():
        names = ", ".join(paths[:MOST_NAMED])
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        made.append(f"{names}{more}: {why}" + (f" ({len(paths)} files)" if paths[1:] else ""))
    return made + outcome.site.left


def topics(outcome: "Outcome") -> Iterator[str]:
    """Issues have no topics here: those of the old ones are named before they are missed."""
    issues = [place.entry for place in outcome.places.placed if place.kind == "edition"]
    names = Counter(str(t) for e in issues for t in _words(e.matter))
    many = sum(1 for entry in issues if _words(entry.matter))
    if many:
        such = ", ".join(name for name, _ in names.most_common(FEW))
        yield (
            f"{counted_as(many, 'issue had', 'issues had')} topics or tags"
            f" ({counted_as(len(names), 'name', 'names')}, such as {such}), which issues do not"
            " have here: their pages lead to the list of issues. Articles have topics: with"
            " `--article-per-file` each post is one."
        )


def _words(matter: dict[str, object]) -> list[object]:
    both = (matter.get(key) for key in ("topics", "tags"))
    return [word for words in both if isinstance(words, list) for word in words]


def dated(outcome: "Outcome") -> Iterator[str]:
    """Texts that say no date of their own."""
    by_what: dict[str, list[str]] = {}
    for place in outcome.places.placed:
        if place.entry.dated:
            by_what.setdefault(place.entry.dated, []).append(place.entry.source)
    for by, sources in by_what.items():
        count = counted_as(
            len(sources), "text says no date: it has", "texts say no date: they have"
        )
        yield (
            f"{count} that of {by}. See whether that is right: {', '.join(sources[:FEW])}"
            + (" ..." if len(sources) > FEW else ".")
        )


def private(outcome: "Outcome") -> list[str]:
    """Each text that is not shown, why, and where it stood if no list showed it."""
    made = []
    for place in outcome.places.placed:
        entry = place.entry
        if said := entry.private or not_shown(entry, outcome.now, outcome.site.zone):
            stood = f" (it stood at `{entry.unlisted}`)" if entry.unlisted else ""
            made.append(f"{entry.source}: {said}{stood}")
    return made


def odd(outcome: "Outcome") -> list[str]:
    """What an old system did in texts, by name, with the first place in ours."""
    return _listed((name, place) for name, place in outcome.odd)


def lost(outcome: "Outcome") -> list[str]:
    """What did not come of texts, or not as it was, with the first text of each."""
    return _listed((name, e.source) for e in _entries(outcome) for name in e.lost)


def _listed(given: Iterable[tuple[str, str]]) -> list[str]:
    by_name: dict[str, list[str]] = {}
    for name, where in given:
        by_name.setdefault(name, []).append(where)
    return [
        f"`{name}`: {counted_as(len(where), 'time', 'times')}, first in {where[0]}"
        for name, where in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def _entries(outcome: "Outcome") -> Iterator[Entry]:
    return (place.entry for place in outcome.places.placed)


def left_out(outcome: "Outcome") -> list[str]:
    """Keys of front matter that stay behind, and what they were for."""
    counts: Counter[str] = Counter(outcome.left)
    for place in outcome.places.placed:
        counts.update(f"{key} ({_use(key)})" for key, to in place.entry.moved if not to)
    return [f"{n}: in {counted_as(c, 'file', 'files')}" for n, c in sorted(counts.items())]


def _use(key: str) -> str:
    """What a key was for that we have no place for."""
    if key.lower() in FOR_ADDRESSES:
        return "its old address: see Addresses"
    if key.lower() in FOR_TEMPLATES:
        return "for the old system's templates"
    return "there is no place for it here"
