"""Other programs on this machine (git, rsync): called by name, with arguments, without a shell."""

import os
import subprocess  # nosec B404 - the one place that starts programs
from collections.abc import Mapping
from typing import NamedTuple


class Completed(NamedTuple):
    """The exit code and the output of a program that has ended."""

    code: int
    out: str
    err: str


class NotInstalledError(OSError):
    """The program is not installed."""


def run(
    name: str, *arguments: str, stdin: str | None = None, env: Mapping[str, str] | None = None
) -> Completed:
    """Run `name` from the PATH to its end. Raises NotInstalledError.

    The name is ours, never from content; arguments from outside must not begin with `-`.
    """
    try:
        done = subprocess.run(  # noqa: S603  # nosec B603
            [name, *arguments],
            input=stdin, capture_output=True, text=True, check=False, errors="replace",
            env={**os.environ, **(env or {})},
        )  # fmt: skip
    except FileNotFoundError:
        raise NotInstalledError(f"{name} is not installed") from None
    return Completed(done.returncode, done.stdout, done.stderr)
