"""Finds the deck and captions above an article, and makes the excerpt."""

import re
from collections.abc import Iterator
from typing import Any

from site_gen.convert.similarity import shorten
from site_gen.convert.text.body import foreign
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.title import is_remark, top_of_body
from site_gen.convert.text.vocabulary import content_words

_CREDIT_TAIL = re.compile(
    r"^(?P<caption>.*?[.!?][\"”’)]*) (?P<credit>\([^()]{2,80}\)|[^.!?]{2,80})\.?$"
)
_INLINE = re.compile(
    r"^(?P<caption>.*?)[\s(|]*\b(?:photo|photograph|image|picture|illustration)?\s*"
    r"(?:credit|by|courtesy of|:)[:\s]+(?P<credit>[^()]{2,80})\)?\.?$",
    re.I,
)
_LABEL = re.compile(r"^(photo|photograph|image|picture|illustration)( by| courtesy of|:) ?", re.I)
_CAPTIONS = frozenset({"picture_credit", "twin_sentence"})
_MASTHEAD = frozenset({"text_size", "contents", "share", "byline", "dateline"})
EXCERPT = 240
VERSE = 0.3
"""A text with a smaller share of its words in sentences is verse or a list."""
MOST_CAPTIONS = 20
GALLERY = 3
"""Fewest captions of a series of pictures."""


def find_captions(sheet: Sheet) -> None:
    """Move captions in or just above the article to `images`, without duplicates."""
    kept = sheet.kept()
    if not kept:
        return
    images: dict[str, dict[str, Any]] = {}
    near = range(max(0, kept[0] - 12), min(kept[-1] + 2, len(sheet.lines)))
    if _keep_gallery(sheet):
        return
    for at in near:
        if sheet.fired(at) not in _CAPTIONS:
            continue
        image = caption_of(sheet.lines[at].text)
        if len(images) < MOST_CAPTIONS:
            images.setdefault(image.get("caption") or image["credit"], image)
        sheet.move(at, sheet.fired(at), "images")
    if images:
        sheet.found["images"] = list(images.values())


def _keep_gallery(sheet: Sheet) -> bool:
    """Whether most of the text is captions, which are then its body: a series of pictures."""
    captions = [at for at in range(len(sheet.lines)) if sheet.fired(at) == "picture_credit"]
    words = sum(sheet.lines[at].words for at in captions if not sheet.keep[at])
    if len(captions) < GALLERY or words < sheet.body_words():
        return False
    for at in captions:
        sheet.keep[at] = True
    return True


def caption_of(text: str) -> dict[str, Any]:
    """A caption and its credit, separated if the line shows where."""
    found = _CREDIT_TAIL.match(text) or _INLINE.match(text)
    if not found or len(found.group("credit").split()) > 10:
        return {"caption": text}
    caption = found.group("caption").strip(" |(")
    credit = _LABEL.sub("", found.group("credit").strip(" ()"))
    return {"caption": caption, "credit": credit} if caption else {"credit": credit}


def find_deck(sheet: Sheet) -> None:
    """Make the deck the excerpt, else the first paragraph of the body."""
    title = sheet.found.get("title", "")
    at = None if sheet.found.get("titleDerived") else _deck(sheet, title)
    if at is not None:
        text = sheet.lines[at].text
        for copy in sheet.page.places[text]:
            sheet.move(copy, "deck", "excerpt")
        sheet.found["excerpt"] = shorten(text, EXCERPT)
        return
    lines = sheet.lines
    paragraphs = [i for i in sheet.kept() if is_prose(lines[i]) and not is_remark(lines[i])]
    if sum(sheet.lines[i].words for i in paragraphs) < VERSE * sheet.body_words():
        sheet.found["excerpt"] = shorten(" ".join(_opening(sheet)), EXCERPT)
        return
    main = [i for i in paragraphs if not foreign(sheet, i)] or paragraphs
    if main:
        sheet.found["excerpt"] = shorten(sheet.lines[main[0]].text, EXCERPT)


def _opening(sheet: Sheet) -> Iterator[str]:
    """The first lines, up to an empty one, of a text with little prose."""
    for n, at in enumerate(sheet.kept()):
        if n > 0 and sheet.lines[at].blanks > 0:
            return
        yield sheet.lines[at].text


def _deck(sheet: Sheet, title: str) -> int | None:
    kept = sheet.kept()
    if not kept:
        return None
    titles = [at for at, (rule, _) in sheet.cuts.items() if rule.startswith("title")]
    above = min(titles, default=None)
    if above is None or above >= kept[-1]:
        return None
    return _between(sheet, above) or _first_line(sheet, title)


def _between(sheet: Sheet, above: int) -> int | None:
    """A sentence between title and body that the body does not repeat."""
    for at in range(above + 1, min(above + 12, top_of_body(sheet))):
        line = sheet.lines[at]
        plain = sheet.rules[at] is None and not line.marker
        fits = plain and at not in sheet.cuts and not sheet.keep[at]
        if fits and 6 <= line.words <= 60 and (line.ends or line.stop >= 0.15):
            return at
    return None


def _first_line(sheet: Sheet, title: str) -> int | None:
    """The first line of the body, if it repeats the title and the next line contains it in full."""
    kept = sheet.kept()
    if len(kept) < 3:
        return None
    first, second = sheet.lines[kept[0]], sheet.lines[kept[1]]
    if is_remark(first) or not (first.ends and first.words <= 40 and not first.marker):
        return None
    between = range(kept[0] + 1, kept[1])
    if any(sheet.fired(at) in _MASTHEAD or _is_title(sheet, at) for at in between):
        return kept[0]
    own, named = content_words(first.text), content_words(title)
    echoes = len(named & own) >= 0.5 * len(named) and first.words < second.words
    return kept[0] if echoes and len(own & content_words(second.text)) >= 0.5 * len(own) else None


def _is_title(sheet: Sheet, at: int) -> bool:
    return sheet.cuts.get(at, ("", ""))[0].startswith("title")
