"""An export of WordPress that is none, links by numbers, folders that a server guards."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.old_site import Entry
from site_gen.importers.wordpress import bodies
from site_gen.importers.wordpress.bodies import Library
from site_gen.problems import SiteError
from tests.importers.test_exports import HEAD, item
from tests.importers.test_for_members import META

BROKEN = [
    ("", "export.xml is empty"),
    ("<!doctype html><html><body>Log in</body></html>", "export.xml is a page of HTML"),
    ("PK\x03\x04", "export.xml does not begin as XML does"),
    (
        '<?xml version="1.0"?><rss><channel><title>x</title>\n<item>',
        r"export.xml is cut off at line 2",
    ),
    ("<rss><channel/></rss>", "export.xml has not the marks of an export"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_file_that_is_no_export_is_told_why(text: str, said: str, move: Any, old: Path) -> None:
    (old / "export.xml").write_text(text, "utf-8")
    with pytest.raises(SiteError, match=said) as caught:
        move("wordpress")
    assert caught.value.problems[0].where is not None
    assert "Tools, Export" in caught.value.problems[0].help


def test_links_by_number_lead_to_the_post(move: Any, old: Path, site: Any) -> None:
    base = "https://harbour.example"
    body = f'<a href="{base}/?p=1">a</a> <a href="/?page_id=1#x">b</a> <a href="{base}/?p=9">c</a>'
    text = HEAD + item(1) + item(2, body=f"<p>{body}</p>") + item(9, "private") + "</channel></rss>"
    (old / "export.xml").write_text(text, "utf-8")
    move("wordpress")
    made = site.tree("content")["story-2.md"].decode()
    assert "[a](/2024/03/story-1/) [b](/2024/03/story-1/)" in made
    assert "[c](/2024/03/story-1/)" not in made


GUARDS = [
    ("Deny from all\n", True),
    ("<IfModule x>\nRequire all denied\n</IfModule>\n", True),
    ("AuthType Basic\nRequire valid-user\n", True),
    ("RewriteEngine On\nRewriteRule .* - [F,L]\n", True),
    ("Options -Indexes\n", False),
    ('<FilesMatch "\\.(php|phtml)$">\nDeny from all\n</FilesMatch>\n', False),
    ('<FilesMatch "\\.(pdf|txt)$">\nDeny from all\n</FilesMatch>\n', True),
]


@pytest.mark.parametrize(("text", "shut"), GUARDS)
def test_folders_that_a_server_guards_stay_behind(
    text: str, shut: bool, move: Any, old: Path, site: Any
) -> None:
    body = "".join(f'<a href="/wp-content/uploads/{p}">x</a>' for p in ("a/b/plan.txt", "c/d.txt"))
    (old / "export.xml").write_text(HEAD + item(1, body=body) + "</channel></rss>", "utf-8")
    for path, data in (("a/.htaccess", text), ("a/b/plan.txt", "x"), ("c/d.txt", "x")):
        (old / "uploads" / path).parent.mkdir(parents=True, exist_ok=True)
        (old / "uploads" / path).write_text(data)
    outcome = move("wordpress")
    came = {path.rpartition("uploads/")[2] for path in site.tree("content") if "uploads" in path}
    assert came == ({"c/d.txt"} if shut else {"a/b/plan.txt", "c/d.txt"})
    assert any("not everybody (1 in all" in said for said in outcome.site.left) == shut


BLOCKS = [
    ('<!-- wp:social-link {"url":"https://s.example/a","service":"mastodon"} /-->',
     "[mastodon](https://s.example/a)"),
    ('<!-- wp:rss {"feedURL":"https://s.example/feed"} /-->', "<https://s.example/feed>"),
    ('<div role="img" style="background-image:url(https://s.example/a.jpg)"></div>',
     "![](https://s.example/a.jpg)"),
    ("<figure><blockquote><p>So.</p><cite>Ann</cite></blockquote></figure>",
     "> So.\n>\n> Ann"),
    ('<h3><button><span>Why</span><span aria-hidden="true">+</span></button></h3><p>So.</p>',
     "## Why\n\nSo."),
    ('<div class="wp-block-file"><object data="https://s.example/a.pdf" aria-label="Plan"></object>'
     '<a href="https://s.example/a.pdf">The plan</a></div>', "[Plan](https://s.example/a.pdf)"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "text"), BLOCKS)
def test_blocks_say_what_they_show(block: str, text: str) -> None:
    entry = Entry(source="x", address="/a/")
    made = bodies.body(f"{block}<p>End.</p>", "1", "", Library({}, {}), entry)
    assert text in made.replace("> \n", ">\n")
    assert made.endswith("End.\n")
    assert entry.lost == []


def test_what_stands_beside_a_post_is_counted(move: Any, old: Path, site: Any) -> None:
    more = "".join(
        META.format(*pair) for pair in (
            ("_yoast_wpseo_metadesc", "Said to engines"), ("source_of_it", "Ann"),
            ("_edit_last", "1"), ("_elementor_edit_mode", "builder"),
        )
    ) + '<category domain="places" nicename="pier">Pier</category>'  # fmt: skip
    query = '<!-- wp:query {"a":1} --><div></div><!-- /wp:query -->'
    text = HEAD + item(1, more=more, body=f"<p>x</p>{query}") + item(2, "inherit")
    (old / "export.xml").write_text(text + "</channel></rss>", "utf-8")
    said = report.markdown(move("wordpress"))
    for line in ("source_of_it (", "layout of Elementor", "terms of `places`", "block query",
                 "Left out, status: inherit: 1.", "found: 2."):  # fmt: skip
        assert line in said, line
    assert "_edit_last" not in said
    assert b'excerpt: "Said to engines"' in site.tree("content")["story-1.md"]


def test_a_post_that_is_to_be_taken_away_ends_here_too(move: Any, old: Path) -> None:
    when = META.format("_expiration-date", "2000000000")
    options = META.format("_expiration-date-options", 'a:1:{s:10:"expireType";s:%d:"%s";}')
    ways = {
        "gone": when,
        "a draft": when + options % (5, "draft"),
        "filed": when + options % (12, "category-add"),
        "off": when + META.format("_expiration-date-status", "unsaved"),
        "never": META.format("_expiration-date", "soon"),
    }
    items = "".join(item(n, title=way, more=more) for n, (way, more) in enumerate(ways.items(), 1))
    (old / "export.xml").write_text(f"{HEAD}{items}</channel></rss>", "utf-8")
    placed = [place.entry for place in move("wordpress").places.placed]
    ends = {
        e.title: e.matter.get("expiryDateTime") for e in placed if e.matter.get("expiryDateTime")
    }
    assert list(ends) == ["gone", "a draft"]
    assert {end.year for end in ends.values()} == {2033}
