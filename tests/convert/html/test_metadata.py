"""Title, provider, date and data of a page where its sources disagree."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.html import convert_html
from site_gen.settings import Settings

Page = Callable[..., str]
URL = "https://www.harbourpost.example/news/lamp"


def matter(page: str, url: str = URL) -> dict[str, Any]:
    (draft,) = convert_html(page, source="a.html", settings=Settings(), url=url)
    return draft.matter


def data(*things: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(things))}</script>'


def meta(**values: str) -> str:
    named = ((key.replace("_", ":", 1), value) for key, value in values.items())
    return "".join(f'<meta property="{key}" content="{value}">' for key, value in named)


def published_by(name: str) -> str:
    return data({"@type": "Article", "publisher": {"name": name}})


def test_references_in_data_are_followed(news_page: Page) -> None:
    head = data(
        {"@type": "Person", "@id": "#ann", "name": "Ann Example"},
        {"@type": "Organization", "@id": "#post", "name": "Harbour Post"},
        {"@type": "Article", "headline": "Lighthouse to be rebuilt", "author": {"@id": "#ann"},
         "publisher": {"@id": "#post"}},
    )  # fmt: skip
    found = matter(news_page(head=head))
    assert found["authors"] == [{"name": "Ann Example"}]
    assert found["provider"] == {"name": "Harbour Post", "domain": "harbourpost.example"}


@pytest.mark.parametrize(
    "own", [{"headline": "Lighthouse to be rebuilt"}, {"mainEntityOfPage": {"@id": URL}}]
)
def test_of_several_articles_the_page_s_own_counts(news_page: Page, own: dict[str, Any]) -> None:
    other = {
        "@type": "NewsArticle",
        "headline": "Ferry late",
        "datePublished": "2020-01-01",
    }
    mine = {"@type": "NewsArticle", "datePublished": "2031-02-17T09:00:00Z", **own}
    head = data(other, mine) + f'<link rel="canonical" href="{URL}">'
    assert matter(news_page(head=head))["publishedDateTime"] == "2031-02-17T09:00:00Z"


def test_heading_wins_over_a_title_for_search_engines(news_page: Page) -> None:
    head = data({"@type": "Article", "headline": "Lighthouse cost 2031: what to know"})
    head += meta(og_title="Lighthouse to be rebuilt - Harbour Post", og_site_name="Harbour Post")
    assert matter(news_page(head=head))["title"] == "Lighthouse to be rebuilt"


@pytest.mark.parametrize(
    "given",
    [
        "{} | Harbour Post",
        "{} - harbourpost.example",
        "{} – News – Harbour Post",
        "Harbour Post: {}",
    ],
)
def test_name_of_the_site_is_cut(given: str) -> None:
    title = "Lamp – lit again"
    page = f"<title>{given.format(title)}</title>{meta(og_site_name='Harbour Post')}<p>Text.</p>"
    assert matter(page)["title"].removesuffix(" – News") == title


def test_heading_with_the_site_s_name_is_no_title() -> None:
    page = "<title>A lamp is lit · Harbour</title><h1>Harbour</h1><h2>A lamp is lit</h2>"
    assert matter(page)["title"] == "A lamp is lit"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (meta(og_site_name="@harbourpost") + published_by("Harbour Post"),
         "Harbour Post"),
        (meta(og_site_name="Sport", article_section="Sport"), None),
        (meta(og_site_name="Lamps & Light") + published_by("The Harbour Post"),
         "The Harbour Post"),
        (meta(og_site_name="Harbour Post - News from the mole"), "Harbour Post"),
    ],
)  # fmt: skip
def test_provider_is_no_section_and_no_handle(head: str, name: str | None) -> None:
    assert matter(f"{head}<p>Text.</p>")["provider"].get("name") == name


def test_time_of_a_comment_dates_nothing(news_page: Page) -> None:
    comment = "<div class='comment'><time datetime='2031-02-18T09:00:00Z'>yesterday</time></div>"
    own = "<time>17 February 2031, 21:15 GMT</time>"
    page = news_page().replace("<h1>", f"{comment}{own}<h1>")
    assert matter(page)["publishedDateTime"] == "2031-02-17T21:15:00Z"


@pytest.mark.parametrize(
    ("byline", "when"),
    [
        (
            "<div class='FByline'>By <b>Ann Example</b><br>17 February 2031</div>",
            "2031-02-17",
        ),
        ("<p class='byline'>Ann Example | 17 February 2031, 21:15 GMT</p>", "2031-02-17T21:15"),
        ("<p>By Ann Example, February 17, 2031</p>", "2031-02-17"),
    ],
)
def test_date_in_the_byline_counts(news_page: Page, byline: str, when: str) -> None:
    page = news_page().replace("</h1>", f"</h1>{byline}")
    other = "<aside><p class='byline'>By Bo Example, 3 March 2029</p></aside>"
    assert matter(page.replace("<h1>", f"{other}<h1>"))["publishedDateTime"].startswith(when)


def test_date_that_cannot_be_read_is_named(news_page: Page) -> None:
    found = matter(news_page(head=meta(article_published_time="3/4/2031")))
    assert found["warnings"] == ['publishedDateTime: "3/4/2031" cannot be read as a date']


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<![CDATA[", "]]>"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("<!--", "-->"),
    ],
)
def test_data_in_a_wrapping_is_read(news_page: Page, before: str, after: str) -> None:
    inner = json.dumps({"@type": "Article", "datePublished": "2031-02-17T09:00:00Z"})
    head = meta(article_published__time="2033-01-01T00:00:00Z").replace("__", "_")
    head += f'<script type="application/ld+json">{before}{inner}{after}</script>'
    assert matter(news_page(head=head))["publishedDateTime"] == "2031-02-17T09:00:00Z"


@pytest.mark.parametrize(
    "path", ["/story/2031/02/17/lamp/123/", "/2031-02-17-lamp.html", "/lamp/2031/02/17"]
)
def test_a_day_in_the_address_wins_over_any_in_the_text(news_page: Page, path: str) -> None:
    page = news_page(extra="<p>Published on May 4, 2029, the first plan was another one.</p>")
    found = matter(page, f"https://www.harbourpost.example{path}")
    assert found["publishedDateTime"].startswith("2031-02-17")
    assert "read off the page's address" in found["warnings"][0]


@pytest.mark.parametrize("path", ["/2031/13/17/lamp", "/v/2031021799/", "/12031-02-17/"])
def test_numbers_in_the_address_are_no_day(news_page: Page, path: str) -> None:
    found = matter(news_page(), f"https://www.harbourpost.example{path}")
    assert "address" not in str(found.get("warnings"))


def test_the_site_s_name_above_each_page_is_no_title(news_page: Page) -> None:
    page = news_page().replace("<h1>Lighthouse to be rebuilt</h1>", "<h2>Lighthouse</h2>")
    page = page.replace("<nav>", '<a href="/"><h1>The Harbour Voice</h1></a><nav>')
    assert matter(page)["title"].startswith("Lighthouse to be rebuilt")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("All the news of boats and lamps", ""),
        ("News of the Harbour Coast Post", "News of the Harbour Coast Post"),
    ],
)
def test_a_motto_is_no_publisher(news_page: Page, name: str, kept: str) -> None:
    found = matter(news_page(head=meta(og_site__name=name).replace("__", "_")))
    assert found["provider"].get("name", "") == kept
