"""What a real browser makes of the shipped themes: layout, focus, colours, a strict policy."""

import functools
import http.server
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from site_gen import model
from site_gen.basics import safehtml
from site_gen.theme.load import Theme
from tests.chromium import NEEDS_CHROMIUM
from tests.serving import serving

POLICY = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'"
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
TITLES = (
    "word " * 60,
    WORD,
    "مدينة ساحلية توقف خطة مراكز البيانات بعد تصويت مفاجئ في المجلس",
    "港の街がデータセンター計画を一時停止、予想外の採決で市議会が方針転換",
    "🚢⚓️🤖🏙️👩🏽‍🚀👨‍👩‍👧‍👦 " * 9,
    "x",
)
PAGES = ("edition.html", "article.html", "topic.html", "none.html")

pytestmark = NEEDS_CHROMIUM


class Served(http.server.SimpleHTTPRequestHandler):
    """The rendered pages, below the root of the sample site, with the strictest policy."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/digest"))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing: a test says what matters."""


@pytest.fixture
def folder(tmp_path: Path, render: Any, make: SimpleNamespace, theme: Theme) -> Path:
    """Awkward pages of a theme and its assets, as files."""
    cards = tuple(
        make.card(n, title=TITLES[n % len(TITLES)], excerpt=f"{WORD} {TITLES[(n + 1) % 6]}")
        for n in range(20)
    )
    table = Markup("<table><tr>{}</tr></table>").format(
        Markup("").join(Markup("<td>{}</td>").format(f"column{n}") for n in range(6))
    )
    code = Markup("<pre><code>{}</code></pre>").format("/" + "path" * 60)
    body = Markup(safehtml.with_table_boxes(model.SafeHtml(table + code)))
    lists = {
        "topic": model.TopicRef(name=WORD, slug="w", permalink="/topics/w/"),
        "count": 20,
        "groups": (model.Group(edition=make.week(), cards=cards),),
        "pager": model.Pager(number=1, newest=True),
        "own_feeds": (),
    }
    pictures = (model.Group(edition=make.week(), cards=pictured(make)),)
    tags = tuple(TITLES)
    pages = {
        "edition.html": render("edition.html", **make.edition(cards)),
        "article.html": render("article.html", **make.article(cards[0], body, tags=tags)),
        "topic.html": render("topic.html", **lists),
        "list.html": render("topic.html", **{**lists, "groups": pictures}),
        "phone.html": render("edition.html", **make.edition(pictured(make), title="The week")),
        "none.html": render("home.html", also=(), sections=(), downloads=(), recent=()),
    }
    site = tmp_path / "site"
    for name, text in pages.items():
        site.mkdir(exist_ok=True)
        (site / name).write_text(text, "utf-8")
    for asset in theme.assets.values():
        place = site / asset.url.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(asset.data)
    return site


def pictured(make: SimpleNamespace) -> tuple[model.Card, ...]:
    """Cards with pictures, of this host and others, and ordinary words; some in Arabic."""
    remote = model.Picture(url="https://pictures.example/a.jpg", width=1200, height=675, alt="A")
    local = model.Picture(url="/none.png", width=1200, height=675, alt="A", local=True)
    words = "mathematical organisation infrastructure"
    return tuple(
        make.card(
            n,
            title=TITLES[2] if n % 3 == 2 else f"{words} {n}",
            language="ar" if n % 3 == 2 else "en",
            image=local if n % 2 else remote,
            minutes=3,
        )
        for n in range(9)
    )


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    handler = functools.partial(Served, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}/digest/"


def opened(browser: Any, url: str, width: int, scheme: str) -> tuple[Any, list[str]]:
    context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(url)
    return page, said


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_or_is_refused(browser: Any, address: str, width: int) -> None:
    for name in PAGES:
        page, said = opened(browser, address + name, width, "light")
        wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, name
        assert said == [], name
        page.context.close()


def test_dark_is_dark(browser: Any, address: str) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page, _ = opened(browser, f"{address}edition.html", 800, scheme)
        shades.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.context.close()
    light, dark = (sum(int(n) for n in s[4:-1].split(",")) for s in shades)
    assert light > 600 > 150 > dark


def test_the_keyboard_comes_by_everything_and_is_seen(browser: Any, address: str) -> None:
    page, _ = opened(browser, f"{address}article.html", 1280, "light")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    stops = page.evaluate("document.querySelectorAll('main a[href], footer a[href]').length")
    for _ in range(stops):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "(({outlineStyle, outlineWidth}) => outlineStyle + ' ' + outlineWidth)"
            "(getComputedStyle(document.activeElement))"
        )
        assert ring == "solid 3px"
    page.context.close()


def test_print_hides_the_menu_and_shows_addresses(browser: Any, address: str) -> None:
    page, _ = opened(browser, f"{address}article.html", 800, "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.menu')).display") == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


BROKEN = """selector => [...document.querySelectorAll(selector)].flatMap(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
  for (let node; node = walker.nextNode();)
    for (const word of node.data.matchAll(/[\\p{L}]{2,14}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (tops.size > 1) found.push(word[0]);
    }
  return found;
})"""
"""Words that stand on more than one line."""

LEADING = """() => [...document.querySelectorAll('main *')].flatMap(element =>
  [...element.childNodes].filter(node => node.nodeType == 3 && node.data.includes('·')).filter(
    node => {
      const at = node.data.indexOf('·'), range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const style = getComputedStyle(element.closest('p, h1, h2, li'));
      const box = element.closest('p, h1, h2, li').getBoundingClientRect();
      const dot = range.getBoundingClientRect();
      return dot.left - box.left < parseFloat(style.paddingLeft) + 4;
    }).map(node => node.parentElement.outerHTML))"""
"""Places where a line begins with the sign that separates."""


def test_a_phone_breaks_no_word_and_begins_no_line_with_a_separator(
    browser: Any, address: str
) -> None:
    for width in (320, 390):
        page, _ = opened(browser, f"{address}phone.html", width, "light")
        assert page.evaluate(BROKEN, "main h1, main h2, main h3, main p") == []
        assert page.evaluate(LEADING) == []
        page.context.close()


def test_small_lines_stand_where_the_title_above_them_begins(browser: Any, address: str) -> None:
    page, _ = opened(browser, f"{address}phone.html", 800, "light")
    sides = page.evaluate(
        "[...document.querySelectorAll('main h3[dir=auto]')].map(title => "
        "[title.matches(':dir(rtl)'), getComputedStyle(title.parentElement).textAlign])"
    )
    assert [True, "right"] in sides
    assert {(rtl, side) for rtl, side in sides} == {(True, "right"), (False, "left")}
    page.context.close()


def test_our_own_charts_have_a_mat_in_the_dark_and_absent_pictures_of_others_none(
    browser: Any, address: str
) -> None:
    page, _ = opened(browser, f"{address}phone.html", 800, "dark")
    grounds = page.evaluate(
        "[...document.querySelectorAll('main img')].map(i => "
        "[!i.src.startsWith('https:'), getComputedStyle(i).backgroundColor])"
    )
    for local, ground in grounds:
        light = ground != "rgba(0, 0, 0, 0)" and sum(map(int, ground[4:-1].split(","))) > 600
        assert light == local
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_stands_below_something_does_not_touch_it(
    browser: Any, address: str, theme: Theme, width: int
) -> None:
    """A lead without a picture beside a long list would leave a hole: the list is below it."""
    page, _ = opened(browser, f"{address}edition.html", width, "light")
    edge = "([s, e]) => document.querySelector(s).getBoundingClientRect()[e]"
    if theme.name == "broadsheet":
        lead, also = ([".lead", "bottom"], [".also", "top"])
        assert page.evaluate(edge, lead) <= page.evaluate(edge, also)
    page.context.close()
    page, _ = opened(browser, f"{address}topic.html", width, "light")
    gaps = page.evaluate(
        "[...document.querySelectorAll('main section > div')].flatMap(e => e.nextElementSibling ? "
        "[e.nextElementSibling.firstElementChild.getBoundingClientRect().top "
        "- e.lastElementChild.getBoundingClientRect().bottom] : [])"
    )
    assert all(gap >= 10 for gap in gaps)
    page.context.close()


def test_longer_titles_are_smaller(browser: Any, folder: Path, address: str) -> None:
    sizes = []
    text = (folder / "article.html").read_text("utf-8")
    for kind in ("", ' class="long"', ' class="longest"'):
        (folder / "title.html").write_text(re.sub(r'<h1(?: class="\w+")?', f"<h1{kind}", text))
        page, _ = opened(browser, f"{address}title.html", 1280, "light")
        style = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
        sizes.append(page.evaluate(style))
        page.context.close()
    assert sizes == sorted(sizes, reverse=True)
    assert re.search(r'<h1 class="longest"', text), "the title has 300 characters"


def test_paper_has_no_pictures_in_lists_and_no_end_that_takes_a_sheet(
    browser: Any, address: str
) -> None:
    page, _ = opened(browser, f"{address}list.html", 800, "light")
    page.emulate_media(media="print")
    shown = "selector => [...document.querySelectorAll(selector)].some(e => e.offsetHeight)"
    assert page.evaluate(shown, "main h3")
    assert not page.evaluate(shown, "main .thumb, .colophon")
    page.context.close()
