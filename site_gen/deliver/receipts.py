"""The receipts of an edition: which letters were sent. Meant to be committed.

The file is `content/editions/<id>.sent` (TOML) beside the lock, with a table for each channel. Each
step is written before it is taken, so that an interrupted command can continue.
"""

import os
import tomllib
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args

from site_gen.problems import Problem, SiteError, Where, shown

State = Literal["begun", "drafted", "releasing", "scheduled", "sent"]


class Receipt(NamedTuple):
    """The receipt of one channel: the last step, the letter's digest, the time (ISO 8601), and the
    id of the draft at the service."""

    channel: str
    state: State
    digest: str
    at: str
    id: str = ""


def path_of(root: Path, edition: str) -> Path:
    """Return the file of an edition's receipts."""
    return root / "content" / "editions" / f"{edition}.sent"


def load(root: Path, edition: str) -> dict[str, Receipt]:
    """Return the receipts by channel. Raises SiteError for a damaged file."""
    path = path_of(root, edition)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return {
            name: Receipt(name, _state(row["state"]), *_texts(row["digest"], row["at"],
                                                              row.get("id", "")))
            for name, row in data.items()
        }  # fmt: skip
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError(
            [
                Problem(
                    "send/receipt",
                    f"the receipt cannot be read: {error}",
                    Where(str(path)),
                    "restore it from version control; without it nobody knows what was sent",
                )
            ]
        ) from None


def _state(value: Any) -> State:
    if value not in get_args(State):
        raise ValueError(f"no state is called {shown(value)}")
    return cast(State, value)


def _texts(*values: Any) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError("something that should be a text is none")
    return values


def save(root: Path, edition: str, receipt: Receipt) -> None:
    """Write the receipt of a channel and sync it to the disk. Raises OSError."""
    found = {**load(root, edition), receipt.channel: receipt}
    path = path_of(root, edition)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["# What was sent of this edition, and when: written by `site-gen send`."]
    for name in sorted(found):
        row = found[name]
        lines += ["", f"[{_quoted(name)}]"]
        lines += [
            f"{key} = {_quoted(getattr(row, key))}" for key in ("state", "digest", "at", "id")
        ]
    part = path.with_name(f".{path.name}.part")
    with open(part, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
