"""The head of an article's page: what structured data says of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from site_gen.formats.common.site import site_view
from site_gen.formats.html import head
from site_gen.settings import Settings

TUESDAY = datetime(2024, 2, 13, tzinfo=UTC)


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=3)])
def test_a_change_is_dated_where_there_was_one(desk: Any, later: timedelta) -> None:
    card = desk.add("a", date=TUESDAY, lastmod=TUESDAY + later)
    data = head.page_view(head.article(site_view(Settings()), card)).json_ld
    assert data["datePublished"] == "2024-02-13T00:00:00Z"
    assert data.get("dateModified") == ("2024-02-13T03:00:00Z" if later else None)
