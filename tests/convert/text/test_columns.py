"""Two columns beside each other are quarantined; tables and indented text are none."""

from collections.abc import Callable

import pytest

from site_gen.convert.text import IN_COLUMNS
from site_gen.convert.text.columns import is_in_columns
from site_gen.model import Draft

LEFT = (
    "The company has put off the",
    "cable by half a year, one of",
    "its people said on Tuesday.",
    "It was due in spring and will",
    "be laid in the autumn, when",
    "the herring have gone north.",
)
RIGHT = (
    "not before October, he added.",
    "They need more time for it.",
    "The fishermen were pleased,",
    "and a hearing will be held",
    "in March all the same, as",
    "the court told us by letter.",
)


def test_columns_are_quarantined(convert: Callable[..., list[Draft]]) -> None:
    rows = "\n".join(f"{a:<40}{b}" for a, b in zip(LEFT, RIGHT, strict=True))
    (draft,) = convert(f"Cable put off\n\n{rows}\n")
    assert IN_COLUMNS in draft.quarantine
    (draft,) = convert(f"Cable put off\n\n{' '.join(LEFT)}\n\n{' '.join(RIGHT)}\n")
    assert IN_COLUMNS not in draft.quarantine


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{a:<40}3.20" for a in LEFT),
        "\n".join(f"Line {n}      from the old quay      every ten minutes" for n in range(8)),
        "\n".join(f"      {a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)),
        "\n".join(f"{a}   {b}" for a, b in zip(LEFT[:3], RIGHT, strict=False)),
    ],
)
def test_what_is_none(text: str) -> None:
    assert not is_in_columns(text)
