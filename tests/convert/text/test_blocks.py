"""The body's blocks: lists with their numbers, headings that are headings."""

from collections.abc import Callable

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

PROSE = (
    "The old bridge over the gorge will open again in spring, the council of the town said on "
    "Monday, two years after a flood carried away the middle of its three arches."
)
CLOSING = (
    "Until then walkers must take the long way round by the mill, and the school bus will go on "
    "leaving a quarter of an hour earlier than it did before the flood."
)
TITLE = "Three Things That the Bridge Still Needs"


def _body(convert: Convert, *lines: str) -> str:
    (draft,) = convert("\n\n".join([TITLE, PROSE, *lines, CLOSING]))
    return draft.body


def test_a_numbered_list_keeps_its_numbers(convert: Convert) -> None:
    body = _body(convert, "1. Stone from the quarry", "2. Rope", "3. Patience")
    assert "\n\n1. Stone from the quarry\n2. Rope\n3. Patience\n\n" in body
    assert "#" not in body


def test_a_countdown_is_no_list(convert: Convert) -> None:
    body = _body(convert, "3. Stone from the quarry", PROSE.replace("old", "new"), "2. Good rope")
    assert "3. Stone from the quarry" in body
    assert "2. Good rope" in body


def test_numbers_over_paragraphs_are_headings(convert: Convert) -> None:
    one, two = PROSE.replace("old", "first"), PROSE.replace("old", "second")
    body = _body(convert, "1. The upper bridge", one, "2. The lower bridge", two)
    assert f"## 1. The upper bridge\n\n{one}" in body
    assert f"## 2. The lower bridge\n\n{two}" in body


def test_the_last_of_several_short_lines_is_no_heading(convert: Convert) -> None:
    body = _body(convert, "Oak for the benches\nLime for the wall\nIron for the lamps")
    assert "#" not in body
    assert "Iron for the lamps" in body


def test_a_line_over_a_list_is_a_heading(convert: Convert) -> None:
    body = _body(convert, "What is missing", "- Oak\n- Lime\n- Iron")
    assert "## What is missing\n\n- Oak\n- Lime\n- Iron" in body


def test_quoted_mail_is_a_quote_of_its_depth(convert: Convert) -> None:
    body = _body(
        convert,
        "Ann Example wrote:",
        "> The ferry will leave an hour earlier, because the tide in the channel has changed.",
        ">> Why was nobody told of it before the tickets for the whole summer were sold?",
        "The harbour master said that he would look at the timetable again next week.",
    )
    assert "\n\n> The ferry will leave" in body
    assert "\n>\n> > Why was nobody told" in body
    assert "\n\nThe harbour master said" in body


def test_a_list_is_missing_only_where_nothing_was_cut(convert: Convert) -> None:
    assert "list missing" in _body(convert, "What the bridge still needs:")
    said = _body(convert, "mason_jo wrote:", "18 Nov 2026, 09:14")
    assert "list missing" not in said
