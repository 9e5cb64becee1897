"""`site-gen accept`: turns drafts that an editor has reviewed into content, including quarantined
ones."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from site_gen import frontmatter
from site_gen.convert.drafts import completion, existing, merge
from site_gen.convert.drafts.files import Store
from site_gen.convert.drafts.placement import CONTENT, QUARANTINE
from site_gen.convert.receipts import store as receipts
from site_gen.convert.receipts.report import ConvertReport, Row, made
from site_gen.convert.receipts.store import Kept
from site_gen.problems import Problem, SiteError, Where
from site_gen.settings import Settings

SURE = 0.9
"""The lowest confidence of a clean draft."""

Which = Literal["named", "all", "clean"]

_DRAFT = re.compile(r"^draft[ \t]*:[ \t]*true[ \t]*(?:#[^\n]*)?\n", re.MULTILINE | re.IGNORECASE)


class _Place(NamedTuple):
    """A draft: its path relative to the site, and whether it is in quarantine."""

    name: str
    quarantined: bool


def accept_drafts(
    root: Path, settings: Settings, names: list[str], which: Which, *, dry_run: bool = False
) -> ConvertReport:
    """Remove `draft: true` from the drafts `names`, or from all that convert made, or from the
    clean ones.

    Clean means no warnings and a confidence of at least SURE. Drafts that their own system marked
    as private are only accepted by name. Quarantined drafts move to their intended folder; existing
    files are never replaced.
    """
    store = Store(root, dry=dry_run)
    known = {_path_of(kept): kept for kept in receipts.all_receipts(store)}
    places = _named(root, names) if which == "named" else _made_by_convert(root)
    rows = [_row(store, settings, place, known, which) for place in places]
    return made(rows, (), dry_run)


def _path_of(kept: Kept) -> str:
    folder = QUARANTINE if kept.written.quarantined else kept.written.folder
    return f"{folder}/{kept.written.path}"


def _named(root: Path, names: Iterable[str]) -> list[_Place]:
    found = []
    for name in names:
        inside = os.path.relpath(root / name, root).replace(os.sep, "/")
        found.append(_Place(inside, inside.startswith(f"{QUARANTINE}/")))
    return found


def _made_by_convert(root: Path) -> list[_Place]:
    content = [_Place(f"{CONTENT}/{path}", False) for path in existing.drafts(root / CONTENT)]
    aside = [_Place(f"{QUARANTINE}/{path}", True) for path in existing.articles(root / QUARANTINE)]
    return [*content, *aside]


def _row(
    store: Store, settings: Settings, place: _Place, known: dict[str, Kept], which: Which
) -> Row:
    try:
        return _accept_one(store, settings, place, known.get(place.name), which)
    except SiteError as error:
        reasons = tuple(problem.message for problem in error.problems)
        return Row(source=place.name, status="failed", reasons=reasons, problems=error.problems)


def _accept_one(
    store: Store, settings: Settings, place: _Place, kept: Kept | None, which: Which
) -> Row:
    data = store.read(place.name)
    if data is None:
        raise _refused(place.name, "is not there", f"look into {CONTENT}/ and {QUARANTINE}/")
    text = data.decode("utf-8-sig", "replace")
    if not place.quarantined and not place.name.startswith(f"{CONTENT}/"):
        cure = f"make a draft of it first: site-gen convert {place.name}"
        raise _refused(place.name, "lies outside content/, so it is no draft", cure)
    matter = receipts.matter_as_loaded(text, place.name)
    title = str(matter.get("title", ""))
    row = Row(source=place.name, status="accepted", path=place.name, title=title)
    reason = "" if which == "named" else _not_public(kept)
    if which == "clean":
        reason = reason or _why_not_clean(matter, place, kept)
    if reason:
        return Row(source=place.name, status="left", path=place.name, title=title, note=reason)
    if not place.quarantined and matter.get("draft") is not True:
        note = "it is no draft"
        return Row(source=place.name, status="unchanged", path=place.name, title=title, note=note)
    if faults := _faults(place, {**matter, "draft": False}, settings):
        raise _refused(place.name, f"would stop a build: {'; '.join(faults)}", "mend it first")
    target = _target(place, kept)
    current = store.read(target) if place.quarantined else None
    written = without_draft_mark(text).encode("utf-8")
    if current is not None and current != written:
        raise _refused(place.name, f"would replace {target}", "rename one of the two")
    store.write(target, written)
    if place.quarantined:
        store.remove(place.name)
    if kept:
        receipts.save_accepted(store, kept, written)
    return Row(source=row.source, status="accepted", path=target, title=title)


def _faults(place: _Place, matter: dict[str, object], settings: Settings) -> tuple[str, ...]:
    """Why a build would refuse it, as an article, a note or a page."""
    inner = place.name.removeprefix(f"{QUARANTINE}/").removeprefix(f"{CONTENT}/")
    folder = inner.partition("/")[0]
    if folder == "editions":
        dated = settings.editions.every != "note" or matter.get("date")
        return () if dated else ("it has no date",)
    if folder == "pages":
        return () if str(matter.get("title") or "").strip() else ("it has no title",)
    return completion.faults(matter, settings)


def _target(place: _Place, kept: Kept | None) -> str:
    if not place.quarantined:
        return place.name
    folder = kept.written.folder if kept else CONTENT
    return f"{folder}/{place.name.removeprefix(f'{QUARANTINE}/')}"


def _not_public(kept: Kept | None) -> str:
    """The mark of its own system against publishing it, or ""."""
    mark = kept.kept_back if kept else ""
    return f"{mark}: its own system keeps it back; name the file to publish it" if mark else ""


def _why_not_clean(matter: dict[str, object], place: _Place, kept: Kept | None) -> str:
    """Why an editor should look at it first, or ""."""
    listed = matter.get("warnings")
    told = listed if isinstance(listed, list) else [listed] if listed else []
    # What a warning missed may have been put in since: "publishedDateTime: no date was found".
    warnings = [w for w in told if not matter.get(str(w).partition(":")[0])]
    if place.quarantined:
        return "it is in the quarantine"
    if warnings:
        return f"it has a warning: {warnings[0]}"
    if kept is None:
        return "it has no receipt, so its confidence is not known"
    if kept.confidence < SURE:
        return f"its confidence of {kept.confidence:.3f} is under {SURE:.2f}"
    return ""


def without_draft_mark(text: str) -> str:
    """The file without its line `draft: true`, otherwise unchanged. Raises SiteError."""
    plain = text.replace("\r\n", "\n")
    end = plain.find("\n---", 3) + 1
    head, rest = plain[:end], plain[end:]
    left = _DRAFT.sub("", head, count=1)
    parts = frontmatter.split(left + rest)
    if "draft" in frontmatter.load(parts.head):
        parts = frontmatter.split(plain)
        left, rest = (
            f"---\n{merge.edit_front_matter(parts.head, {'draft': None})}",
            f"---\n{parts.body}",
        )
    return (left + rest).replace("\n", "\r\n") if "\r\n" in text else left + rest


def _refused(name: str, reason: str, cure: str) -> SiteError:
    return SiteError([Problem("accept/refused", f"{name} {reason}", Where(name), cure)])
