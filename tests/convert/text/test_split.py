"""Several articles in one text."""

from collections.abc import Callable

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

LIBRARY = """\
Town Library Lends Its First Telescope

Readers in Bergen can now borrow a telescope for two weeks, the library said, and a librarian \
will explain how the moon is found.

Forty people stood in line on the first evening, among them a class of ten-year-olds whose \
teacher had promised them the rings of Saturn.

The instrument was a gift of a retired optician, who wrote in his letter that books had \
given him the stars and that he wished to return them.
"""


def test_two_articles_are_two(convert: Convert, harbour: str, orchard: str) -> None:
    titles = [d.matter["title"] for d in convert(harbour + "\n\n\n" + orchard)]
    assert titles == ["Harbour Opens Its Tallest Crane", "Apple Growers Expect a Poor Autumn"]


def test_one_article_is_one(convert: Convert, harbour: str, orchard: str) -> None:
    assert len(convert(harbour)) == 1
    assert len(convert(orchard)) == 1


def test_split_can_be_forbidden(convert: Convert, harbour: str, orchard: str) -> None:
    assert len(convert(harbour + "\n\n\n" + orchard, split=False)) == 1


def test_three_articles(convert: Convert, harbour: str, orchard: str) -> None:
    drafts = convert("\n\n\n".join([harbour, LIBRARY, orchard]))
    assert [d.matter["title"].split(" ")[0] for d in drafts] == ["Harbour", "Town", "Apple"]


def test_line_numbers_are_those_of_the_document(
    convert: Convert, harbour: str, orchard: str
) -> None:
    text = harbour + "\n\n\n" + orchard
    rows = text.split("\n")
    for draft in convert(text):
        for cut in draft.receipt.cuts:
            assert rows[cut.line - 1].strip().endswith(cut.text.removeprefix("- "))
