"""Whole pages: body, Markdown, metadata, receipt, judgement."""

from collections.abc import Callable

import pytest

from site_gen.convert.html import convert_html, fragment
from site_gen.model import Draft
from site_gen.problems import SiteError
from site_gen.settings import ProviderSettings, Settings

Page = Callable[..., str]


def converted(text: str, url: str = "", settings: Settings | None = None) -> Draft:
    (draft,) = convert_html(text, source="a.html", settings=settings or Settings(), url=url)
    return draft


def test_body_without_frame(news_page: Page) -> None:
    draft = converted(news_page())
    assert draft.body.count("\n\n") == 3
    assert draft.body.startswith("The council of the harbour town")
    assert "Sport" not in draft.body
    assert "Copyright" not in draft.body
    assert draft.quarantine == ()
    assert draft.receipt.confidence > 0.9
    assert any(c.rule == "outside_the_body" and "Sport" in c.text for c in draft.receipt.cuts)


def test_blocks_keep_their_shape(news_page: Page) -> None:
    extra = (
        "<h2>What it <b>costs</b></h2><ul><li>two <a href='/m'>million</a> for the stone</li>"
        "<li>one million for the lamp and the glass around it</li></ul>"
        "<blockquote><p>It is the last tower of its kind on this coast, and we owe it that.</p>"
        "</blockquote><pre><code class='language-sh'>light --on</code></pre>"
        "<table><tr><th>Year</th><th>Cost of the work</th></tr>"
        "<tr><td>2024</td><td>two million</td></tr></table>"
    )
    body = converted(news_page(extra=extra), "https://post.example/a").body
    assert "## What it costs" in body
    assert "- two [million](https://post.example/m) for the stone" in body
    assert "> It is the last tower" in body
    assert "| Year | Cost of the work |" in body
    assert "| 2024 | two million |" in body


def test_picture_with_caption_and_embedded_video(news_page: Page) -> None:
    extra = (
        "<figure><img src='/i/tower night.jpg' alt='A tower' width='600'>"
        "<figcaption>The tower at night. Photo: B. Lens</figcaption></figure>"
        "<iframe src='https://www.youtube.com/embed/abc'></iframe>"
        "<p>The film was shown in the town hall before the council met for its vote.</p>"
    )
    body = converted(news_page(extra=extra), "https://post.example/a").body
    place = "https://post.example/i/tower%20night.jpg"
    assert f'![A tower]({place} "The tower at night.. B. Lens")' not in body
    assert f'![A tower]({place} "The tower at night. B. Lens")' in body
    assert "[YouTube](https://www.youtube.com/watch?v=abc)" in body


def test_lead_picture_moves_to_front_matter(news_page: Page) -> None:
    head = "<meta property='og:image' content='https://post.example/i/lighthouse-1200x630.jpg'>"
    extra = (
        "<figure><img src='/i/lighthouse-600x400.jpg'><figcaption>The tower (AP)</figcaption>"
        "</figure><p>The film was shown in the town hall before the council met for its vote.</p>"
    )
    draft = converted(news_page(head=head, extra=extra), "https://post.example/a")
    (image,) = draft.matter["images"]
    assert image["url"].endswith("lighthouse-1200x630.jpg")
    assert image["caption"] == "The tower"
    assert image["credit"] == "AP"
    assert "lighthouse" not in draft.body.replace("old lighthouse", "")


def test_metadata_by_order_of_trust(news_page: Page) -> None:
    head = """
    <script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle"],
      "headline":"Tower vote","datePublished":"2024-02-17T09:00:00+01:00",
      "dateModified":"2024-02-18T09:00:00Z","author":[{"name":"Ann Example"}],
      "keywords":["harbour","vote"],"inLanguage":"en_gb"}]}</script>
    <meta property="og:title" content="Another title"><meta property="og:site_name"
      content="Harbour Post"><meta name="description" content="The short of it.">
    <meta property="article:published_time" content="2023-01-01T00:00:00Z">
    <link rel="canonical" href="https://www.post.example/news/tower">
    <link rel="amphtml" href="/amp/tower">"""
    matter = converted(news_page(head=head)).matter
    assert matter["title"] == "Tower vote"
    assert matter["publishedDateTime"] == "2024-02-17T08:00:00Z"
    assert matter["modifiedDateTime"] == "2024-02-18T09:00:00Z"
    assert matter["excerpt"] == "The short of it."
    assert matter["webUrl"] == "https://www.post.example/news/tower"
    assert matter["ampWebUrl"] == "https://www.post.example/amp/tower"
    assert matter["provider"] == {"name": "Harbour Post", "domain": "post.example"}
    assert matter["authors"] == [{"name": "Ann Example"}]
    assert matter["tags"] == ["harbour", "vote"]
    assert matter["language"] == "en"


def test_canonical_home_page_is_not_believed(news_page: Page) -> None:
    head = "<link rel='canonical' href='https://post.example/'>"
    matter = converted(news_page(head=head), "https://post.example/news/a").matter
    assert matter["webUrl"] == "https://post.example/news/a"


def test_canonical_of_another_domain_is_not_believed(news_page: Page) -> None:
    head = "<link rel='canonical' href='https://elsewhere.example/x'>"
    matter = converted(news_page(head=head), "https://post.example/news/a").matter
    assert matter["webUrl"] == "https://post.example/news/a"


def test_sentinel_date_is_no_date(news_page: Page) -> None:
    head = (
        '<script type="application/ld+json">{"@type":"Article",'
        '"datePublished":"0001-01-01T00:00:00Z"}</script>'
    )
    assert "publishedDateTime" not in converted(news_page(head=head)).matter


def test_settings_drop_lines_and_selectors(news_page: Page) -> None:
    provider = ProviderSettings(
        domain="post.example", drop_lines=("Residents who *",), selectors=("p.promo",)
    )
    extra = "<p class='promo'>Members of the Post get the lamp in a jar for half of its price.</p>"
    draft = converted(
        news_page(extra=extra), "https://post.example/a", Settings(providers=(provider,))
    )
    assert "Residents who" not in draft.body
    assert "lamp in a jar" not in draft.body
    assert any(c.rule == "provider_line" for c in draft.receipt.cuts)


def test_bad_selector_is_the_settings_problem(news_page: Page) -> None:
    settings = Settings(providers=(ProviderSettings(domain="post.example", selectors=("p[",)),))
    with pytest.raises(SiteError, match="is not a CSS selector"):
        converted(news_page(), "https://post.example/a", settings)


def test_contribution_credit_moves_to_credits(news_page: Page) -> None:
    extra = "<p>Ann Example contributed reporting from Port Elsewhere.</p>"
    draft = converted(news_page(extra=extra))
    assert "contributed" not in draft.body
    assert draft.matter["credits"][0]["role"] == "reporting"


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("404 Not Found", "The page was moved or never was.", "looks like an error page"),
        ("Just a moment...", "Checking your browser before you go on.", "looks like an error page"),
        ("A story", "First lines. Subscribe now to continue reading this.", "looks like a paywall"),
        ("A story", "Ten words are hardly enough for a body of text.", "words"),
        ("A story", "", "no body found"),
    ],
)
def test_what_is_no_article_is_put_aside(title: str, body: str, reason: str) -> None:
    draft = converted(f"<title>{title}</title><article><h1>{title}</h1><p>{body}</p></article>")
    assert any(reason in said for said in draft.quarantine)


@pytest.mark.parametrize(
    ("piece", "markdown"),
    [
        ("<p><b>Price:</b>ten</p>", "**Price**:ten\n"),
        ("<p><b>a</b><b>b</b> c</p>", "**ab** c\n"),
        ("<p>2 * 3 and _x_ [y] <i></i></p>", "2 \\* 3 and \\_x\\_ \\[y\\]\n"),
        ("<p>1. not a list</p><p># not a heading</p>", "1\\. not a list\n\n\\# not a heading\n"),
        ("<p>see <a href='javascript:x()'>this</a></p>", "see this\n"),
        ("<p>see <a href='/a b(c)'>this</a></p>", "see [this](https://h.example/a%20b%28c%29)\n"),
        ("<h1>A</h1><h3>B</h3>", "## A\n\n#### B\n"),
        ("one<br>two<br><br>three", "one\\\ntwo\n\nthree\n"),
        ("<script>x</script><style>y</style><p>z</p>", "z\n"),
        ("<img src='data:image/gif;base64,AA'><img data-src='/l.png' src='data:x'>",
         "![](https://h.example/l.png)\n"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n\n   - c\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_fragment_as_markdown(piece: str, markdown: str) -> None:
    assert fragment(piece, "https://h.example/") == markdown


def test_layout_table_is_unwrapped() -> None:
    prose = "<p>" + "words of a story that goes on and on. " * 20 + "</p>"
    page = f"<table><tr><td>Menu</td><td>{prose}{prose}</td></tr></table>"
    body = converted(page).body
    assert "|" not in body
    assert "words of a story" in body


def test_a_table_in_a_layout_that_has_one_column_or_row_is_layout_too() -> None:
    item = "<table><tr><td><a href='/1'>One</a></td></tr><tr><td>Fog.</td></tr></table>"
    pair = "<table><tr><td>Two</td><td>Ice.</td></tr></table>"
    data = "<table><tr><th>Year</th></tr><tr><td>1990</td></tr></table>"
    made = fragment(f"<table><tr><td>{item}{pair}{data}</td></tr></table>", "https://h.example/")
    assert "[One](https://h.example/1)\n\nFog.\n" in made
    assert "Two" in made
    assert "| Two" not in made
    assert "| Year |" in made


@pytest.mark.parametrize("odd", ["\x08", "\x00", "\ufffe", "&#8;", "&#0;", "&#xFFFE;", "&#xD800;"])
def test_characters_that_no_output_may_hold_do_no_harm(odd: str) -> None:
    made = fragment(f"{odd}<a href='/x'>li{odd}nk</a> <b>a:{odd}</b>b", "https://h.example/")
    assert "\x08" not in made
    assert "nk](https://h.example/x)" in made


@pytest.mark.parametrize("broken", ["a://[", "http://[x]/p", "//]"])
def test_a_broken_address_breaks_no_page(broken: str) -> None:
    prose = "<p>" + "words of a story that goes on and on. " * 20 + "</p>"
    head = f'<link rel="canonical" href="{broken}"><meta property="og:url" content="{broken}">'
    media = f'<iframe src="{broken}"></iframe><img src="{broken}"><video src="{broken}"></video>'
    page = f'<head>{head}</head><h1><a href="{broken}">Fog at sea</a></h1>{prose}{media}{prose}'
    assert converted(page).matter["title"] == "Fog at sea"


HEAD, ROW, SUM = (
    "<tr><th>W</th><th>B</th></tr>",
    "<tr><td>1</td><td>2</td></tr>",
    "<tr><td>3</td><td>4</td></tr>",
)


@pytest.mark.parametrize(
    "inside",
    [
        f"{HEAD}{ROW}{SUM}",
        f"<caption>Beds sold</caption>{HEAD}{ROW}{SUM}",
        f"<colgroup><col><col></colgroup>{HEAD}{ROW}{SUM}",
        f"<caption>Beds sold</caption><colgroup><col></colgroup>{HEAD}{ROW}{SUM}",
        f"<thead>{HEAD}</thead><tbody>{ROW}</tbody><tbody>{SUM}</tbody>",
        f"<tfoot>{SUM}</tfoot><tbody>{HEAD}{ROW}</tbody>",
        f"<thead>{HEAD}</thead><tfoot>{SUM}</tfoot>{ROW}",
    ],
)
def test_whatever_stands_in_a_table_it_is_one(inside: str) -> None:
    made = fragment(f"<table>{inside}</table>", "")
    caption = "Beds sold\n\n" if "caption" in inside else ""
    assert made == f"{caption}| W | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n"


FIGURE = (
    "<figure><img src='https://post.example/i/tower.jpg' alt='A tower'>"
    "<figcaption>The tower was lit on Monday. (Photo: B. Lens)</figcaption></figure>"
)


def with_figure(news_page: Page, *, figure: str = FIGURE, below: str = "") -> Draft:
    page = news_page()
    title = page.index("</h1>") + len("</h1>")
    return converted(f"{page[:title]}{figure}{below}{page[title:]}")


def test_the_figure_above_the_text_is_the_lead_picture(news_page: Page) -> None:
    assert "og:image" not in news_page()
    copy = "<p>The tower was lit on Monday. (Photo: B. Lens)</p>"
    for below in ("", copy):
        draft = with_figure(news_page, below=below)
        assert draft.matter["images"] == [
            {
                "url": "https://post.example/i/tower.jpg",
                "caption": "The tower was lit on Monday.",
                "credit": "B. Lens",
                "alt": "A tower",
            }
        ]
        assert draft.body == converted(news_page()).body
        moved = {cut.rule for cut in draft.receipt.cuts if cut.to == "images"}
        assert moved == {"lead_picture", *(["caption_copy"] if below else [])}


@pytest.mark.parametrize(
    "figure",
    [
        f"<aside>{FIGURE}</aside>",
        f"<a href='/another-story'>{FIGURE}</a>",
        FIGURE.replace("alt=", "width='16' alt="),
        FIGURE.replace("<figure>", "<div>").replace("</figure>", "</div>"),
        FIGURE.replace("https://post.example/i/tower.jpg", "tower.jpg"),
    ],
)
def test_a_teaser_or_an_icon_above_the_text_is_none(news_page: Page, figure: str) -> None:
    assert "images" not in with_figure(news_page, figure=figure).matter
