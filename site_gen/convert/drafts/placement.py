"""Writes drafts, depending on whether each is new, known, or changed by the editor."""

import contextlib
import difflib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from site_gen.basics import digest, slugs, written_dates
from site_gen.convert.drafts import completion, document, duplicates, merge, naming
from site_gen.convert.drafts import existing as known
from site_gen.convert.drafts import identity as mint
from site_gen.convert.drafts.duplicates import Story
from site_gen.convert.drafts.existing import ExistingContent
from site_gen.convert.drafts.files import Changed, Store, refuse_links
from site_gen.convert.options import ConvertOptions
from site_gen.convert.receipts import store as receipts
from site_gen.convert.receipts.report import Row, State, Status
from site_gen.convert.receipts.store import Kept, Written
from site_gen.model import Draft
from site_gen.problems import SiteError
from site_gen.settings import Settings

CONTENT = "content"
QUARANTINE = ".site_gen/quarantine"
REMOVED = "you removed it; --again brings it back"
BESIDE = ".site_gen/beside"
"""Folder for new versions of files that the editor changed; builds ignore it."""
_ENTRY = re.compile(r"#(\d+|[0-9a-f]{16})$")
"""How a source names an entry of a feed or mailbox, which means nothing to editors."""


@dataclass(frozen=True, slots=True)
class Job:
    """A draft with its source, the digest of its raw document, and its intended name.

    number  which draft of its document it is
    fixed   the name comes from the source's file, so an existing draft of that name is an earlier
            version
    """

    draft: Draft
    source: str
    raw_digest: str
    name: str
    number: int = 1
    fixed: bool = True


class Placement:
    """One run: the files of the site, what is known of them, the options."""

    def __init__(
        self, root: Path, folder: str, settings: Settings, options: ConvertOptions, now: datetime
    ) -> None:
        refuse_links(root, folder)
        self.site = Store(root, dry=options.dry_run)
        self.content = Store(root / folder, dry=options.dry_run)
        self.folder = folder
        self.known = ExistingContent(root / folder)
        self._settings = settings
        self._options = options
        self._now = now
        self._used: set[str] = set()
        self._owners: dict[str, str] | None = None
        inside = Path(folder).parts[:1] == (CONTENT,)
        self._prefix = "".join(f"{part}/" for part in Path(folder).parts[1:]) if inside else ""
        if self._prefix:
            self.known.slugs |= ExistingContent(root / CONTENT).slugs

    def put(self, job: Job) -> Row:
        """Write the draft, or say why not. Raises SiteError."""
        before = receipts.load(self.site, job.source)
        story = self._find_same_story(job, before)
        if story and (kept := self._find_shorter_version(job, story)):
            receipts.save_as_duplicate(self.site, kept)
            before = kept.written
        elif story:
            return self._link_as_duplicate(job, story, before)
        path = self._path(job, before) if story is None else story.path
        self._used.add(slugs.folded(path))
        current = self.content.read(path)
        matter = self._matter(job, path, before)
        reasons = job.draft.quarantine or completion.faults(matter, self._settings)
        data = job.draft.verbatim or document.to_bytes(matter, job.draft.body)
        try:
            if reasons and current is None:
                job = replace(job, draft=structs.replace(job.draft, quarantine=reasons))
                return self._set_aside(job, path, before, data)
            if current is None:
                return self._create(job, path, before, data)
            return self._update(job, path, before, data, current)
        except Changed:  # between our look and our writing: the file is the editor's
            return self._beside(job, path, data, self.content.read(path) or b"")

    def _find_same_story(self, job: Job, before: Written | None) -> Story | None:
        """The content file from another source that tells the same story."""
        if self._options.duplicates == "keep" or not job.draft.is_raw:
            return None
        if before and not before.duplicate:
            return None
        copies = self.known.by_digest.get(job.raw_digest, [])
        if job.number <= len(copies) and slugs.folded(copies[job.number - 1]) in self._used:
            return Story(copies[job.number - 1], (), sys.maxsize)
        if copies:
            return None
        return self.known.addresses.same(job.draft.matter)

    def _find_shorter_version(self, job: Job, story: Story) -> Kept | None:
        """The receipt of an unchanged file that is much shorter than the draft."""
        words = len(job.draft.body.split())
        if job.draft.quarantine or words < duplicates.FULLER_RATIO * max(1, story.words):
            return None
        kept = self._receipt_of(story.path)
        current = self.content.read(story.path)
        if kept is None or current is None or kept.written.digest != digest.of_bytes(current):
            return None
        return kept

    def _receipt_of(self, path: str) -> Kept | None:
        found = (kept for kept in receipts.all_receipts(self.site) if not kept.written.duplicate)
        return next((k for k in found if k.written.path == path), None)

    def _link_as_duplicate(self, job: Job, story: Story, before: Written | None) -> Row:
        """Write no second draft: the two receipts name each other."""
        kept = self._receipt_of(story.path)
        written = Written(story.path, "", {}, "", folder=self.folder, duplicate=True)
        receipts.save(self.site, job.source, written, job.draft)
        if kept:
            receipts.save_also(self.site, kept, job.source)
        if before:
            return self._row(job, "unchanged", story.path)
        told = _ENTRY.sub("", job.source)
        note = f"{told} tells the same story (--duplicates keep makes both)"
        return self._row(job, "duplicate", story.path, note=note)

    def _path(self, job: Job, before: Written | None) -> str:
        """The path of an earlier run, else of the same digest, else the intended one."""
        if before and slugs.folded(before.path) not in self._used:
            return before.path
        listed = self.known.by_digest.get(job.raw_digest, [])
        left = [path for path in listed if slugs.folded(path) not in self._used]
        if left and (job.number == 1 or len(listed) > 1):
            return left[0]
        taken = self._used if job.fixed and not self._is_from_another_source(job) else None
        return naming.unused_name(
            job.name, taken if taken is not None else self.known.paths | self._used
        )

    def _is_from_another_source(self, job: Job) -> bool:
        """Whether the file of that name was made from another source."""
        if self._owners is None:
            self._owners = receipts.owners(self.site)
        return self._owners.get(job.name, job.source) != job.source

    def _matter(self, job: Job, path: str, before: Written | None) -> dict[str, Any]:
        matter = dict(job.draft.matter)
        there = before.matter if before else self._minted_there(path)
        earlier = _moments(there)
        if job.draft.verbatim is not None:
            return matter
        if not job.draft.is_raw:
            return mint.add_date(matter, self._now, earlier)
        # What an editor accepted stays accepted; what was removed comes back as a draft.
        accepted = there and not there.get("draft") and self.content.read(path) is not None
        if not self._options.publish and not accepted:
            matter["draft"] = True
        return mint.add_identity(
            matter,
            path=f"{self._prefix}{path}",
            raw_digest=job.raw_digest,
            settings=self._settings,
            now=self._now,
            taken=self.known.slugs,
            before=earlier,
        )

    def _minted_there(self, path: str) -> dict[str, Any]:
        """Without a receipt: the front matter of an existing draft of ours."""
        current = self.content.read(path)
        if current is not None and known.digest_in(current):
            with contextlib.suppress(SiteError):
                return receipts.matter_as_loaded(current, path)
        return {}

    def _create(self, job: Job, path: str, before: Written | None, data: bytes) -> Row:
        here = before and not before.quarantined and before.folder == self.folder
        if before and here and not self._options.again:
            receipts.forget_text(self.site, job.source)
            moved = next(iter(self.known.by_digest.get(job.raw_digest, ())), "")
            told = "" if moved == before.path else f"it is {self.folder}/{moved} by now"
            return self._row(job, "unchanged", before.path, note=told if moved else REMOVED)
        self._write(job, path, data, None)
        if before and before.quarantined:
            self._leave_quarantine(path, before)
        return self._row(job, "created", path, diff=self._diff(path, b"", data))

    def _update(
        self,
        job: Job,
        path: str,
        before: Written | None,
        data: bytes,
        current: bytes,
    ) -> Row:
        """The file exists."""
        if data == current:
            return self._row(job, "unchanged", path)
        if _is_withdrawn(current, path):
            receipts.forget_text(self.site, job.source)
            return self._row(job, "unchanged", path, note="you withdrew it")
        own = before is not None and before.digest == digest.of_bytes(current)
        same_raw = job.draft.verbatim is None and known.digest_in(current) == job.raw_digest
        if same_raw and not self._options.update:
            return self._row(job, "unchanged", path)
        if own:
            self._write(job, path, data, current)
            return self._row(job, "updated", path, diff=self._diff(path, current, data))
        if self._options.update and before and job.draft.verbatim is None:
            return self._merge(job, path, before, data, current)
        return self._beside(job, path, data, current)

    def _merge(self, job: Job, path: str, before: Written, data: bytes, current: bytes) -> Row:
        fresh = receipts.matter_as_loaded(data, path)
        text = current.decode("utf-8-sig").replace("\r\n", "\n")
        made = merge.merge(text, before, fresh, job.draft)
        note = f"left to the editor: {', '.join(made.left)}" if made.left else ""
        new = made.text.encode("utf-8")
        if not made.taken:
            return self._row(job, "unchanged", path, note=note)
        self.content.write(path, new, instead_of=current)
        # the digest of what we would have written: the file stays the editor's
        written = Written(path, digest.of_bytes(data), fresh, job.draft.body, folder=self.folder)
        receipts.save(self.site, job.source, written, job.draft)
        return self._row(job, "updated", path, note=note, diff=self._diff(path, current, new))

    def _beside(self, job: Job, path: str, data: bytes, current: bytes) -> Row:
        place = f"{BESIDE}/{path}"
        self.site.write(place, data)
        note = f"it is the editor's by now; the new version lies in {place}"
        return self._row(job, "unchanged", path, note=note, diff=self._diff(path, current, data))

    def _set_aside(self, job: Job, path: str, before: Written | None, data: bytes) -> Row:
        place = f"{QUARANTINE}/{path}"
        current = self.site.read(place)
        note = ""
        if current is None or (before and before.digest == digest.of_bytes(current)):
            self.site.write(place, data)
            self._save(job, path, data, quarantined=True)
        elif current != data:
            note = "it was edited there and is left as it is"
        diff = self._diff(place, current or b"", data)
        return self._row(job, "quarantined", place, note=note, diff=diff)

    def _leave_quarantine(self, path: str, before: Written) -> None:
        place = f"{QUARANTINE}/{path}"
        current = self.site.read(place)
        if current is not None and digest.of_bytes(current) == before.digest:
            self.site.remove(place)

    def _write(self, job: Job, path: str, data: bytes, instead_of: bytes | None) -> None:
        self.content.write(path, data, instead_of=instead_of)
        self.known.add(path, data)
        self._save(job, path, data)

    def _save(self, job: Job, path: str, data: bytes, *, quarantined: bool = False) -> None:
        loaded = receipts.matter_as_loaded(data, path)
        body = job.draft.body
        written = Written(path, digest.of_bytes(data), loaded, body, quarantined, self.folder)
        receipts.save(self.site, job.source, written, job.draft)

    def _row(self, job: Job, status: Status, path: str, note: str = "", diff: str = "") -> Row:
        inside = path if path.startswith(".site_gen/") else f"{self.folder}/{path}"
        return Row(
            source=job.source,
            status=status,
            path=inside,
            reasons=job.draft.quarantine if status == "quarantined" else (),
            note=note,
            diff=diff,
            title=str(job.draft.matter.get("title", "")),
            confidence=job.draft.receipt.confidence,
            warnings=() if status == "unchanged" else tuple(job.draft.matter.get("warnings", ())),
            state=_state(job.draft, publish=self._options.publish),
            undated=status != "unchanged" and job.draft.is_undated,
            kept=len(job.draft.receipt.kept),
            cut=len(job.draft.receipt.cuts),
            left_out=sum(not cut.to for cut in job.draft.receipt.cuts),
            maybe_lost=0 if status == "unchanged" else job.draft.receipt.maybe_lost,
        )

    def _diff(self, path: str, old: bytes, new: bytes) -> str:
        if not self._options.diff:
            return ""
        before, after = (d.decode("utf-8", "replace").splitlines(True) for d in (old, new))
        return "".join(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"))


def _state(draft: Draft, *, publish: bool) -> State:
    if draft.matter.get("draft") is True:
        return "kept back"
    return "draft" if draft.is_raw and not publish else "content"


def _is_withdrawn(data: bytes, path: str) -> bool:
    """Whether the editor withdrew the existing article."""
    with contextlib.suppress(SiteError):
        return receipts.matter_as_loaded(data, path).get("withdrawn") not in (None, False)
    return False


def _moments(matter: Mapping[str, Any]) -> dict[str, Any]:
    """What an earlier run added, with its date as a datetime."""
    kept = {key: matter[key] for key in mint.KEPT if key in matter}
    added = written_dates.moment(kept.pop("addedDateTime", None), UTC)
    return kept | ({"addedDateTime": added} if added else {})
