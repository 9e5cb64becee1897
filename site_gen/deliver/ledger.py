"""The ledger of a letter: records each recipient before and after sending, synced to the disk.

A letter that is sent to all once more has a round, between two lines of the ledger. If a round is
interrupted, continuing it does not send to the same recipient twice.

The file is `<list>.<edition>.log` (JSON lines) beside the list of recipients. It contains their
addresses, so it must not be committed.
"""

import glob
import json
import os
from errno import ENOSPC
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple

from site_gen.deliver.receipts import Receipt
from site_gen.problems import Problem, SiteError, Where, clean, shown

State = Literal["begun", "sent", "refused", "failed"]
"""begun: may have been sent. failed: surely not sent, may be tried again. refused: for good."""

SEND_ANEW = "--again sends the letter to everybody once more"


class RecipientStates(NamedTuple):
    """Addresses in lower case by state. `doubtful` are those left in the state "begun"."""

    sent: frozenset[str]
    refused: frozenset[str]
    doubtful: tuple[str, ...]


class Ledger:
    """The ledger of one letter. To write, enter it as a context manager, which opens the file."""

    def __init__(self, recipients: Path, edition: str) -> None:
        self._edition = edition
        self.path = recipients.with_name(f"{recipients.name}.{edition}.log")
        self._states: dict[str, State] = {}
        self._round: dict[str, State] | None = None  # of a round that is under way
        self._load()

    def __enter__(self) -> "Ledger":
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        self._file = os.open(self.path, flags, 0o600)
        self._end_line()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    def _end_line(self) -> None:
        """End an incomplete line, so that the next one is valid."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")

    def _load(self) -> None:
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                self._apply(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue  # an incomplete line was not synced, so nothing was sent after it

    def _apply(self, row: dict[str, Any]) -> None:
        if "round" in row:
            self._round = {} if row["round"] == "begun" else None
            return
        address, state = str(row["to"]).casefold(), row["state"]
        self._states[address] = state
        if self._round is not None:
            self._round[address] = state

    @property
    def is_in_round(self) -> bool:
        """Whether a round was begun and not ended."""
        return self._round is not None

    def refuse_if_lost(self, receipt: Receipt | None) -> None:
        """Raise SiteError if the letter was sent but the ledger is missing."""
        if receipt is None or self._states:
            return
        if receipt.state == "releasing" and self.path.exists():
            return  # interrupted before the first recipient
        others = list(self.path.parent.glob(f"*.{glob.escape(self._edition)}.log"))
        cure = f"put it back, from where the letter was sent; {SEND_ANEW}"
        if others:
            text = " or ".join(shown(clean(file.name)) for file in sorted(others)[:3])
            cure = f"if {text} is it, of the list's former name, rename it; {SEND_ANEW}"
        text = f"the letter went out on {receipt.at}, and the ledger that says to whom is not there"
        raise SiteError([Problem("send/ledger", text, Where(str(self.path)), cure)])

    def begin_round(self) -> None:
        """Begin a round in which all get the letter once more, unless one is begun already."""
        if self._round is None:
            self._write({"round": "begun"})

    def end_round(self) -> None:
        """End the round."""
        self._write({"round": "done"})

    def record(self, address: str, state: State, reason: str = "") -> None:
        """Write a state to the disk. Raises OSError; then nothing may be sent."""
        self._write({"to": address, "state": state} | ({"reason": reason} if reason else {}))

    def _write(self, row: dict[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        if os.write(self._file, line) != len(line):
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(self.path))
        os.fsync(self._file)
        self._apply(row)

    def recipient_states(self, *, again: bool = False) -> RecipientStates:
        """Return the states of all recipients, with `again` only those of an unfinished round."""
        states = self._states if self._round is None or not again else self._round
        by = {
            state: [a for a, s in states.items() if s == state]
            for state in ("begun", "sent", "refused")
        }
        sent, refused = frozenset(by["sent"]), frozenset(by["refused"])
        return RecipientStates(sent, refused, tuple(sorted(by["begun"])))
