"""An address alone in the first or last lines is where the text came from."""

from collections.abc import Callable

import pytest

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]
ADDRESS = "https://news.example.org/2031/bridge"


@pytest.mark.parametrize(
    "text",
    [
        "{address}\n\n{orchard}",
        "{orchard}\n\n{address}",
        "{orchard}\n\nSource: {address}",
        "{orchard}\n\n<{address}>",
    ],
)
def test_it_is_found(convert: Convert, orchard: str, text: str) -> None:
    (draft,) = convert(text.format(address=ADDRESS, orchard=orchard))
    assert draft.matter["webUrl"] == ADDRESS
    assert draft.matter["provider"] == {"domain": "news.example.org"}
    assert ADDRESS not in draft.body


def test_one_amid_the_text_is_not(convert: Convert, orchard: str) -> None:
    rows = orchard.split("\n")
    (draft,) = convert(
        "\n".join([*rows[:5], f"See {ADDRESS} for the harvest of last year.", *rows[5:]])
    )
    assert "webUrl" not in draft.matter


def test_a_bad_one_is_left_alone(convert: Convert, orchard: str) -> None:
    (draft,) = convert(f"http://localhost/x\n\n{orchard}")
    assert "webUrl" not in draft.matter
