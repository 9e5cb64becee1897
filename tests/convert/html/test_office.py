"""Documents of word processors have no frame: their headings, lists and short lines are text."""

import pytest

from site_gen.convert.html import convert_html
from site_gen.model import Draft
from site_gen.settings import Settings

TITLE = "The tower gets its stair back"
PROSE = (
    "The harbour office opened the stair of the old tower on Monday, after nine years in planks.",
    "Masons had carried four tons of stone up by hand, as no crane fits into the yard behind it.",
)
SHORT = ("How to climb it", "Bring a lamp", "Count the steps", "Rest at the third window")


def google(first: str) -> str:
    """As Google Docs exports it: the style of a paragraph is the class of its `p`."""
    steps = "".join(f"<li class='c2'><span>{text}</span></li>" for text in SHORT[1:3])
    return (
        "<html><head><style>.c2{color:#000}</style></head><body class='c9 doc-content'>"
        f"{first}<p class='c1'><span>By Ann Example, March 4, 2031</span></p>"
        f"<p class='c1'><span>{PROSE[0]}</span></p><h2><span>{SHORT[0]}</span></h2>"
        f"<ol class='lst-kix_a-0 start'>{steps}</ol><ul><li><span>{SHORT[3]}</span></li></ul>"
        f"<p class='c1'><span>{PROSE[1]}</span></p></body></html>"
    )


def processor(generator: str) -> str:
    lines = "".join(
        f"<p>{text}</p>" for text in (TITLE, "4 March 2031", PROSE[0], *SHORT, PROSE[1])
    )
    return (
        f"<html><head><meta name='Generator' content='{generator}'><title>Draft 3</title></head>"
        f"<body>{lines}</body></html>"
    )


def converted(page: str) -> Draft:
    (draft,) = convert_html(page, source="a.html", settings=Settings())
    return draft


@pytest.mark.parametrize("style", ["title", "c5 title", "c1"])
def test_all_of_a_document_of_google_is_kept(style: str) -> None:
    draft = converted(google(f"<p class='{style}'><span>{TITLE}</span></p>"))
    steps = f"1. {SHORT[1]}\n2. {SHORT[2]}\n\n- {SHORT[3]}"
    wanted = f"{PROSE[0]}\n\n## {SHORT[0]}\n\n{steps}\n\n{PROSE[1]}\n"
    assert draft.body == wanted
    assert draft.matter["title"] == TITLE
    assert draft.matter["publishedDateTime"] == "2031-03-04T00:00:00Z"
    assert draft.matter["authors"] == [{"name": "Ann Example"}]
    assert not draft.quarantine


@pytest.mark.parametrize(
    "generator", ["Microsoft Word 15", "Microsoft Word 15 (filtered)", "LibreOffice 7.5 (Linux)"]
)
def test_all_of_a_document_of_a_word_processor_is_kept(generator: str) -> None:
    draft = converted(processor(generator))
    assert draft.body == "\n\n".join((PROSE[0], *SHORT, PROSE[1])) + "\n"
    assert draft.matter["title"] == TITLE
    assert draft.matter["publishedDateTime"] == "2031-03-04T00:00:00Z"


def test_a_sentence_is_no_title_and_stays() -> None:
    draft = converted(processor("LibreOffice 24.2").replace(f"<p>{TITLE}</p>", ""))
    assert PROSE[0] in draft.body
    first = converted(google("")).body
    assert PROSE[0] in first


def test_a_page_with_a_frame_is_a_page_whatever_wrote_its_text() -> None:
    menu = "<nav><ul><li><a href='/a'>Home of the post</a></li></ul></nav>"
    page = processor("Microsoft Word 15").replace("<body>", f"<body>{menu}")
    assert "Home of the post" not in converted(page).body


def test_a_line_with_more_than_a_date_is_text() -> None:
    line = "Concert on the tower 4 March 2031"
    assert line in converted(processor("Microsoft Word 15").replace("4 March 2031", line)).body
