"""What an author hid in a body is in none of what is made of it."""

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from site_gen.read import hidden_html
from site_gen.read.markdown import Rendered, render

HIDDEN = {
    "block": "<div hidden>\nCANARY\n</div>\n\nafter\n",
    "markdown inside": "<div hidden>\n\nCANARY *x*\n\n## CANARY\n\n- CANARY\n\n"
    "| CANARY |\n|---|\n| CANARY |\n\n```\nCANARY\n```\n\n> CANARY\n\n</div>\n\nafter\n",
    "nested": "<div hidden>\n\n<div>a</div>\n\nCANARY\n\n</div>\n\nafter\n",
    "phrase": "before <span hidden>CANARY `CANARY` **CANARY**</span> after\n",
    "phrase over blocks": "<span hidden>\n\nCANARY</span> after\n",
    "template": "<template>\n<p>CANARY</p>\n\nCANARY\n\n</template>\n\nafter\n",
    "style": '<p style="color: red; display : none">CANARY</p>\n\nafter\n',
    "invisible": '<section style="visibility:hidden">CANARY</section>\nafter\n',
    "dialog": "<dialog>CANARY</dialog>\n\nafter\n",
    "until found": '<DIV HIDDEN="until-found">CANARY</DIV>\n\nafter\n',
    "paragraph without end": "<p hidden>CANARY\n<p>after\n",
    "item without end": "<ul><li hidden>CANARY<li>after</ul>\n",
    "item at the end": "<ul><li>after<li hidden>CANARY</ul>\n",
    "without end": "after\n\n<div hidden>\n\nCANARY\n",
    "in a list": "- a\n\n  <div hidden>\n\n  CANARY\n\n- after\n",
    "in a cell": "| a | b |\n|---|---|\n| <span hidden>CANARY</span> | after |\n",
    "comment in it": "<div hidden><!-- </div> --> CANARY </div>\n\nafter\n",
    "picture": '<img hidden src="CANARY.png" alt="CANARY">\n\nafter\n',
    "linked": "[<span hidden>CANARY</span>after](https://a.example)\n",
    "note": "after <span hidden>x[^1]</span>\n\n[^1]: CANARY\n",
    "note in it": "after\n\n<div hidden>\n\nx[^1]\n\n[^1]: CANARY\n\n</div>\n",
    "picture in it": "<div hidden>\n\n![CANARY](CANARY.png)\n\n</div>\n\nafter\n",
    "cut comment": "A <!-- CANARY\n\nCANARY --> after\n",
    "cut at the begin": "<!-- CANARY\n\nCANARY --> after\n",
    "comment in a block": "<div>\n<!-- CANARY\n\nCANARY -->\n</div>\n\nafter\n",
    "comment over cells": "| a | b |\n|---|---|\n| <!-- CANARY | CANARY --> after |\n",
    "comment under a heading": "<div>\n## a\n<!-- CANARY\n\nCANARY -->\n</div>\n\nafter\n",
    "comment in a pre": "<pre>\n\n<!-- CANARY\n\nCANARY -->\n\n</pre>\n\nafter\n",
    "comment under a table": "a | b\n---|---\n<!-- CANARY | CANARY\n\nCANARY -->\n\nafter\n",
    "comment over lists": "a <!-- CANARY\n\n- CANARY\n\n```\nCANARY\n```\n\n--> after\n",
}


def read(text: str) -> Rendered:
    return render(text, "2024/a.md", remote_images=True)


@pytest.mark.parametrize("case", HIDDEN)
def test_what_is_hidden_is_nowhere_and_the_rest_is_there(case: str) -> None:
    found = read(HIDDEN[case])
    assert "CANARY" not in found.html
    assert "after" in found.html
    assert "CANARY" not in found.first_paragraph
    assert not any("canary" in name.lower() for anchor in found.anchors for name in anchor)
    assert not any("CANARY" in link.target for link in found.links)
    assert "<p></p>" not in found.html
    told = [fault for fault in found.faults if fault.code == "article/hidden"]
    assert len(told) == ("comment" not in case and "cut" not in case) + (case == "comment in it")
    assert all(not fault.error for fault in found.faults)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<div hidden>\n\nx\n\n</div>\n\nA *b*\n", "<p>A <em>b</em></p>\n"),
        ("a <span hidden>x</span> b\n", "<p>a  b</p>\n"),
        ("`<div hidden>` b\n", "<p><code>&lt;div hidden&gt;</code> b</p>\n"),
        (
            "```\n<div hidden>\n```\n\nb\n",
            "<pre><code>&lt;div hidden&gt;\n</code></pre>\n<p>b</p>\n",
        ),
        ("<div>\n\na\n\n</div>\n\n<p hidden>x</p>\n", "<div>\n<p>a</p>\n</div>\n"),
        ("a <!-- x\n\n> y\n\nz --> b\n", "<p>a </p>\n<p> b</p>\n"),
    ],
)
def test_what_stands_around_stays(text: str, html: str) -> None:
    assert read(text).html == html


PIECES = [
    *(
        "<!-- x\n\ny -->\n",
        "<!-- x | y -->\n",
        "<!-- x\n\ny --> z\n",
        "<!-->\n\n-->\n",
        "\n",
        "\n\n",
    ),
    *(
        "## a\n",
        "b\n",
        "- c\n",
        "  ",
        "> ",
        "| d | e |\n|---|---|\n",
        "<div>\n",
        "</div>\n",
        "<pre>\n",
    ),
    *(
        "</pre>\n",
        "```\n",
        "~~~\n",
        "[^1]: f\n",
        "g[^1]\n",
        "    ",
        "<p>\n",
        "<script>\n",
        "</script>\n",
    ),
]


@limits(max_examples=800)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_a_comment_that_is_a_block_needs_no_second_look(text: str) -> None:
    short = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hidden_html, "_is_block", lambda *_: False)
        assert short == read(text)


@pytest.mark.parametrize("before", ["", "a\n\n", "a\n\n## b\n"])
def test_a_remark_between_blocks_does_not_cost_the_short_way(before: str) -> None:
    assert not hidden_html.may_hide(f"{before}<!--\n\nx | y\n\n-->\n\nc\n")


def test_the_warning_names_line_and_tags() -> None:
    faults = read(
        "a\n\n<div hidden>x</div>\n\n<template>y</template>\n\n<script>z</script>\n"
    ).faults
    assert [(fault.line, fault.code) for fault in faults] == [
        (3, "article/hidden"),
        (7, "article/html"),
    ]
    assert faults[0].message == "text that the HTML hides is left out: <div hidden>, <template>"
    (fault,) = read("a\n\n<div hidden>\n\nx\n").faults
    assert fault.message.endswith("<div hidden> that is not closed")


def test_notes_that_stay_are_counted_anew() -> None:
    html = read("<span hidden>a[^1]</span> b[^2]\n\n[^1]: one\n[^2]: two\n").html
    assert 'href="#c-fn1"' in html
    assert 'id="c-fn1"' in html
    assert "fn2" not in html
    assert "one" not in html
    assert "two" in html


def test_a_comment_without_end_is_still_told() -> None:
    found = read("A <!-- B\n\n`-->`\n\nC\n")
    assert "B" in found.html
    assert [fault.message for fault in found.faults] == [
        "a comment begins with <!-- and has no end: readers see it"
    ]
