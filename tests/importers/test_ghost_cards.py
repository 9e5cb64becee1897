"""Ghost's cards, and its routes.yaml and redirects beside the export."""

import json
from pathlib import Path
from typing import Any

from site_gen.importers.ghost import bodies, cards

CARDS: list[tuple[dict[str, Any], str]] = [
    ({"type": "gallery", "images": [{"src": "/a.jpg", "alt": "A"}, {"src": "/b.jpg"}]}, "/b.jpg"),
    ({"type": "audio", "src": "/a.mp3", "title": "Cast"}, '<a href="/a.mp3">Cast</a>'),
    ({"type": "file", "src": "/a.pdf", "fileTitle": "Paper"}, '<a href="/a.pdf">Paper</a>'),
    ({"type": "header", "heading": "Big", "subheading": "small"}, "<h2>Big</h2><p>small</p>"),
    ({"type": "product", "productTitle": "Mug", "productDescription": "<p>Blue</p>"}, "Blue"),
    ({"type": "markdown", "markdown": "**b**"}, "<strong>b</strong>"),
    ({"type": "codeblock", "code": "x", "language": "go"}, 'class="language-go"'),
]


def test_what_readers_saw_of_a_card_stays() -> None:
    for node, made in CARDS:
        odd: list[str] = []
        assert made in cards.html(node["type"], node, odd), node
        assert odd == []


def test_an_unknown_card_keeps_its_words_and_is_named() -> None:
    odd: list[str] = []
    node = {
        "type": "poll",
        "heading": "Which?",
        "description": "Choose.",
        "pollUrl": "https://p.example/",
    }
    made = cards.html("poll", node, odd)
    assert all(word in made for word in ("Which?", "Choose.", "https://p.example/"))
    assert odd == ["card poll, which is not known: its words kept"]


def test_a_list_within_a_list_belongs_to_the_item_before() -> None:
    def item(*children: dict[str, Any]) -> dict[str, Any]:
        return {"type": "listitem", "children": list(children)}

    inner = {"type": "list", "children": [item({"type": "text", "text": "in"})]}
    outer = {"type": "list", "children": [item({"type": "text", "text": "one"}), item(inner)]}
    post = {"lexical": json.dumps({"root": {"children": [outer]}})}
    assert bodies.as_html(post, []) == "<ul><li>one<ul><li>in</li></ul></li></ul>"


def test_what_not_everybody_saw_of_a_post_stays_behind() -> None:
    odd: list[str] = []
    html = (
        '<p>a</p><!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>b</p>'
        "<!--kg-gated-block:end--><!--kg-gated-block:begin nonMember:false "
        'memberSegment:"status:free" --><p>secret</p><!--kg-gated-block:end--><p>c</p>'
    )
    assert bodies.as_html({"html": html}, odd) == "<p>a</p><p>b</p><p>c</p>"
    unclosed = html.rpartition("<!--")[0]
    assert bodies.as_html({"html": unclosed}, []) == "<p>a</p><p>b</p>"
    web = {"web": {"nonMember": False}, "email": {}}
    card = {"type": "call-to-action", "textValue": "<p>secret</p>", "visibility": web}
    assert cards.html("call-to-action", card, odd) == ""
    card["visibility"] = {"web": {"nonMember": True}}
    assert "secret" in cards.html("call-to-action", card, odd)
    assert len(odd) == 2


def export(old: Path, **more: Any) -> None:
    post = {
        "id": "a1",
        "title": "One",
        "slug": "one",
        "html": "<p>x</p>",
        "status": "published",
        "published_at": "2024-03-05T10:00:00.000Z",
        "feature_image": "__GHOST_URL__/content/images/f.jpg",
    }
    data = {"posts": [post], "tags": [{"id": "t", "name": "Sea", "slug": "sea"}],
            "posts_tags": [{"post_id": "a1", "tag_id": "t"}], **more}  # fmt: skip
    (old / "x.json").write_text(json.dumps({"db": [{"data": data}]}), "utf-8")


def test_routes_say_where_posts_and_tags_stood(move: Any, old: Path, put: Any) -> None:
    export(old)
    put(
        "-- routes.yaml --\ncollections:\n  /letters/:\n    permalink: /letters/{year}/{slug}/\n"
        "taxonomies:\n  tag: /about/{slug}/\n"
        '-- redirects.json --\n[{"from": "^/1/$", "to": "/letters/2024/one/", "permanent": true},'
        ' {"from": "/x/(.*)", "to": "/$1"}]\n'
    )
    outcome = move("ghost")
    (place,) = outcome.places.placed
    assert place.address == "/letters/2024/one/"
    assert place.aliases == ["/1/"]
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules["/about/sea/"] == "/topics/sea/"
    assert rules["/letters/"] == "/editions/"
    assert any("/x/(.*)" in line for line in outcome.site.left)


def test_a_lead_picture_that_did_not_come_stops_no_build(move: Any, site: Any, old: Path) -> None:
    export(old)
    outcome = move("ghost")
    assert outcome.missing == ("/content/images/f.jpg",)
    assert site.build().ok
    (old / "content/images").mkdir(parents=True)
    (old / "content/images/f.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    again = move("ghost")
    assert again.missing == ()
    assert "images/f.jpg" in next((site.root / "content").glob("*.md")).read_text("utf-8")
