"""Substack's posts: what stands between their words, footnotes, links to other posts."""

import json
from collections import Counter
from html import escape
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.bodies import markup
from site_gen.importers.mails import mail_html
from site_gen.importers.old_site import Entry


def part(kind: str, **said: Any) -> str:
    return f'<div class="{kind}" data-attrs="{escape(json.dumps(said))}"></div>'


def made(html: str) -> tuple[str, list[str], Counter[str]]:
    entry, left = Entry(source="x"), Counter[str]()
    clean = mail_html.cleaned(f"<p>Start.</p>{html}<p>End.</p>", left, entry.lost)
    return markup.markdown(clean, "/p/x", entry), entry.lost, left


PARTS = [
    (part("tweet", url="https://t.example/1", full_text="Fog.\nSoon.", name="Ann",
          username="a"),
     "> Fog.\\\n> Soon.\n>\n> — [Ann](https://t.example/1)"),
    (part("digest-post-embed", title="Fog", canonical_url="https://x.example/p/fog",
          caption="On it"),
     "[Fog](https://x.example/p/fog): On it"),
    (part("embedded-post-wrap", url="https://y.example/p/a", title="A",
          truncated_body_text="So"),
     "[A](https://y.example/p/a): So"),
    (part("embedded-publication-wrap", name="Tides", base_url="https://t.example",
          hero_text="Weekly"),
     "[Tides](https://t.example): Weekly"),
    (part("youtube-wrap", videoId="abc-1"), "[Youtube](https://www.youtube.com/watch?v=abc-1)"),
    (part("vimeo-wrap", videoId="12"), "[Vimeo](https://vimeo.com/12)"),
    (part("spotify-wrap", url="https://open.spotify.com/episode/1", title="Talk", subtitle="Ann"),
     "[Talk](https://open.spotify.com/episode/1): Ann"),
    (part("latex-rendered", persistentExpression="a^2"), "`a^2`"),
    (part("image-gallery-embed", gallery={"images": [{"src": "https://i.example/1.png"},
          {"src": "https://i.example/2.png"}], "caption": "Two"}), "2.png)\n\nTwo"),
    (part("image3", src="https://i.example/3.png", title="Map"), "![Map](https://i.example/3.png)"),
    (part("comment", url="https://s.example/n/1", comment={"body": "A note", "name": "Bo"}),
     "> A note\n>\n> — [Bo](https://s.example/n/1)"),
    ('<p>With <span class="mention-wrap" data-attrs=\'{"name":"Bo"}\'></span>.</p>', "With Bo."),
    ('<div class="pullquote"><p>Sleep.</p></div>', "> Sleep."),
    ('<div class="file-embed-wrapper"><a href="https://f.example/a.pdf">Paper</a></div>',
     "[Paper](https://f.example/a.pdf)"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), PARTS)
def test_parts_say_what_they_show(html: str, text: str) -> None:
    said, lost, _ = made(html)
    assert text in said.replace("> \n", ">\n")
    assert lost == []
    assert said.startswith("Start.")
    assert said.endswith("End.\n")


@pytest.mark.parametrize("kind", ["poll-embed", "native-video-embed", "something-new"])
def test_what_a_script_alone_shows_is_told(kind: str) -> None:
    said, lost, _ = made(part(kind, id=12))
    assert said == "Start.\n\nEnd.\n"
    assert lost == [f"{kind} of Substack, left out"]


FRAMES = [
    '<div class="subscription-widget-wrap-editor"><p>Thanks for reading!</p><form></form></div>',
    '<p class="button-wrapper"><a class="button" href="%%share_url%%"><span>Share</span></a></p>',
    '<div class="install-substack-app-embed"><a href="https://s.example/app">Get the app</a></div>',
]


@pytest.mark.parametrize("html", FRAMES)
def test_what_asks_to_subscribe_or_share_is_counted(html: str) -> None:
    said, _, left = made(html)
    assert said == "Start.\n\nEnd.\n"
    assert left.total() == 1


NOTES = [
    '<p>See.<a id="footnote-anchor-1" href="#footnote-1">1</a></p>{}<div class="footnote">'
    '<a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
    '<div class="footnote-content"><p>Route 5.</p></div></div>',
    '<p>See.<sup id="fnref:1"><a href="#fn:1">1</a></sup></p>{}<hr class="footnotes-sep">'
    '<section><ol><li id="fn:1"><p>Route 5. <a href="#fnref:1">↩</a></p></li></ol></section>',
    '<p>See.<a href="#_ftn1" name="_ftnref1">[1]</a></p>{}'
    '<p><a href="#_ftnref1" name="_ftn1">[1]</a> Route 5.</p>',
]


@pytest.mark.parametrize("html", NOTES)
def test_footnotes_are_footnotes(html: str) -> None:
    entry = Entry(source="x")
    text = markup.markdown(html.format("<p>End.</p>"), "/p/x", entry)
    assert text == "See.[^1]\n\nEnd.\n\n[^1]: Route 5.\n"
    assert entry.lost == []


def test_a_note_of_several_paragraphs_stays_one() -> None:
    html = NOTES[1].format("").replace("Route 5.", "Route 5.</p><p>Route 6.")
    text = markup.markdown(html, "/p/x", Entry(source="x"))
    assert text.endswith("[^1]: Route 5.\n\n    Route 6.\n")


POSTS = """
-- posts.csv --
post_id,post_date,is_published,type,audience,title,subtitle,podcast_url
1.fog,2024-03-01T05:00:00Z,true,newsletter,everyone,Fog,,
2.ice,2024-03-08T05:00:00Z,true,newsletter,everyone,Ice,,https://a.example/ice.mp3
3.sun,2024-03-15T05:00:00Z,true,newsletter,everyone,Sun,,
-- posts/1.fog.html --
<p>Words of fog.</p>
-- posts/2.ice.html --
<p>After <a href="https://quay.substack.com/p/fog?utm_source=x">fog</a>,
<a href="https://open.substack.com/pub/quay/p/fog">again</a>,
<a href="https://other.substack.com/p/wind">theirs</a>.</p>
-- posts/3.sun.html --
<p>Free.</p><div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>Words of sun.</p>
"""


def test_links_to_other_posts_of_the_archive_stay_in_it(move: Any, put: Any, site: Any) -> None:
    put(POSTS)
    outcome = move("substack")
    text = site.tree("content")["editions/ice.md"].decode()
    assert "[fog](/p/fog/)" in text
    assert "[again](/p/fog/)" in text
    assert "(https://other.substack.com/p/wind)" in text
    assert "[Audio](https://a.example/ice.mp3)" in text
    assert any("audio" in said and "(1 in all)" in said for said in outcome.site.left)


def test_a_post_with_a_part_for_paying_readers_is_a_draft(move: Any, put: Any, site: Any) -> None:
    put(POSTS)
    said = report.markdown(move("substack"))
    assert site.build().ok
    assert b"Words of sun" not in b"".join(site.tree().values())
    assert "paywall: a part of it is for paying readers" in said


def test_a_page_of_substack_is_a_page(move: Any, put: Any, site: Any) -> None:
    head = "post_id,post_date,is_published,type,audience,title"
    when = "2024-03-05T10:00:00.000Z,true"
    put(f"-- posts.csv --\n{head}\n1.ferry,{when},newsletter,everyone,Ferry\n"
        f"2.crew,{when},page,everyone,Crew\n3.plan,{when},page,only_paid,Plan\n"
        "-- posts/1.ferry.html --\n<p>x</p>\n-- posts/2.crew.html --\n<p>y</p>\n"
        "-- posts/3.plan.html --\n<p>z</p>\n")  # fmt: skip
    placed = {p.entry.title: p for p in move("substack").places.placed}
    assert {title: place.kind for title, place in placed.items()} == {
        "Ferry": "edition", "Crew": "page", "Plan": "page",
    }  # fmt: skip
    assert placed["Plan"].entry.private
    assert site.build().ok
    assert any("crew" in path and path.endswith(".html") for path in site.tree())
    feeds = b"".join(data for data in site.tree().values() if b"<rss" in data or b"<feed" in data)
    assert b"Ferry" in feeds
    assert b"Crew" not in feeds
