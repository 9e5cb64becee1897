"""Receipts of written drafts in `.site_gen/receipts/`. Disposable; without them, changes by editors
are not recognised.

One JSON file for each draft, named by a digest of its source.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from site_gen import frontmatter
from site_gen.basics import digest
from site_gen.convert.drafts.files import Store
from site_gen.model import Draft, Receipt
from site_gen.problems import SiteError

FOLDER = ".site_gen/receipts"
KEPT = ("slug", "guid", "addedDateTime", "rawDigest")
"""Front matter that identifies a withdrawn article."""

KEPT_BACK = ("not_public", "draft")
"""Rule and field of the cut that says why a document became a draft (`kept_as_draft`)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a source: the path, a digest of the bytes, and the content.

    path       relative to `folder`, the folder of drafts, which is relative to the site
    duplicate  nothing was written: the file at `path` tells the same story
    """

    path: str
    digest: str
    matter: dict[str, Any]
    body: str
    quarantined: bool = False
    folder: str = "content"
    duplicate: bool = False


def name(source: str) -> str:
    """The file name of a source's receipt."""
    return f"{FOLDER}/{digest.of_parts(source)}.json"


def load(store: Store, source: str) -> Written | None:
    """The receipt of an earlier run; None if there is none that can be read."""
    try:
        data = store.read(name(source))
        found = json.loads(data) if data else None
        made = msgspec.convert(found, Written)
    except (SiteError, ValueError, RecursionError):
        return None
    return made


def save(store: Store, source: str, written: Written, draft: Draft) -> None:
    """Store what was written, and the whole receipt for `inspect` and for people."""
    data = {
        "source": source,
        "path": written.path,
        "folder": written.folder,
        "duplicate": written.duplicate,
        "digest": written.digest,
        "quarantined": written.quarantined,
        "matter": written.matter,
        "body": written.body,
        "receipt": receipt_as_data(draft.receipt),
        "quarantine": list(draft.quarantine),
    }
    _write(store, source, data)


def _write(store: Store, source: str, data: dict[str, Any], indent: int | None = 1) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    store.write(name(source), f"{text}\n".encode("utf-8", "replace"))


def forget_text(store: Store, source: str) -> None:
    """Remove the document's text from a receipt, because its editor withdrew it."""
    try:
        data = json.loads(store.read(name(source)) or b"{}")
    except (SiteError, ValueError, RecursionError):
        return
    if not data.get("body") and not data.get("receipt"):
        return
    matter = data.get("matter")
    kept = {k: v for k, v in matter.items() if k in KEPT} if isinstance(matter, dict) else {}
    _write(store, source, {**data, "matter": kept, "body": "", "receipt": {}}, indent=None)


def owners(store: Store) -> dict[str, str]:
    """The source of each path in the receipts."""
    return {k.written.path: k.source for k in all_receipts(store) if not k.written.duplicate}


class Kept(NamedTuple):
    """A stored receipt: its source, what was written, and all its data."""

    source: str
    written: Written
    data: dict[str, Any]

    @property
    def confidence(self) -> float:
        """How sure the converter was, 0 if unknown."""
        receipt = self.data.get("receipt")
        sure = receipt.get("confidence") if isinstance(receipt, dict) else 0
        return float(sure) if isinstance(sure, int | float) else 0.0

    @property
    def kept_back(self) -> str:
        """The mark by which its own system keeps it private, or ""."""
        receipt = self.data.get("receipt")
        cuts = receipt.get("cuts") if isinstance(receipt, dict) else ()
        for cut in cuts if isinstance(cuts, list) else ():
            if isinstance(cut, dict) and (cut.get("rule"), cut.get("to")) == KEPT_BACK:
                return str(cut.get("text"))
        return ""


def all_receipts(store: Store) -> Iterator[Kept]:
    """All receipts that can be read."""
    for file in sorted((store.root / FOLDER).glob("*.json")):
        try:
            data = json.loads(store.read(f"{FOLDER}/{file.name}") or b"{}")
            yield Kept(str(data["source"]), msgspec.convert(data, Written), data)
        except (SiteError, ValueError, KeyError, TypeError, RecursionError):
            continue


def save_also(store: Store, kept: Kept, source: str) -> None:
    """Record that another source tells the same story."""
    also = dict.fromkeys([*kept.data.get("also", ()), source])
    _write(store, kept.source, {**kept.data, "also": list(also)})


def save_as_duplicate(store: Store, kept: Kept) -> None:
    """Record that a longer version of the story replaces it."""
    _write(store, kept.source, {**kept.data, "duplicate": True})


def save_accepted(store: Store, kept: Kept, data: bytes) -> None:
    """Record that the draft was accepted as `data`; new versions of its source stay accepted."""
    matter = matter_as_loaded(data, kept.written.path)
    changed = {"digest": digest.of_bytes(data), "quarantined": False, "matter": matter}
    _write(store, kept.source, {**kept.data, **changed})


def receipt_as_data(receipt: Receipt) -> dict[str, Any]:
    """A receipt as plain data."""
    data: dict[str, Any] = msgspec.to_builtins(receipt)
    return data


def matter_as_loaded(head: bytes | str, path: str) -> dict[str, Any]:
    """The front matter of written bytes as a later run reads it."""
    text = head if isinstance(head, str) else head.decode("utf-8-sig", "replace")
    parts = frontmatter.split(text.replace("\r\n", "\n"), path)
    return frontmatter.load(parts.head, path)


def content_digest(draft: Draft) -> str:
    """A digest of a feed entry, whose raw document is only a part of the feed."""
    text = json.dumps(draft.matter, default=str, sort_keys=True, ensure_ascii=False)
    return digest.of_parts(text, draft.body)
