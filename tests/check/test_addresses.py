"""Addresses that no rule is asked about: of none of them would one say anything."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.check import addresses, document
from site_gen.check.document import Document
from site_gen.check.reader import find_hits
from site_gen.check.rules import BY_NAME
from site_gen.check.rules.rule import Sight
from site_gen.check.scan import Link
from site_gen.settings import Settings

RULES = [BY_NAME[name] for name in ("links/tracking", "links/shortener", "links/malformed",
                                    "links/placeholder", "pictures/insecure")]  # fmt: skip
PIECES = st.sampled_from([
    "https://", "http://", "HTTPS://", "https:/", "www.", "harbour.example", "bit.ly", "t.co",
    "url", "...", "-", ".", "/", "//", "?utm_source=x", "?v=1", "#top", "FORUM_LINK_HERE", "X_HERE",
    "TODO", ":443", "user@", "a" * 1200, "é", " ", "'", "%20", "_", "a", "9",
])  # fmt: skip


def found(url: str, *, image: bool) -> list[Any]:
    link = Link(url=url, line=1, image=image)
    read = Document(path="a.md", kind="article", matter={}, head="", body="", body_line=1,
                    body_links=(link,), paragraphs=())  # fmt: skip
    return list(find_hits(read, Sight(Settings()), RULES))


@given(st.lists(PIECES, max_size=8).map("".join), st.booleans())
def test_nothing_is_to_be_said_of_a_plain_address(url: str, image: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "is_plain", lambda url: False)
        asked = found(url, image=image)
    assert found(url, image=image) == asked
    assert not (asked and addresses.is_plain(url))


def test_most_addresses_are_plain() -> None:
    assert addresses.is_plain("https://www.harbour.example/2026/03/04/A-new_ferry.html")
    assert not addresses.is_plain("https://www.bit.ly/3abc")
