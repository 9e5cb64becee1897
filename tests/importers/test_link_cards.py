"""The link items of an issue as cards: each is one, or stays where it was."""

import pytest

from site_gen.importers import link_cards

ISSUE = """# Harbour 12

Words at the start with [a link](https://start.example/).

## Tools

* [video] [How locks work](https://locks.example/film) by Ann Smith
- [A `map` of *ferries*](https://ferries.example/) — drawn by hand.
- [Two](https://two.example/) and [links](https://links.example/)
- plain words

### Below

1. [A list](https://list.example/)
   - [inside](https://inside.example/)

| a | b |
| --- | --- |
| [t](https://table.example/) | x |

## Empty soon

- [Last](https://last.example/?a=1&b=2)

[ref]: https://ref.example/
"""


def test_an_issue_is_taken_apart() -> None:
    made = link_cards.split(ISSUE)
    assert [card.title for card in made.cards] == ["How locks work", "A map of ferries", "Last"]
    film, ferries, last = made.cards
    assert (film.type, film.tags, film.author, film.section) == (
        "video",
        ("video",),
        "Ann Smith",
        "Tools",
    )
    assert ferries.rest == "drawn by hand."
    assert last.url == "https://last.example/?a=1&b=2"
    assert made.sections == ["Tools", "Empty soon"]


def test_every_line_that_is_no_card_stays() -> None:
    made = link_cards.split(ISSUE)
    gone = [line for line in ISSUE.splitlines() if line.strip() and line not in made.text]
    assert gone == [
        "* [video] [How locks work](https://locks.example/film) by Ann Smith",
        "- [A `map` of *ferries*](https://ferries.example/) — drawn by hand.",
        "## Empty soon",
        "- [Last](https://last.example/?a=1&b=2)",
    ]


@pytest.mark.parametrize(
    "item",
    [
        "- Words before [a link](https://a.example/)",
        "- [mail](mailto:a@b.example)",
        "- [relative](/here/)",
        "- ![picture](https://a.example/p.png)",
        "- [a](https://a.example/)\n\n  A second paragraph.",
        "- [a](https://a.example/)[^1]\n\n[^1]: note",
        "> - [a](https://a.example/)",
        "- []( https://a.example/)",
    ],
)
def test_what_is_no_plain_link_item_stays(item: str) -> None:
    made = link_cards.split(item)
    assert made.cards == []
    assert made.text == item


def test_a_heading_that_is_a_link_is_not_lost_with_its_items() -> None:
    text = "## [Head](https://head.example/)\n\n- [a](https://a.example/)"
    made = link_cards.split(text)
    assert made.text == "## [Head](https://head.example/)"
    assert made.cards[0].section == "Head"
