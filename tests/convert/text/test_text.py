"""A dump becomes a draft: body, front matter, receipt, and reasons to put it aside."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from site_gen.convert.text import convert_text
from site_gen.model import Draft
from site_gen.problems import SiteError
from site_gen.settings import ProviderSettings, Settings

Convert = Callable[..., list[Draft]]


def test_body_is_the_article(convert: Convert, harbour: str) -> None:
    (draft,) = convert(harbour)
    blocks = draft.body.rstrip("\n").split("\n\n")
    assert [block.split(" ")[0] for block in blocks] == [
        "The",
        "Ships",
        "##",
        "Wages",
        '"We',
        "The",
    ]
    assert blocks[2] == "## Why the Crane Matters"


def test_front_matter_is_what_the_text_says(convert: Convert, harbour: str) -> None:
    (draft,) = convert(harbour)
    matter = draft.matter
    assert list(matter)[:3] == ["category", "title", "excerpt"]
    assert matter["title"] == "Harbour Opens Its Tallest Crane"
    assert matter["publishedDateTime"] == datetime(2031, 3, 3, tzinfo=UTC)
    assert matter["authors"] == [{"name": "Ada Quill"}]
    assert matter["language"] == "en"
    assert [(c["role"], c["name"]) for c in matter["credits"]] == [
        ("reporting", "Ada Quill"),
        ("location", "Lisbon"),
        ("editing", "Bo Reed"),
        ("editing", "Cy Marsh"),
    ]
    assert matter["images"] == [
        {
            "caption": "The crane stands beside the old customs house.",
            "credit": "Bo Reed / Getty Images",
        }
    ]


def test_receipt_names_the_rule_of_every_line(convert: Convert, harbour: str) -> None:
    (draft,) = convert(harbour)
    rules = {cut.text: cut.rule for cut in draft.receipt.cuts}
    assert rules["TT"] == "text_size"
    assert rules["- Blue buoy"] == "after_related"
    assert rules["71738154825540"] == "bare_id"
    lines = [line for line in harbour.split("\n") if line.strip()]
    assert len(draft.receipt.cuts) + len(draft.receipt.kept) == len(lines)
    assert draft.quarantine == ()
    assert draft.receipt.confidence > 0.7


def test_no_date_is_invented(convert: Convert, orchard: str) -> None:
    (draft,) = convert(orchard)
    assert "publishedDateTime" not in draft.matter
    assert "authors" not in draft.matter


def test_date_of_a_caption_is_not_the_articles(convert: Convert, orchard: str) -> None:
    title, rest = orchard.split("\n", 1)
    caption = "An orchard below the pass, seen on March 3, 2031. (Reuters)"
    (draft,) = convert(f"{title}\n{caption}\n{rest}")
    assert "publishedDateTime" not in draft.matter
    assert draft.matter["images"][0]["credit"] == "Reuters"


def test_date_of_the_edition_counts(convert: Convert, orchard: str) -> None:
    (draft,) = convert(orchard + "\nMore from the valley →This Week's Edition\n3 March 2031\n")
    assert draft.matter["publishedDateTime"] == datetime(2031, 3, 3, tzinfo=UTC)


def test_title_is_derived_and_marked(convert: Convert, orchard: str) -> None:
    (draft,) = convert(orchard.split("\n", 1)[1])
    assert draft.matter["titleDerived"] is True
    assert draft.matter["title"].startswith("Growers in the valley expect fewer apples")
    assert "title-derived" in draft.receipt.reasons


def test_given_title_wins(convert: Convert, orchard: str) -> None:
    (draft,) = convert(orchard, title="A Poor Autumn")
    assert draft.matter["title"] == "A Poor Autumn"


def test_passage_in_another_script_stays(convert: Convert, orchard: str) -> None:
    title, rest = orchard.split("\n", 1)
    passage = "The valley 今年秋天的苹果比往年少很多,农民说霜冻很严重。"
    (draft,) = convert(f"{title}\n{passage}\n{rest}")
    assert passage in draft.body
    assert draft.matter["languages"] == ["en", "zh-Hans"]


def test_biography_goes_to_the_author(convert: Convert, orchard: str) -> None:
    bio = "Ada's way into farming was a small orchard that she kept for years with her sister."
    (draft,) = convert(orchard + "\nAbout the author\n" + bio + "\n")
    assert draft.matter["authors"] == [{"name": "Ada", "bio": bio}]
    assert bio not in draft.body


def test_tags_that_the_text_lists(convert: Convert, orchard: str) -> None:
    (draft,) = convert(orchard + "\nTags: apples, frost\n")
    assert draft.matter["tags"] == ["apples", "frost"]


def test_lines_of_a_provider_go(convert: Convert, orchard: str) -> None:
    settings = Settings(providers=(ProviderSettings(name="V", drop_lines=("cider makers *",)),))
    (draft,) = convert(orchard, settings=settings)
    assert "Cider makers" not in draft.body
    assert "provider_line" in {cut.rule for cut in draft.receipt.cuts}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("404 Not Found\nThe page you were looking for does not exist.\n", "error page"),
        ("A Title of Sorts\nOne short sentence is all that there is here.\n", "too short"),
        (
            "Harbour News\nThe harbour will open late on Friday, the mayor said in a letter to "
            "all of the people of the town.\nSubscribe to continue reading\n",
            "paywall",
        ),
    ],
)
def test_reasons_to_put_aside(convert: Convert, text: str, reason: str) -> None:
    (draft,) = convert(text)
    assert any(reason in found for found in draft.quarantine)


@pytest.mark.parametrize("text", ["", " \n\n", "\x00\n"])
def test_no_text_is_a_problem(text: str) -> None:
    with pytest.raises(SiteError) as caught:
        convert_text(text, source="a.txt", settings=Settings())
    assert [p.code for p in caught.value.problems] == ["convert/empty"]
