"""Passwords and tokens: from the environment and nowhere else, so that no file can leak them."""

import os

from site_gen.problems import Problem, UsageError


def secret(name: str) -> str:
    """`SITE_GEN_<name>`. Raises UsageError where it is not set."""
    key = f"SITE_GEN_{name}"
    value = os.environ.get(key, "").strip()
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        told = f"{key} holds a line break or control character"
        raise UsageError([Problem("deliver/secret", told, help="copy it once more, on one line")])
    if not value:
        raise UsageError(
            [
                Problem(
                    "deliver/secret",
                    f"{key} is not set",
                    help=f"set it in the environment: export {key}=...",
                )
            ]
        )
    return value


def hidden(text: str) -> str:
    """A text of a service or server without our secrets: some say back what they were told."""
    for key, value in os.environ.items():
        if key.startswith("SITE_GEN_") and key.endswith(("TOKEN", "KEY", "SECRET", "PASSWORD")):
            for part in {value, value.rpartition(":")[2]}:
                text = text.replace(part, "***") if len(part) > 3 else text
    return text
