"""HTML in Markdown: frames and forms are settled, what nobody saw stays hidden, code stays code."""

from typing import Any

import pytest

from site_gen.importers import report
from site_gen.importers.bodies import html_in_markdown
from site_gen.importers.old_site import Entry

FRAME = '<iframe src="https://x.example/y?a=1&amp;b=2" title="A [map]"></iframe>'
PIECES = [
    (f"a\n\n{FRAME}\n\nb", "a\n\n[A \\[map\\]](https://x.example/y?a=1&b=2)\n\nb"),
    (f"<div>{FRAME}</div>",
     '<div><a href="https://x.example/y?a=1&amp;b=2">A [map]</a></div>'),
    ('Words <video src="clip.mp4"></video>', 'Words <a href="clip.mp4">Video</a>'),
    ('<object data="/a.pdf">', "[a.pdf](/a.pdf)"),
    ("<form>Name <input></form>z", "z"),
    ("a <button>More</button>", "a More"),
    ("<details><summary>S</summary>T</details>", "<details><summary>S</summary>T</details>"),
    (f"`{FRAME}`", f"`{FRAME}`"),
    (f"```\n{FRAME}\n<p hidden>x</p>\n```\n", f"```\n{FRAME}\n<p hidden>x</p>\n```\n"),
]  # fmt: skip
HIDDEN = [
    "<p hidden>S</p>",
    '<div style="display:none">\n\n**S**\n\n<div>S</div>\n\n```\nS\n```\n</div>',
    "<span aria-hidden='true'>S</span>",
    '<div class="sr-only">S</div>',
]


@pytest.mark.parametrize(("text", "made"), PIECES)
def test_pieces_are_settled(text: str, made: str) -> None:
    assert html_in_markdown.plain(text, Entry(source="x")) == made


@pytest.mark.parametrize("text", HIDDEN)
def test_what_nobody_saw_stays_hidden(text: str) -> None:
    entry = Entry(source="x")
    assert html_in_markdown.plain(f"a\n\n{text}\n\nb", entry) == "a\n\n\n\nb"
    assert entry.lost == ["hidden text, or pictures, left out"]


def test_what_hides_without_an_end_hides_the_rest() -> None:
    assert html_in_markdown.plain("a <div hidden>b <p>c", Entry(source="x")) == "a "


@pytest.mark.parametrize("part", ["<iframe ", "<iframe>", "<p hidden>", "<p hidden></p>", "<a b='"])
def test_any_number_of_pieces_is_read(part: str) -> None:
    assert isinstance(html_in_markdown.plain(part * 5000, Entry(source="x")), str)


@pytest.mark.parametrize("kind", ["markdown", "hugo"])
def test_a_post_in_markdown_hides_what_was_hidden(
    kind: str, move: Any, put: Any, site: Any
) -> None:
    put('-- hugo.toml --\ntitle = "H"\n' if kind == "hugo" else "")
    put(
        "-- content/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\nWords.\n\n"
        f"<div style='display:none'>Secret</div>\n\n{FRAME}\n"
    )
    said = report.markdown(move(kind))
    assert "hidden text, or pictures, left out`: 1 time, first in content/a.md" in said
    built = site.build()
    assert built.ok
    assert [p.message for p in built.problems if p.code == "article/html"] == []
    everything = b"".join(site.tree().values())
    assert b"Secret" not in everything
    assert b"https://x.example/y?a=1&amp;b=2" in everything


def test_a_place_that_is_no_heading_keeps_its_name(move: Any, put: Any, site: Any) -> None:
    put(
        '-- hugo.toml --\ntitle = "H"\n'
        "-- content/a.md --\n---\ntitle: A\ndate: 2024-03-01\n---\n<span id='here'>x</span>\n"
        "-- content/b.md --\n---\ntitle: B\ndate: 2024-03-02\n---\n[a](/a/#here) [c](/a/#gone)\n"
    )
    outcome = move("hugo")
    assert len(outcome.dead) == 1
    text = site.tree("content")["pages/b.md"].decode()
    assert "/#here)" in text
    assert "#gone" not in text
    assert [p.message for p in site.build().problems if "link" in p.code] == []
