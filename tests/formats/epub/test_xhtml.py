"""Bodies of a book: XML whatever a sanitised body holds, with all of its words."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from site_gen.basics.safehtml import sanitize
from site_gen.formats.epub.xhtml import _Converter, to_xhtml

BASE, PAGE = "https://news.example", "https://news.example/articles/a/"
WORDS = "picture: {}"

PIECES = """
<p>|</p>|<em>|</em>|<li>|</ul>|<ul>|<ol start=3>|<ol start=x>|<br>|<hr id=c-a>|<table>|</table>
<tr><td class=align-left colspan=2>|<ruby>a<rt>b|<a href="#c-a">|</a>|<h2 id="c-a">|</h2>|<img>
<a href="https://x.example/?a=1&b=2" rel="nofollow noopener">|<h2 id="c-a b">|<h3 id="c-é">
<a href="/b/" title="a < b > c &amp; &quot;d&quot;">|<a href="https://é.example/ü?q='x'">|<col>
<img src="/p.png" alt="<i>&">|<img src="https://x.example/p.png" title="t">|<details open><summary>s
&nbsp;|&lt;b&gt;|&hellip;|a & b|&unknown;|é|"|]]>|<pre>

x|plain words|<picture><source srcset="https://x.example/d.png"><img src='/d.png'></picture>
""".strip().split("|")
bodies = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def made(html: str, *carried: str) -> etree._Element:
    """The body as a reader of books takes it: by the rules of XML."""
    names = {url: f"pictures/{at}.png" for at, url in enumerate(carried)}
    return etree.fromstring(to_xhtml(html, BASE, PAGE, WORDS, lambda url: names.get(url, "")))


@given(bodies)
def test_every_sanitised_body_is_xml_with_the_same_text(html: str) -> None:
    clean = sanitize(html)
    root = made(clean, "/p.png")
    told = etree.fromstring(f"<div>{clean or '<p></p>'}</div>", etree.HTMLParser())
    for picture in told.iter("img"):
        picture.tail, source = picture.tail or "", picture.get("src") or ""
        words = picture.get("alt") or picture.get("title") or ""
        if source != "/p.png":
            picture.tail = _stands_for(source, words) + picture.tail
    assert "".join(root.itertext()) == "".join(told.itertext())
    assert {name for each in root.iter() for name in each.attrib} <= {
        *("href", "id", "title", "class", "start", "src", "alt"),
    }


def _stands_for(source: str, words: str) -> str:
    return WORDS.format(words.strip()) if words.strip() else source.rpartition("/")[2]


@given(bodies)
def test_ids_are_names_and_unique_and_links_lead_to_them_or_out(html: str) -> None:
    root = made(sanitize(html))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(" " not in name for name in ids)
    for link in root.iter("a"):
        target = link.get("href", "https://")
        assert target.startswith(("https://", "http://")) or target[1:] in ids


def test_a_link_within_the_site_is_absolute_and_one_to_a_fragment_elsewhere_leads_to_the_page() -> (
    None
):
    root = made('<p><a href="/b/?x=1&amp;y=2">b</a> <a href="#c-gone">c</a></p>')
    assert [a.get("href") for a in root.iter("a")] == [f"{BASE}/b/?x=1&y=2", PAGE]


def test_a_picture_that_is_not_carried_is_a_link_but_not_within_one() -> None:
    html = (
        '<p><img src="https://x.example/a.png" alt="A"> '
        '<a href="/b/"><img src="/c.png" alt=""></a></p>'
    )
    root = made(html)
    assert [(e.tag, e.get("href"), e.text) for e in root[0]] == [
        ("a", "https://x.example/a.png", "picture: A"),
        ("a", f"{BASE}/b/", None),
    ]
    assert (root[0][1][0].tag, root[0][1][0].text) == ("span", "c.png")


class Counting(str):
    """A text that counts the characters in which it is looked for something."""

    looked = 0

    def rfind(self, sub: str, start: Any = 0, end: Any = None) -> int:
        end = len(self) if end is None else end
        Counting.looked += max(0, end - start)
        return super().rfind(sub, start, end)


def test_of_many_pictures_none_looks_at_the_whole_text_before_it() -> None:
    piece = (
        '<a href="/b/"><img src="https://x.example/a.png"></a><img src="https://x.example/b.png">'
    )
    html = Counting(piece * 500)
    written = _Converter(html, BASE, PAGE, WORDS, lambda url: "").convert()
    assert written.count("<span>") == written.count('href="https://x.example/b.png"') == 500
    assert 0 < Counting.looked <= 3 * len(html)


def test_a_body_of_nothing_is_a_paragraph() -> None:
    assert [each.tag for each in made("").iter()] == ["div", "p"]
