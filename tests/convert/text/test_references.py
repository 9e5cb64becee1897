"""Character references are decoded in a copy of a page's source, and nowhere else."""

from collections.abc import Callable

import pytest

from site_gen.convert.text import references
from site_gen.model import Draft

TEXT = (
    "Salt &amp; stone\n\nThe ferry &quot;Nell&quot; won&#39;t sail for &pound;20, said its owner, "
    "Ted Finn&nbsp;Jr., who had waited for the tide all morning on the old stone quay.\n"
)


def test_a_copy_of_the_source_is_decoded_and_said(convert: Callable[..., list[Draft]]) -> None:
    (draft,) = convert(TEXT)
    assert draft.matter["title"] == "Salt & stone"
    assert draft.body.startswith(
        'The ferry "Nell" won\'t sail for £20, said its owner, Ted Finn Jr'
    )
    assert "6 character references such as &amp; were decoded" in draft.matter["warnings"]


@pytest.mark.parametrize(
    "text",
    [
        "Write &amp; for an ampersand.",
        "Marks & Spencer; Boots &c; and &nosuchname; and &#1;",
        "In a page <b>salt</b> &amp; <i>stone</i> &amp; more",
        "Write &lt; and &gt; for the signs.",
    ],
)
def test_what_stays(text: str) -> None:
    assert references.decoded(text) == (text, 0)
