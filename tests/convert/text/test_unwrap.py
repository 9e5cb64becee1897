"""Text that was broken at a column is one line a paragraph again."""

import textwrap

import pytest

from site_gen.convert.text.unwrap import unwrap

FIRST = (
    "The ferry to the islands will leave an hour earlier from Monday on, because the tide in the "
    "narrow channel has changed since the winter storms moved the sand banks to the south."
)
SECOND = (
    "Passengers who bought a ticket before the change may travel with any boat of the same day, "
    "and those who cannot will have their money back at the counter by the end of the month."
)

THIRD = (
    "The council voted seven to two on Tuesday for a new bridge, which will carry trams, bicycles "
    "and people but no cars. Work begins in spring. It will take three years, and the old bridge "
    "stays open for as long as the money for repairs lasts; nobody said how long that is."
)
PARTS = (FIRST, SECOND, THIRD)
WIDTHS = range(60, 141, 10)


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


@pytest.mark.parametrize("width", WIDTHS)
def test_any_width_is_told(width: int) -> None:
    assert _texts("\n\n".join(textwrap.fill(part, width) for part in PARTS)) == [*PARTS]


@pytest.mark.parametrize("width", WIDTHS)
def test_an_indented_line_begins_a_paragraph(width: int) -> None:
    fill = textwrap.TextWrapper(width, initial_indent="   ").fill
    assert [line.strip() for line in _texts("\n".join(map(fill, PARTS)))] == [*PARTS]


@pytest.mark.parametrize("width", WIDTHS)
def test_quoted_mail_is_joined_within_its_marks(width: int) -> None:
    mark = ("> ", "> > ", "> ")
    quoted = "\n>\n".join(
        textwrap.fill(part, width, initial_indent=m, subsequent_indent=m)
        for part, m in zip(PARTS, mark, strict=True)
    )
    found = [line for line in _texts(f"Ann Example wrote:\n\n{quoted}\n\nSo it is.") if line != ">"]
    whole = [m + part for part, m in zip(PARTS, mark, strict=True)]
    assert found == ["Ann Example wrote:", *whole, "So it is."]


@pytest.mark.parametrize("width", WIDTHS)
def test_menus_headings_and_addresses_beside_broken_text_stay(width: int) -> None:
    frame = ["Home", "News", "Harbour", "Timetables of the boats", "Contact", "About the harbour"]
    address = ["Harbour Office", "3 Quay Street", "Port Example 4711"]
    body = "\n\n".join(textwrap.fill(part, width) for part in PARTS)
    text = "\n".join([*frame, body, "", *address])
    assert _texts(text) == [*frame, *PARTS, *address]


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_of_a_table_stay_apart(width: int) -> None:
    body = "\n\n".join(textwrap.fill(part, width) for part in PARTS)
    gap = " " * (width // 2 - 10)
    table = [f"{name:<12}{gap}{price:>12}" for name, price in (("one", "3.20"), ("two", "14.80"))]
    marked = ["| boat | leaves |", "| --- | --- |", "| north | at nine |"]
    assert _texts("\n".join([body, "", *table, "", *marked])) == [*PARTS, *table, *marked]


def test_verse_is_no_paragraph_even_where_its_lines_are_long() -> None:
    verse = [
        "and when the long grey boats came home that night",
        "nobody on the quay had words to say,",
        "but all the lamps were burning far too bright",
        "for men who had been months and miles away",
        "from any lamp, from any door or bed,",
        "and from the names that others called them by;",
        "they stood about and shook their heads instead",
        "and looked by turns at land and sea and sky",
    ]
    assert _texts("\n".join(verse)) == verse


def test_headlines_of_one_length_are_no_paragraph() -> None:
    lines = [
        "Council votes for the new bridge over the river, against its own advice",
        "Harbour master resigns after the storm of March and the long inquiry of",
        "Schools in the north stay closed for another week while roofs are mended",
        "Tram drivers strike on Friday for an hour of rest between their services",
        "Library opens on Sundays from May on and hopes for more young readers now",
        "Old theatre finds a buyer from abroad who wants to keep the name and seats",
    ]
    assert _texts("\n".join(lines)) == lines


def test_paragraphs_as_one_line_each_stay_beside_long_open_lines() -> None:
    lines = [FIRST, "A caption that ends without a stop and says what is to be seen there", SECOND]
    assert _texts("\n".join(lines * 4)) == lines * 4


def test_words_with_a_hyphen_are_whole_again() -> None:
    text = (
        "The harbour at the mouth of the river has a well-\n"
        "known master who has been here since the winter\n"
        "of the great storm, and who says little about it\n"
        "to those who ask, but much about boats and about\n"
        "the price of fish\n"
    )
    assert _texts(text)[0].startswith(
        "The harbour at the mouth of the river has a well-known master"
    )


def test_chinese_is_joined_without_spaces() -> None:
    part = "市议会星期二投票决定在河上修建一座新桥有轨电车自行车和行人可以通过汽车不能通过" * 3
    rows = [part[at : at + 36] for at in range(0, len(part), 36)]
    assert _texts("\n".join(rows) + "。\n\n" + "\n".join(rows) + "。") == [part + "。"] * 2


def test_an_address_longer_than_the_column_does_no_harm() -> None:
    address = "https://harbour.example/" + "timetable-" * 12
    body = "\n\n".join(textwrap.fill(part, 72) for part in PARTS)
    assert _texts(f"{body}\n\n{address}\n\n{body}") == [*PARTS, address, *PARTS]
