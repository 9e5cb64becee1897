"""Where notes say what the editions are: every moment in exactly one, without gap or overlap."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from site_gen.arrange.schedule import SO_FAR, schedule
from site_gen.model import Note
from site_gen.settings import EditionSettings, Settings

BEGIN = datetime(2024, 2, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 200).map(lambda hours: BEGIN + timedelta(hours=hours))


@st.composite
def notes(draw: Any) -> list[Note]:
    """Notes whose dates lie near each other, some on one moment, some skipped, some undated."""
    drawn = draw(st.lists(st.tuples(st.none() | MOMENTS, st.booleans()), max_size=8))
    return [
        Note(id=f"n{place}", path=f"editions/n{place}.md", date=date, skip=skip)
        for place, (date, skip) in enumerate(drawn)
    ]


def by_notes(zone: str) -> Settings:
    return Settings(timezone=zone, editions=EditionSettings(every="note"))


ZONES = st.sampled_from(("UTC", "Europe/Berlin", "Pacific/Auckland", "America/New_York"))


@given(notes(), MOMENTS, ZONES)
def test_a_moment_is_in_exactly_one_edition(found: list[Note], moment: datetime, zone: str) -> None:
    slots = schedule(found, by_notes(zone))
    names = [note.id for note in found if slots.comes_out(note)]
    assert names == [n.id for n in found if n.date and not n.skip]
    spans = [slots.span(name) for name in (*names, SO_FAR)]
    holding = [
        s.id for s in spans if (s.begins is None or s.begins < moment) and moment <= s.closes
    ]
    assert holding == [slots.at(moment)] == [slots.home("", moment)]


@given(notes(), ZONES)
def test_editions_follow_without_gap_or_overlap(found: list[Note], zone: str) -> None:
    slots = schedule(found, by_notes(zone))
    names = sorted(
        (n.id for n in found if slots.comes_out(n)), key=lambda n: (slots.span(n).closes, n)
    )
    spans = [slots.span(name) for name in (*names, SO_FAR)]
    assert spans[0].begins is None
    for one, following in pairwise(spans):
        assert following.begins == one.closes
        assert following.begins <= following.closes
    # What a note or an article names is there, and nothing else is.
    assert all(slots.home(name, BEGIN) == name for name in names)
    assert len(slots.problems) == sum(note.date is None for note in found)
