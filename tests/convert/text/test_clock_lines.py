"""A line may say when without naming a day."""

import pytest

from site_gen.convert.text.clock_lines import has_clock


@pytest.mark.parametrize("text", ["3 hours ago", "Updated", "9.15 pm", "18:30 Uhr"])
def test_times_and_ages(text: str) -> None:
    assert has_clock(text)


@pytest.mark.parametrize("text", ["An hour in the tower", "They updated the plan", "12 ships"])
def test_other_lines(text: str) -> None:
    assert not has_clock(text)
