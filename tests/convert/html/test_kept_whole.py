"""What belongs together in a page stays together: lists, listings, tables, quotes, times."""

from collections.abc import Callable

import pytest

from site_gen.convert.html import convert_html, extractors, tree
from site_gen.settings import Settings

Page = Callable[..., str]
LAST = "<p>The film was shown in the town hall before the council met for its vote.</p>"


def body(page: str) -> str:
    (draft,) = convert_html(page, source="a.html", settings=Settings())
    return draft.body


CODE = "def lamp(on):\n    return on\n"
JEKYLL = (
    '<figure class="highlight"><pre><code data-lang="python">' + CODE + "</code></pre></figure>"
)
ROUGE = (
    '<div class="language-python highlighter-rouge"><div class="highlight"><table><tr>'
    '<td class="rouge-gutter gl"><pre class="lineno">1\n2\n</pre></td><td class="rouge-code"><pre>'
    f"{CODE}</pre></td></tr></table></div></div>"
)
HEXO = (
    '<figure class="highlight python"><table><tr><td class="gutter"><pre><span class="line">1'
    '</span><br><span class="line">2</span><br></pre></td><td class="code"><pre><span class="line">'
    'def lamp(on):</span><br><span class="line">    return on</span><br></pre></td></tr></table>'
    "</figure>"
)
HUGO = (
    '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre '
    'class="chroma"><code><span class="lnt">1\n</span><span class="lnt">2\n</span></code></pre>'
    '</td><td class="lntd"><pre class="chroma"><code class="language-python" data-lang="python">'
    '<span class="line">def lamp(on):\n</span><span class="line">    return on\n</span></code>'
    "</pre></td></tr></table></div></div>"
)


@pytest.mark.parametrize("listing", [JEKYLL, ROUGE, HEXO, HUGO])
def test_listing_of_any_generator_is_a_fenced_block(news_page: Page, listing: str) -> None:
    assert f"```python\n{CODE}```\n" in body(news_page(extra=listing + LAST))


def test_lines_of_a_listing_as_items_and_its_caption(news_page: Page) -> None:
    code = "<ol><li><code>one</code></li><li><code>  two</code></li></ol>"
    caption, listing = "<figcaption>lamp.sh</figcaption>", f"<pre>{code}</pre>"
    above = body(news_page(extra=f"{LAST}<figure>{caption}{listing}</figure>{LAST}"))
    assert "lamp.sh\n\n```\none\n  two\n```" in above
    below = body(news_page(extra=f"{LAST}<figure>{listing}{caption}</figure>{LAST}"))
    assert "```\none\n  two\n```\n\nlamp.sh\n" in below


def test_items_with_code_and_paragraphs_stay_items(news_page: Page) -> None:
    items = (
        "<ol><li>Fetch it:<pre><code>get lamp\nget oil</code></pre></li>"
        "<li><p>Fill it.</p><p>Then wait.</p></li><li>Light it.</li></ol>"
    )
    made = body(news_page(extra=items + LAST))
    assert "1. Fetch it:\n\n   ```\n   get lamp\n   get oil\n   ```\n" in made
    assert "2. Fill it.\n\n   Then wait.\n3. Light it." in made
    assert made.count("get oil") == 1


def test_items_that_are_links_stay_below_the_line_that_leads_to_them(news_page: Page) -> None:
    items = "".join(f"<li><a href='https://p.example/{n}'>Plan {n}</a></li>" for n in range(3))
    made = body(
        news_page(extra=f"<p>The council has published three plans:</p><ul>{items}</ul>{LAST}")
    )
    assert "- [Plan 0](https://p.example/0)\n- [Plan 1](https://p.example/1)" in made


def test_links_to_other_articles_do_not_stay(news_page: Page) -> None:
    items = "".join(f"<li><a href='/{n}'>Another story of week {n}</a></li>" for n in range(5))
    assert "Another story" not in body(news_page(extra=f"<aside><ul>{items}</ul></aside>{LAST}"))


def test_list_directly_in_a_list_belongs_to_the_item_above(news_page: Page) -> None:
    made = body(
        news_page(
            extra="<ol><li>West</li><li>East</li><ol><li>Pier</li></ol><li>North</li></ol>" + LAST
        )
    )
    assert "1. West\n2. East\n\n   1. Pier\n3. North" in made


def test_lists_of_word_are_lists(news_page: Page) -> None:
    item = (
        "<p class=MsoListParagraphCxSp{} style='mso-list:l0 level{} lfo1'>"
        "<![if !supportLists]>{}<![endif]>{}</p>"
    )
    mark = "<span style='font-family:Symbol'>·<span style='font:7pt'>&nbsp;&nbsp; </span></span>"
    number = "<span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>"
    extra = (
        item.format("First", 1, mark, "A lamp") + item.format("Middle", 2, mark, "with oil")
        + item.format("Last", 1, mark, "A stair") + LAST + item.format("First", 1, number, "One")
    )  # fmt: skip
    made = body(news_page(extra=extra + LAST))
    assert "- A lamp\n\n  - with oil\n- A stair\n" in made
    assert "\n1. One\n" in made


def test_rows_are_as_wide_as_the_table(news_page: Page) -> None:
    table = (
        "<table><thead><tr><th rowspan=2>Pier</th><th colspan=2>Boats</th></tr>"
        "<tr><th>In</th><th>Out</th></tr></thead><tr><td rowspan=2>East</td><td>1</td>"
        "<td>2</td></tr><tr><td>3</td><td><ul><li>a | b</li><li>c</li></ul></td></tr></table>"
    )
    made = body(news_page(extra=table + LAST))
    rows = [line for line in made.split("\n") if line.startswith("|")]
    assert rows == [
        "| Pier | Boats |  |", "| --- | --- | --- |", "| Pier | In | Out |", "| East | 1 | 2 |",
        "| East | 3 | a \\| b; c |",
    ]  # fmt: skip


def test_quote_with_its_source_in_a_figure(news_page: Page) -> None:
    quote = (
        "<figure><blockquote><p>No ship was ever lost below this light, and none will be.</p>"
        "</blockquote><figcaption>The keeper, in 1911</figcaption></figure>"
    )
    assert "> No ship was ever lost" in body(news_page(extra=f"{LAST}{quote}{LAST}"))


def test_times_of_a_live_page_stand_above_their_entries() -> None:
    text = "The council of the harbour town voted on Tuesday to rebuild the lighthouse, part {}."
    entries = "".join(
        f"<section><time datetime='2024-02-17T1{n}:15:00Z'>1{n}:15</time><h2>Vote {n}</h2>"
        f"<p>{text.format(n)} {text.format(n + 5)}</p></section>"
        for n in range(4)
    )
    made = body(f"<title>Live</title><article><h1>Live from the vote</h1>{entries}</article>")
    assert [line for line in made.split("\n") if line.startswith("1")] == [
        "10:15",
        "11:15",
        "12:15",
        "13:15",
    ]


def test_lead_that_the_description_repeats_stays(news_page: Page) -> None:
    lead = (
        "The old lighthouse at the end of the mole will shine again from the spring of next year."
    )
    head = f'<meta name="description" content="{lead}">'
    made = body(news_page(head=head).replace("</h1>", f"</h1><p class=intro>{lead}</p>"))
    assert made.startswith(lead)


def test_powers_and_what_is_hidden(news_page: Page) -> None:
    extra = (
        "<p>The lamp gives 10<sup>6</sup> candles and burns CO<sub>2</sub> free gas all night.</p>"
        "<p hidden>Nobody is meant to read this line of the page at all.</p>"
        "<p aria-hidden=true>Nor is anybody meant to read this other line of it.</p>"
    )
    made = body(news_page(extra=extra + LAST))
    assert "10<sup>6</sup> candles and burns CO<sub>2</sub>" in made
    assert "meant to read" not in made


@pytest.mark.parametrize("mark", ["hidden", 'style="display: none"'])
def test_page_that_a_script_shows_is_no_hidden_page(news_page: Page, mark: str) -> None:
    assert "The council" in body(news_page().replace("<article>", f"<article {mark}>"))


def test_what_a_style_hides_goes(news_page: Page) -> None:
    term = '<span style="color:red; display:none">{x+y}</span><i>x+y</i>'
    made = body(news_page(extra=f"<p>The sum {term} is what the lamp needs each night.</p>{LAST}"))
    assert "The sum *x+y* is what" in made


def test_a_tool_tip_goes_and_its_word_stays(news_page: Page) -> None:
    tip = (
        '<span class="rollover-people"><a class="rollover-people-link" href="/ann">Ann Keeper</a>'
        '<span class="rollover-people-block">Ann Keeper is the mayor of the town.</span></span>'
    )
    made = body(news_page(extra=f"<p>The vote of {tip} was the last one of the day.</p>{LAST}"))
    assert "The vote of [Ann Keeper](" in made or "The vote of Ann Keeper was" in made
    assert "is the mayor" not in made


def test_text_of_many_scripts_and_words_is_all_of_the_words() -> None:
    text = "".join(f"<script>a{n}</script><p>word{n}</p><style>b</style>" for n in range(500))
    root = tree.parse(f"<body>{text}</body>", "a.html")
    assert tree.text_of(root).split() == [f"word{n}" for n in range(500)]


def test_marks_are_escaped_only_where_they_would_be_read(news_page: Page) -> None:
    made = body(
        news_page(extra="<p>AT&amp;T said so in 2031. It is 5 + 5 = 10 | or a_b.</p>" + LAST)
    )
    assert "AT&T said so in 2031. It is 5 + 5 = 10 | or a_b." in made


def test_posts_in_boxes_that_are_called_social_stay(news_page: Page) -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>The lamp turns again'
        " tonight at nine.</p>— Harbour Office (@harbour) <a href='https://x.example/1'>May 4</a>"
        "</blockquote></div>"
    )
    made = body(news_page(extra=post + LAST))
    assert "The lamp turns again tonight at nine." in made
    assert "Harbour Office" in made


def test_heading_and_paragraph_amid_their_like_stay(
    news_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = extractors.trafilatura
    lost = ("What the keeper said", "The keeper told the council that the whole stair had no rail.")

    def forgetful(page: str) -> str:
        return "\n".join(line for line in found(page).split("\n") if line not in lost)

    monkeypatch.setattr(extractors, "trafilatura", forgetful)
    heading, paragraph = f"<h3>{lost[0]}</h3>", f"<p>{lost[1]}</p>"
    made = body(news_page(extra=f"{LAST}{heading}{LAST[:-5]} again.</p>{paragraph}{LAST}"))
    assert f"## {lost[0]}" in made
    assert lost[1] in made


@pytest.mark.parametrize(
    "other",
    [
        "<h3>By Ann Keeper Monday, 4 May 2020</h3>",
        "<p class='box'>The keeper told the council that the whole stair had no rail at all.</p>",
        "<p><a href='/b'>The keeper told the council that the whole stair had no rail.</a></p>",
    ],
)
def test_a_byline_a_box_and_a_teaser_amid_paragraphs_are_none_of_their_like(
    news_page: Page, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    found = extractors.trafilatura

    def forgetful(page: str) -> str:
        return "\n".join(line for line in found(page).split("\n") if "eeper" not in line[:30])

    monkeypatch.setattr(extractors, "trafilatura", forgetful)
    assert "eeper told" not in body(news_page(extra=f"{LAST}{other}{LAST[:-5]} again.</p>"))
    assert "Ann" not in body(news_page(extra=f"{LAST}{other}{LAST[:-5]} again.</p>"))


PLAIN_LINKS = (
    "<li><a href='https://a.example/plan'>the plan as it was voted</a></li>"
    "<li><a href='https://a.example/map'>a map</a></li>"
)


def test_plain_list_of_links_amid_paragraphs_is_kept(news_page: Page) -> None:
    found = body(news_page(extra=f"<ul>{PLAIN_LINKS}</ul>{LAST}"))
    assert "- [the plan as it was voted](https://a.example/plan)\n- [a map](" in found


@pytest.mark.parametrize(
    "links",
    [
        f"<ul class='related'>{PLAIN_LINKS}</ul>",
        "<ul><li><a href='/1'>Ferry Stopped After Storm in Channel</a></li>"
        "<li><a href='/2'>Seven Towers That Fell Into the Sea</a></li></ul>",
    ],
)
def test_list_of_other_stories_amid_paragraphs_is_not(news_page: Page, links: str) -> None:
    found = body(news_page(extra=links + LAST))
    assert "- " not in found


def test_line_that_says_published_dates_a_page(news_page: Page) -> None:
    said = "<p>Published: 4th of March, 2031, 12:05 a.m. AEST</p>"
    page = news_page().replace("</h1>", f"</h1>{said}")
    (draft,) = convert_html(page, source="a.html", settings=Settings())
    assert draft.matter["publishedDateTime"] == "2031-03-03T14:05:00Z"


RECIPE = (
    "<html lang=en><head><title>Brown soda bread</title></head><body><nav><a href=/>Home</a></nav>"
    "<main><article><h1>Brown soda bread</h1><p>This is the loaf my grandmother made "
    "every second day "
    "in a pot with coals on the lid, and it needs no yeast and no patience.</p><div class=card>"
    "<div class=meta><span>Prep time: 10 mins</span> <span>Serves: 8</span></div>"
    "<h3>Ingredients</h3><ul><li>450 g flour</li><li>1 tsp salt</li></ul><h3>Method</h3>"
    "<ol><li>Heat the oven to 200 degrees and dust a tray with a handful of flour.</li><li>Mix the "
    "dry things in a wide bowl and make a well in the middle.</li></ol>"
    '<aside class="recipe-tip"><strong>Tip:</strong> A loaf in a cloth keeps for two days.</aside>'
    '<aside class="related-tips"><a href=/a>Ten tips for better bread</a></aside>'
    "<p>The oven must be hot before the loaf goes in, or it will not rise at all in "
    "the heat.</p></div>"
    "</article></main><footer><p>All rights reserved</p></footer></body></html>"
)


def test_tips_and_facts_of_a_recipe_stay() -> None:
    found = body(RECIPE)
    assert "A loaf in a cloth keeps for two days." in found
    assert "Prep time: 10 mins" in found
    assert "Ten tips" not in found


def test_times_over_headings_of_a_live_page_stay_and_the_pages_own_does_not() -> None:
    entries = "".join(
        f"<div class=entry><time>{hour}:40</time><h2>{head}</h2><p>People were told "
        f"tonight that {what}, and that crews will work through the night.</p></div>"
        for hour, head, what in (
            (21, "Power is back", "most homes have power again"),
            (20, "Ferry stays in port", "the ferry will not sail before the morning"),
            (19, "Western pier closed", "waves had broken over the wall of the pier"),
            (18, "Warning raised", "gusts of a hundred miles an hour are expected"),
        )
    )
    found = body(
        "<html lang=en><head><title>Storm over the "
        "coast</title></head><body><article><h1>Storm over "
        f"the coast</h1><time>12 March 2031</time><p>Welcome to our page about the storm, which "
        f"reaches the coast this evening.</p>{entries}</article></body></html>"
    )
    assert [f"{hour}:40" in found for hour in (21, 20, 19, 18)] == [True] * 4
    assert "12 March" not in found


@pytest.mark.parametrize("name", ["correction", "article-correction-box", "clarification"])
@pytest.mark.parametrize("at_end", [True, False])
def test_a_correction_in_a_box_stays(news_page: Page, name: str, at_end: bool) -> None:
    said = "Correction: The council met in March, not in May."
    box = f'<aside class="{name}"><strong>Correction:</strong>{said[11:]}</aside>'
    made = body(news_page(extra=f"{LAST}{box}" if at_end else f"{box}{LAST}"))
    assert "**Correction:** The council met in March, not in May." in made


@pytest.mark.parametrize(
    "struck",
    [
        "<del>May</del>",
        "<strike>May</strike>",
        '<span style="color: red; text-decoration: line-through">May</span>',
        '<span style="text-decoration-line:line-through"><b>May</b></span>',
    ],
)
def test_what_is_struck_through_is_not_said(news_page: Page, struck: str) -> None:
    made = body(news_page(extra=f"<p>The council met in {struck} March for the vote.</p>{LAST}"))
    assert "met in ~~" in made
    assert "~~ March for the vote." in made


def test_a_paragraph_that_is_struck_through(news_page: Page) -> None:
    gone = '<p style="text-decoration: line-through">The council had never met before May.</p>'
    made = body(news_page(extra=f"{gone}{LAST}"))
    assert "~~The council had never met before May.~~" in made
