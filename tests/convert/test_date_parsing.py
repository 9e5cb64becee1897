"""Dates in other people's spellings."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from site_gen.basics import dates
from site_gen.convert.date_parsing import parsed, zone_of

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-17", "2024-02-16T23:00:00Z"),
        ("2024-2-7 9:05", "2024-02-07T08:05:00Z"),
        ("2024-02-17T09:00:00+0530", "2024-02-17T03:30:00Z"),
        ("2024-02-17 09:00:00 +0000 UTC", "2024-02-17T09:00:00Z"),
        ("Sat, 17 Feb 2024 09:00:00 GMT", "2024-02-17T09:00:00Z"),
        ("Sat, 17 Feb 2024 09:00:00 -0000", "2024-02-17T09:00:00Z"),
        ("February 17, 2024", "2024-02-16T23:00:00Z"),
        ("17th Feb 2024 at 3:05 pm GMT", "2024-02-17T15:05:00Z"),
        ("Sat Feb 17 2024 12:00:00 GMT+0100", "2024-02-17T11:00:00Z"),
    ],
)
def test_spellings(text: str, iso: str) -> None:
    moment = parsed(text, ROME)
    assert moment is not None
    assert dates.iso(moment) == iso


@pytest.mark.parametrize(
    "text",
    ["", "soon", "0001-01-01T00:00:00Z", "2024-13-01", "31 February 2024", "17 Foo 2024", None, 7],
)
def test_what_is_no_date_is_none(text: object) -> None:
    assert parsed(text, ROME) is None


def test_a_date_of_a_parser_is_taken() -> None:
    assert parsed(date(2024, 2, 17), zone_of("")) is not None
