"""The title: the best line above the body, else one derived from its first sentence."""

import re

from site_gen.convert.likeness import likeness, shorten, words
from site_gen.convert.text.lexicon import FOLDER, lines_of
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.rules.credits import picture_credit
from site_gen.convert.text.shape import is_prose
from site_gen.convert.text.vocabulary import content_words

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_REACH = 60
LONGEST = 120
"""Characters of a derived title."""


def find_title(sheet: Sheet, given: str) -> None:
    """Set `title`, and take every line that repeats it out of the body."""
    at = None if given else _best(sheet)
    title = given or (sheet.lines[at].text if at is not None else "")
    if not title:
        _derive(sheet)
        return
    sheet.found["title"] = title
    wanted = words(title)
    for other, line in enumerate(sheet.lines):
        same = len(line.text) < 400 and likeness(words(line.text), wanted) > 0.9
        if same and line.words > 1:
            first = other == at
            sheet.move(other, "title" if first else "title_copy", "title" if first else "")


def top_of_body(sheet: Sheet) -> int:
    """The position of the first paragraph of the body; the end where there is none."""
    kept = sheet.kept()
    paragraphs = (at for at in kept if is_prose(sheet.lines[at]))
    return next(paragraphs, kept[0] if kept else len(sheet.lines))


def _best(sheet: Sheet) -> int | None:
    top = top_of_body(sheet)
    opening = _opening(sheet, top)
    best: tuple[float, int] | None = None
    for at in range(max(0, top - _REACH), min(top, len(sheet.lines))):
        if not _possible(sheet, at):
            continue
        points = _points(sheet, at, top, opening)
        if best is None or points > best[0]:
            best = (points, at)
    return best[1] if best is not None and best[0] > 0 else None


def _opening(sheet: Sheet, top: int) -> frozenset[str]:
    kept = [at for at in sheet.kept() if at >= top][:12]
    return frozenset().union(*(content_words(sheet.lines[at].text) for at in kept))


def _possible(sheet: Sheet, at: int) -> bool:
    line, rule = sheet.lines[at], sheet.rules[at]
    plain = rule is None or rule.name == "repeated_line"
    sentence = line.text.endswith((".", ";", ":", ",")) and line.words > 18
    return plain and 2 <= line.words <= 32 and len(line.text) <= 250 and not sentence


def _points(sheet: Sheet, at: int, top: int, opening: frozenset[str]) -> float:
    line = sheet.lines[at]
    own = content_words(line.text)
    shared = len(own & opening)
    points = 3.0 * shared / (len(own) + 1) + 0.3 * min(shared, 5)
    points += min(line.copies, 3) * 0.6 - 0.04 * min(top - at, 40)
    points += 0.7 if not line.ends or line.text.endswith("?") else 0.0
    points += 0.8 if line.words >= 5 else -0.6
    points -= 1.0 if line.marker else 0.0
    points -= 2.0 if picture_credit(sheet.page, at) else 0.0
    return points + (0.4 if sheet.odds[at] > -2 else 0.0)


def _derive(sheet: Sheet) -> None:
    sentences = (_SENTENCE.split(sheet.lines[at].text)[0] for at in sheet.kept())
    main = [s for s in sentences if len(content_words(s)) >= 2 and s.isascii()]
    fallback = [sheet.lines[at].text for at in sheet.kept()] or [line.text for line in sheet.lines]
    first = next(iter(main), fallback[0] if fallback else "")
    sheet.found["title"] = derived_title(first)
    sheet.found["titleDerived"] = True
    sheet.warnings.append("title-derived")


def derived_title(sentence: str) -> str:
    """A title in the sentence's own words: no introductory clause, no side clause."""
    openers, ends = _words_of("derived_openers"), _words_of("derived_ends")
    rest = sentence
    head, comma, tail = sentence.partition(", ")
    if comma and head.split(" ")[0].lower() in openers and 3 < len(head) <= 100 and len(tail) > 20:
        rest = tail
    parts = rest.split(" ")
    stop = next((n for n, word in enumerate(parts) if n > 3 and word.lower() in ends), len(parts))
    title = shorten(" ".join(parts[:stop]), LONGEST).rstrip(".,;: ")
    return title[:1].upper() + title[1:]


def _words_of(name: str) -> frozenset[str]:
    return frozenset(w for path in FOLDER.glob(f"*/{name}.txt") for w in lines_of(path))
