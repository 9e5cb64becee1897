"""Date and author are found in every order of title, deck, name and date."""

from collections.abc import Callable
from datetime import datetime
from itertools import permutations

import pytest

from site_gen.model import Draft

Convert = Callable[..., list[Draft]]

TITLE = "Bridge Over the Gorge to Open Again in Spring"
DECK = "Walkers have waited for two years, and the goats of the valley for longer."
BODY = (
    "The old bridge over the gorge will open again in spring, the council of the town said on "
    "Monday, two years after a flood carried away the middle of its three arches.\n\n"
    "Masons from four villages have worked on the arch since last summer, and the stone for it "
    "came from the quarry from which the bridge was built three hundred years ago.\n\n"
    "Until then walkers must take the long way round by the mill, and the school bus will go on "
    "leaving a quarter of an hour earlier than it did before the flood.\n\n"
    "The council has put the cost at eleven million crowns, of which the province pays a half."
)
DATES = [
    "Published 28 November 2026",
    "November 28, 2026",
    "28 November 2026",
    "28.11.2026",
    "28. November 2026",
    "2026-11-28",
    "2026年11月28日",
    "Published 28 November 2026 at 00:00 GMT",
]
ORDERS = [
    order for order in permutations(["title", "deck", "by", "date"]) if order.index("title") < 2
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_every_order(convert: Convert, order: tuple[str, ...], gap: str) -> None:
    head = {"title": TITLE, "deck": DECK, "by": "By Ada Brandt", "date": DATES[0]}
    (draft,) = convert(gap.join(head[name] for name in order) + "\n\n" + BODY)
    assert str(draft.matter.get("publishedDateTime"))[:10] == "2026-11-28"
    assert draft.matter["authors"][0]["name"] == "Ada Brandt"
    assert draft.matter["title"] == TITLE
    assert "#" not in draft.body
    assert "2026" not in draft.body


@pytest.mark.parametrize("date", DATES)
def test_every_form(convert: Convert, date: str) -> None:
    (draft,) = convert(f"{TITLE}\nBy Ada Brandt\n{date}\n{BODY}")
    found = draft.matter["publishedDateTime"]
    assert isinstance(found, datetime)
    assert found.isoformat()[:10] == "2026-11-28"
    assert date not in draft.body


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Brandt | 28 November 2026",
        "28 November 2026 by Ada Brandt",
        "By Ada Brandt, 28.11.2026",
    ],
)
def test_both_on_one_line(convert: Convert, line: str) -> None:
    (draft,) = convert(f"{TITLE}\n{line}\n{BODY}")
    assert draft.matter["authors"] == [{"name": "Ada Brandt"}]
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-11-28"


@pytest.mark.parametrize("by", ["By", "by:", "Von", "Written by"])
def test_the_name_on_the_next_line(convert: Convert, by: str) -> None:
    (draft,) = convert(f"{TITLE}\n{by}\nAda Brandt\n28 November 2026\n\n{BODY}")
    assert draft.matter["authors"] == [{"name": "Ada Brandt"}]


def test_the_author_at_the_end_is_no_paragraph(convert: Convert) -> None:
    said = "Ada Brandt writes about bridges and what stands under them."
    (draft,) = convert(f"{TITLE}\nBy Ada Brandt\n\n{BODY}\n\n{said}")
    assert draft.matter["authors"] == [{"name": "Ada Brandt", "bio": said}]
    assert said not in draft.body


def test_dates_of_other_issues_above_the_title_do_not_count(convert: Convert) -> None:
    issues = "Bridge Weekly of 19 December 2026\nBridge Weekly of 12 December 2026"
    (draft,) = convert(f"{issues}\n\n{TITLE}\nBy Ada Brandt\n28 November 2026\n\n{BODY}")
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-11-28"


def test_above_the_title_the_nearest_date_counts(convert: Convert) -> None:
    above = "Bridge Weekly\n4 July 2027\nNews of the valley\n28 November 2026"
    (draft,) = convert(f"{above}\n\n{TITLE}\nBy Ada Brandt\n\n{BODY}")
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-11-28"


def test_the_date_and_title_of_another_story_do_not_count(convert: Convert) -> None:
    others = "\n".join(
        f"Bridge Over the Gorge, a History, Part {part}\n{part} May 2021\nBRIDGES"
        for part in range(1, 8)
    )
    head = f"{TITLE}\nAda Brandt 28 November 2026 12:32\nMORE STORIES LIKE THIS ONE\n{others}"
    (draft,) = convert(f"{head}\n\n{BODY}")
    assert draft.matter["title"] == TITLE
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-11-28"


def test_a_date_that_is_none_is_named(convert: Convert) -> None:
    (draft,) = convert(f"{TITLE}\nPublished 31 April 2026\n\n{BODY}")
    assert "publishedDateTime" not in draft.matter
    said = 'publishedDateTime: "Published 31 April 2026" cannot be read as a date'
    assert said in draft.matter["warnings"]


@pytest.mark.parametrize(
    "opening",
    ["GORGE, 28 November 2026 --", "GORGE (28 November 2026) —", "UPPER GORGE, November 28, 2026 –",
     "GORGE, 28 November 2026 (Post) —"],
)  # fmt: skip
def test_the_day_with_which_a_press_release_opens_is_its_date(
    convert: Convert, opening: str
) -> None:
    (draft,) = convert(f"{TITLE}\n\n{opening} {BODY}")
    assert str(draft.matter["publishedDateTime"])[:10] == "2026-11-28"
    assert opening.split()[0] in draft.body


def test_a_day_that_opens_a_sentence_is_no_date_of_the_text(convert: Convert) -> None:
    (draft,) = convert(f"{TITLE}\n\nOn the evening of 3 May 2019 - a Friday - it fell. {BODY}")
    assert "publishedDateTime" not in draft.matter


def test_a_press_release_with_its_agency_between_strokes_has_its_day(
    convert: Callable[..., list[Draft]],
) -> None:
    text = (
        "Gauge works open in the harbour town\n\nKILMORE, Ireland, March 12, 2031 /NewsWire/ -- A "
        "maker of marine instruments opened a plant in the town today that will build thousands of "
        "gauges a year and employ sixty people.\n\nThe plant stands on the site of the old "
        "cannery, which closed long ago, and was paid for by the company itself.\n"
    )
    (draft,) = convert(text)
    assert str(draft.matter["publishedDateTime"]).startswith("2031-03-12")
