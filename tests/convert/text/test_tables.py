"""Rows whose cells tabs part become a table of Markdown."""

from collections.abc import Callable

from site_gen.convert.text.lines import read_lines
from site_gen.convert.text.tables import tables, written
from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

PROSE = (
    "From the first of May the ferry company has new fares, and for most passengers they are "
    "higher than those of the last two summers, as the company said on Tuesday."
)
CLOSING = (
    "The bus over the bridge costs less and takes fifty minutes longer, and in bad weather it is "
    "the only way to reach the island before the evening."
)
ROWS = "Ticket\t2030\t2031\nAdult, single\t€9.50\t€11.00\nBicycle\t€3.00\t€2.00"


def test_a_table_between_paragraphs_stays_a_table(convert: Convert) -> None:
    text = f"What a Crossing Costs This Summer\n\n{PROSE}\n\n{ROWS}\n\n{CLOSING}\n"
    (draft,) = convert(text)
    assert (
        "\n\n| Ticket | 2030 | 2031 |\n| --- | --- | --- |\n| Adult, single | €9.50 | €11.00 |\n"
        "| Bicycle | €3.00 | €2.00 |\n\n"
    ) in draft.body


def test_a_box_of_facts_above_the_text_stays(convert: Convert) -> None:
    facts = "Built\t1847\nHeight\t21 m\nRange\t18 miles"
    (draft,) = convert(f"The Lighthouse at the Old Pier\n{facts}\n\n{PROSE}\n\n{CLOSING}\n")
    assert "| Height | 21 m |" in draft.body
    assert draft.matter["title"] == "The Lighthouse at the Old Pier"


def test_labels_and_what_they_stand_for_have_no_head() -> None:
    assert written(read_lines("Built\t1847\nHeight\t21 m", "en")).startswith("|  |  |\n| --- |")


def test_a_bar_within_a_cell_parts_nothing() -> None:
    assert "a\\|b" in written(read_lines("x\ta|b\ty\nx\tc\ty", "en"))


def test_bullets_and_indented_paragraphs_are_no_table() -> None:
    for text in ("•\tOak\n•\tLime", "1)\tOak\n2)\tLime", "\tOnce upon a time\n\tthere was"):
        assert list(tables(read_lines(text, "en"))) == []
