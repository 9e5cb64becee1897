"""Which pages have a card, what stands on it, and when it is drawn anew."""

import re
from typing import Any

import pytest

from site_gen.formats.images import share_cards
from site_gen.model import Picture
from site_gen.settings.tables import ImageSettings

IMAGE = re.compile(r'og:image" content="https://t\.example/(assets/card[-.][^"]+)"')
SITE = """
-- content/a.md --
---
title: Alpha
publishedDateTime: 2024-02-13T09:00:00Z
---
One.
-- content/b.md --
---
title: Beta
publishedDateTime: 2024-02-20T09:00:00Z
---
Two.
"""
ALL = 'base_url = "https://t.example"\n[images]\ncards = "all"\n[feeds]\ntag = "t.example,2024"\n'


def drawn(desk: Any, theme: Any, **changes: Any) -> dict[str, bytes]:
    """Files of the cards, but for the one of the site as a whole."""
    desk.set(**changes)
    files = desk.files(share_cards, theme=theme)
    return {path: data for path, data in files.items() if not path.startswith("assets/card.")}


def only(files: dict[str, bytes]) -> bytes:
    (data,) = files.values()
    return data


def names(files: dict[str, bytes]) -> list[str]:
    return [re.sub(r"\.[0-9a-f]{10}\.", ".", path) for path in files]


def test_editions_have_a_card(week_desk: Any, theme: Any) -> None:
    assert names(drawn(week_desk, theme)) == [
        "assets/card-2024-W08.png",
        "assets/card-2024-W07.png",
    ]


def test_articles_without_a_picture_have_one_where_asked(week_desk: Any, theme: Any) -> None:
    week_desk.add("local", image=Picture(url="/assets/a.jpg", local=True))
    found = names(drawn(week_desk, theme, images=ImageSettings(cards="all")))
    assert found[2:] == ["assets/card-one-more-model.png"]


@pytest.mark.parametrize("formats", [("html",), ("cards",), ("rss", "cards")])
def test_no_card_is_drawn_that_no_page_names(
    week_desk: Any, theme: Any, formats: tuple[str, ...]
) -> None:
    assert drawn(week_desk, theme, formats=formats) == {}


def test_the_same_site_gives_the_same_bytes(week_desk: Any, theme: Any) -> None:
    assert drawn(week_desk, theme) == drawn(week_desk, theme)


LACKING = ["Ship \N{ROCKET} it", "東京の夜", "عنوان", "שלום עולם", "q\u0301 alone", "\U0001d400"]


@pytest.mark.parametrize("title", LACKING)
def test_a_title_that_the_font_lacks_is_left_out(desk: Any, theme: Any, title: str) -> None:
    desk.add("a", title=title)
    bare = only(drawn(desk, theme))
    desk.refs.clear()
    desk.add("a", title="")
    assert only(drawn(desk, theme)) == bare
    desk.refs.clear()
    desk.add("a", title="Said in letters")
    assert only(drawn(desk, theme)) != bare


def test_marks_are_put_on_their_letters(desk: Any, theme: Any) -> None:
    desk.add("a", title="Lo\u0301dz\u0301 and cafe\u0301")
    apart = only(drawn(desk, theme))
    desk.refs.clear()
    desk.add("a", title="Lódź and café")
    assert only(drawn(desk, theme)) == apart


def test_a_name_that_the_font_lacks_gives_way_to_the_host(desk: Any, theme: Any) -> None:
    desk.add("a", title="Said in letters")
    host = only(drawn(desk, theme, title="digest.example"))
    assert only(drawn(desk, theme, title="週刊")) == host


def test_an_edition_has_its_own_title_else_that_of_its_lead(desk: Any, theme: Any) -> None:
    desk.add("a", title="The lead")
    sketch = share_cards.ShareCards(desk.catalog(), theme, desk.settings)
    (plain,) = desk.catalog().editions
    (titled,) = desk.catalog(titles={"2024-W07": "A week of rain"}).editions
    assert sketch.edition(plain)[1].title == "The lead"
    assert sketch.edition(titled)[1].title == "A week of rain"


def test_number_and_dates_are_in_the_language_of_the_site(desk: Any, theme: Any) -> None:
    desk.add("a")
    (edition,) = desk.catalog().editions
    _, sketch = share_cards.ShareCards(desk.catalog(), theme, desk.settings).edition(edition)
    assert sketch.foot == "No. 1 · 12–18 February 2024"
    assert sketch.plain == "1 · 2024-W07"


def test_pages_name_the_cards_that_are_there(site: Any) -> None:
    site.write(SITE)
    site.put("site.toml", ALL.encode())
    site.good()
    for page in ("index", "editions/2024-W07/index", "articles/a/index", "articles/b/index"):
        text = site.page(f"{page}.html")
        (path,) = IMAGE.findall(text)
        assert site.has(path), page
        assert 'og:image:width" content="1200"' in text
        assert 'og:image:height" content="630"' in text


def test_by_default_pages_without_a_picture_name_the_card_of_the_site(site: Any) -> None:
    site.write(SITE)
    site.put("site.toml", ALL.replace("all", "editions").encode())
    site.good()
    (own,) = [path for path in site.tree() if path.startswith("assets/card.")]
    for page in ("articles/a/index", "articles/b/index", "editions/index", "404"):
        assert IMAGE.findall(site.page(f"{page}.html")) == [own], page
    assert '"image"' not in site.page("articles/a/index.html"), "it shows nothing of the article"
    assert IMAGE.findall(site.page("editions/2024-W07/index.html")) != [own]


def test_without_the_format_an_edition_has_the_picture_of_its_lead(site: Any) -> None:
    site.write(
        SITE.replace("title: Alpha", "title: Alpha\nimages: [{url: 'https://x.example/a.jpg'}]")
    )
    site.put("site.toml", b'base_url = "https://t.example"\nformats = ["html"]\n'
             b'[feeds]\ntag = "t.example,2024"\n')  # fmt: skip
    site.good()
    text = site.page("editions/2024-W07/index.html")
    assert 'og:image" content="https://x.example/a.jpg"' in text
    assert not [path for path in site.tree() if "/card" in path]
    assert "og:image" not in site.page("articles/b/index.html")


def test_only_what_stands_on_a_card_draws_it_anew(site: Any) -> None:
    site.write(SITE)
    site.put("site.toml", ALL.encode())
    site.good()
    site.edit("content/a.md", "One.", "Another text.")
    assert not [each for each in site.good().rendered if "card-" in each.path]
    site.edit("content/a.md", "title: Alpha", "title: Omega")
    report = site.good()
    made = [path for path in report.written if "card-" in path]
    gone = [path for path in report.removed if "card-" in path]
    assert names(dict.fromkeys(made, b"")) == names(dict.fromkeys(gone, b""))
    assert sorted(names(dict.fromkeys(made, b""))) == [
        "assets/card-2024-W07.png",
        "assets/card-a.png",
    ]
