"""Imports extractor libraries when a page is converted.

Their warnings (about optional parts and each other) do not concern editors.
"""

import importlib
import warnings
from functools import cache
from types import ModuleType


@cache
def library(name: str) -> ModuleType:
    """The module of that name, imported without its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)
