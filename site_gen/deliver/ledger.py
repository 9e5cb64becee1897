"""Who got a letter: a line before and a line after each recipient, on the disk at once.

A letter that is sent once more has a round of its own, between two lines of the ledger: who was
reached in it is not written to a second time when it is cut off and gone on with.

Beside the list of recipients, `<list>.<edition>.log` (JSON lines), with their addresses in it: as
private as the list, so it is not for version control.
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
"""begun: nobody knows yet. failed: surely not sent, may be tried again. refused: for good."""

SEND_ANEW = "--again sends the letter to everybody once more"


class Standing(NamedTuple):
    """Recipients by what became of them, in small letters; `doubtful` were begun and no more."""

    sent: frozenset[str]
    refused: frozenset[str]
    doubtful: tuple[str, ...]


class Ledger:
    """The lines of one letter; written to as a context manager, which opens and closes the file."""

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
        """End a line that was cut off: what is written next must stand on its own."""
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
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue  # cut off amid a line: what it would have said is not so

    def _take(self, row: dict[str, Any]) -> None:
        if "round" in row:
            self._round = {} if row["round"] == "begun" else None
            return
        address, state = str(row["to"]).casefold(), row["state"]
        self._states[address] = state
        if self._round is not None:
            self._round[address] = state

    @property
    def is_in_round(self) -> bool:
        """Whether a letter that goes out once more is under way."""
        return self._round is not None

    def refuse_lost(self, receipt: Receipt | None) -> None:
        """Raises SiteError where the letter went out and nothing here says to whom."""
        if receipt is None or self._states:
            return
        if receipt.state == "releasing" and self.path.exists():
            return  # cut off before the first reader
        others = list(self.path.parent.glob(f"*.{glob.escape(self._edition)}.log"))
        cure = f"put it back, from where the letter was sent; {SEND_ANEW}"
        if others:
            told = " or ".join(shown(clean(file.name)) for file in sorted(others)[:3])
            cure = f"if {told} is it, of the list's former name, rename it; {SEND_ANEW}"
        told = f"the letter went out on {receipt.at}, and the ledger that says to whom is not there"
        raise SiteError([Problem("send/ledger", told, Where(str(self.path)), cure)])

    def begin_round(self) -> None:
        """Write down that all are written to once more, where that is not under way already."""
        if self._round is None:
            self._write({"round": "begun"})

    def end_round(self) -> None:
        """Write down that everybody was."""
        self._write({"round": "done"})

    def note(self, address: str, state: State, reason: str = "") -> None:
        """Write a state down before this returns. Raises OSError, and then nothing may be sent."""
        self._write({"to": address, "state": state} | ({"reason": reason} if reason else {}))

    def _write(self, row: dict[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        if os.write(self._file, line) != len(line):
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(self.path))
        os.fsync(self._file)
        self._take(row)

    def standing(self, *, again: bool = False) -> Standing:
        """What is known of every recipient; `again`: in the round that is under way alone."""
        states = self._states if self._round is None or not again else self._round
        by = {
            state: [a for a, s in states.items() if s == state]
            for state in ("begun", "sent", "refused")
        }
        return Standing(frozenset(by["sent"]), frozenset(by["refused"]), tuple(sorted(by["begun"])))
