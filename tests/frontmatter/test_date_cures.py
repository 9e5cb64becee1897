"""Dates that are none: the cure names the day that was meant, or says which part is wrong."""

import re
from datetime import UTC

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_gen.basics import dates
from site_gen.frontmatter.date_cures import date_cure

CURES = {
    # in another order, or with other marks
    "17.2.2024": "write 2024-02-17",
    "02/17/2024": "write 2024-02-17",
    "17/02/2024": "write 2024-02-17",
    "2024/2/17": "write 2024-02-17",
    "2024-17-02": "write 2024-02-17",
    "2024\u201302\u201317": "write 2024-02-17",
    "Sat, 17.02.2024": "write 2024-02-17",
    # in an order that may be two
    "03/04/2024": "write 2024-04-03 for 3 April, or 2024-03-04 for 4 March",
    "24-02-13": "write 2024-02-13 for 13 February, or 2013-02-24 for 24 February",
    # a year of two figures
    "17.02.24": "write 2024-02-17",
    "12/31/24": "write 2024-12-31",
    "3.4.98": "write 1998-04-03",
    # a day, month or year that does not exist
    "31.02.2024": "correct the day: February 2024 has 29 days",
    "29.2.23": "correct the day: February 2023 has 28 days",
    "2024-06-00": "correct the day: June 2024 has 30 days",
    "13/13/2024": "correct the month: there is none of the number 13",
    "2204-02-17": "correct the year: it is from 1990 to 2100",
    # with a time
    "2024-02-17 9:00": "write 2024-02-17T09:00",
    "17.02.2024 18.30 Uhr": "write 2024-02-17T18:30",
    "2/17/2024 7:47 PM": "write 2024-02-17T19:47",
    "2024-02-17T09:00+02": "write 2024-02-17T07:00:00Z",
    "2024-02-17 25:00": "correct the time: it goes from 00:00 to 23:59, as in 2024-02-17T09:00",
    "2024-02-17T09:61:00Z": "correct the time: it goes from 00:00 to 23:59, as in 2024-02-17T09:00",
    "2024-02-29T24:00": "write 2024-03-01T00:00: the day ends where the next begins",
    "2024-02-17T09:00+25:00": "correct the zone: write it as in 2024-02-17T09:00+01:00",
    # in words, or with nothing between its figures
    "17 February 2024": "write 2024-02-17",
    "Sat, 17 Feb 24 09:00:00 GMT": "write 2024-02-17T09:00:00Z",
    "20240217": "write 2024-02-17",
    # not a whole one
    "17.02.": "add the year, as in YEAR-02-17",
    "2024-02": "add the day, as in 2024-02-01",
    "2024-W07": "write a day of that week: 2024-02-12 to 2024-02-18",
    # nothing of that kind
    "soon": "write a date such as 2024-02-17T09:00:00Z",
    "\u201c2024-02-17\u201d": "leave out the quotes, or write straight ones: YAML knows no others",
}


@pytest.mark.parametrize("value", CURES)
def test_the_cure_is_of_this_date(value: str) -> None:
    with pytest.raises(ValueError, match=" "):
        dates.parse(value, UTC)
    assert date_cure(value) == CURES[value]


PIECES = st.sampled_from([*"0123456789./-: TZ+", "2024", "31", "02", "\u2212", "Feb", "24:00", "PM",
                          "9999", "CET", "+25:00", "\u00b2", "\u0663"])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@example("9999-12-31 24:00")
@example("2100-12-31 24:00")
@example("31.12.2100 23:00 -05:00")
def test_what_is_to_be_written_is_a_date(value: str) -> None:
    for made in re.findall(r"(?:write|or) (\d{4}-\d\d-\d\d(?:T[^ ,:]+(?::\d\d)*Z?)?)",
                           date_cure(value)):  # fmt: skip
        assert dates.parse(made, UTC)
