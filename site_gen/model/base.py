"""The base of the values inside the program."""

from msgspec import Struct


class Noun(Struct, frozen=True, kw_only=True):
    """Base of the values inside the program."""
