"""Other programs on this machine (git, rsync): called by name, with arguments, without a shell."""

import os
import subprocess  # nosec B404 - the one place that starts programs
from collections.abc import Mapping
from typing import NamedTuple


class Done(NamedTuple):
    """What a program came to."""

    code: int
    out: str
    err: str


class MissingError(OSError):
    """The program is not installed."""


def run(
    name: str, *words: str, given: str | None = None, env: Mapping[str, str] | None = None
) -> Done:
    """Run `name` from the PATH to its end. Raises MissingError.

    The name is ours, never from content; words from outside must not begin with `-`.
    """
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603
            [name, *words],
            input=given, capture_output=True, text=True, check=False, errors="replace",
            env={**os.environ, **(env or {})},
        )  # fmt: skip
    except FileNotFoundError:
        raise MissingError(f"{name} is not installed") from None
    return Done(done.returncode, done.stdout, done.stderr)
