"""An export of Ghost: each form of a body, and what was not for all."""

import json
from pathlib import Path
from typing import Any

import pytest

from site_gen.importers.ghost import routes
from tests.importers.test_exports import written

LEXICAL = {
    "root": {
        "children": [
            {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "A head"}]},
            {
                "type": "paragraph",
                "children": [
                    {"type": "text", "text": "Bold", "format": 1},
                    {"type": "text", "text": " and "},
                    {"type": "link", "url": "__GHOST_URL__/first/",
                     "children": [{"type": "text", "text": "a link"}]},
                ],
            },
            {"type": "image", "src": "__GHOST_URL__/content/images/lock.jpg", "alt": "A lock"},
            {"type": "signup", "header": "x"},
        ]
    }
}  # fmt: skip
MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["em"], ["a", ["href", "https://tide.example/"]]],
    "cards": [["markdown", {"markdown": "Words of the card."}]],
    "sections": [[1, "p", [[0, [0], 1, "Slanted"], [0, [1], 1, " link"]]], [10, 0]],
}


@pytest.fixture
def ghost(old: Path) -> Path:
    def post(slug: str, **given: Any) -> dict[str, Any]:
        return {
            "id": f"id-{slug}", "title": slug.title(), "slug": slug, "status": "published",
            "visibility": "public", "type": "post", "published_at": "2024-03-04T09:00:00.000Z",
            "html": f"<p>Words of {slug}.</p>", **given,
        }  # fmt: skip

    posts = [
        post("first", feature_image="__GHOST_URL__/content/images/lock.jpg"),
        post("second", html=None, lexical=json.dumps(LEXICAL)),
        post("third", html=None, mobiledoc=json.dumps(MOBILEDOC)),
        post("hidden", status="draft", published_at=None),
        post("paid", visibility="paid"),
        post("mailed", status="sent"),
        post("mail", email_only=1),
        post("letter"),
        post("half", html="<p>For all.</p><!--members-only--><p>Words of half.</p>"),
        post(
            "walled",
            html=None,
            lexical=json.dumps(
                {
                    "root": {
                        "children": [
                            {"type": "paywall"},
                            {
                                "type": "paragraph",
                                "children": [{"type": "text", "text": "Words of walled."}],
                            },
                        ]
                    }
                }
            ),
        ),
        post("about", type="page"),
    ]
    data = {
        "posts": posts,
        "posts_meta": [{"post_id": "id-letter", "email_only": True}],
        "tags": [
            {"id": "t1", "name": "Port", "slug": "port"},
            {"id": "t2", "name": "#hidden", "slug": "h"},
        ],
        "posts_tags": [{"post_id": "id-first", "tag_id": tag} for tag in ("t1", "t2")],
        "users": [{"id": "u1", "name": "Lane Smith", "slug": "lane", "bio": "Sails."}],
        "posts_authors": [{"post_id": "id-first", "author_id": "u1"}],
        "settings": [{"key": "title", "value": "Harbour Weekly"},
                     {"key": "timezone", "value": "Europe/Berlin"}],
    }  # fmt: skip
    (old / "content" / "images").mkdir(parents=True)
    (old / "content" / "images" / "lock.jpg").write_bytes(b"a lock")
    path = old / "harbour.ghost.json"
    path.write_text(json.dumps({"db": [{"meta": {}, "data": data}]}), "utf-8")
    return path


def test_ghost_reads_each_form_of_a_body(move: Any, site: Any, ghost: Path) -> None:
    outcome = move("ghost")
    second, third = written(site, "second"), written(site, "third")
    assert "## A head" in second
    assert "**Bold** and [a link](/first/)" in second
    assert "![A lock](/content/images/lock.jpg)" in second
    assert "*Slanted*" in third
    assert "[ link](https://tide.example/)" in third or "[link](https://tide.example/)" in third
    assert "Words of the card." in third
    assert [e.odd for e in outcome.site.entries if e.odd] == []
    lost = [name for entry in outcome.site.entries for name in entry.lost]
    assert any("card signup, left out" in name for name in lost)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("tag:-hash-inner", ["a", "c"]), ("tag:[news,sea]+featured:false", ["a"]),
        ("primary_tag:hash-inner,featured:true", ["b", "c"]), ("author:ann", ["a", "b", "c"]),
        ("tag:-(news,sea)", ["a", "b", "c"]), ("", ["a", "b", "c"]),
    ],
)  # fmt: skip
def test_ghost_shows_no_post_that_no_collection_takes(said: str, shown: list[str]) -> None:
    made = routes.Routes(filters=(said,) if said else ())
    posts = {"a": ["news", "x"], "b": ["hash-inner", "y"], "c": []}
    assert [n for n, tags in posts.items() if made.takes(tags, featured=n == "c")] == shown


def test_ghost_keeps_what_was_not_for_all(move: Any, site: Any, ghost: Path) -> None:
    outcome = move("ghost")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    for slug in ("hidden", "paid", "mailed", "mail", "letter", "half", "walled"):
        assert f"Words of {slug}.".encode() not in everything
    assert outcome.lost == []
    assert site.has("first/index.html")
    assert site.has("content/images/lock.jpg")
    assert ">id-first</guid>" in site.page("feed.xml")
    assert "/tag/port/ /topics/port/ 301" in site.page("_redirects")
