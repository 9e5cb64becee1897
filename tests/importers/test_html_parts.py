"""Parts of HTML that Markdown has no words for: a link or text of each, else it is told."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.bodies import markup
from site_gen.importers.old_site import Entry
from tests.importers.test_exports import HEAD, item

KEPT = [
    ('<iframe src="https://maps.example/a" title="Where it stands"></iframe>',
     "[Where it stands](https://maps.example/a)"),
    ('<iframe data-src="https://maps.example/a" src="about:blank"></iframe>',
     "[maps.example](https://maps.example/a)"),
    ('<iframe src="https://player.vimeo.com/video/12" title="vimeo player"></iframe>',
     "https://vimeo.com/12"),
    ('<embed src="https://x.example/a.pdf"><p>After it.</p>', "After it."),
    ('<object data="/a.pdf" type="application/pdf"></object>', "[a.pdf](/a.pdf)"),
    ('<object data="/a.pdf"><p>The plan</p></object>', "[The plan](/a.pdf)"),
    ('<object><param name="movie" value="https://x.example/v"></object>', "(https://x.example/v)"),
    ('<video poster="/p.png" src="/v.mp4">Yours is too old</video>',
     "![](/p.png)\n\n[Video](/v.mp4)"),
    ('<audio controls title="Talk"><source src="/t.mp3"></audio>', "[Talk](/t.mp3)"),
    ("<p>a <noscript>shown to some</noscript></p>", "shown to some"),
    ("<details><summary>Open</summary><button>More on it</button></details>", "More on it"),
    ('<svg><text x="1">12 ferries</text></svg>', "12 ferries"),
    ("<p><math alttext='a^2'><mi>a</mi><mn>2</mn></math></p>", "`a^2`"),
    ('<script src="https://gist.github.com/ann/12ab.js"></script>',
     "[Code on GitHub](https://gist.github.com/ann/12ab)"),
    ("<picture><source srcset='/a.webp 1x, /b.webp 2x'></picture>", "![](/a.webp)"),
    ('<img src="/a.png" alt="A" title="At dawn">', '![A](/a.png "At dawn")'),
    ('<map><area href="/north/" alt="North"></map>', "[North](/north/)"),
    ('<blockquote cite="https://q.example/a"><p>So</p></blockquote>',
     "[q.example](https://q.example/a)"),
    ("<ruby>kan<rt>how</rt></ruby>", "kan (how)"),
    ('<ul><li><input type="checkbox" checked>Done</li></ul>', "☑ Done"),
]  # fmt: skip
TOLD = [
    ('<iframe srcdoc="x"></iframe>', "<iframe> without an address"),
    ("<form>Name <input name='n'></form>", 'form "Name"'),
    ("<button>Join</button>", 'button "Join"'),
    ("<svg><title>A chart</title><path d=''/></svg>", 'drawing (svg) "A chart"'),
    ("<math><mi>x</mi></math>", "formula"),
    ('<script src="https://widget.example/a.js"></script>', "script of widget.example"),
    ("<script>draw()</script>", "script"),
    ("<canvas></canvas>", "drawing that a script made"),
    ('<img src="data:image/png;base64,xx" alt="Map">', 'picture without an address "Map"'),
    ('<abbr title="Sea">S</abbr>', "explanation"),
    ("<select><option>a</option></select>", "<select> of a form"),
    ('<a href="#there">x</a>', "link to a place of the same page"),
]  # fmt: skip
HIDDEN = [
    "<div style='display: none'>{}</div>", "<p hidden>{}</p>",
    "<p style='visibility:hidden'>{}</p>",
    "<span aria-hidden='true'>{}</span>", "<div class='preheader'>{}</div>",
    "<div style='DISPLAY :NONE;color:red'><p>{}</p></div>", "<div style='mso-hide:all'>{}</div>",
    "<div style='max-height:0px;overflow:hidden'>{}</div>", "<template><p>{}</p></template>",
]  # fmt: skip


def made(html: str) -> tuple[str, list[str]]:
    entry = Entry(source="x")
    return markup.markdown(f"{html}<p>End.</p>", "/p/", entry), entry.lost


@pytest.mark.parametrize(("html", "text"), KEPT)
def test_what_it_shows_is_said(html: str, text: str) -> None:
    said, _ = made(html)
    assert text in said
    assert said.endswith("End.\n")


@pytest.mark.parametrize(("html", "name"), TOLD)
def test_what_it_cannot_say_is_told(html: str, name: str) -> None:
    said, lost = made(html)
    assert [told for told in lost if told.startswith(name)], lost
    assert said.endswith("End.\n")


@pytest.mark.parametrize("html", HIDDEN)
def test_what_nobody_saw_stays_hidden(html: str) -> None:
    said, lost = made(f"<p>Start.</p>{html.format('For nobody')}")
    assert said == "Start.\n\nEnd.\n"
    assert lost == ["hidden text, or pictures, left out"]


def test_a_picture_that_a_script_would_show_too_is_shown_once() -> None:
    lazy = '<img data-src="/a.png" alt="A"><noscript><img src="/a.png" alt="A"></noscript>'
    assert made(lazy)[0].count("/a.png") == 1


def test_a_form_around_a_page_is_no_form() -> None:
    assert "word " * 50 in made(f"<form><p>{'word ' * 200}</p></form>")[0]


def test_the_companion_of_a_quoted_post_is_nothing_of_its_own() -> None:
    html = (
        '<blockquote class="twitter-tweet"><p>Fog</p></blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>'
    )
    assert made(html) == ("> Fog\n\nEnd.\n", [])


def test_links_within_a_page_lead_to_their_headings() -> None:
    html = (
        '<p><a href="#a1">one</a> <a href="#a2">two</a></p><h2 id="a1">Ferries &amp; co</h2>'
        '<p>x</p><p><a name="a2"></a></p><h2>Fog</h2>'
    )
    said, lost = made(html)
    assert "[one](#ferries-co) [two](#fog)" in said
    assert lost == []


def test_links_across_pages_lead_to_their_headings(move: Any, site: Any, old: Path) -> None:
    there = '<h2 id="h-1">The pier</h2><p>Words.</p>'
    link = "https://harbour.example/2024/03/story-1/"
    here = (
        f'<p><a href="{link}#h-1">a</a> <a href="{link}#nowhere">b</a> <a href="{link}">c</a></p>'
    )
    text = HEAD + item(1, body=there) + item(2, body=here) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    outcome = move("wordpress")
    report_said = report.markdown(outcome)
    body = next(d for p, d in site.tree("content").items() if b"[a](" in d).decode()
    place = outcome.places.placed[0].address
    assert f"[a]({place}#the-pier) [b]({place}) [c]({place})" in body
    assert "1 link leads to the top of a text now" in report_said
    built = site.build()
    assert built.ok
    assert [p.message for p in built.problems if "link" in p.code] == []


def test_names_of_headings_are_followed_in_markdown_too(move: Any, put: Any, site: Any) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n'
        "-- content/p/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\n[x](#n)\n\n"
        "## Numbers *now* {#n}\n"
        "-- content/p/b.md --\n---\ntitle: B\ndate: 2024-03-02\n---\n[y](/p/a/#n)\n"
    )
    move("hugo")
    report_of_build = site.build()
    assert report_of_build.ok
    assert [p.message for p in report_of_build.problems if "link" in p.code] == []
    tree = site.tree("content")
    assert b"[x](#numbers-now)" in tree["p/a.md"]
    assert b"/#numbers-now)" in tree["p/b.md"]


def test_the_report_counts_what_did_not_come(move: Any, old: Path) -> None:
    form = "<p>x</p><form>Your name</form>"
    text = HEAD + item(1, body=form) + item(2, body=form) + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    said = report.markdown(move("wordpress"))
    assert '`form "Your name", left out`: 2 times, first in export.xml#1' in said


def test_a_shortcode_is_named_with_its_file_and_line(move: Any, old: Path, site: Any) -> None:
    text = (
        HEAD
        + item(1, body='<p>x</p><p>[map id="3"]</p>')
        + item(2, body="<p>[toc]</p><p>[sic]!</p>")
    )
    (old / "export.xml").write_text(text + "</channel></rss>", "utf-8")
    said = report.markdown(move("wordpress"))
    for name, mark in (("map", rb"\[map"), ("toc", rb"\[toc")):
        path, data = next((p, d) for p, d in site.tree("content").items() if mark in d)
        line = data[: data.index(mark)].count(b"\n") + 1
        assert f"`[{name}]`: 1 time, first in content/{path}:{line}" in said
    assert "[sic]" not in said


MANY = [
    "<noscript><img src='/a.png'></noscript>", "<a href='#x' id='y'>1</a>",
    "<a href='/x'><div>a</div>", "<p hidden><p hidden>a", "<form><form>", "<svg>", "<button>a",
    "<h2 id=a>b</h2>", "<embed src='/a'>", "<a href='/a'>", "<picture><source>",
    "<div id='x'><a href='#y'>b</a></div>", "<div data-attrs='{}'>",
]  # fmt: skip


@pytest.mark.parametrize("part", MANY)
def test_any_number_of_parts_is_read(part: str) -> None:
    assert isinstance(made(part * 5000)[0], str)


def test_what_is_hidden_within_what_is_hidden_is_told_once() -> None:
    assert made("<div hidden>a<p hidden>b</p></div>")[1] == ["hidden text, or pictures, left out"]
