"""HTML in a body: what may stay does, all else is taken out and told, and nothing swallows text."""

import re
import sys
from types import FrameType
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.basics.safehtml import resolve_links, with_image_sizes, without_sources
from site_gen.model import Picture, Variant
from site_gen.read import plain_body
from site_gen.read.html_tags import ALLOWED, pieces
from site_gen.read.markdown import Rendered, render


def read(text: str, *, remote_images: bool = True) -> Rendered:
    return render(text, "2024/a.md", remote_images=remote_images)


def taken(text: str) -> str:
    """What the one warning names."""
    (fault,) = read(text).faults
    assert (fault.error, fault.code) == (False, "article/html")
    return fault.message.removeprefix("HTML that no body may hold is taken out: ")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A <b>b</b> <kbd>c</kbd>\n", "<p>A <b>b</b> <kbd>c</kbd></p>\n"),
        ('<time datetime="2026-11-27">today</time>\n',
         '<p><time datetime="2026-11-27">today</time></p>\n'),
        ("one<br>two<BR/>three\n", "<p>one<br>two<br>three</p>\n"),
        ("<ruby>\u6f22<rt>kan</rt></ruby>\n", "<p><ruby>\u6f22<rt>kan</rt></ruby></p>\n"),
        ("<div>\n\n*in*\n\n</div>\n", "<div>\n<p><em>in</em></p>\n</div>\n"),
        ("<ul><li>a<li>b</ul>\n", "<ul><li>a</li><li>b</li></ul>\n"),
        ("<p>one<p>two\n", "<p>one</p><p>two\n</p>"),
        ("<h1>Head</h1>\n", '<h2 id="c-head">Head</h2>\n'),
        ("<ol start=3 reversed><li>x</ol>\n", '<ol start="3" reversed=""><li>x</li></ol>\n'),
        ("a &lt;b&gt; <i>&amp;amp;</i>\n", "<p>a &lt;b&gt; <i>&amp;amp;</i></p>\n"),
        ("<q cite='https://x.example/a'>said</q>\n",
         '<p><q cite="https://x.example/a">said</q></p>\n'),
        ("1 < 2, a<b and <3\n", "<p>1 &lt; 2, a&lt;b and &lt;3</p>\n"),
        ("1 <! 2, <? and <!-\n", "<p>1 &lt;! 2, &lt;? and &lt;!-</p>\n"),
        ("`<?php x ?>` and\n\n    <![CDATA[y]]>\n",
         "<p><code>&lt;?php x ?&gt;</code> and</p>\n"
         "<pre><code>&lt;![CDATA[y]]&gt;\n</code></pre>\n"),
        ("`<b>` and\n\n    <script>\n",
         "<p><code>&lt;b&gt;</code> and</p>\n<pre><code>&lt;script&gt;\n</code></pre>\n"),
    ],
)  # fmt: skip
def test_what_prose_needs_stays(text: str, html: str) -> None:
    found = read(text)
    assert "".join(str(found.html).split("\n")) == "".join(html.split("\n"))
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "html", "line", "names"),
    [
        ("<?php echo 1; ?>\n\nb\n", "<p>b</p>\n", 1, "<?php ...>"),
        ("a\n\n<?php\n\necho 1;\n\n?>\nb\n", "<p>a</p>\n<p>b</p>\n", 3, "<?php ...>"),
        ("a\n<![CDATA[x]]>\nb\n", "<p>a</p>\n<p>b</p>\n", 2, "<![CDATA ...>"),
        ("a\nb <?= $x ?>, c\n", "<p>a\nb , c</p>\n", 2, "<? ...>"),
        ('<!DOCTYPE x [<!ENTITY a "b>c">]>\n\nb\n', "<p>b</p>\n", 1, "<!DOCTYPE ...>"),
        ("> <?xml a ?>\n> b\n", "<blockquote>\n<p>b</p>\n</blockquote>\n", 1, "<?xml ...>"),
        ("<div>\n<?php x ?>\nb</div>\n", "<div>\n\nb</div>\n", 2, "<?php ...>"),
        ("a | b\n--- | ---\n<?php x ?>c | d\n",
         "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
         "<td>c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n", 3, "<?php ...>"),
        ("<?php '<template>' ?>\n\n<p>b</p>\n", "<p>b</p>\n", 1, "<?php ...>"),
    ],
)  # fmt: skip
def test_what_no_browser_shows_goes(text: str, html: str, line: int, names: str) -> None:
    found = read(text)
    assert "".join(str(found.html).split("\n")) == "".join(html.split("\n"))
    assert [fault.line for fault in found.faults] == [line]
    assert found.faults[0].message.endswith(f"taken out: {names}")


@pytest.mark.parametrize(
    ("text", "sign"), [("a\n\n<?php b\n\nc\n", "?>"), ("a\n\n<![CDATA[b\n\nc\n", "]]>")]
)
def test_what_is_begun_and_has_no_end_stays_and_is_told(text: str, sign: str) -> None:
    found = read(text)
    assert "b" in str(found.html)
    assert "c" in str(found.html)
    assert [(fault.line, sign in fault.help) for fault in found.faults] == [(3, True)]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("a <script>alert(1)</script> b", "<script> with its content", "a  b"),
        ("<style>p { color: red }</style>\n\nb", "<style> with its content", "b"),
        ("<div><script>\na\n\nb\n</script>c</div>\n\nd", "<script> with its content", "c d"),
        ("a <iframe src=x></iframe> b", "<iframe>", "a  b"),
        ("<p style='x' class=y onclick=z>a</p>", "style of <p>, class of <p>, onclick of <p>", "a"),
        ("<svg><a xlink:href=x>t</a></svg>", "<svg>, xlink:href of <a>", "t"),
        ("<math><mtext>m</mtext></math>", "<math>, <mtext>", "m"),
        ("<form action=x><input name=q>t</form>", "<form>, <input>", "t"),
        ("<a href='javascript:x'>t</a>", "href of <a>", "t"),
        ("<a href=content:b.md>t</a>", "href of <a>", "t"),
        ("<img src='data:image/png;base64,x' alt=t>", "src of <img>", "t"),
        ("<source srcset=https://x.example/a.png>t", "<source> outside <picture>", "t"),
        ("<td>t</td>", "<td> outside <tr>", "t"),
        ("[<a href=https://x.example/>t</a>](https://y.example/)", "<a> in a link", "t"),
        ("a </div> b", "</div> that closes nothing", "a  b"),
    ],
)
def test_all_else_is_taken_out_and_told(text: str, names: str, left: str) -> None:
    assert taken(text) == names
    shown = re.sub(r"<[^>]*>", "", str(read(text).html))
    assert " ".join(shown.split()) == " ".join(left.split())


def test_one_warning_names_the_line_and_a_few_of_many() -> None:
    body = "one\n\n<iframe></iframe>\n\n<object></object><embed><video></video>\n\n<audio><canvas>"
    (fault,) = read(body).faults
    assert fault.line == 3
    assert fault.message.endswith("<iframe>, <object>, <embed>, <video>, <audio> and 1 more")


@pytest.mark.parametrize(
    "open_tag", ["<details>", "<div>", "<table>", "<h2>", "<b>", "<a href=/x/>", "<pre>", "<ul>"]
)
@pytest.mark.parametrize("where", ["{}\nkept\n\nrest *md*\n", "a {} b\n\nrest *md*\n"])
def test_an_unclosed_tag_swallows_nothing(open_tag: str, where: str) -> None:
    text = where.format(open_tag)
    name = re.sub(r"[<> ].*", "", open_tag[1:])
    assert taken(text) == f"<{name}> that is not closed"
    assert str(read(text).html).endswith("<p>rest <em>md</em></p>\n")


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title", "xmp", "plaintext"])
def test_what_would_swallow_all_that_follows_loses_its_tag_alone(name: str) -> None:
    found = read(f"<{name}>\nkept\n\nrest *md*\n")
    assert "kept" in found.html
    assert str(found.html).endswith("<p>rest <em>md</em></p>\n")


@pytest.mark.parametrize("mark", ["> <div>\n> a\n\nb\n", "- <div>\n  a\n\nb\n", "*<b>a*\n\nb\n"])
def test_what_opens_in_a_block_ends_with_it(mark: str) -> None:
    assert taken(mark).endswith("that is not closed")
    assert str(read(mark).html).endswith("<p>b</p>\n")


def test_links_and_pictures_are_as_those_of_markdown() -> None:
    found = read('<a href="b.md#part">x</a>\n\n<img src="p.png" alt="A boat" width="10">\n')
    assert '<a href="content:2024/b.md#c-part">x</a>' in found.html
    assert '<img src="content:2024/p.png" alt="A boat" width="10" loading="lazy"' in found.html
    assert [(x.target, x.line, x.image) for x in found.links] == [
        ("2024/b.md", 1, False), ("2024/p.png", 3, True)
    ]  # fmt: skip
    out = '<a href="https://x.example/">x</a> <img src="http://x.example/a.png" alt="no">'
    assert 'href="https://x.example/" rel="nofollow noopener"' in read(out).html
    assert [f.message for f in read(out).faults] == ["a picture over http: is left out"]
    off = read('<img src="https://x.example/a.png" alt="words">\n', remote_images=False)
    assert off.html == "words\n"


def test_ids_are_prefixed_given_once_and_never_a_footnote_s() -> None:
    text = '<b id="main">a</b> <b id="main">b</b> <b id="fn1">c</b>\n\n# Main\n\n[to](#main)\n'
    ids = re.findall(r' id="([^"]*)"', str(read(text).html))
    assert ids == ["c-main", "c-main-2"]
    assert '<a href="#c-main">to</a>' in read(text).html


CHOICE = (
    '<picture><source media="(prefers-color-scheme: dark)" srcset="{}">'
    '<img src="{}" alt="A chart"></picture>\n'
)


def test_a_choice_of_pictures_is_of_files_of_ours_and_of_https() -> None:
    for dark, kept in (
        ("https://x.example/d.png 2x", "https://x.example/d.png 2x"),
        ("d.png", "content:2024/d.png"),
        ("../shared/d%20e.svg", "content:shared/d%20e.svg"),
        ("/charts/d.png", "content:/charts/d.png"),
        ("d.png 1x, d2.png 2x", "content:2024/d.png 1x, content:2024/d2.png 2x"),
    ):
        for light in ("https://x.example/a.png", "a.png"):
            found = read(CHOICE.format(dark, light))
            assert found.faults == ()
            assert f'<source media="(prefers-color-scheme: dark)" srcset="{kept}">' in found.html
            assert found.html.startswith("<figure><picture><source ")
            lines = read(CHOICE.format(dark, light).replace("><", ">\n<"))
            assert lines.html.replace("\n", "") == found.html.replace("\n", "")
    found = read(CHOICE.format("d.png 1x, d2.png 2x", "a.png"))
    assert [(link.target, link.image) for link in found.links] == [
        ("2024/d.png", True), ("2024/d2.png", True), ("2024/a.png", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bad",
    ["javascript:x", "JaVaScRiPt:x", "data:x", "//x.example/a", "http://x.example/a",
     "https://u@x/", "content:b.png", "#a", "", " ", "a.png,javascript:x", "a.png 1x 2x",
     "a.png 1q", "/\\x.example/a.png", "\tjavascript:x", "/a.png?x=1"],
)  # fmt: skip
def test_no_other_address_is_offered(bad: str) -> None:
    found = read(CHOICE.format(bad, "a.png"))
    assert "<source" not in found.html
    assert "<picture" not in found.html
    assert '<img src="content:2024/a.png" alt="A chart"' in found.html
    assert [link.target for link in found.links] == ["2024/a.png"]
    assert [fault.code for fault in found.faults] == ["article/html"]


def test_what_is_offered_elsewhere_stays_away_where_remote_pictures_do() -> None:
    for text in (
        CHOICE.format("https://x.example/d.png", "a.png"),
        CHOICE.format("d.png", "a.png"),
    ):
        offered = "<source" in read(text, remote_images=False).html
        assert offered == ("https" not in text)


@pytest.mark.parametrize(
    ("media", "stays"),
    [
        ("(prefers-color-scheme: dark)", True),
        ("(prefers-color-scheme:light)", True),
        ("(min-width: 40.5rem) and (prefers-color-scheme: dark)", True),
        ("(orientation: portrait)", True),
        ("print", False),
        ("(prefers-color-scheme: dark), all", False),
        ("not (min-width: 1px)", False),
        ("(min-width: calc(1px * 2))", False),
        ("(min-width: 1px)" + " and (min-width: 1px)" * 9, False),
        ("(device-width: 400px)", False),
    ],
)
def test_a_picture_is_chosen_by_colours_shape_and_width_alone(media: str, stays: bool) -> None:
    text = CHOICE.format("d.png", "a.png").replace("(prefers-color-scheme: dark)", media)
    found = read(text)
    assert ("media=" in found.html) == stays
    assert ("media of <source>" in str(found.faults)) != stays


@pytest.mark.parametrize(
    "inside",
    ["<img src=a.png alt=a>" * 2 + "<source srcset=d.png>", "<source srcset=d.png>",
     "<source srcset=d.png>words<img src=a.png alt=a>", "<source srcset=d.png>" * 9
     + "<img src=a.png alt=a>", "<b><source srcset=d.png></b><img src=a.png alt=a>",
     "<picture><source srcset=d.png><img src=a.png alt=a></picture>",
     "<source srcset=d.png><img src='http://x.example/a.png' alt=a>",
     "<source srcset=d.png><img src='javascript:x' alt=a>",
     "<source srcset=d.png>\n\n![a](a.png)\n\n", "<source srcset=d.png>\n\n    code\n\n"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["<picture>{}</picture>\n", "<picture>\n{}\n</picture>\n"])
def test_what_is_no_choice_is_taken_out_and_told(inside: str, form: str) -> None:
    found = read(form.format(inside))
    assert "<source" not in found.html
    assert "<picture" not in found.html.replace("<picture><img", "")
    assert "<picture> that is not " in str(found.faults)
    assert (found.html.count("<img") > 0) == ("img src=a" in inside or "![a]" in inside)


PIECES = st.sampled_from(
    [*(f"<img src='{url}' alt=a>" for url in ("a.png", "https://x.example/a.png")), "<img alt=b>",
     '<source media="(prefers-color-scheme: dark)" srcset="d.png">', "<picture>", "</picture>",
     "words", "\n", "\n\n", "<source title='</picture>' srcset=d.png>", "<figure>", "</figure>",
     "<p>", "</p>", "![a](a.png)", "> ", "<a href=b.html>", "</a>", "<table>", "<td>", "<noscript>",
     "<svg>", "<style>", "<title>", "<picture title='<source srcset=javascript:x>'>", "<!--"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_however_it_is_written_a_choice_is_whole_and_of_our_files(text: str) -> None:
    copy = Variant(url="/c.webp", width=8, height=8, format="webp")
    found = resolve_links(read(text).html, [("2024/a.png", "/a.png"), ("2024/d.png", "/d.png")])
    known = [Picture(url=url, width=8, height=8, variants=(copy,)) for url in ("/a.png", "/d.png")]
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(with_image_sizes(found, known, ""))
    parents = {child: parent.tag for parent in tree.iter() for child in parent}
    for element in tree.iter("picture"):
        assert [each.tag for each in element][-1:] == ["img"]
        assert {each.tag for each in element} <= {"source", "img"}
        assert "".join([element.text or "", *(each.tail or "" for each in element)]).strip() == ""
    for element in tree.iter("source"):
        assert parents[element] == "picture"
        assert re.fullmatch(r"/[cd]\.\w+( 8w)?", element.get("srcset") or "")
    assert "<source" not in without_sources(found)


def test_two_hundred_levels_are_told_not_lost() -> None:
    for name in ("div", "b", "blockquote"):
        deep = read(f"<{name}>" * 200 + "word" + f"</{name}>" * 200 + "\n")
        assert [(f.message, f.error) for f in deep.faults] == [
            ("is nested more than 49 deep", True)
        ]


@given(st.text(alphabet="<>/ab \n'\"=!-scriptSCRIPT", max_size=80))
def test_pieces_are_the_whole_text_but_for_what_is_left_out(text: str) -> None:
    found = list(pieces(text))
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    plain = "".join(piece for _, piece in found if isinstance(piece, str))
    assert all(plain.count(letter) <= text.count(letter) for letter in set(plain))
    if "<" not in text:
        assert plain == text


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_the_short_ways_hand_every_tag_to_the_parser(name: str) -> None:
    for text in (f"a <{name}> b", f"<{name}>b", f"- <{name}>", f"> </{name}>", f"# a <{name}/>"):
        assert plain_body.render(text + "\n") is None


@pytest.mark.parametrize(
    "piece",
    ["<b>", "</b>", "<b ", "<a href='", '<a href="', "<!--", "<script>", "<style>x", "<pre>\n",
     "<div>\n\n", "<div>\n<script>\n\n", "<td>", "<b></b>", "<svg><style>", "<a x=", "<p ",
     "<p>", "<li>", "<ul><li></ul>"],
)  # fmt: skip
def test_html_costs_what_its_length_is(piece: str) -> None:
    """Lines of our own that run, twice for twice the length and not four times."""

    def steps(times: int) -> int:
        count = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal count
            count += event == "line"
            return trace if "html" in frame.f_code.co_filename else None

        sys.settrace(trace)
        try:
            read(piece * times)
        finally:
            sys.settrace(None)
        return count

    assert steps(400) < 3 * steps(200) + 2_000
