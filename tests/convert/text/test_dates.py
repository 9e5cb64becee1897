"""Dates are read where they are certain, and left where they are not."""

from datetime import UTC, datetime

import pytest

from site_gen.convert.text.dates import find_date, find_moment, has_clock


@pytest.mark.parametrize(
    "text",
    ["3 March 2031", "March 3, 2031", "2031-03-03", "Mar. 3rd, 2031", "3/3/2031", "3-Mar-2031"],
)
def test_one_day_in_many_forms(text: str) -> None:
    assert find_date(f"Published {text}") == datetime(2031, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["4/5/2031", "31 February 2031", "March 2031", "Tuesday", "9/2031"]
)
def test_no_day_is_guessed(text: str) -> None:
    assert find_date(text) is None


def test_figures_that_cannot_be_mistaken() -> None:
    assert find_date("25/12/2031") == find_date("12/25/2031") == datetime(2031, 12, 25, tzinfo=UTC)


def test_time_counts_with_its_zone() -> None:
    moment = find_moment("Nov. 20, 2031 5:52 AM EST")
    assert moment == datetime(2031, 11, 20, 10, 52, tzinfo=UTC)


def test_time_without_zone_is_left() -> None:
    assert find_moment("20 November 2031 9:22 am") == datetime(2031, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["+99:99", "CST", "XX"])
def test_unknown_zone_gives_the_day(zone: str) -> None:
    assert find_moment(f"2031-11-20 23:30 {zone}") == datetime(2031, 11, 20, tzinfo=UTC)


def test_age_is_a_clock_but_no_date() -> None:
    assert has_clock("3 hours ago")
    assert find_date("3 hours ago") is None
