"""What `convert` takes in and proposes."""

from typing import Any

from site_gen.model.base import Noun


class RawDocument(Noun, frozen=True, kw_only=True):
    """What came in: bytes and where they came from (a path, `-`, or a URL)."""

    name: str
    data: bytes
    url: str = ""
    media_type: str = ""
    charset: str = ""


class Cut(Noun, frozen=True, kw_only=True):
    """One line of a receipt: text that a rule dropped or moved.

    line   1-based line of the raw document, 0 when it has none
    to     "" when dropped, else the field it moved to
    inside whether it stood between two lines that were kept and nothing but a judgement took it:
           what may be a loss
    """

    rule: str
    text: str
    line: int = 0
    to: str = ""
    inside: bool = False


class Receipt(Noun, frozen=True, kw_only=True):
    """What was kept and cut, by which rules, and how sure the converter is (0 to 1)."""

    source: str
    kind: str
    confidence: float
    kept: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def maybe_lost(self) -> int:
        """How many lines from inside the text may be a loss."""
        return sum(cut.inside for cut in self.cuts)


class Draft(Noun, frozen=True, kw_only=True):
    """What a converter proposes. `matter` is in the schema's order and camelCase.

    verbatim   the whole file as it came, for documents that already have our front matter:
               written byte for byte, but for a `draft: true`
    left_out   why it does not come in at all, "" where it does
    """

    matter: dict[str, Any]
    body: str
    receipt: Receipt
    verbatim: bytes | None = None
    quarantine: tuple[str, ...] = ()
    left_out: str = ""

    @property
    def is_raw(self) -> bool:
        """Whether the document had no front matter: what is made of it waits for an editor."""
        return self.verbatim is None and self.receipt.kind != "foreign entry"

    @property
    def is_undated(self) -> bool:
        """Whether the day on which it was added is to decide its edition."""
        return self.verbatim is None and "publishedDateTime" not in self.matter
