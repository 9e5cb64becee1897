"""What a page loses from between two kept paragraphs is marked as what may be a loss."""

from collections.abc import Callable
from typing import Any

import pytest

from site_gen.convert.html import MAX_OUTSIDE, convert_html
from site_gen.convert.html.blocks import Block, found, settle
from site_gen.convert.html.losses import maybe
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import parse
from site_gen.convert.receipts.inspect import as_lines, inspect_document
from site_gen.settings import Settings

Page = Callable[..., str]
FIRST = "The keeper of the lamp climbed the stair for the last time on Monday evening."
LAST = "From now on a clock in the town hall turns the light on at dusk and off again at dawn."
REMARK = "Nobody had asked the gulls about it, as one of the visitors remarked."


def lost(between: str) -> set[str]:
    root = parse(f"<body><p>{FIRST}</p>{between}<p>{LAST}</p><p>{REMARK}</p></body>", "a.html")
    settle(root)
    blocks: list[Block] = found(root)
    kept = [Piece(b.text, (at,)) for at, b in enumerate(blocks) if b.text in (FIRST, LAST)]
    return maybe(blocks, kept)


@pytest.mark.parametrize(
    "between",
    [f"<p>{REMARK}</p>", f"<div><div>{REMARK}</div></div>", f"<ul><li>{REMARK}</li></ul>",
     f'<blockquote><a href="https://a.example/">{REMARK}</a></blockquote>'],
)  # fmt: skip
def test_text_between_kept_paragraphs_may_be_lost(between: str) -> None:
    assert lost(between) == {REMARK}


@pytest.mark.parametrize(
    "between",
    ["", f"<aside><p>{REMARK}</p></aside>", f"<nav><p>{REMARK}</p></nav>",
     f'<p><a href="https://a.example/">{REMARK}</a></p>', "<p>Share this now</p>",
     f"<figure><img src=a.png><figcaption>{REMARK}</figcaption></figure>",
     f"<div>{FIRST}</div>", f'<div class="thumbcaption">{REMARK}</div>',
     f'<section id="newsletter-box"><p>{REMARK}</p></section>', "<p>By Ann Example Monday</p>",
     "<p>The lamp by night. (Photo: Ann Example)</p>"],
)  # fmt: skip
def test_what_the_page_sets_apart_is_none(between: str) -> None:
    assert lost(between) == set()


def test_what_holds_the_text_is_never_beside_it() -> None:
    root = parse(
        f'<body class="has-sidebar"><div class="video author"><p>{FIRST}</p><p>{REMARK}</p>'
        f"<p>{LAST}</p></div></body>",
        "a.html",
    )
    settle(root)
    blocks: list[Block] = found(root)
    assert maybe(blocks, [Piece(FIRST, (0,)), Piece(LAST, (2,))]) == {REMARK}


def test_nothing_is_lost_where_nothing_was_kept() -> None:
    assert maybe([], []) == set()


def test_rows_and_inspect_show_it(
    folder: Any, news_page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Extractors that leave out a box amid the text are played by one that hides it from them."""
    from site_gen.convert.html import extractors

    box = f'<div class="remark"><p>{REMARK}</p></div>'
    long = "".join(f"<p>{text}</p>" for text in (LAST, FIRST))
    menu = "".join(f"<p>Entry {n}</p>" for n in range(MAX_OUTSIDE))
    page = news_page(extra=f"{box}{long}").replace("<body>", f"<body><nav>{menu}</nav>")
    for name in ("trafilatura", "readability", "resiliparse"):
        whole = getattr(extractors, name)
        monkeypatch.setattr(
            extractors, name, lambda text, whole=whole: whole(text).replace(f"{REMARK}\n", "")
        )
    (draft,) = convert_html(page, source="a.html", settings=Settings())
    assert REMARK not in draft.body
    assert [cut.text for cut in draft.receipt.cuts if cut.inside] == [REMARK]
    folder.put("a.html", page)
    lines = [line for _, line in as_lines(inspect_document(folder.root, Settings(), "a.html"))]
    assert "left out in or beside the text (1): look at these" in lines
    assert f"  - {REMARK}" in lines
    assert len(draft.receipt.cuts) > MAX_OUTSIDE
    (row,) = folder.convert("a.html").rows
    assert row.maybe_lost == 1


def test_a_page_that_lost_nothing_says_nothing(news_page: Page) -> None:
    (draft,) = convert_html(news_page(), source="a.html", settings=Settings())
    assert draft.receipt.maybe_lost == 0
