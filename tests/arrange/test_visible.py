"""Which articles are shown at a moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from site_gen.arrange.visible import Moment, change_moments, visible

NOW = datetime(2024, 2, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def names(desk: Any, **asked: Any) -> list[str]:
    return [each.card.id for each in visible(desk.facts, Moment(NOW, **asked))]


def test_unpublished_is_never_shown(desk: Any) -> None:
    desk.add("hidden", published=False)
    assert names(desk, drafts=True, future=True) == []


def test_a_draft_is_shown_when_asked(desk: Any) -> None:
    desk.add("draft", draft=True)
    assert names(desk) == []
    assert names(desk, drafts=True) == ["draft"]


@pytest.mark.parametrize(("after", "shown"), [(-HOUR, True), (0 * HOUR, True), (HOUR, False)])
def test_its_time_must_have_come(desk: Any, after: timedelta, shown: bool) -> None:
    desk.add("a", date=NOW + after)
    assert names(desk) == (["a"] if shown else [])
    (found,) = visible(desk.facts, Moment(NOW, future=True))
    assert found.card.future is not shown


@pytest.mark.parametrize(("after", "shown"), [(-HOUR, False), (0 * HOUR, False), (HOUR, True)])
def test_past_its_expiry_it_is_gone(desk: Any, after: timedelta, shown: bool) -> None:
    desk.add("a", visible_until=NOW + after)
    assert names(desk, future=True) == (["a"] if shown else [])


def test_an_added_date_hides_nothing(desk: Any) -> None:
    desk.add("a", date=NOW + HOUR, visible_from=None)
    assert names(desk) == ["a"]


def test_the_moments_at_which_it_turns(desk: Any) -> None:
    desk.add("a", date=NOW, visible_until=NOW + HOUR)
    desk.add("b", visible_from=None)
    assert list(change_moments(desk.facts)) == [NOW, NOW + HOUR]
