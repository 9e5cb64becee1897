"""Several articles in one text."""

from collections.abc import Callable

import pytest

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


BRIEFS = {
    "Mill Sold to Its Miller": (
        "The old mill by the weir has been sold to the woman who has run it for thirty years, the "
        "notary of the town said, and flour will be ground there on Saturdays as before."
    ),
    "Choir Seeks Tenors": (
        "The choir of Saint Olav has nineteen sopranos and one tenor, who is ninety, and will take "
        "anybody who can hold a note against his neighbour, its conductor wrote."
    ),
    "Goats Close the Pass Road": (
        "Drivers waited four hours on the pass on Sunday, police reported, because eighty goats "
        "had lain down on the warm asphalt and could not be moved by horn or by dog."
    ),
}


@pytest.mark.parametrize("between", ["\n\n---\n\n", "\n\n* * *\n\n", "\n\n===\n\n"])
def test_brief_articles_between_lines_of_marks(convert: Convert, between: str) -> None:
    drafts = convert(between.join(f"{title}\n\n{text}" for title, text in BRIEFS.items()))
    assert [d.matter["title"] for d in drafts] == list(BRIEFS)
    assert [d.body.strip() for d in drafts] == list(BRIEFS.values())


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_brief_articles_under_their_titles(convert: Convert, gap: str) -> None:
    drafts = convert("\n\n\n".join(f"{title}{gap}{text}" for title, text in BRIEFS.items()))
    assert [d.matter["title"] for d in drafts] == list(BRIEFS)


@pytest.mark.parametrize("first", [True, False])
def test_a_brief_one_beside_a_long_one(convert: Convert, orchard: str, first: bool) -> None:
    title, text = next(iter(BRIEFS.items()))
    brief = f"{title}\n\n{text}"
    parts = [brief, orchard] if first else [orchard, brief]
    drafts = convert("\n\n\n".join(parts))
    wanted = [title, "Apple Growers Expect a Poor Autumn"]
    assert [d.matter["title"] for d in drafts] == (wanted if first else wanted[::-1])
    assert text in drafts[0 if first else 1].body


def test_headings_of_one_article_are_no_boundaries(convert: Convert, orchard: str) -> None:
    rows = orchard.strip().split("\n\n")
    text = "\n\n".join(
        [rows[0], rows[1], "Why the Frost Came Late", rows[2], "What Cider Makers Do", *rows[3:]]
    )
    assert len(convert(text)) == 1


MINUTES = (
    ("Sledge run wanted", "Pupils want the hill behind the gym to be kept free of cars in winter."),
    ("Post closes at noon", "The counter in the market hall is open in the morning only from May."),
    (
        "New bell for the tower",
        "The smith of the next valley will cast the bell before the summer.",
    ),
)


@pytest.mark.parametrize("mark", ["---", "* * *", "_____", "======"])
def test_briefs_between_lines_of_marks_are_one_each(convert: Convert, mark: str) -> None:
    drafts = convert(f"\n\n{mark}\n\n".join("\n\n".join(brief) for brief in MINUTES))
    assert [(d.matter["title"], d.body.strip()) for d in drafts] == list(MINUTES)


def test_lines_of_marks_within_an_article_part_nothing(convert: Convert, orchard: str) -> None:
    title, *paragraphs = orchard.strip().split("\n\n")
    assert (
        len(convert("\n\n---\n\n".join(["\n\n".join([title, paragraphs[0]]), *paragraphs[1:]])))
        == 1
    )


def test_a_list_of_goods_is_never_parted(convert: Convert) -> None:
    goods = [
        line
        for name, price in (("Lantern", "$39"), ("Storm Lamp", "$64"), ("Buoy Light", "$120"))
        for line in (
            f"{name}, Brass (Renewed)",
            f"Oil and wick of the {name.lower()} are not in the box and must be bought apart.",
            "Burns for forty hours",
            price,
            "Buy Now",
        )
    ]
    intro = "The quay shop sells old lamps again, and these are the ones that we would take home."
    assert len(convert("\n".join(["The Best Lamps on the Quay", intro, *goods]))) == 1
