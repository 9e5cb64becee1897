"""Falsehoods planted into a true summary: figures, names, months and addresses exchanged."""

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_gen.check.claims import Claim, claims

MONTHS = (
    "January February March April May June July August September October November December"
).split()


class Planted(NamedTuple):
    """A summary with one claim of it made false."""

    kind: str
    said: str
    was: str
    now: str


def planted(summary: str, others: Sequence[str], chance: random.Random) -> Iterator[Planted]:
    """For each claim of a summary one in which it is another one. `others` are names of others."""
    for claim in claims(summary):
        kind, now = _exchanged(claim, others, chance)
        said = summary.replace(claim.text, now, 1)
        if said != summary:
            yield Planted(kind, said, claim.text, now)


def _exchanged(claim: Claim, others: Sequence[str], chance: random.Random) -> tuple[str, str]:
    if claim.kind == "address":
        return "address", f"{claim.text}-{chance.randint(2, 9)}"
    if claim.kind == "number":
        figure = re.match(r"[\d.,\u2009\u202f\u00a0' ]*\d", claim.text)
        assert figure is not None
        digits = int("".join(c for c in figure[0] if c.isdigit()))
        return "number", f"{digits + chance.choice((3, 7, 110))}{claim.text[figure.end() :]}"
    if claim.text in MONTHS:
        return "month", chance.choice([month for month in MONTHS if month != claim.text])
    known = set(re.findall(r"\w+", claim.text))
    fit = [name for name in others if not known & set(re.findall(r"\w+", name))]
    return "name", chance.choice(fit) if fit else claim.text
