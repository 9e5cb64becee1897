"""G18: what convert leaves out stands in the receipt, and a loss amid the text is marked as one.

Every sentence has a word of its own; each must be found again, in the draft or among the cuts.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_gen.convert.receipts.inspect import as_data, inspect_document
from site_gen.settings import FeedSettings, Settings

SETTINGS = Settings(feeds=FeedSettings(tag="t.example,2026"))
NOUNS = (
    "harbour ferry lamp gull crane rope keeper tower quay storm plank anchor bell market mayor "
    "council engine repair ticket island bridge fog pilot signal winter school vote budget stone "
    "lantern cargo wharf sailor morning evening letter promise delay price crew captain bay current"
).split()
VERBS = "asked said repaired painted counted refused carried opened closed measured praised".split()
PLAIN = "p li td blockquote pre dd dt h2 h3 section div details summary figcaption caption".split()
APART = (
    "aside header footer nav address label button option legend th cite main article noscript "
    "textarea iframe object video audio canvas form fieldset svg math mark dialog menu hgroup "
    "output meter progress map center marquee small sup del ins kbd q ruby bdi search"
).split()
WRAPPED = {
    "li": "<ul>{}<li>Another thing</li></ul>",
    "td": "<table><tr>{}<td>b</td></tr><tr><td>1</td><td>2</td></tr></table>",
    "th": "<table><tr>{}<td>b</td></tr><tr><td>1</td><td>2</td></tr></table>",
    "dd": "<dl><dt>Term</dt>{}</dl>",
    "dt": "<dl>{}<dd>What it means</dd></dl>",
    "option": "<select>{}</select>",
    "caption": "<table>{}<tr><td>1</td><td>2</td></tr></table>",
}


def token(number: int) -> str:
    return f"token{number:03d}x"


def sentence(number: int) -> str:
    """A sentence like no other, with a word of its own."""
    draw = random.Random(number)
    some = draw.sample(NOUNS, 8)
    return (
        f"The {some[0]} near the {some[1]} {draw.choice(VERBS)} what every {some[2]} had seen, "
        f"and {token(number)} {draw.choice(VERBS)} the {some[3]} of the {some[4]} before the "
        f"{some[5]} and the {some[6]} came to the {some[7]}."
    )


def page(parts: list[str]) -> str:
    return (
        "<!doctype html><html><head><title>The ferry is late</title></head><body>"
        f"<nav><a href='/'>Home {token(900)}</a></nav><article><h1>The ferry is late</h1>"
        f"{''.join(parts)}</article><footer>Imprint {token(901)}</footer></body></html>"
    )


def inspected(root: Path, name: str, text: str) -> list[dict[str, Any]]:
    (root / name).write_text(text, "utf-8")
    data = as_data(inspect_document(root, SETTINGS, name))
    found: list[dict[str, Any]] = json.loads(json.dumps(data, default=str))["drafts"]
    return found


def missing(drafts: list[dict[str, Any]], numbers: list[int]) -> list[int]:
    everything = json.dumps(drafts)
    return [number for number in numbers if token(number) not in everything]


def marked(drafts: list[dict[str, Any]]) -> str:
    cuts = [cut for draft in drafts for cut in draft["receipt"]["cuts"] if cut.get("inside")]
    return json.dumps(cuts)


def kept(drafts: list[dict[str, Any]]) -> str:
    return json.dumps([draft["receipt"]["kept"] for draft in drafts])


@pytest.mark.parametrize("place", [4, 8])
@pytest.mark.parametrize("tag", [*PLAIN, *APART])
def test_g18_every_sentence_of_a_page_is_kept_or_in_the_receipt(
    tmp_path: Path, tag: str, place: int
) -> None:
    parts = [f"<p>{sentence(number)}</p>" for number in range(8)]
    inner = f"<{tag}>{sentence(50)}</{tag}>"
    parts.insert(place, WRAPPED.get(tag, "{}").format(inner))
    drafts = inspected(tmp_path, "a.html", page(parts))
    assert missing(drafts, [*range(8), 50, 900, 901]) == []
    if tag in PLAIN and place == 4 and tag not in ("figcaption", "caption"):
        assert token(50) in kept(drafts) or token(50) in marked(drafts)


HIDDEN = {
    "hidden": "<p hidden>{}</p>",
    "aria": '<p aria-hidden="true">{}</p>',
    "style": '<div style="color: red; display:none">{}</div>',
    "tip": 'a word<span class="tooltip">{}</span>',
    "comments": "<section id='comments'><p>{}</p></section>",
    "advert": "<div class='advertisement'><p>{}</p></div>",
    "related": "<aside class='related'><ul><li><a href='/x'>{}</a></li></ul></aside>",
}


@pytest.mark.parametrize("way", HIDDEN)
def test_g18_what_is_hidden_or_beside_the_text_is_in_the_receipt(tmp_path: Path, way: str) -> None:
    parts = [f"<p>{sentence(number)}</p>" for number in range(8)]
    parts.insert(5, HIDDEN[way].format(sentence(50)))
    assert missing(inspected(tmp_path, "a.html", page(parts)), [*range(8), 50]) == []


def _lines(seed: int) -> Iterator[tuple[str, list[int]]]:
    """Lines of pasted text, some of them short, marked, or of a page's frame."""
    draw = random.Random(seed)
    number = 100 * (seed % 7)
    yield "The ferry is late", []
    for _ in range(draw.randint(8, 16)):
        number += 1
        made = draw.choice((
            sentence(number), sentence(number), f"- {token(number)} for the quay",
            f"{number}. {token(number)}", f"{token(number)}:", f"Q: What of {token(number)}?",
            f"Share {token(number)}", f"Advertisement {token(number)}", f"{token(number)} | 4.20",
            f"Read more: {token(number)}", f"“{token(number)}”, said the mayor",
        ))  # fmt: skip
        yield made, [number]


@pytest.mark.parametrize("blank", ["\n", "\n\n"])
@pytest.mark.parametrize("seed", range(40))
def test_g18_every_line_of_pasted_text_is_kept_or_in_the_receipt(
    tmp_path: Path, seed: int, blank: str
) -> None:
    lines = list(_lines(seed))
    drafts = inspected(tmp_path, "a.txt", blank.join(line for line, _ in lines) + "\n")
    assert missing(drafts, [number for _, numbers in lines for number in numbers]) == []


def test_g18_markdown_and_mail_are_whole(tmp_path: Path) -> None:
    body = "\n\n".join((sentence(1), f"- {sentence(2)}\n- {sentence(3)}", f"> {sentence(4)}"))
    drafts = inspected(tmp_path, "a.md", f"# The ferry is late\n\n{body}\n")
    assert all(token(number) in drafts[0]["body"] for number in range(1, 5))
    mail = (
        "From: Ann <ann@t.example>\nSubject: The ferry is late\n"
        "Date: Tue, 3 Mar 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    drafts = inspected(tmp_path, "a.eml", mail + "\n\n".join(sentence(n) for n in range(1, 9)))
    assert missing(drafts, list(range(1, 9))) == []
