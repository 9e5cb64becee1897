"""Cases in files: title, input and expectation, each closed by a line with a full stop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_gen.convert.text import convert_text
from site_gen.model import Draft
from site_gen.settings import Settings

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[tuple[str, str, str]]:
    """(title, input, expected) of each case of a file."""
    parts, rows = [[]], (CASES / f"{name}.txt").read_text("utf-8").split("\n")
    for row in rows:
        if row == ".":
            parts.append([])
        else:
            parts[-1].append(row)
    texts = ["\n".join(part).strip("\n") for part in parts]
    return list(zip(texts[0::3], texts[1::3], texts[2::3], strict=False))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with `case_of_<file>` among its arguments runs once for each case."""
    for name in metafunc.fixturenames:
        if name.startswith("case_of_"):
            found = cases(name.removeprefix("case_of_"))
            metafunc.parametrize(name, found, ids=[title for title, _, _ in found])


@pytest.fixture
def convert() -> Callable[..., list[Draft]]:
    """`convert_text` with plain settings."""

    def run(text: str, **options: object) -> list[Draft]:
        settings = options.pop("settings", Settings())
        return convert_text(text, source="dump.txt", settings=settings, **options)

    return run


@pytest.fixture
def harbour() -> str:
    """A dump in our own words: title twice, caption twice, chrome, body, credit, tail."""
    return HARBOUR


@pytest.fixture
def orchard() -> str:
    """Another one, on another subject."""
    return ORCHARD


HARBOUR = """\
Share
Harbour Opens Its Tallest Crane

The crane stands beside the old customs house. Photo: Bo Reed / Getty Images
The crane stands beside the old customs house. Photo: Bo Reed / Getty Images
TT
20

Harbour Opens Its Tallest Crane

By Ada Quill

Published: 3 March 2031

The harbour of Lisbon opened its tallest crane on Monday, a machine that lifts forty containers \
an hour and that the city has waited for since the great storm.

Ships from the north will be unloaded in half a day, the port authority said, because the crane \
reaches across the widest decks that sail today.

Why the Crane Matters

Wages on the docks have risen with every new machine, and the union of the dockers said it would \
ask for shorter nights as well as for better pay.

"We asked for this crane for eleven years, and we are glad that it is here at last," said the head \
of the union, who has worked on the docks for most of her life.

You may be interested in
- Titanium anchor
- 12 metres of rope
- Blue buoy

The crane was built in the yards of Setubal and came down the coast on a barge, which took nine \
days because the weather was bad for most of the way.

(Reporting by Ada Quill in Lisbon; Editing by Bo Reed and Cy Marsh)

Related articles
Ten quays to visit
Sign up for our weekly letter and never miss a tide.
71738154825540
"""

ORCHARD = """\
Apple Growers Expect a Poor Autumn

Growers in the valley expect fewer apples this autumn than in any year since records began, after \
frost in April killed blossom on nearly every slope.

Most farms will pick a third of their usual crop, according to the fruit council, and some will \
not pick at all because the cost of the work would be higher than the price.

Cider makers have begun to buy juice from other regions, which their rules allow in years when the \
trees of the valley do not bear enough.

The council hopes that later varieties, planted on higher ground where the frost was mild, will \
still give good fruit in October and keep the presses busy.
"""
