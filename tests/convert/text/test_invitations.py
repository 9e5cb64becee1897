"""What speaks to the reader below an article is neither of it nor an article of its own."""

from collections.abc import Callable

import pytest

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

ARTICLE = (
    "Pocket Weather Station Fits in a Matchbox",
    "A student of the harbour school has built a weather station that is no larger than a "
    "matchbox and costs less than a ticket for the ferry, the school said on Monday.",
    "It measures wind, rain and the pressure of the air every ten minutes, and sends what it "
    "measured to the mainland by the lamp of the old lighthouse.",
    "Fishermen have begun to carry one on each boat, because the forecast for the sound is made "
    "for the coast and is often wrong by half a day.",
)
INVITATIONS = {
    "write for us": [
        "Become one of our authors!",
        "Your account has no articles yet.",
        "To become an author, you must have at least two articles in your account.",
        "Are you ready? Then send your request, and you will hear from us within a week.",
    ],
    "join": [
        "Join the circle of readers",
        "You read us every week, and your support keeps the lights on in our office.",
        "Members get the paper on Friday evening. Choose what you can give each month.",
    ],
}
FRAME = ["Share", "Tweet", "Print"]
FOOT = ["Privacy Policy", "Terms of Use", "Contact Us", "© 2031 Harbour Post"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", INVITATIONS)
def test_an_invitation_below_the_article_goes(convert: Convert, name: str, gap: str) -> None:
    (draft,) = convert(gap.join([*ARTICLE, *FRAME, *INVITATIONS[name], *FOOT]))
    assert draft.matter["title"] == ARTICLE[0]
    assert draft.receipt.kept == ARTICLE[1:]


def test_an_article_that_speaks_to_its_reader_stays_whole(convert: Convert) -> None:
    steps = (
        "You need a jar, two nails and a wire as long as your arm, all of which you find at home.",
        "Fill the jar to the neck and put your nails into it so that they do not touch the glass.",
        "Now you can read the pressure from the height of the water, which you mark on the jar.",
    )
    lines = [
        "How to Build a Weather Glass of Your Own",
        *steps,
        *FRAME,
        steps[0].replace("two", "3"),
    ]
    (draft,) = convert("\n\n".join([*lines, "Hang it where you pass it and read it each day."]))
    assert "Hang it where you pass it and read it each day." in draft.receipt.kept


def test_a_list_of_teasers_below_an_article_is_no_second_one(convert: Convert) -> None:
    teasers = [
        line
        for name in ("Bakery", "Library", "Cinema", "Swimming Pool", "Tram Depot", "Market Hall")
        for line in (
            f"{name} Opens Again on the Quay",
            f"The {name.lower()} was closed for a year after the flood, and its owners say that "
            "all is new but for the door and the clock above it.",
        )
    ]
    drafts = convert("\n\n".join([*ARTICLE, *FRAME, "\n\n", *teasers, *FOOT]))
    assert len(drafts) == 1
