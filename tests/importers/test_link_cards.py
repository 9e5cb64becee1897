"""The link items of an issue as cards: each is one, or stays where it was."""

import pytest

from site_gen.importers.bodies import link_cards

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
        "- [a](https://a.example/)\n\n  A second paragraph with [b](https://b.example/).",
        "- [a](https://a.example/)\n\n  ![p](https://a.example/p.png)",
        "- [a](https://a.example/)\n\n  https://b.example/",
        "- [a](https://a.example/)\n\n  " + "Long. " * 120,
        "- https://a.example/",
        "- One https://a.example/ two https://b.example/",
        "- One - ftp://a.example/",
        "## [One](https://a.example/)\n\nOne alone names a section.",
        "- [a](https://a.example/)\n\n  > - x",
        "# [One](https://a.example/)\n\nx\n\n# [Two](https://b.example/)\n\ny",
        "## [A](https://a.example/)\n\n- x\n\n## [B](https://b.example/) and more\n\ny",
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


@pytest.mark.parametrize(
    ("item", "title", "rest"),
    [
        ("1. Tides and tables - https://a.example/t", "Tides and tables", ""),
        ("- Tides: <https://a.example/t>", "Tides", ""),
        ("- [Tides](https://a.example/t)\n\n  How *they* turn.\n\n  And when.",
         "Tides", "How they turn. And when."),
        ("-   [Tides](https://a.example/t)\n\n    > They turn.", "Tides", "“They turn.”"),
    ],
)  # fmt: skip
def test_other_ways_to_write_an_item(item: str, title: str, rest: str) -> None:
    made = link_cards.split(item)
    assert made.cards == [link_cards.Card(title, "https://a.example/t", rest)]
    assert made.text == ""


def test_headings_that_are_links_are_items_with_the_words_below() -> None:
    text = """Hello.

## News

### [Fog](https://fog.example/)

It came at night.

> It went.

### [Ice](https://ice.example/)

See [more](https://more.example/).

### [Mud](https://mud.example/)

---

## Jobs

### [Pilot](https://pilot.example/)
"""
    made = link_cards.split(text)
    assert [(c.title, c.rest, c.section) for c in made.cards] == [
        ("Fog", "It came at night. “It went.”", "News"),
        ("Mud", "", "News"),
        ("Pilot", "", "Jobs"),
    ]
    assert made.text == (
        "Hello.\n\n## News\n\n### [Ice](https://ice.example/)\n\n"
        "See [more](https://more.example/).\n\n---"
    )
