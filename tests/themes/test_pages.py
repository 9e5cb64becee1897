"""Pages as the shipped themes render them: what they say, and what they never do."""

import gzip
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from site_gen import model
from site_gen.theme.load import Theme

Render = Callable[..., str]
HOSTILE = "\"><script>alert(1)</script>'&{{ 7*7 }}"


def test_an_article_of_ours_is_linked_below_the_root(render: Render, make: SimpleNamespace) -> None:
    html = render("edition.html", **make.edition((make.card(1),)))
    assert '<a href="/digest/articles/story-1/">Story 1</a>' in html


def test_a_link_that_leaves_says_so_in_words(render: Render, make: SimpleNamespace) -> None:
    away = make.card(2, has_page=False, link="https://www.paper.example/2")
    html = render("edition.html", **make.edition((make.card(1), away)))
    link = re.search(r'<a href="https://www\.paper\.example/2"[^>]*>(.*?)</a>', html)
    assert link
    assert "at paper.example" in link[1]
    assert 'rel="external nofollow noopener"' in link[0]


def test_neighbours_that_leave_say_so(render: Render, make: SimpleNamespace) -> None:
    away = make.card(2, has_page=False, link="https://paper.example/2")
    html = render("article.html", **make.article(make.card(1)), previous=away)
    neighbour = html[html.index('rel="prev"') :]
    assert "at paper.example" in neighbour[: neighbour.index("</a>")]


def test_an_excerpt_leads_to_the_provider(render: Render, make: SimpleNamespace) -> None:
    place = model.ProviderRef(name="The Paper", key="paper.example", permalink="/providers/p/")
    card = make.card(1, rights="excerpt", original="https://paper.example/1", provider=place)
    html = render("article.html", **make.article(card))
    assert "Read the story at The Paper" in html
    assert "Read the story" not in render(
        "article.html", **make.article(card, Markup("<p>All of it.</p>"))
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 300])
def test_any_number_of_stories(render: Render, make: SimpleNamespace, count: int) -> None:
    cards = tuple(make.card(n) for n in range(count))
    html = render("edition.html", **make.edition(cards))
    assert [html.count(f'href="/digest{card.permalink}"') for card in cards] == [1] * count
    assert html.count("<h1") == 1
    assert (f"{count} stor" in html) == (count > 0)


def test_a_title_that_is_the_lead_s_stands_once(render: Render, make: SimpleNamespace) -> None:
    cards = (make.card(1), make.card(2))
    pages = {
        title: render("edition.html", **make.edition(cards, title=title))
        for title in ("Story 1", "Of cranes")
    }
    assert [len(re.findall(r">\s*Story 1\s*<", page)) for page in pages.values()] == [1, 1]
    assert re.search(r"<h1[^>]*>Of cranes</h1>", pages["Of cranes"])
    assert pages["Story 1"].count("<h1") == 1


def test_minimal_numbers_run_through_the_bands(
    make: SimpleNamespace, render: Render, theme: Theme
) -> None:
    html = render("edition.html", **make.edition(tuple(make.card(n) for n in range(9))))
    assert ('start="8"' in html) == (theme.name == "minimal")


def sectioned(make: SimpleNamespace, *counts: int, **fields: Any) -> dict[str, Any]:
    """The views of an edition with sections of so many stories each."""
    numbers = iter(range(7, 7 + sum(counts)))
    top = tuple(make.card(n) for n in range(7))
    bands = tuple(
        model.Section(
            topic=model.TopicRef(name=f"Topic {at}", slug=f"t{at}", permalink=f"/topics/t{at}/"),
            cards=tuple(make.card(next(numbers), minutes=3, **fields) for _ in range(count)),
        )
        for at, count in enumerate(counts)
    )
    cards = top + tuple(card for band in bands for card in band.cards)
    return {**make.edition(cards), "sections": bands}


def test_an_edition_says_what_is_in_it_and_leads_there(
    render: Render, make: SimpleNamespace
) -> None:
    html = render("edition.html", **sectioned(make, 4, 1))
    contents = html[html.index('<nav class="contents"') :]
    contents = contents[: contents.index("</nav>")]
    targets = re.findall(r'href="#([^"]+)"', contents)
    assert targets == ["top", "band-1", "band-2"]
    assert all(f'id="{target}"' in html for target in targets)
    assert "4&nbsp;· 12\u00a0min" in contents
    assert "12 stories&nbsp;· 15\u00a0min" in html


def test_an_edition_of_one_section_needs_no_contents(render: Render, make: SimpleNamespace) -> None:
    assert 'class="contents"' not in render("edition.html", **sectioned(make, 4))


def test_a_section_opens_with_a_few_stories_and_goes_on_in_headlines(
    render: Render, make: SimpleNamespace, theme: Theme
) -> None:
    html = render("edition.html", **sectioned(make, 9, excerpt="Said of a section."))
    assert html.count("Said of a section.") == (3 if theme.name == "broadsheet" else 1)


def test_the_stories_beside_the_lead_have_excerpts(render: Render, make: SimpleNamespace) -> None:
    cards = tuple(make.card(n, excerpt=f"Said of {n}.") for n in range(7))
    html = render("edition.html", **make.edition(cards))
    assert re.findall(r"Said of (\d)", html) == ["0", "1", "2", "3"]


def test_a_very_long_section_folds(render: Render, make: SimpleNamespace) -> None:
    assert "<details" not in render("edition.html", **sectioned(make, 33, 2))
    html = render("edition.html", **sectioned(make, 40, 2))
    assert html.count("<details") == 1
    assert "7 more headlines" in html


def test_earlier_editions_have_a_headline(render: Render, make: SimpleNamespace) -> None:
    lines = (
        model.ArchiveLine(edition=make.week(title="A title"), lead="A lead", count=3),
        model.ArchiveLine(edition=make.week(id="2024-W06"), lead="A lead", count=3),
    )
    html = render("home.html", **make.edition((make.card(1),)), recent=lines)
    assert re.findall(r"<li><a [^>]*><bdi>([^<]+)", html[html.index('id="recent"') :]) == [
        "A title",
        "A lead",
    ]


def test_text_in_another_language_is_marked(render: Render, make: SimpleNamespace) -> None:
    card = make.card(1, title="عنوان", language="ar")
    html = render("edition.html", **make.edition((make.card(0), card)))
    assert re.search(r'<h3 lang="ar" dir="auto">', html)
    page = render("article.html", **make.article(card, Markup("<p>نص</p>")))
    assert '<h1 dir="auto" lang="ar">' in page
    assert page.count('lang="ar" dir="auto">') == 2, "excerpt and text"
    assert '<html lang="en" dir="ltr">' in page


def test_the_words_of_the_page_around_a_foreign_text_are_its_own(
    render: Render, make: SimpleNamespace
) -> None:
    foreign = make.card(1, language="ar", original="https://paper.example/1", has_body=True)
    html = render("article.html", **make.article(foreign))
    assert "In Arabic" in html
    for words in ("In Arabic", "First published at", "Send by e-mail"):
        before = html[: html.index(words)]
        assert before.rfind('lang="ar"') < before.rfind("</"), words


@pytest.mark.parametrize(
    ("kind", "words"), [("video", "Watch it"), ("podcast", "Listen to it"), ("article", "Read the")]
)
def test_what_a_reader_does_at_the_original(
    render: Render, make: SimpleNamespace, kind: str, words: str
) -> None:
    card = make.card(1, type=kind, original="https://paper.example/1")
    assert f">{words}" in render("article.html", **make.article(card))


def test_a_long_article_has_a_list_of_its_headings(render: Render, make: SimpleNamespace) -> None:
    heads = [Markup('<h2 id="c-h{}">Part <em>{}</em></h2><p>x</p>').format(n, n) for n in range(4)]
    short = render("article.html", **make.article(make.card(1), Markup("").join(heads[:3])))
    assert 'class="toc"' not in short
    html = render("article.html", **make.article(make.card(1), Markup("").join(heads)))
    assert re.findall(r'<li><a href="#(c-h\d)"><bdi>(Part \d)<', html) == [
        (f"c-h{n}", f"Part {n}") for n in range(4)
    ]


def test_more_pictures_stand_before_the_footnotes_and_none_twice(
    render: Render, make: SimpleNamespace, theme: Theme
) -> None:
    if theme.name == "minimal":
        pytest.skip("shows the pictures of the text alone")
    pictures = tuple(model.Picture(url=f"/assets/{n}.png", alt=n, local=True) for n in "abc")
    body = Markup(
        '<p>Text</p><figure><img src="/digest/assets/b.png" alt="b"></figure>'
        '<section class="footnotes"><ol><li>A note</li></ol></section>'
    )
    html = render("article.html", **make.article(make.card(1), body, pictures=pictures))
    places = [html.index(x) for x in ("a.png", "b.png", "c.png", "A note")]
    assert places == sorted(places)
    assert html.count("b.png") == 1


def test_a_theme_without_pictures_leads_to_those_that_say_something(
    render: Render, make: SimpleNamespace, theme: Theme
) -> None:
    chart = model.Picture(url="/assets/c.png", alt="Rents since 1990", local=True)
    html = render("article.html", **make.article(make.card(1), pictures=(chart,)))
    assert "Rents since 1990" in html
    assert "/digest/assets/c.png" in html


def test_translations_are_named_and_told_to_search_engines(
    render: Render, make: SimpleNamespace
) -> None:
    others = (
        model.Translation(language="de", url="/articles/de/"),
        model.Translation(language="fr", url="https://autre.example/fr"),
    )
    html = render("article.html", **make.article(make.card(1), translations=others))
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', html) == [
        ("en", "https://sample.example/digest/articles/story-1/"),
        ("de", "https://sample.example/digest/articles/de/"),
        ("fr", "https://autre.example/fr"),
    ]
    assert re.findall(r'<a href="/digest/articles/de/" hreflang="de">(\w+)', html) == ["German"]


def test_where_it_is_discussed_and_what_it_costs(render: Render, make: SimpleNamespace) -> None:
    place = model.Discussion(name="The Forum", url="https://forum.example/7")
    card = make.card(1, subscription=True)
    html = render("article.html", **make.article(card, discussions=(place,)))
    assert 'href="https://forum.example/7"' in html
    assert "The Forum" in html
    assert "for subscribers" in html


def test_what_content_says_is_text(render: Render, make: SimpleNamespace) -> None:
    place = model.ProviderRef(name=HOSTILE, key="x", permalink="/providers/x/")
    topic = model.TopicRef(name=HOSTILE, slug="x", permalink="/topics/x/")
    card = make.card(1, title=HOSTILE, excerpt=HOSTILE, provider=place, topics=(topic,),
                     language=HOSTILE, type=HOSTILE)  # fmt: skip
    picture = model.Picture(url="/a.png", alt=HOSTILE, caption=HOSTILE, credit=HOSTILE, local=True)
    views = make.article(
        card,
        pictures=(picture,),
        tags=(HOSTILE,),
        sources=(model.Source(name=HOSTILE, role=HOSTILE),),
        credits=(model.Credit(name=HOSTILE, role=HOSTILE),),
        corrections=(model.Correction(text=HOSTILE),),
        authors=(model.Author(name=HOSTILE, bio=HOSTILE),),
        related=(model.Related(title=HOSTILE, provider=model.Provider(name=HOSTILE)),),
    )
    for html in (render("article.html", **views), render("edition.html", **make.edition((card,)))):
        assert "<script>" not in html
        assert "49" not in re.findall(r"alert\(1\)[^<]{0,60}", html)[0]
        assert html.count("&lt;script&gt;") >= 3


def test_a_remote_picture_is_asked_for_late_and_without_a_referrer(
    render: Render, make: SimpleNamespace, theme: Theme
) -> None:
    picture = model.Picture(url="https://far.example/a.jpg", width=12, height=8, alt="A cat")
    html = render("article.html", **make.article(make.card(1), pictures=(picture,)))
    found = re.findall(r'<img src="https://far[^>]*>', html)
    if theme.name == "minimal":
        assert not found
        return
    for part in ('width="12"', 'height="8"', 'alt="A cat"', 'loading="lazy"',
                 'referrerpolicy="no-referrer"', 'decoding="async"'):  # fmt: skip
        assert part in found[0]


def test_a_picture_without_an_address_is_not_shown(render: Render, make: SimpleNamespace) -> None:
    lost = model.Picture(url="", caption="What it showed")
    cards = tuple(make.card(n, image=lost) for n in range(12))
    views = make.article(cards[0], pictures=(lost,))
    for html in (render("edition.html", **make.edition(cards)), render("article.html", **views)):
        assert "<img" not in html


def test_drafts_and_future_stories_are_badged(render: Render, make: SimpleNamespace) -> None:
    cards = (make.card(1), make.card(2, draft=True), make.card(3, future=True))
    html = render("edition.html", **make.edition(cards))
    assert re.findall(r'class="badge">(\w+)<', html) == ["Draft", "Scheduled"]


def test_home_without_an_edition_says_what_to_do(render: Render) -> None:
    html = render("home.html", also=(), sections=(), downloads=(), recent=())
    assert "site-gen new article" in html
    assert html.count("<h1") == 1


def test_an_edition_that_is_open_says_so(render: Render, make: SimpleNamespace) -> None:
    html = render("edition.html", **make.edition((make.card(1),), number=None, closed=False))
    assert "so far" in html
    assert "No." not in html


def test_a_week_without_a_page_is_not_linked(render: Render, make: SimpleNamespace) -> None:
    views = {**make.article(make.card(1)), "edition": make.week(permalink="")}
    html = render("article.html", **views)
    assert "12–18 Feb" in html
    assert 'href="/digest"' not in html


def test_an_older_page_of_a_list_says_which(render: Render, make: SimpleNamespace) -> None:
    group = model.Group(edition=make.week(), cards=(make.card(1),))
    views = {
        "topic": model.TopicRef(name="AI", slug="ai", permalink="/topics/ai/"),
        "count": None,
        "groups": (group,),
        "own_feeds": (),
        "pager": model.Pager(
            number=2, newest=False, newer="/topics/ai/", older="/topics/ai/page/1/"
        ),
    }
    html = render("topic.html", **views)
    assert re.search(r"<title>[^<]*Page 2[^<]*</title>", html)
    assert 'href="/digest/topics/ai/page/1/"' in html


def test_feeds_show_addresses_to_copy(render: Render) -> None:
    feed = model.FeedLink(
        title="All (RSS)", path="/feed.xml", media_type="application/rss+xml", group="articles"
    )
    html = render("feeds.html", feed_list=(feed,))
    address = html.split('<code class="address" dir="ltr">')[1].split("</code>")[0]
    assert address.replace("<wbr>", "") == "https://sample.example/digest/feed.xml"
    assert address.endswith("/<wbr>feed.xml"), "broken at its strokes, not within a word"


@pytest.mark.parametrize("has_body", [True, False])
@pytest.mark.parametrize("kind", ["article", "video"])
def test_the_original_is_named_once(
    render: Render, make: SimpleNamespace, has_body: bool, kind: str
) -> None:
    card = make.card(1, original="https://paper.example/1", has_body=has_body, type=kind)
    body = Markup("<p>The text.</p>") if has_body else None
    html = render("article.html", **make.article(card, body))
    assert html.count(">paper.example<") + html.count(" at paper.example") == 1
    assert ("Watch it at" in html) == (kind == "video"), "a film with a text is watched, too"


def test_an_edition_of_88_stories_is_light(
    render: Render, make: SimpleNamespace, theme: Theme
) -> None:
    """HTML and style sheet together, compressed: under 30 KB; an article under 10 KB."""
    sheet = len(gzip.compress(theme.assets["style.css"].data))
    words = ["".join(chr(97 + (n * k) % 26) for k in range(3, 9)) for n in range(7, 2007)]
    cards = tuple(
        make.card(n, title=" ".join(words[n : n + 14]), excerpt=" ".join(words[n * 9 :][:40]))
        for n in range(88)
    )
    html = render("edition.html", **make.edition(cards))
    assert len(gzip.compress(html.encode())) + sheet < 30_000
    body = Markup("<p>{}</p>").format(" ".join(words[:500]))
    article = render("article.html", **make.article(cards[0], body), next=cards[1])
    assert len(gzip.compress(article.encode())) + sheet < 10_000


def test_signing_up_is_a_plain_form(render: Render, make: SimpleNamespace) -> None:
    letter = model.NewsletterView(
        action="https://mail.example/in?a=1&b=2", field="EMAIL", hidden=(("l", '"x'),)
    )
    page = make.head(kind="article")
    html = render("article.html", **make.article(make.card(1)), newsletter=letter, page=page)
    form = html[html.index('class="signup"') :]
    assert '<form action="https://mail.example/in?a=1&amp;b=2" method="post">' in form
    assert '<input type="hidden" name="l" value="&#34;x">' in form
    assert re.search(r'<label for="([^"]+)">.*\n<input type="email" id="\1" name="EMAIL"', form)
    assert "mail.example" in form
    assert 'class="signup"' not in render("topics.html", entries=(), newsletter=letter)


def test_a_service_without_a_form_is_linked(render: Render, make: SimpleNamespace) -> None:
    letter = model.NewsletterView(action="https://mail.example/#/portal/signup")
    page = make.head(kind="home")
    html = render("home.html", **make.edition((make.card(1),)), newsletter=letter, page=page)
    assert 'href="https://mail.example/#/portal/signup"' in html
    assert "<form" not in html
