"""Extractors' libraries, imported when a page is converted and not before.

Their own warnings (about optional parts, about each other) say nothing to an editor.
"""

import importlib
import warnings
from functools import cache
from types import ModuleType


@cache
def library(name: str) -> ModuleType:
    """The module of that name, imported in silence."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)
