"""Newsletters are laid out in tables: every item is kept, in order, and split when asked."""

import pytest

from site_gen.convert.html import convert_html
from site_gen.model import Draft
from site_gen.settings import Settings

STORIES = {
    "Lamp is lit": "The keeper lit the lamp on Monday, for the first time since 1999.",
    "Stair is closed": "The stair stays closed until engineers have looked at every step.",
    "Cat is back": "The cat of the harbour office came back after three weeks on a trawler.",
}


def letter(link: str = "") -> str:
    rows = "".join(
        f"<tr><td><h2>{link and f'<a href={link}>'}{title}{link and '</a>'}</h2>"
        f"<p>{text}</p></td></tr>"
        for title, text in STORIES.items()
    )
    return (
        "<html><head><title>Harbour Letter 7</title></head><body>"
        "<div style='display: none'>What an inbox shows</div>"
        "<table><tr><td><a href='https://l.example/7'>View this email in your browser</a></td></tr>"
        f"<tr><td><table><tr><td><h1>Harbour Letter 7</h1></td></tr>{rows}</table></td></tr>"
        "<tr><td><p>You are receiving this email because you asked. Unsubscribe</p></td></tr>"
        "</table></body></html>"
    )


def converted(text: str, *, split: bool | None = None) -> list[Draft]:
    return convert_html(text, source="l.html", settings=Settings(), split=split)


def test_every_item_is_kept_in_order_without_tables() -> None:
    (draft,) = converted(letter())
    wanted = "\n\n".join(f"## {title}\n\n{text}" for title, text in STORIES.items())
    assert draft.body == f"{wanted}\n"
    assert draft.receipt.kind == "newsletter"
    assert {cut.rule for cut in draft.receipt.cuts} >= {"boilerplate_line", "title_copy"}


def test_stories_become_drafts_when_asked() -> None:
    drafts = converted(letter("https://l.example/s"), split=True)
    assert [draft.matter["title"] for draft in drafts] == list(STORIES)
    assert [draft.body.strip() for draft in drafts] == list(STORIES.values())
    assert {draft.matter["webUrl"] for draft in drafts} == {"https://l.example/s"}


def test_old_page_with_its_menu_beside_the_text_is_none() -> None:
    text = "".join(f"<p>{text}</p>" for text in STORIES.values())
    menu = "Home, harbour, lamps, boats, weather, tides and everything else that we have"
    (draft,) = converted(f"<table><tr><td>{menu}</td><td><h1>Old page</h1>{text}</td></tr></table>")
    assert draft.receipt.kind == "html"


@pytest.mark.parametrize(
    "line", ["View in browser", "Read online in your browser", "Open this email in a web browser"]
)
def test_the_line_that_leads_to_the_web_goes_and_the_day_below_the_title_is_the_date(
    line: str,
) -> None:
    page = letter().replace("View this email in your browser", line)
    heading = "<h1>Harbour Letter 7</h1>"
    (draft,) = converted(page.replace(heading, f"{heading}<p>Friday, 7 March 2031</p>"))
    assert draft.body.startswith("## Lamp is lit\n")
    assert draft.matter["publishedDateTime"] == "2031-03-07T00:00:00Z"
