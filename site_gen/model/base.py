"""The base class of all values inside the program."""

from msgspec import Struct


class Record(Struct, frozen=True, kw_only=True):
    """Base of all values inside the program."""
