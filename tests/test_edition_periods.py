"""When editions begin and close: every moment in one slot, slots without gap or overlap."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from site_gen.basics import dates
from site_gen.edition_periods import Calendar, calendar
from site_gen.settings import EditionSettings, Settings

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland",
         "Australia/Lord_Howe", "Africa/Casablanca")  # fmt: skip
TIMES = ("24:00", "00:00", "02:30", "06:00", "12:00", "17:00", "23:59")
MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@st.composite
def sites(draw: Any) -> Settings:
    editions = EditionSettings(
        every=draw(st.sampled_from(("week", "2 weeks", "month", "day"))),
        start=draw(st.dates(date(2015, 1, 1), date(2030, 1, 1))).isoformat(),
        first_weekday=draw(st.sampled_from(dates.WEEKDAYS)),
        cutoff_day=draw(st.sampled_from(("", *dates.WEEKDAYS))),
        cutoff_time=draw(st.sampled_from(TIMES)),
    )
    return Settings(timezone=draw(st.sampled_from(ZONES)), editions=editions)


@given(sites(), MOMENTS)
def test_a_moment_is_in_exactly_one_slot(settings: Settings, moment: datetime) -> None:
    slots = calendar(settings)
    place = slots.place_at(moment)
    near = [slots.slot(place + step) for step in (-2, -1, 0, 1, 2)]
    after_midnight = settings.editions.cutoff_time in ("24:00", "00:00")
    holding = [
        slot.id
        for slot in near
        if (slot.begins <= moment < slot.closes if after_midnight
            else slot.begins < moment <= slot.closes)
    ]  # fmt: skip
    assert holding == [slots.id_of(place)]


@given(sites(), MOMENTS)
def test_slots_follow_without_gap_or_overlap(settings: Settings, moment: datetime) -> None:
    slots = calendar(settings)
    place = slots.place_at(moment)
    for at in range(place - 3, place + 3):
        slot, following = slots.slot(at), slots.slot(at + 1)
        assert slot.begins < slot.closes == following.begins
        assert slot.last + timedelta(days=1) == following.first
        assert slot.first <= slot.last
        assert slots.place_of(slot.id) == at
        assert slot.id != following.id


def test_a_date_alone_is_in_the_week_of_its_day() -> None:
    slots = calendar(Settings())
    assert slots.id_at(datetime(2024, 2, 19, tzinfo=UTC)) == "2024-W08"
    assert slots.id_at(datetime(2024, 2, 18, 23, 59, tzinfo=UTC)) == "2024-W07"


def test_the_cut_off_is_the_boundary() -> None:
    editions = EditionSettings(cutoff_day="friday", cutoff_time="17:00")
    slots = calendar(Settings(timezone="Europe/Berlin", editions=editions))
    assert slots.id_at(datetime(2026, 3, 27, 16, tzinfo=UTC)) == "2026-W13"
    assert slots.id_at(datetime(2026, 3, 27, 16, 0, 1, tzinfo=UTC)) == "2026-W14"
    slot = slots.slot(slots.place_of("2026-W14"))
    assert (slot.first, slot.last) == (date(2026, 3, 28), date(2026, 4, 3))
    # Summer time begins in between: the clock on the wall is what counts.
    assert slot.closes == datetime(2026, 4, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ({}, datetime(2024, 2, 19, tzinfo=UTC)),
        ({"cutoff_time": "18:00"}, datetime(2024, 2, 18, 18, tzinfo=UTC)),
        ({"cutoff_day": "friday"}, datetime(2024, 2, 17, tzinfo=UTC)),
        ({"cutoff_day": "friday", "cutoff_time": "12:00"}, datetime(2024, 2, 16, 12, tzinfo=UTC)),
        # The weekday on which weeks begin means the day after the last.
        ({"cutoff_day": "monday", "cutoff_time": "06:00"}, datetime(2024, 2, 19, 6, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_the_cut_off_of_a_week(said: dict[str, Any], moment: datetime) -> None:
    slots = _slots(**said)
    assert slots.closes(slots.place_of("2024-W07")) == moment


def test_two_weeks_are_counted_from_the_start() -> None:
    slots = _slots(every="2 weeks", start="2026-01-05")
    slot = slots.slot(slots.place_at(datetime(2026, 1, 8, tzinfo=UTC)))
    assert (slot.id, slot.first, slot.last) == ("2026-W03", date(2026, 1, 5), date(2026, 1, 18))
    with pytest.raises(ValueError, match="lies within edition 2026-W03"):
        slots.place_of("2026-W02")


@pytest.mark.parametrize(
    ("every", "name", "first", "last"),
    [
        ("month", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("day", "2024-02-15", date(2024, 2, 15), date(2024, 2, 15)),
        ("week", "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
    ],
)
def test_ids(every: Any, name: str, first: date, last: date) -> None:
    slots = _slots(every=every)
    slot = slots.slot(slots.place_of(name))
    assert (slot.id, slot.first, slot.last) == (name, first, last)


@pytest.mark.parametrize(
    ("every", "name", "message"),
    [
        ("week", "2024-02", "is not a week such as 2024-W07"),
        ("week", "2023-W53", "is a week that does not exist"),
        ("month", "2024-W07", "is not a month such as 2024-02"),
        ("month", "2024-13", "is not a month such as 2024-02"),
        ("day", "2024-02-30", "is not a day such as 2024-02-15"),
        ("day", "20240215", "is not a day such as 2024-02-15"),
        ("day", "1889-02-15", "has a year outside 1990 to 2100"),
    ],
)
def test_what_is_no_id(every: Any, name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _slots(every=every).place_of(name)


def test_notes_have_no_calendar() -> None:
    with pytest.raises(ValueError, match="notes say"):
        _slots(every="note")


def _slots(**said: Any) -> Calendar:
    return calendar(Settings(editions=replace(EditionSettings(), **said)))
