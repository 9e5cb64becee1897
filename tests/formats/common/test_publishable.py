"""What may leave the house, by rights, settings and state."""

from typing import Any

import pytest

from site_gen.formats.common.publishable import (
    allowed_picture,
    closed_editions,
    reader_url,
    shows_body,
    visible_cards,
)
from site_gen.model import Picture
from site_gen.settings.tables import ImageSettings

REMOTE = Picture(url="https://x.example/a.png")
LOCAL = Picture(url="/assets/a.png", local=True)


def test_drafts_and_future_stay(desk: Any) -> None:
    cards = [desk.add("a"), desk.add("b", draft=True), desk.add("c", future=True)]
    assert [card.id for card in visible_cards(cards)] == ["a"]


def test_closed_editions_with_something_to_show(desk: Any) -> None:
    desk.add("a")
    desk.add("b", weeks=1, draft=True)
    desk.add("c", weeks=2)
    editions = closed_editions(desk.catalog(open_week="2024-W09"))
    assert [edition.ref.id for edition in editions] == ["2024-W07"]


@pytest.mark.parametrize(
    ("image", "rights", "remote", "shown"),
    [
        (REMOTE, "full", "link", True),
        (REMOTE, "excerpt", "link", True),
        (REMOTE, "link", "link", False),
        (REMOTE, "full", "off", False),
        (LOCAL, "full", "off", True),
        (LOCAL, "link", "off", False),
        (Picture(url="", caption="words only"), "full", "link", False),
        (None, "full", "link", False),
    ],
)
def test_pictures(desk: Any, image: Any, rights: str, remote: Any, shown: bool) -> None:
    desk.set(images=ImageSettings(remote=remote))
    card = desk.add("a", image=image, rights=rights)
    assert (allowed_picture(card, desk.settings) is not None) == shown


@pytest.mark.parametrize(("rights", "shown"), [("full", True), ("excerpt", False), ("link", False)])
def test_bodies(desk: Any, rights: str, shown: bool) -> None:
    assert shows_body(desk.add("a", "<p>x</p>", rights=rights)) == shown


def test_addresses_without_pages_of_our_own(desk: Any) -> None:
    card = desk.add("a")
    assert reader_url(card, desk.settings) == "/articles/a/"
    desk.set(formats=("rss",))
    assert reader_url(card, desk.settings) == "https://wire.example/a"
