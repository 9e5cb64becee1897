"""Ghost's cards as it rendered them, and what of an export has no place here."""

import json
from pathlib import Path
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.bodies import markup
from site_gen.importers.ghost import bodies, cards
from site_gen.importers.ghost import html as ghost_html
from site_gen.importers.old_site import Entry

CARDS = {
    "bookmark": (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" '
        'href="https://x.example/a"><div><div class="kg-bookmark-title">Fog</div>'
        '<div class="kg-bookmark-description">On it</div><img src="https://x.example/i.ico"></div></a>'
        "<figcaption>Seen</figcaption></figure>",
        "[Fog](https://x.example/a): On it\n\nSeen\n",
    ),
    "audio": (
        '<div class="kg-card kg-audio-card"><img src="" class="kg-audio-hide"><audio src="/a.mp3">'
        '</audio><div class="kg-audio-title">Talk</div><button><svg></svg></button>0:00'
        '<input type="range"></div>',
        "[Talk](/a.mp3)\n",
    ),
    "video": (
        '<figure class="kg-card kg-video-card"><div><video src="/v.mp4"></video><button>1x</button>'
        "</div><figcaption>At dawn</figcaption></figure>",
        "[v.mp4](/v.mp4): At dawn\n",
    ),
    "file": (
        '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/p.pdf"><div>'
        '<div class="kg-file-card-title">Paper</div><div class="kg-file-card-caption">Whole</div>'
        '<div class="kg-file-card-filesize">2 MB</div></div></a></div>',
        "[Paper](/p.pdf): Whole\n",
    ),
    "toggle": (
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading">'
        '<h4 class="kg-toggle-heading-text">Why</h4><button><svg></svg></button></div>'
        '<div class="kg-toggle-content"><p>So.</p></div></div>',
        "**Why**\n\n> So.\n",
    ),
    "callout": (
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div>'
        '<div class="kg-callout-text">Mind <b>it</b></div></div>',
        "> ! Mind **it**\n",
    ),
    "button": (
        '<div class="kg-card kg-button-card"><a href="https://b.example/">Buy</a></div>',
        "[Buy](https://b.example/)\n",
    ),
}


@pytest.mark.parametrize("kind", CARDS)
def test_a_rendered_card_says_what_it_showed(kind: str) -> None:
    html, text = CARDS[kind]
    entry = Entry(source="x")
    assert markup.markdown(ghost_html.plain(html, entry.lost), "/p/", entry) == text
    assert entry.lost == []


NODES: list[tuple[dict[str, Any], str]] = [
    ({"type": "header", "header": "Big", "buttonText": "Go", "buttonUrl": "https://g.example"},
     "https://g.example"),
    ({"type": "product", "productTitle": "Mug", "productButton": "Buy", "productStarRating": 4,
      "productRatingEnabled": True, "productUrl": "https://m.example"}, ">Buy</a>"),
    ({"type": "call-to-action", "sponsorLabel": "<p>Paid by Ann</p>"}, "Paid by Ann"),
    ({"type": "embed", "html": "<iframe src='https://e.example'></iframe>"}, "https://e.example"),
    ({"type": "embed", "url": "https://t.example", "html": "<blockquote>Fog</blockquote>"}, "Fog"),
    ({"type": "video", "src": "/v.mp4", "customThumbnailSrc": "/v.png"}, "/v.png"),
    ({"type": "bookmark", "url": "https://b.example", "metadata": {"title": "B",
      "description": "D", "publisher": "P"}}, "D (P)"),
    ({"type": "callout", "calloutEmoji": "!", "calloutText": "Mind"}, "! Mind"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "text"), NODES)
def test_buttons_and_labels_of_cards_come(node: dict[str, Any], text: str) -> None:
    lost: list[str] = []
    assert text in cards.html(str(node["type"]), node, lost)
    assert lost == []


def test_a_button_that_was_not_shown_is_not() -> None:
    node = {"header": "Big", "buttonEnabled": False, "buttonUrl": "https://g.example"}
    assert "g.example" not in cards.html("header", node, [])


def test_a_button_of_the_portal_is_told() -> None:
    lost: list[str] = []
    assert cards.html("button", {"buttonUrl": "#/portal/signup"}, lost) == ""
    assert lost == ["button, left out: it opens a form of Ghost's"]


def test_a_link_around_blocks_or_a_picture_keeps_its_address() -> None:
    html = (
        '<a href="https://n.example/"><h3>Head</h3><p>Words</p></a>'
        '<p><a href="https://s.example/"><img src="/a.png" alt="A"></a>'
        '<a href="/big/a.png"><img src="/b.png" alt="B"></a></p>'
    )
    text = markup.markdown(html, "/p/", Entry(source="x"))
    assert "## [Head](https://n.example/)\n\nWords" in text
    assert "[![A](/a.png)](https://s.example/)![B](/b.png)" in text


def test_addresses_of_the_site_itself_are_ours(move: Any, old: Path, site: Any) -> None:
    home = "__GHOST_URL__"
    post = {
        "id": "1", "title": "A", "slug": "a", "status": "published", "visibility": "public",
        "type": "post", "published_at": "2024-03-04T09:00:00.000Z", "codeinjection_head": "<x>",
        "html": f'<p><a href="{home}/a/">a</a> <a href="{home}">home</a></p>',
        "canonical_url": f"{home}/a/", "custom_excerpt": f"See {home}/a/",
    }  # fmt: skip
    (old / "x.json").write_text(json.dumps({"db": [{"data": {"posts": [post]}}]}), "utf-8")
    outcome = move("ghost")
    text = site.tree("content")["a.md"].decode()
    assert "[a](/a/) [home](/)" in text
    assert home not in text
    assert "webUrl" not in text
    assert "`codeinjection_head` of posts (1 in all)" in report.markdown(outcome)


def test_a_picture_of_an_unknown_card_stays() -> None:
    card = {"beforeImage": {"src": "/a.png"}, "afterImage": {"src": "/b.png", "alt": "B"}}
    made = cards.html("before-after", card, [])
    assert 'src="/a.png"' in made
    assert 'src="/b.png" alt="B"' in made


def test_lists_keep_their_first_number_and_their_ticks() -> None:
    words = [{"type": "text", "text": "x"}]
    counted = {"type": "list", "listType": "number", "start": 3,
               "children": [{"type": "listitem", "children": words}]}  # fmt: skip
    ticked = {"type": "list", "listType": "check",
              "children": [{"type": "listitem", "checked": True, "children": words}]}  # fmt: skip
    post = {"lexical": json.dumps({"root": {"children": [counted, ticked]}})}
    assert bodies.as_html(post, []) == '<ol start="3"><li>x</li></ol><ul><li>☑ x</li></ul>'
