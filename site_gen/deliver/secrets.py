"""Passwords and tokens: from the environment and nowhere else, so that no file can leak them."""

import os

from site_gen.problems import Problem, UsageError


def secret(name: str) -> str:
    """`SITE_GEN_<name>`. Raises UsageError where it is not set."""
    key = f"SITE_GEN_{name}"
    value = os.environ.get(key, "").strip()
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
