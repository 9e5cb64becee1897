"""Writes the files of an import, never over what an editor changed since.

`.site_gen/import.json` keeps a digest of every file that an import wrote.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from site_gen import frontmatter
from site_gen.basics import digest
from site_gen.convert.drafts.files import Store
from site_gen.convert.drafts.placement import CONTENT, QUARANTINE
from site_gen.frontmatter import not_public
from site_gen.importers.content import ContentFile
from site_gen.problems import SiteError

RECORD = ".site_gen/import.json"
BESIDE = ".site_gen/import"

Status = Literal["created", "updated", "unchanged", "kept", "removed", "quarantined"]


class Row(NamedTuple):
    """What became of one file: `kept` = an editor's, `removed` = an editor took it away.

    shows  `kept`, and public, though the old site took the text back
    """

    path: str
    source: str
    status: Status
    reasons: tuple[str, ...] = ()
    shows: bool = False


class Writer:
    """One import into the site at `root`, from `origin`: a kind and a folder."""

    def __init__(self, root: Path, origin: str, *, dry: bool) -> None:
        self.store = Store(root, dry=dry)
        self._origin = origin
        self._before, self._origins = self._recorded()
        self._after = dict(self._before)
        self._met: set[str] = set()

    def put(self, file: ContentFile) -> Row:
        """Write a content file; a faulty one goes into quarantine."""
        if file.faults:
            return self._aside(file)
        path = f"{CONTENT}/{file.path}"
        row = self.write(path, file.source, file.data)
        self.now_read(file.path)
        if row.status == "kept" and file.private and self._is_public(path):
            told = f"it is not public on the old site ({file.private}): yours is"
            told = f"{told}, so write `draft: true` into it"
            row = row._replace(reasons=(*row.reasons, told), shows=True)
        return row

    def _is_public(self, path: str) -> bool:
        """Whether nothing in an editor's file holds it back; what cannot be read may be."""
        text = (self.store.read(path) or b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")
        try:
            parts = frontmatter.split(text, path)
            fields = frontmatter.load(parts.head, path)
        except SiteError:
            return True
        return not not_public.marks(fields)

    def write(self, path: str, source: str, data: bytes) -> Row:
        """Write any file of the site. Raises SiteError if the system refuses."""
        current = self.store.read(path)
        known = self._before.get(path)
        wanted = digest.of_bytes(data)
        self._met.add(path)
        if current is None:
            if known is not None and not self._in_quarantine(path):
                return Row(path, source, "removed")
            self.store.write(path, data)
            self._after[path] = wanted
            return Row(path, source, "created")
        if current == data:
            self._after[path] = wanted
            return Row(path, source, "unchanged")
        if known == digest.of_bytes(current):
            self.store.write(path, data)
            self._after[path] = wanted
            return Row(path, source, "updated")
        if known == wanted:
            return Row(path, source, "kept")
        beside = f"{BESIDE}/{path}"
        self.store.write(beside, data)
        return Row(path, source, "kept", (f"the new version lies in {beside}",))

    def text(self, path: str) -> str:
        """The text of a file, "" if there is none."""
        return (self.store.read(path) or b"").decode("utf-8", "replace")

    def report(self, path: str, data: bytes) -> None:
        """Write the report; each import replaces it."""
        self.store.write(path, data)

    @property
    def gone(self) -> list[str]:
        """Texts that an earlier import brought from there, which is without them now."""
        return sorted(
            path for path, origin in self._origins.items()
            if origin == self._origin and path not in self._met and path.endswith(".md")
            and self.store.read(path) is not None
        )  # fmt: skip

    def done(self) -> None:
        """Write the record."""
        origins = {**self._origins, **dict.fromkeys(self._met, self._origin)}
        data = {"files": self._after, "origins": origins}
        text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
        self.store.write(RECORD, f"{text}\n".encode())

    def _aside(self, file: ContentFile) -> Row:
        path = f"{QUARANTINE}/{file.path}"
        if self.store.read(f"{CONTENT}/{file.path}") is not None:
            return Row(f"{CONTENT}/{file.path}", file.source, "kept")  # an editor mended it
        current = self.store.read(path)
        known = self._before.get(path)
        if current is None or known == digest.of_bytes(current):
            self.store.write(path, file.data)
            self._after[path] = digest.of_bytes(file.data)
        return Row(path, file.source, "quarantined", file.faults)

    def now_read(self, inner: str) -> None:
        """What we put aside under this path below `content/` is not needed any more."""
        path = f"{QUARANTINE}/{inner}"
        if path not in self._before:
            return
        current = self.store.read(path)
        if current is not None and self._before[path] == digest.of_bytes(current):
            self.store.remove(path)
            self._after.pop(path, None)

    def _in_quarantine(self, path: str) -> bool:
        return path.replace(f"{CONTENT}/", f"{QUARANTINE}/", 1) in self._before

    def _recorded(self) -> tuple[dict[str, str], dict[str, str]]:
        """Of earlier imports: digests of files as written, and where each came from."""
        try:
            found = json.loads(self.store.read(RECORD) or b"{}")
            made = [found.get(key, {}).items() for key in ("files", "origins")]
            files, origins = ({str(k): str(v) for k, v in items} for items in made)
        except (ValueError, AttributeError, RecursionError):
            return {}, {}
        return files, origins


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """How many files came to what."""
    made: dict[str, int] = {}
    for row in rows:
        made[row.status] = made.get(row.status, 0) + 1
    return made
