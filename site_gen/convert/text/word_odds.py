"""How much the words of a line point to boilerplate: log-odds of words, learned from many sites."""

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"[^\W_]+|[©|»›•]")
NAMES = ("odds_mean", "odds_most", "odds_least", "odds_first", "odds_last", "odds_known")
MOST = 14
"""Words at each end of a line that count."""


def tokens(text: str) -> list[str]:
    """The words of a line, numbers as `#`, without the middle of a long line."""
    found = ["#" if token.isdigit() else token for token in _TOKEN.findall(text[:400].lower())]
    return found if len(found) <= 2 * MOST else found[:MOST] + found[-MOST:]


def measured(text: str, odds: Mapping[str, float]) -> tuple[float, ...]:
    """The numbers of `NAMES` for a line; `odds` above 0 point to boilerplate."""
    words = tokens(text)
    values = [odds[word] for word in words if word in odds]
    if not values:
        return (0.0,) * len(NAMES)
    return (
        sum(values) / len(words),
        max(values),
        min(values),
        odds.get(words[0], 0.0),
        odds.get(words[-1], 0.0),
        len(values) / len(words),
    )
