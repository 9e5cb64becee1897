"""Moments, weeks and clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.basics import dates

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
WEEKDAYS = st.integers(0, 6)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-02-17", datetime(2024, 2, 16, 23, tzinfo=UTC)),
        ("2024-02-17T09:00:00Z", datetime(2024, 2, 17, 9, tzinfo=UTC)),
        ("2024-02-17t09:00z", datetime(2024, 2, 17, 9, tzinfo=UTC)),
        ("2024-02-17 09:00", datetime(2024, 2, 17, 8, tzinfo=UTC)),
        ("2024-07-17T09:00:00", datetime(2024, 7, 17, 7, tzinfo=UTC)),
        ("2024-02-17T09:00:00+05:30", datetime(2024, 2, 17, 3, 30, tzinfo=UTC)),
        ("2024-02-17T09:00:00.1234567+0530", datetime(2024, 2, 17, 3, 30, 0, 123456, tzinfo=UTC)),
        (" 2024-02-17T00:00:00-08:00 ", datetime(2024, 2, 17, 8, tzinfo=UTC)),
    ],
)
def test_a_date_is_utc_and_a_naive_one_is_in_the_zone(text: str, utc: datetime) -> None:
    found = dates.parse(text, BERLIN)
    assert found == utc
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a date"),
        ("yesterday", "is not a date"),
        ("17.02.2024", "is not a date"),
        ("2024-2-17", "is not a date"),
        ("2024-02-17T09", "is not a date"),
        ("٢٠٢٤-٠٢-١٧", "is not a date"),
        ("1989-12-31", "has a year outside 1990 to 2100"),
        ("2101-01-01", "has a year outside 1990 to 2100"),
        ("2024-02-30", "is a day or time that does not exist"),
        ("2024-02-17T25:00:00Z", "is a day or time that does not exist"),
        ("2024-02-17T09:00:00+99:99", "is a day or time that does not exist"),
    ],
)
def test_what_is_no_date_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dates.parse(text, UTC)


@given(
    st.from_regex(r"(19[89]|20\d|21[01])\d-[01]\d-[0-3]\dT[0-2]\d:[0-6]\d:[0-6]\d", fullmatch=True)
)
def test_a_date_as_articles_have_it_is_read_as_every_other(text: str) -> None:
    def outcome(written: str) -> datetime | str:
        try:
            return dates.parse(written, BERLIN)
        except ValueError as error:
            return str(error)

    assert outcome(text + "Z") == outcome(text + "+00:00")


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        found = dates.parse(text, BERLIN)
    except ValueError:
        return
    assert 1989 <= found.year <= 2101


@pytest.mark.parametrize(
    ("day", "first_weekday", "week"),
    [
        (date(2024, 2, 12), 0, "2024-W07"),
        (date(2024, 2, 18), 0, "2024-W07"),
        (date(2024, 2, 19), 0, "2024-W08"),
        (date(2021, 1, 3), 0, "2020-W53"),
        (date(2024, 12, 30), 0, "2025-W01"),
        # A week from Sunday 11 to Saturday 17 February: its fourth day is Wednesday the 14th.
        (date(2024, 2, 11), 6, "2024-W07"),
        (date(2024, 2, 18), 6, "2024-W08"),
        # From Saturday 30 December: the fourth day is Tuesday 2 January.
        (date(2023, 12, 30), 5, "2024-W01"),
    ],
)
def test_a_day_is_in_the_week_of_its_ranges_fourth_day(
    day: date, first_weekday: int, week: str
) -> None:
    assert dates.week_of(day, first_weekday) == week


@given(DAYS, WEEKDAYS)
def test_a_day_lies_in_the_range_of_its_week(day: date, first_weekday: int) -> None:
    week = dates.week_of(day, first_weekday)
    first, last = dates.week_range(week, first_weekday)
    assert first <= day <= last
    assert last - first == timedelta(days=6)
    assert first.weekday() == first_weekday
    assert {dates.week_of(first + timedelta(days=n), first_weekday) for n in range(7)} == {week}


@given(DAYS, WEEKDAYS)
def test_weeks_follow_each_other_without_gap(day: date, first_weekday: int) -> None:
    here = dates.week_range(dates.week_of(day, first_weekday), first_weekday)
    after = dates.week_of(here[1] + timedelta(days=1), first_weekday)
    assert dates.week_range(after, first_weekday)[0] == here[1] + timedelta(days=1)


@pytest.mark.parametrize("edge", ["1990-01-01T00:00:00+14:00", "2100-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("first_weekday", range(7))
def test_the_first_and_last_moments_have_a_week(edge: str, first_weekday: int) -> None:
    day = dates.parse(edge, UTC).date()
    first, last = dates.week_range(dates.week_of(day, first_weekday), first_weekday)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024-7", "is not a week such as 2024-W07"),
        ("2024-W7", "is not a week such as 2024-W07"),
        ("٢٠٢٤-W٠٧", "is not a week such as 2024-W07"),
        ("2024-W07\n", "is not a week such as 2024-W07"),
        ("2024-W53", "is a week that does not exist"),
        ("2024-W00", "is a week that does not exist"),
        ("1850-W01", "has a year outside"),
        ("9999-W01", "has a year outside"),
    ],
)
def test_what_is_no_week_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dates.week_range(text)


def test_a_clock_runs_to_midnight() -> None:
    assert dates.parse_clock("00:00") == timedelta(0)
    assert dates.parse_clock("18:30") == timedelta(hours=18, minutes=30)
    assert dates.parse_clock("24:00") == timedelta(days=1)
    for text in ("24:01", "18:60", "6:00", "noon", ""):
        with pytest.raises(ValueError, match="is not a time of day"):
            dates.parse_clock(text)


def test_a_wall_clock_time_follows_its_zone() -> None:
    # On 31 March 2024 Berlin goes to summer time: midnight at its end is 22:00 UTC.
    assert dates.moment_at(date(2024, 3, 31), dates.parse_clock("24:00"), BERLIN) == datetime(
        2024, 3, 31, 22, tzinfo=UTC
    )
    assert dates.moment_at(date(2024, 3, 30), dates.parse_clock("18:00"), BERLIN) == datetime(
        2024, 3, 30, 17, tzinfo=UTC
    )


def test_the_day_of_a_moment_depends_on_the_zone() -> None:
    late = datetime(2024, 2, 18, 23, 30, tzinfo=UTC)
    assert dates.day_in(late, UTC) == date(2024, 2, 18)
    assert dates.day_in(late, BERLIN) == date(2024, 2, 19)


def test_iso_is_utc_to_the_second() -> None:
    assert dates.iso(datetime(2024, 2, 17, 10, 0, 0, 999, BERLIN)) == "2024-02-17T09:00:00Z"
