"""Text that was broken at a column is one line a paragraph again."""

import textwrap

from site_gen.convert.text.unwrap import unwrap

FIRST = (
    "The ferry to the islands will leave an hour earlier from Monday on, because the tide in the "
    "narrow channel has changed since the winter storms moved the sand banks to the south."
)
SECOND = (
    "Passengers who bought a ticket before the change may travel with any boat of the same day, "
    "and those who cannot will have their money back at the counter by the end of the month."
)


def _texts(text: str) -> list[str]:
    return [line for _, line in unwrap(text) if line.strip()]


def test_paragraphs_are_whole_again() -> None:
    wrapped = "\n\n".join(textwrap.fill(part, 64) for part in (FIRST, SECOND))
    assert _texts(wrapped) == [FIRST, SECOND]


def test_lines_keep_the_number_of_their_first_row() -> None:
    first = textwrap.fill(FIRST, 64)
    numbers = [number for number, line in unwrap(f"{first}\n\n{textwrap.fill(SECOND, 64)}") if line]
    assert numbers == [1, first.count("\n") + 3]


def test_items_stay_apart() -> None:
    items = "\n".join(textwrap.fill(f"- {part}", 64) for part in (FIRST, SECOND))
    assert _texts(items) == [f"- {FIRST}", f"- {SECOND}"]


def test_short_lines_are_no_paragraph() -> None:
    verse = "\n".join(
        ["The tide comes in", "and takes the sand", "The tide goes out", "and leaves the land"] * 5
    )
    assert len(_texts(verse)) == 20


def test_paragraphs_of_one_line_stay_as_they_are() -> None:
    assert _texts(f"{FIRST}\n{SECOND}") == [FIRST, SECOND]


def test_the_second_row_of_an_item_is_of_it() -> None:
    head = "\n\n".join(textwrap.fill(part, 64) for part in (FIRST, SECOND))
    assert _texts(f"{head}\n\n* the last boat comes back\n  at nine\n* no boat on Sundays") == [
        FIRST,
        SECOND,
        "* the last boat comes back at nine",
        "* no boat on Sundays",
    ]
