"""Bodies: what becomes of Markdown, and that nothing active ever does."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from site_gen.basics.safehtml import ELEMENTS
from site_gen.basics.urls import LINKS
from site_gen.read import addresses
from site_gen.read.body_faults import to_problems
from site_gen.read.markdown import Rendered, render
from site_gen.read.parser import MAX_NESTING


def html(text: str, path: str = "2024/a.md", *, remote_images: bool = True) -> str:
    found = render(text, path, remote_images=remote_images)
    assert found.faults == ()
    return str(found.html)


def test_prose() -> None:
    assert html("A *b* **c** ~~d~~ `e`\n") == (
        "<p>A <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>\n"
    )


def test_html_may_be_text() -> None:
    found = render("<b>x</b> <script>1</script>\n", "a.md", remote_images=True, with_html=False)
    assert found.html == "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;1&lt;/script&gt;</p>\n"
    assert found.faults == ()


def test_comments_are_left_out() -> None:
    assert html("<!-- block\n\nstill -->\nA <!-- inline --> b.\n") == "<p>A  b.</p>\n"
    assert html("`<!-- code -->`\n") == "<p><code>&lt;!-- code --&gt;</code></p>\n"
    assert "open" in render("<!-- open\n\ntext\n", "a.md", remote_images=True).html  # and told


def test_the_highest_heading_becomes_the_second_level() -> None:
    assert html("# A\n\n## B\n") == '<h2 id="c-a">A</h2>\n<h3 id="c-b">B</h3>\n'
    assert html("### A\n\n###### B\n") == '<h2 id="c-a">A</h2>\n<h5 id="c-b">B</h5>\n'


def test_ids_are_prefixed_and_unique() -> None:
    text = html(
        "# A 2\n\n# A\n\n# A\n\n# A\n\n# A-2\n\n# \U0001f916\n\n# fn1\n\nx[^1]\n\n[^1]: n\n"
    )
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids)), ids
    assert all(name.startswith("c-") for name in ids)


def test_fragments_follow_their_ids() -> None:
    text = html("[to](#the-part) [top](#top)\n\n# The part\n")
    assert '<a href="#c-the-part">to</a>' in text
    assert '<a href="#top">top</a>' in text


def test_a_fragment_that_leads_nowhere_is_told_and_is_no_link() -> None:
    found = render("Text.\n\n[page](#main)\n\n# Mains\n", "a.md", remote_images=True)
    assert found.html.startswith("<p>Text.</p>\n<p><a>page</a></p>")
    ((line, message, _, error),) = [fault[:4] for fault in found.faults]
    assert (line, error) == (3, False)
    assert message == 'the link "#main" leads to no heading. Did you mean "mains"?'


def test_footnotes() -> None:
    text = html("One[^a], again[^a].\n\n[^a]: The note.\n")
    assert '<a href="#c-fn1" id="c-fnref1">1</a>' in text
    assert '<li id="c-fn1" class="footnote-item">' in text
    for target in re.findall(r'href="#([^"]*)"', text):
        assert f'id="{target}"' in text


def test_table_alignment_is_a_class() -> None:
    text = html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n")
    assert '<th class="align-left">a</th>' in text
    assert '<td class="align-center">2</td>' in text
    assert '<td class="align-right">3</td>' in text
    assert "style" not in text


@pytest.mark.parametrize("url", ["https://x.example/", "http://x.example/"])
def test_outside_links_have_their_rel(url: str) -> None:
    assert html(f"[x]({url})\n") == f'<p><a href="{url}" rel="nofollow noopener">x</a></p>\n'


def test_bare_links() -> None:
    assert '<a href="https://x.example/a"' in html("See https://x.example/a.\n")
    # Neither bare words nor addresses without a scheme become links.
    assert "<a" not in html("See x.example and a@x.example. https:// no\n")


@pytest.mark.parametrize("url", ["mailto:a@x.example", "tel:+49301", "/topics/ai/", "#top"])
def test_other_links_pass_without_rel(url: str) -> None:
    shown = f"content:{url}" if url.startswith("/") else url  # looked up when a page is made
    assert f'<a href="{shown}">x</a>' in html(f"[x]({url})\n")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "data:text/html,x",
     "vbscript:x", "file:///etc/passwd", "ftp://x.example/", "//evil.example/",
     "\\\\\\\\evil.example", "https://u:p@x.example/", "content:secret.md", "https:x", "blob:x"],
)  # fmt: skip
def test_other_addresses_stay_text(url: str) -> None:
    found = render(f"[x]({url}) ![y]({url})\n", "a.md", remote_images=True)
    assert not any(fault.error for fault in found.faults)
    text = found.html
    assert "<a" not in text
    assert "<img" not in text


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("b.md", "2024/b.md"),
        ("./b.md", "2024/b.md"),
        ("../c/d.md", "c/d.md"),
        ("b%20c.md", "2024/b c.md"),
        ("b.md?x=1", "2024/b.md"),
        ("data.csv", "2024/data.csv"),
    ],
)
def test_relative_references_are_recorded(url: str, target: str) -> None:
    found = render(f"\n[x]({url})\n", "2024/a.md", remote_images=True)
    (link,) = found.links
    assert (link.target, link.line, link.image) == (target, 2, False)
    assert 'href="content:' in found.html


def test_a_fragment_of_another_article_is_prefixed() -> None:
    assert 'href="content:2024/b.md#c-part"' in html("[x](b.md#part)\n")


@pytest.mark.parametrize("url", ["../../b.md", "../..", "%2e%2e/%2e%2e/b.md"])
def test_nothing_leads_out_of_content(url: str) -> None:
    found = render(f"one\n[x]({url})\n", "2024/a.md", remote_images=True)
    assert found.links == ()
    assert [(f.line, f.message) for f in found.faults] == [
        (2, f'the link "{url}" leads out of content/')
    ]


def test_pictures() -> None:
    assert html('![an alt](https://x.example/p.jpg "t")\n') == (
        '<figure><img src="https://x.example/p.jpg" alt="an alt" loading="lazy"'
        ' decoding="async" referrerpolicy="no-referrer"><figcaption>t</figcaption></figure>\n'
    )
    assert html('Amid ![an alt](https://x.example/p.jpg "t") words\n').startswith("<p>Amid <img ")
    found = render("![p](p.png)\n", "2024/a.md", remote_images=False)
    assert [(x.target, x.image) for x in found.links] == [("2024/p.png", True)]


def test_remote_pictures_may_be_off() -> None:
    assert html("![an alt](https://x.example/p.jpg)\n", remote_images=False) == "<p>an alt</p>\n"


def test_pictures_over_http_are_dropped_with_a_warning() -> None:
    found = render("one\n\n![alt](http://x.example/p.jpg)\n", "a.md", remote_images=True)
    assert found.html == "<p>one</p>\n<p>alt</p>\n"
    (problem,) = to_problems(found.faults, "content/a.md", "one\n\n![alt](...)\n", 5)
    assert (problem.severity, problem.where and problem.where.line) == ("warning", 7)


@pytest.mark.parametrize("text", [">" * 60 + " x", "- " * 60 + "x", "> - " * 30 + "x"])
def test_what_is_nested_too_deep_is_told_not_lost(text: str) -> None:
    found = render(text, "a.md", remote_images=True)
    assert [f.message for f in found.faults] == [f"is nested more than {MAX_NESTING - 1} deep"]


@pytest.mark.parametrize("text", [">" * 20 + " word", "- " * 20 + "word"])
def test_what_is_nested_less_deep_is_kept(text: str) -> None:
    assert "word" in html(text)


def test_a_body_that_would_explode_is_refused() -> None:
    columns = 400
    wide = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + "|x|\n" * 1000
    found = render(wide, "a.md", remote_images=True)
    assert len(found.html) <= 4 << 20
    if not found.html:
        known = (
            "makes more than 4 MiB of HTML",
            "the body holds a table of more than 50,000 cells",
        )
        assert found.faults[0].message in known


def test_words_and_the_first_paragraph() -> None:
    found = render("# H\n\n> quoted\n\nOne *two*.\n\n```\nthree four\n```\n", "a.md",
                   remote_images=True)  # fmt: skip
    assert found.first_paragraph == "One two."
    assert found.words == 6


class _Walk(HTMLParser):
    """What a browser would make of it: every tag, attribute and address."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


SAFE_TAGS = {*ELEMENTS, "section"}
PIECES: Any = st.lists(
    st.one_of(
        st.sampled_from(
            ["[x](", "](", ")", "![", "javascript:", "alert(1)", "<script>", "</script>", "<img ",
             "<b>", "</b>", "<div>", "</div>", "<details>", "<svg>", "<math>", "<table>", "<td>",
             "<a id=x>", "</a>", "<style>", "<pre>", "<textarea>", "<p>",
             " onerror=", '"', "'", "<", ">", "<!--", "-->", "&#106;avascript&colon;", "\n\n", "\n",
             "> ", "- ", "1. ", "# ", "|", "|--|\n", "`", "```\n", "*", "**", "~~", "[^1]",
             "[^1]: ", "[r]: ", "[r]", "https://x.example/", "data:text/html,", "\\", "%5c", "//",
             "content:", "b.md", "    ", "\t", "&lt;", "&#x6A;", "\u202e", "style=", "<a href="]
        ),
        st.text(max_size=6),
    ),
    max_size=16,
).map("".join)  # fmt: skip


@limits(max_examples=300)
@given(PIECES)
@example("[x](javascript:alert(1))")
@example("![x](javascript:alert(1))")
@example("<javascript:alert(1)>")
@example('[x](https://x.example/"onmouseover="alert(1))')
@example("[r]: javascript:alert(1)\n\n[r]")
def test_nothing_active_ever_comes_out(text: str) -> None:
    found = render(text, "2024/a.md", remote_images=True)
    assert isinstance(found, Rendered)
    walk = _Walk()
    walk.feed(str(found.html))
    assert walk.tags <= SAFE_TAGS
    for name, value in walk.attributes:
        assert not name.startswith("on")
        assert name != "style"
        if name == "id":
            assert value.startswith("c-")
        if name in ("href", "src"):
            scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", value)
            assert scheme is None or scheme[1].lower() in (*LINKS, "content"), value
            assert not re.match(r"\s*[/\\]{2}", value)


@given(st.text(alphabet="ab \n#*-_`[]()!<>|\\&;:^~1.", max_size=60))
def test_letters_are_never_lost(text: str) -> None:
    found = render(text, "a.md", remote_images=True)
    # Comments, destinations of links and the language of a fence are no text.
    if found.faults or any(mark in text for mark in ("<!", "](", "]:", "`", "~~~")):
        return
    shown = re.sub(r"<[^>]*>", "", str(found.html))
    assert shown.count("a") + shown.count("b") >= text.count("a") + text.count("b")


@given(st.from_regex(addresses.NORMAL, fullmatch=True))
@example("https://a")
@example(f"https://{'a.' * 126}b/")
@example("http://1.2.3.4/")
@example("https://a.example/x//../y/.")
@example("https://a.example/@b/c:d;e,f?g=h&i=%2Fj#k/l=m%c3")
@example("https://a.example/?://@b#?")
def test_an_address_taken_as_normal_is_so(url: str) -> None:
    assert normalizeLink(url) == url


@pytest.mark.parametrize(
    "url",
    [
        f"https://{'a.' * 127}b/",
        "HTTPS://A.example/",
        "https://ü.example/",
        "https://a.example/ü",
        "https://a.b/?q=[x]",
    ],
)
def test_any_other_address_goes_to_the_parser(url: str) -> None:
    assert addresses.normalized(url) == normalizeLink(url)
    assert addresses.NORMAL.fullmatch(url) is None
