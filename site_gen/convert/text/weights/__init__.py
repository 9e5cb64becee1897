"""Fitted numbers as plain data: the line model and the weights of clues.

Made by `benchmarks/train_convert_text.py`; never edited by hand.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def fitted(name: str) -> Any:
    """The data of `<name>.json`."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
