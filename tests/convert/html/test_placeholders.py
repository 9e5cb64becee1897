"""Pictures that stand where one is yet to be loaded are not an article's picture."""

from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.html import convert_html
from site_gen.convert.html.placeholders import RULE, is_placeholder
from site_gen.settings import Settings

Page = Callable[..., str]
URL = "https://post.example/news/lamp"
REAL = "https://post.example/i/lighthouse.jpg"
BLUR = "https://cdn.example/i/lighthouse.jpg?w=800&dpr=0.05"

FAKE = [
    BLUR,
    "https://cdn.example/i/a.jpg?DPR=.1",
    "https://cdn.example/i/a.jpg?width=1",
    "https://post.example/img/placeholder-16x9.png",
    "https://post.example/img/image_placeholder.svg",
    "/img/spacer.gif",
    "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
]
TRUE = [
    REAL,
    "https://cdn.example/i/a.jpg?dpr=2&w=1200",
    "https://cdn.example/i/a.jpg?dpr=0.5",
    "https://cdn.example/i/a.jpg?width=1000",
    "https://post.example/i/aerospacer-first-flight.jpg",
    "https://post.example/placeholder/i/a.jpg",
    "http://[broken/i.jpg",
]


def converted(page: str) -> tuple[dict[str, Any], str, list[str]]:
    (draft,) = convert_html(page, source="a.html", settings=Settings(), url=URL)
    return draft.matter, draft.body, [c.text for c in draft.receipt.cuts if c.rule == RULE]


@pytest.mark.parametrize("url", FAKE)
def test_placeholders(url: str) -> None:
    assert is_placeholder(url)


@pytest.mark.parametrize("url", TRUE)
def test_pictures(url: str) -> None:
    assert not is_placeholder(url)
    assert is_placeholder(url, 1)


@pytest.mark.parametrize("url", FAKE)
def test_a_page_shared_with_one_has_no_picture_and_a_line_in_the_receipt(
    news_page: Page, url: str
) -> None:
    matter, _, refused = converted(news_page(head=f"<meta property='og:image' content='{url}'>"))
    assert "images" not in matter
    assert refused == [url]


def test_the_picture_of_the_data_stands_in(news_page: Page) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "Lighthouse to be rebuilt", "image": "{REAL}"}}'
    head = f'<meta property="og:image" content="{BLUR}">'
    head += f'<script type="application/ld+json">{data}</script>'
    matter, _, refused = converted(news_page(head=head))
    assert [image["url"] for image in matter["images"]] == [REAL]
    assert refused == [BLUR]


def test_in_the_text_the_address_that_is_loaded_later_counts(news_page: Page) -> None:
    lazy = f'<figure><img src="/img/placeholder.png" data-src="{REAL}" alt="Tower"></figure>'
    bare = f'<figure><img src="{BLUR}" alt="Blur"></figure>'
    after = "<p>The film was shown in the town hall before the council met for its vote.</p>"
    _, body, refused = converted(news_page(extra=lazy + bare + after))
    assert REAL in body
    assert "placeholder" not in body
    assert BLUR not in body
    assert refused == [BLUR]
