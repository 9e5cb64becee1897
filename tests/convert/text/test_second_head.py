"""A text with the heads of two articles that was not split is put aside."""

from collections.abc import Callable

import pytest

from site_gen.convert.text.confidence import SEVERAL
from site_gen.model import Draft

HEADED = """\
Library stays open
By Ann Reeve
4 March 2026

The town council voted nine to four on Monday to keep the branch library open for three more years.

{title}
{second}

Rail unions have called off the strike of Thursday after late talks. Trains will run as they should.
"""


@pytest.mark.parametrize(
    ("title", "second", "several"),
    [
        ("Rail strike called off", "By Sam Pike\n4 March 2026", True),
        ("Rail strike called off", "5 March 2026\nBy Sam Pike", True),
        ("The strike", "By Ann Reeve\n5 March 2026", False),
        ("The strike", "It was in the news.", False),
    ],
)
def test_a_second_name_and_date_below_a_title_are_a_second_article(
    convert: Callable[..., list[Draft]], title: str, second: str, several: bool
) -> None:
    text = HEADED.format(title=title, second=second)
    (draft,) = convert(text)
    assert (SEVERAL in draft.quarantine) is several
    (draft,) = convert(text, split=False)
    assert SEVERAL not in draft.quarantine
