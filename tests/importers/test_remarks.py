"""What writers left in a text for each other is nobody else's."""

from typing import Any

import pytest

from site_gen.importers.bodies import html_hidden

HEAD = "---\ntitle: A\ndate: 2024-03-01\n---\n\n"
PAGE = (
    '<html><head><title>A</title><meta name="date" content="2024-03-01"></head>'
    "<body>{}</body></html>\n"
)
GOOGLE = (
    '<p>wordshown<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> after</p>'
    '<p>more<sup><a href="#cmnt2" id="cmnt_ref2">[b]</a></sup></p>'
    '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>wordkept</span></p><p>wordkept</p></div>'
    '<div><p><a href="#cmnt_ref2" id="cmnt2">[b]</a><span>wordkept</span></p></div>'
)
WORD = (
    "<p>wordshown <span class=msoDel><del>wordkept</del></span></p>"
    "<div style='mso-element:comment-list'><p class=MsoCommentText>wordkept</p></div>"
)
TEXTS = {
    "Google Docs": ("a.html", PAGE.format(GOOGLE)),
    "Google Docs, no boxes": ("a.html", PAGE.format(
        GOOGLE.replace("<div>", "").replace("</div>", "").replace("<p>wordkept</p>", ""))),
    "Word": ("a.html", PAGE.format(WORD)),
    "CriticMarkup": ("a.md", f"{HEAD}wordshown {{>>wordkept<<}} {{--wordkept--}} {{++added++}}\n"
                             "{~~wordkept~>put~~} after\n"),
    "Pandoc": ("a.md", f'{HEAD}wordshown [wordkept]{{.comment-start id="0" author="B"}}x'
                       '[]{.comment-end id="0"} [wordkept]{.deletion author="B"} after\n'),
}  # fmt: skip


def test_comments_of_myst_go(move: Any, put: Any, site: Any) -> None:
    """A folder that nothing says to be of Sphinx or Jupyter Book has no such comments."""
    text = f"{HEAD}wordshown\n% wordkept\n\n```\n% code\n```\n"
    put(f"-- docs/conf.py --\nextensions = ['myst_parser']\n-- docs/a.md --\n{text}")
    (place,) = move("markdown").places.placed
    assert "wordkept" not in place.entry.body
    assert "% code" in place.entry.body
    assert html_hidden.REMARKS in place.entry.lost


def test_a_line_of_percent_stays_elsewhere(move: Any, put: Any) -> None:
    put(f"-- docs/a.md --\n{HEAD}wordshown\n% wordkept\n")
    (place,) = move("markdown").places.placed
    assert "% wordkept" in place.entry.body


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_taken_out_and_told(name: str, move: Any, put: Any, site: Any) -> None:
    path, text = TEXTS[name]
    put(f"-- {path} --\n{text}")
    outcome = move("markdown")
    assert site.build().ok
    everything = b"".join(site.tree().values())
    assert b"wordshown" in everything
    assert b"wordkept" not in everything
    assert b"after" in everything or name == "Word"
    assert outcome.places.placed[0].entry.lost == [
        "remarks and changes of those who wrote it, left out"
    ]


def test_code_that_shows_such_marks_stays(move: Any, put: Any) -> None:
    put(f"-- a.md --\n{HEAD}`{{>>stays<<}}` and\n\n```\n{{--stays too--}}\n```\n")
    body = move("markdown").places.placed[0].entry.body
    assert "`{>>stays<<}`" in body
    assert "{--stays too--}" in body
