"""The base class of all tables of settings."""

from msgspec import Struct


class Table(Struct, frozen=True, kw_only=True):
    """Base of every table of settings."""
