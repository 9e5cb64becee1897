"""What `convert` reads and what it proposes."""

from typing import Any

from site_gen.model.base import Record


class RawDocument(Record, frozen=True, kw_only=True):
    """A document as it came: its bytes and its origin (a path, `-`, or a URL)."""

    name: str
    data: bytes
    url: str = ""
    media_type: str = ""
    charset: str = ""


class Cut(Record, frozen=True, kw_only=True):
    """A line of a receipt: text that a rule dropped or moved.

    line    1-based line of the raw document, 0 if it has none
    to      "" if dropped, else the field it moved to
    inside  whether only a guess removed it, and it was between two kept lines or is a sentence
            beside them, so that it may be a loss
    """

    rule: str
    text: str
    line: int = 0
    to: str = ""
    inside: bool = False


class Receipt(Record, frozen=True, kw_only=True):
    """What was kept and cut, by which rules, and how sure the converter is (0 to 1)."""

    source: str
    kind: str
    confidence: float
    kept: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def maybe_lost(self) -> int:
        """Number of lines in or beside the text that may be a loss."""
        return sum(cut.inside for cut in self.cuts)


class Draft(Record, frozen=True, kw_only=True):
    """What a converter proposes. `matter` is in the schema's order and camelCase.

    verbatim  the whole file, for documents that already have our front matter: copied byte for
              byte, except for an added `draft: true`
    left_out  why it is not imported at all, or ""
    """

    matter: dict[str, Any]
    body: str
    receipt: Receipt
    verbatim: bytes | None = None
    quarantine: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def is_raw(self) -> bool:
        """Whether the document had no front matter, so that the result waits for an editor."""
        return self.verbatim is None and self.receipt.kind != "foreign entry"

    @property
    def is_undated(self) -> bool:
        """Whether the day on which it was added must decide its edition."""
        return self.verbatim is None and "publishedDateTime" not in self.matter
