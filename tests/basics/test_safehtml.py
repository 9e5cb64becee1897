"""The second wall: what the sanitiser leaves, and how local references are resolved."""

import pytest

from site_gen.basics.safehtml import (
    BODY_SIZES,
    resolve_links,
    sanitize,
    sanitize_simple,
    with_captions,
    with_figures,
    with_image_sizes,
    with_prefix,
    with_table_boxes,
    without_sources,
)
from site_gen.model import Picture, Variant


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="  jAvAsCrIpT:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        '<iframe src="https://evil.example"></iframe>',
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<form action="https://evil.example"><input name="q"></form>',
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<base href="https://evil.example/">',
        '<a href="data:text/html,x">x</a>',
        '<object data="x"></object><embed src="x">',
        '<p id="main" class="masthead">x</p>',
    ],
)
def test_nothing_active_is_left(html: str) -> None:
    clean = str(sanitize(html)).lower()
    for bad in ("<script", "onerror", "javascript:", "style=", "<iframe", "<svg", "<form", "<meta",
                "<base", "data:", "<object", "<embed", "masthead", "id="):  # fmt: skip
        assert bad not in clean


def test_prose_stays() -> None:
    html = (
        '<h2 id="c-a">A</h2>\n<p>b <a href="https://x.example/?a=1&amp;b" rel="nofollow noopener">'
        'c</a></p>\n<table><thead><tr><th class="align-right">d</th></tr></thead></table>'
    )
    assert sanitize(html) == html


def test_only_our_classes_stay() -> None:
    assert sanitize('<td class="align-left evil">x</td>') == "x"
    assert 'class="align-left"' in sanitize(
        '<table><tbody><tr><td class="align-left evil">x</td></tr></tbody></table>'
    )


def test_local_references_become_addresses() -> None:
    html = sanitize(
        '<p><a href="content:b%20c.md#c-x">b</a> <a href="content:none.md">n</a> '
        '<img src="content:p.png" alt="p"></p>'
    )
    found = resolve_links(html, [("b c.md", "/articles/b/"), ("p.png", "/assets/p.1.png")])
    assert 'href="/articles/b/#c-x"' in found
    assert 'src="/assets/p.1.png"' in found
    assert "<a>n</a>" in found
    assert "content:" not in found


def test_an_address_is_escaped_when_put_in() -> None:
    html = sanitize('<a href="content:b.md">b</a>')
    found = resolve_links(html, [("b.md", 'https://x.example/?a=1&b="')])
    assert found == '<a href="https://x.example/?a=1&amp;b=&quot;">b</a>'


def test_text_that_looks_like_a_reference_stays() -> None:
    html = sanitize('<p>write href="content:b.md" there</p>')
    assert resolve_links(html, [("b.md", "/b/")]) == html


def test_a_root_goes_before_absolute_paths_only() -> None:
    html = sanitize('<a href="/a/">a</a><a href="https://x.example/">x</a><a href="#c-y">y</a>')
    found = with_prefix(html, "/digest")
    assert 'href="/digest/a/"' in found
    assert 'href="https://x.example/"' in found
    assert 'href="#c-y"' in found
    assert with_prefix(html, "") == html


def test_the_plainest_elements_need_no_sanitiser() -> None:
    text = '<p>"a" &amp; <em>b</em></p>\n<h2 id="c-d">e</h2>\n<hr>\n'
    text += '<ol start="2">\n<li>f</li>\n</ol>\n'
    link = '<p><a href="https://a.example/?b=c&amp;d=e" rel="nofollow noopener">g</a></p>\n'
    assert sanitize_simple(text + link) == text + link == sanitize(text + link)


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<p onclick=x>a</p>",
        '<p id="a">a</p>',
        '<a href="javascript:1" rel="nofollow noopener">a</a>',
        '<a href="https://a.example/" onclick="b" rel="nofollow noopener">a</a>',
        '<a href="https://a.example/">a</a><img src=x onerror=1>',
        '<h2 id="a" style="b">c</h2>',
        "<svg/onload=1>",
        "a <b",
        "<p>a</p><!-- b -->",
    ],
)
def test_all_else_is_sanitised(html: str) -> None:
    assert sanitize_simple(html) == sanitize(html)
    assert sanitize_simple(html) != html


def test_a_picture_alone_is_a_figure_and_its_title_the_caption() -> None:
    html = sanitize(
        '<p><img src="/a.png" alt="b" title="c &amp; d"></p><p>x <img src="/e.png"></p>'
    )
    assert with_figures(html) == (
        '<figure><img src="/a.png" alt="b"><figcaption>c &amp; d</figcaption></figure>'
        '<p>x <img src="/e.png"></p>'
    )


def test_a_figure_gets_the_caption_that_front_matter_gives_its_picture() -> None:
    html = with_figures(
        sanitize('<p><img src="content:a%20b.png"></p><p><img src="/c.png" title="C"></p>')
    )
    pictures = [
        Picture(url="content:a b.png", caption="<A>", credit="Ann"),
        Picture(url="/c.png", caption="Other"),
    ]
    assert with_captions(html, pictures) == (
        '<figure><img src="content:a%20b.png"><figcaption>&lt;A&gt; (Ann)</figcaption></figure>'
        '<figure><img src="/c.png"><figcaption>C</figcaption></figure>'
    )


def test_tables_stand_in_boxes_of_their_own() -> None:
    html = sanitize("<table><tbody><tr><td>1</td></tr></tbody></table><pre>&lt;table&gt;</pre>")
    found = with_table_boxes(html)
    assert (
        found.count('<div class="scroll" tabindex="0"><table>')
        == found.count("</table></div>")
        == 1
    )
    assert "<pre>&lt;table&gt;</pre>" in found


def test_a_high_picture_is_known_to_be_high() -> None:
    html = sanitize('<p><img src="/a.png"> <img src="/b.png"></p>')
    sizes = [
        Picture(url="/a.png", width=600, height=1800),
        Picture(url="/b.png", width=1800, height=600),
    ]
    assert with_image_sizes(html, sizes, "").count('class="tall"') == 1


DARK = '<source media="(prefers-color-scheme: dark)" srcset="{}">'


@pytest.mark.parametrize(
    ("srcset", "stays"),
    [
        ("content:2024/d.png", True),
        ("https://x.example/d.png 2x, content:d.png 1x", True),
        ("javascript:alert(1)", False),
        ("https://x.example/d.png, javascript:alert(1)", False),
        ("data:image/svg+xml,x", False),
        ("/d.png", False),
        ("//x.example/d.png", False),
    ],
)
def test_the_second_wall_knows_what_a_choice_may_offer(srcset: str, stays: bool) -> None:
    html = f'<picture>{DARK.format(srcset)}<img src="/a.png"></picture>'
    assert ("<source" in sanitize(html)) == stays


def test_a_choice_leads_to_what_is_published_and_has_sizes_and_copies_of_its_own() -> None:
    html = sanitize(
        f'<picture>\n{DARK.format("content:d%20e.png")}\n<img src="content:a.png"></picture>'
        f'<picture>{DARK.format("content:v.svg")}<img src="https://x.example/a.png"></picture>'
        f'<picture>{DARK.format("content:gone.png")}<img src="content:a.png"></picture>'
    )
    found = resolve_links(html, [("d e.png", "/d.png"), ("a.png", "/a.png"), ("v.svg", "/v.svg")])
    copy = Variant(url="/d-480.avif", width=480, height=240, format="avif")
    pictures = [
        Picture(url="/d.png", width=900, height=450, local=True, variants=(copy,)),
        Picture(url="/a.png", width=800, height=400, local=True),
    ]
    dark = 'media="(prefers-color-scheme: dark)"'
    assert with_image_sizes(found, pictures, "/base").split("</picture>") == [
        f'<picture><source {dark} width="900" height="450" type="image/avif"'
        f' srcset="/base/d-480.avif 480w" sizes="{BODY_SIZES}">'
        f'<source width="900" height="450" {dark} srcset="/base/d.png">'
        '<img width="800" height="400" src="/a.png">',
        f'<picture><source {dark} srcset="/base/v.svg"><img src="https://x.example/a.png">',
        '<img width="800" height="400" src="/a.png">',
    ]
    assert without_sources(found) == (
        '\n\n<img src="/a.png"><img src="https://x.example/a.png"><img src="/a.png">'
    )
