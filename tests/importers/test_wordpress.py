"""WordPress as it writes: blocks, shared texts, footnotes, galleries, pages of files, lists."""

from pathlib import Path
from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.old_site import Entry
from site_gen.importers.wordpress import bodies
from site_gen.importers.wordpress.bodies import Library

NAMESPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
SITE = "https://quay.example"
UPLOADS = f"{SITE}/wp-content/uploads/2024/03"
BLOCKS = f"""<!-- wp:paragraph -->
<p>The lock opens at six.<sup data-fn="a1" class="fn"><a href="#a1" id="a1-link">1</a></sup></p>
<!-- /wp:paragraph -->

<!-- wp:embed {{"url":"https://www.youtube.com/watch?v=abc","type":"video"}} -->
<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://www.youtube.com/watch?v=abc
</div></figure>
<!-- /wp:embed -->

<!-- wp:image {{"id":21,"style":{{"a":1}}}} -->
<figure class="wp-block-image"><img src="{UPLOADS}/quay.txt" alt="A"/></figure>
<!-- /wp:image -->

<!-- wp:block {{"ref":40,"metadata":{{"name":"N"}}}} /-->
<!-- wp:block {{"ref":41}} /-->

<!-- wp:file {{"id":22}} -->
<div class="wp-block-file"><a href="{UPLOADS}/map.txt">The map</a>\
<a href="{UPLOADS}/map.txt" class="wp-block-file__button" download>Download</a></div>
<!-- /wp:file -->

<!-- wp:latest-posts /-->

<!-- wp:footnotes /-->"""
CLASSIC = """Words of old.

[gallery ids="21,22"]

https://youtu.be/xyz

[gallery ids="21,99"]
<!--nextpage-->
A second page."""


def item(number: int, name: str, *, content: str = "", link: str = "", **said: str) -> str:
    """One item; `said` are fields of WordPress by their names, `meta_...` of its plugins."""
    fields = {"post_type": "post", "status": "publish", "post_date_gmt": "2024-03-04 08:30:00"}
    fields |= {key: value for key, value in said.items() if not key.startswith("meta_")}
    inner = "".join(f"<wp:{key}>{value}</wp:{key}>" for key, value in fields.items())
    meta = "".join(
        f"<wp:postmeta><wp:meta_key>{key[5:]}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        for key, value in said.items() if key.startswith("meta_")
    )  # fmt: skip
    return (
        f"<item><title>{name}</title><link>{link or f'{SITE}/2024/03/{name}/'}</link>"
        f"<dc:creator>ada</dc:creator><guid>{SITE}/?p={number}</guid>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_name>{name}</wp:post_name>{inner}{meta}</item>"
    )


@pytest.fixture
def export(old: Path) -> Path:
    """A folder with an export and two of its three files."""
    file = {"post_type": "attachment", "status": "inherit"}
    items = [
        item(1, "blocks", content=BLOCKS, meta_footnotes='[{"id":"a1","content":"So they say."}]',
             meta__thumbnail_id="21"),
        item(2, "classic", content=CLASSIC),
        item(3, "fair", post_type="event", content="Not to be seen", link=f"{SITE}/event/fair/"),
        item(40, "notice", post_type="wp_block", content="<p>Mind the gap.</p>"),
        item(21, "quay", **file, attachment_url=f"{UPLOADS}/quay.txt", post_parent="1",
             meta__wp_attachment_image_alt="The quay", link=f"{SITE}/2024/03/blocks/quay/"),
        item(22, "map", **file, attachment_url=f"{UPLOADS}/map.txt", link=f"{SITE}/map/"),
        item(23, "gone", **file, attachment_url=f"{UPLOADS}/gone.txt", post_parent="2",
             link=f"{SITE}/2024/03/classic/gone/"),
    ]  # fmt: skip
    (old / "export.xml").write_text(
        f'<rss version="2.0" {NAMESPACES}><channel><title>Quay</title><link>{SITE}</link>'
        "<wp:tag><wp:tag_slug>low</wp:tag_slug><wp:tag_name>Low</wp:tag_name></wp:tag>"
        f"{''.join(items)}</channel></rss>"
    )
    uploads = old / "wp-content/uploads/2024/03"
    uploads.mkdir(parents=True)
    for name in ("quay.txt", "map.txt"):
        (uploads / name).write_text(name)
    return old


def test_what_blocks_show_from_elsewhere_is_in_the_text(move: Any, export: Path) -> None:
    outcome = move("wordpress")
    blocks = outcome.places.placed[0].entry
    assert "opens at six.[^1]" in blocks.body
    assert "\n[^1]: So they say." in blocks.body
    assert "Mind the gap." in blocks.body
    assert "[Video on YouTube](https://www.youtube.com/watch?v=abc)" in blocks.body
    assert "Download" not in blocks.body
    named = [name.partition(",")[0] for name in blocks.lost]
    assert named == ["block shared-text", "block latest-posts"]
    assert blocks.matter["images"][0]["alt"] == "The quay"


def test_a_gallery_shows_its_pictures_unless_one_is_unknown(move: Any, export: Path) -> None:
    classic = move("wordpress").places.placed[1].entry
    assert f"![The quay]({UPLOADS}/quay.txt)" in classic.body
    assert '\\[gallery ids="21,99"\\]' in classic.body
    assert classic.odd == ["[gallery]"]
    assert "[Video on YouTube](https://youtu.be/xyz)" in classic.body


def test_pages_of_files_dates_and_further_pages_lead_on(move: Any, site: Any, export: Path) -> None:
    outcome = move("wordpress")
    assert outcome.lost == []
    rules = {rule.source: rule.target for rule in outcome.redirects.rules}
    assert rules == {
        "/feed/": "/feed.xml", "/comments/feed/": "/feed.xml",
        "/2024/": "/editions/", "/2024/03/": "/editions/",
        "/tag/low/": "/editions/", "/tag/low/feed/": "/feed.xml",
        "/2024/03/blocks/quay/": "/wp-content/uploads/2024/03/quay.txt",
        "/map/": "/wp-content/uploads/2024/03/map.txt",
    }  # fmt: skip
    assert outcome.places.placed[1].aliases == [
        "/2024/03/classic/2/",
        "/2024/03/classic/gone/",
    ]
    assert site.build().ok
    assert "(it stood at `/event/fair/`)" in report.markdown(outcome)


def test_a_later_change_is_told(move: Any, old: Path) -> None:
    changed = item(1, "a", content="x", post_modified_gmt="2024-03-06 10:00:00")
    (old / "export.xml").write_text(
        f'<rss version="2.0" {NAMESPACES}><channel><title>Quay</title><link>{SITE}</link>'
        f"{changed}{item(2, 'b', content='y')}</channel></rss>"
    )
    first, second = (place.entry.matter for place in move("wordpress").places.placed)
    assert str(first["modifiedDateTime"]) == "2024-03-06 10:00:00+00:00"
    assert "modifiedDateTime" not in second


def test_a_shared_text_that_shows_itself_ends() -> None:
    own = '<!-- wp:block {"ref":1} /-->' * 50
    entry = Entry(source="x")
    made = bodies.body(own, "2", "", Library({}, {"1": own + "x" * 1000}), entry)
    assert len(made) <= bodies.MOST_SHARED
    assert any("block shared-text" in name for name in entry.lost)
