"""Passwords and tokens: only from the environment, so that no file can leak them."""

import os

from site_gen.problems import Problem, UsageError


def secret(name: str) -> str:
    """Return the environment variable `SITE_GEN_<name>`. Raises UsageError if it is not set."""
    key = f"SITE_GEN_{name}"
    value = os.environ.get(key, "").strip()
    if any(ord(c) < 32 or ord(c) == 127 for c in value):
        text = f"{key} holds a line break or control character"
        raise UsageError([Problem("deliver/secret", text, help="copy it once more, on one line")])
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


def without_secrets(text: str) -> str:
    """Remove all secrets from the answer of a service, since some repeat what they were sent."""
    for key, value in os.environ.items():
        if key.startswith("SITE_GEN_") and key.endswith(("TOKEN", "KEY", "SECRET", "PASSWORD")):
            for part in {value, value.rpartition(":")[2]}:
                text = text.replace(part, "***") if len(part) > 3 else text
    return text
