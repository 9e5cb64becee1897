"""The search page in a real browser, under the policy that `_headers` gives it."""

import functools
import http.server
import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.formats.search import shards as search_shards
from site_gen.formats.search import terms as search_terms
from tests.chromium import NEEDS_CHROMIUM
from tests.serving import serving

LOOK = 20_000
DONE = re.compile(r"^(Stories found: \d|Nothing found)")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SCRIPT = Path(__file__).parents[2] / "themes" / "broadsheet" / "assets" / "search.js"

pytestmark = NEEDS_CHROMIUM


class Story(NamedTuple):
    """A content file in few words."""

    title: str
    day: str
    topic: str = "Science"
    provider: str = "Lantern"
    excerpt: str = "A short account."
    body: str = "Nothing more is known."
    more: str = ""


STORIES = {
    "beijing": Story("人工智能改变北京的医院", "2026-03-02", more="language: zh"),
    "zurich": Story("Court in Zürich opens its café", "2026-03-03", excerpt="A naïve plan."),
    "quantum": Story("Quantum sensors leave the laboratory", "2026-03-04", topic="Physics"),
    "bridge": Story("A bridge for the old harbour", "2026-03-05", body="Cranes came by rail."),
    "harbour": Story("Harbour pilots strike", "2026-03-10", body="The tunnel stays open."),
    "nasa": Story("NASA plans a slow mission", "2026-03-11", provider="Orbit Post"),
    "bakery": Story("A bakery wins a prize", "2026-03-12", body="A &lt;marzipan> & *nut* loaf."),
    "wind": Story("Wind farms report a good year", "2026-03-17", topic="Energy",
                  excerpt="Turbines outran every forecast."),
    "tax": Story("Tax office late with its report", "2026-03-18", topic="Politics"),
    "orbit": Story("A report on crowded orbits", "2026-03-19", provider="Orbit Post"),
    "volcano": Story("A volcano wakes", "2024-05-06"),
    "travel": Story("Travel plans for spring", "2026-03-24", body="Nobody mentions the volcano."),
    "report": Story("An older report on tides", "2024-05-07"),
    "secret": Story("A story by others", "2026-03-25", body="The word zanzibar is theirs.",
                    more="rights: excerpt"),
    "hostile": Story("<img src=x onerror=say(1)> <script>say(2)</script> & peril", "2026-03-26"),
    "draft": Story("A draft on pelicans", "2026-03-27", more="draft: true"),
    **{f"list-{n}": Story(f"Regatta number {n}", "2025-07-07", body="Sails.") for n in range(13)},
}  # fmt: skip

QUERIES = {
    "CJK": ({"q": "人工智能"}, "人工智能改变北京的医院"),
    "accent": ({"q": "zurich cafe"}, "Court in Zürich opens its café"),
    "prefix": ({"q": "quant"}, "Quantum sensors leave the laboratory"),
    "two words": ({"q": "harbour bridge"}, "A bridge for the old harbour"),
    "topic": ({"q": "report", "topic": "energy"}, "Wind farms report a good year"),
    "provider": ({"q": "report", "provider": "orbit-post"}, "A report on crowded orbits"),
    "year": ({"q": "report", "year": "2024"}, "An older report on tides"),
    "no hit": ({"q": "xylophone"}, None),
    "case": ({"q": "nAsA"}, "NASA plans a slow mission"),
    "body": ({"q": "marzipan"}, "A bakery wins a prize"),
    "excerpt": ({"q": "turbines"}, "Wind farms report a good year"),
    "title beats body": ({"q": "volcano"}, "A volcano wakes"),
}


KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


class Site(NamedTuple):
    """A built site behind a loopback server; `asked` are the paths it was asked for."""

    url: str
    public: Path
    asked: list[str]


@pytest.fixture(scope="module", params=[("broadsheet", ""), ("minimal", "/weekly")], ids=str)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    theme, root = request.param
    folder = tmp_path_factory.mktemp("search")
    (folder / "site.toml").write_text(
        f'title = "Sample"\nbase_url = "https://sample.example{root}"\ntheme = "{theme}"\n'
        '[feeds]\ntag = "sample.example,2026"\n',
        "utf-8",
    )
    for name, story in STORIES.items():
        write(folder / "content" / f"{name}.md", story)
    report = build(folder, Options(now=NOW))
    assert report.ok, report.problems
    public = folder / "public"
    asked: list[str] = []
    handler = functools.partial(Handler, public, root, rules(public / "_headers"), asked)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(server):
        yield Site(f"http://127.0.0.1:{server.server_port}{root}", public, asked)


def write(path: Path, story: Story) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"---\ntitle: {json.dumps(story.title, ensure_ascii=False)}\n"
        f"publishedDateTime: {story.day}T09:00:00Z\nexcerpt: {story.excerpt}\n"
        f"topics: [{story.topic}]\nprovider: {{name: {story.provider}}}\n{story.more}\n---\n"
        f"{story.body}\n",
        "utf-8",
    )


def rules(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Pattern -> headers, as `_headers` has them."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves a built site below its root, with the headers that a host would send."""

    def __init__(self, public: Path, root: str, headers: Any, asked: list[str], *more: Any) -> None:
        self.public, self.root, self.rules, self.asked = public, root, headers, asked
        super().__init__(*more)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        name = path.removeprefix(self.root).lstrip("/")
        file = self.public / (name + "index.html" if path.endswith("/") else name)
        if not path.startswith(f"{self.root}/") or not file.is_file():
            self.send_error(404)
            return
        self.asked.append(path)
        self.send_response(200)
        sent: dict[str, str] = {}
        for pattern, headers in self.rules:
            if pattern == path or (pattern.endswith("*") and path.startswith(pattern[:-1])):
                sent |= headers
        sent["Content-Type"] = KINDS[file.suffix]
        for header, value in sent.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(file.read_bytes())

    def log_message(self, *said: Any) -> None:
        """Quiet."""


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A page whose console must stay silent: a policy that is broken speaks there."""
    context = browser.new_context()
    context.set_default_timeout(LOOK)
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda message: said.append(message.text))
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    context.close()
    assert not said


def search(page: Any, site: Site, asked: dict[str, str]) -> None:
    """Opens the search with a query in its address, and waits for the answer."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    page.goto(f"{site.url}/search/?{query}")
    expect(status(page)).to_have_text(DONE, timeout=LOOK)


def status(page: Any) -> Any:
    return page.get_by_role("status")


def titles(page: Any) -> list[str]:
    return [str(text) for text in page.locator(".results li h3").all_inner_texts()]


@pytest.mark.parametrize("name", QUERIES)
def test_a_named_query_finds_its_story_first(page: Any, site: Site, name: str) -> None:
    asked, first = QUERIES[name]
    search(page, site, asked)
    assert titles(page)[:1] == ([first] if first else [])
    if first is None:
        expect(status(page)).to_contain_text("Nothing found")


def test_a_result_leads_to_its_story(page: Any, site: Site) -> None:
    search(page, site, {"q": "bakery"})
    page.get_by_role("link", name="A bakery wins a prize").click()
    expect(page.locator("h1")).to_have_text("A bakery wins a prize")


def test_typing_searches_and_the_address_keeps_the_query(page: Any, site: Site) -> None:
    page.goto(f"{site.url}/search/")
    box = page.get_by_role("searchbox")
    expect(status(page)).to_have_text("")
    box.press_sequentially("Quantum sens")
    expect(status(page)).to_have_text("Stories found: 1")
    page.get_by_label("Year").select_option("2024")
    expect(status(page)).to_contain_text("Nothing found")
    page.get_by_label("Year").select_option("2026")
    expect(status(page)).to_have_text("Stories found: 1")
    page.reload()
    expect(status(page)).to_have_text("Stories found: 1")
    assert box.input_value() == "Quantum sens"
    assert page.get_by_label("Year").input_value() == "2026"
    box.fill("")
    page.get_by_label("Year").select_option("")
    expect(status(page)).to_have_text("")
    assert page.url == f"{site.url}/search/"


def test_the_last_word_is_a_beginning_until_a_space_ends_it(page: Any, site: Site) -> None:
    search(page, site, {"q": "volca"})
    assert titles(page)[0] == "A volcano wakes"
    search(page, site, {"q": "volca%20"})
    assert titles(page) == []


def test_a_filter_alone_lists_the_newest_first(page: Any, site: Site) -> None:
    search(page, site, {"year": "2024"})
    assert titles(page) == ["An older report on tides", "A volcano wakes"]


def test_everything_works_from_the_keyboard(page: Any, site: Site) -> None:
    search(page, site, {"q": "regatta"})
    expect(status(page)).to_have_text("Stories found: 13")
    assert len(titles(page)) == 10
    page.get_by_role("searchbox").focus()
    stops = []
    for _ in range(16):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert stops[0] == "Search"
    assert stops[4:14] == titles(page)
    assert stops[14] == "More results"
    page.get_by_role("button", name="More results").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results li")).to_have_count(13)
    assert page.evaluate("document.activeElement.textContent") == titles(page)[10]
    assert page.get_by_role("button", name="More results").count() == 0


def test_what_content_says_is_text(page: Any, site: Site) -> None:
    search(page, site, {"q": "peril"})
    assert titles(page) == [STORIES["hostile"].title]
    assert page.locator(".results :is(img, script)").count() == 0


@pytest.mark.parametrize("word", ["zanzibar", "pelicans"])
def test_what_may_not_be_shown_is_not_found(page: Any, site: Site, word: str) -> None:
    search(page, site, {"q": word})
    assert titles(page) == []
    index = b"".join(path.read_bytes() for path in (site.public / "search").rglob("*.json"))
    assert word.encode() not in index


def test_text_in_another_language_is_marked(page: Any, site: Site) -> None:
    search(page, site, {"q": "北京"})
    assert page.locator(".results h3").first.get_attribute("lang") == "zh"


def test_a_query_asks_for_nothing_that_it_does_not_need(page: Any, site: Site) -> None:
    site.asked.clear()
    search(page, site, {"q": "bakery"})
    asked = [path.rpartition("/search/")[2] for path in site.asked if path.endswith(".json")]
    assert len(asked) == 2
    assert sorted(name.partition("/")[2].partition("-")[0] for name in asked)[1] == "cards"


def test_a_missing_index_is_said(page: Any, site: Site, browser: Any) -> None:
    context = browser.new_context()
    lone = context.new_page()
    lone.route("**/*.json", lambda route: route.abort())
    lone.goto(f"{site.url}/search/?q=bakery")
    expect(status(lone)).to_contain_text("could not load", timeout=LOOK)
    context.close()


def test_without_script_the_archive_and_the_topics_remain(browser: Any, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site.url}/search/")
    assert not plain.locator("form.search").is_visible()
    main = plain.locator("main")
    assert "needs JavaScript" in main.inner_text()
    for name in ("Archive", "Topics"):
        assert plain.request.get(
            site.url.removesuffix("/weekly")
            + str(main.get_by_role("link", name=name).get_attribute("href"))
        ).ok
    context.close()


@pytest.fixture
def script(browser: Any) -> Iterator[Any]:
    """`script(expression)` in the scope of search.js, on a page without a form."""
    context = browser.new_context()
    blank = context.new_page()
    source = SCRIPT.read_text("utf-8")

    def run(expression: str, argument: Any = None) -> Any:
        body = json.dumps(f"{source}\nreturn ({expression})(argument);")
        return blank.evaluate(f"argument => new Function('argument', {body})(argument)", argument)

    yield run
    context.close()


TEXTS = (
    "L’Élysée & the Łódź façade", "ΣΊΣΥΦΟΣ Straße İstanbul ıIiİ", "naïve CAFÉ e\u0301te\u0301",
    "東京でパリとバリ、ﾊﾟﾘ ３Ｄ打印", "한국어 검색 엔진", "हिन्दी में ख़बर", "الأَخْبَارُ العـــربية إلى",
    "שָׁלוֹם עולם", "ภาษาไทย", "don't U.S. 3.5 AT&T C++ f(x)=²³", "😀 emoji👩‍🚀end", "x" * 40,
    "ﬁne ﬂow Ⅷ ½ №5", "Đặng Þórr ħ", "",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_is_taken_apart_as_the_texts_were(script: Any, text: str) -> None:
    found = script("text => words(text + ' ').map((word) => word.term)", text)
    assert set(found) == search_terms.terms_of_text(text)
    places = script("terms => terms.map(spread)", found)
    assert places == [search_terms.hash_prefix(search_terms.bucket_prefix(term)) for term in found]


def test_every_character_is_folded_alike(script: Any) -> None:
    """All that this Python's Unicode knows, in blocks: a browser's is usually newer."""
    known = [
        chr(code)
        for code in (*range(0x20, 0xD800), *range(0xF900, 0x20000))
        if unicodedata.category(chr(code)) not in ("Cn", "Co")
    ]
    found = script("characters => characters.map(fold)", known)
    differ = [
        each
        for each, folded in zip(known, found, strict=True)
        if folded.split()
        != unicodedata.normalize("NFC", each).translate(search_terms._FOLD).split()
    ]
    assert not differ


@pytest.mark.parametrize("count", [1, 2, 40, 1000])
def test_packed_lists_come_back(script: Any, count: int) -> None:
    lists = [[], [0], [count - 1], list(range(count)), list(range(0, count, 3)),
             [n for n in range(count) if n % 37]]  # fmt: skip
    packed = [search_shards.pack_numbers(numbers, count) for numbers in lists]
    read = f"lists => lists.map((each) => unpacked(each, {count}))"
    assert script(read, packed) == lists
