"""Finds the title: the best line above the body, else one derived from its first sentence."""

import re
from collections.abc import Sequence
from functools import cache

from site_gen.convert.similarity import shorten, similarity, words
from site_gen.convert.text.body import dated_lists
from site_gen.convert.text.clock_lines import is_time
from site_gen.convert.text.handles import above_handle
from site_gen.convert.text.lexicon import FOLDER, core, lexicon, lines_of
from site_gen.convert.text.lines import Line
from site_gen.convert.text.marked_lines import Sheet
from site_gen.convert.text.rules.credits import picture_credit
from site_gen.convert.text.rules.rule import known
from site_gen.convert.text.runs import MARKED
from site_gen.convert.text.shape import is_heading_like, is_prose
from site_gen.convert.text.trees import Tree, total, trees_of
from site_gen.convert.text.vocabulary import content_words
from site_gen.convert.text.weights import fitted

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_IDENTIFIER = re.compile(r"[\w-]+:\d\S*(?: \(\S+\))?|v?\d+(?:\.\d+)+\S*", re.I)
"""The name of a version, or of a paper in an archive: no title."""
_TRAIL = re.compile(r"\s*(?:[>›»]|\s/\s)\s*")
_REACH = 60
_NOTE = 40
"""Most words of an editor's remark above a text."""
_HEAD, _LABEL = 4, 3
"""Lines in which a text says that it is a press release, and the words of that."""
_MASTHEAD = frozenset({"byline", "dateline"})
SENTENCE = 1.0
CLOSE, ALIKE = 1.0, 0.5
"""Points by which two titles are close, and the likeness from which they are one."""
LONGEST = 120
"""Most characters of a derived title."""


def find_title(sheet: Sheet, given: str) -> None:
    """Set `title`, and remove all lines that repeat it from the body."""
    at = None if given else _best(sheet)
    title = given or (sheet.lines[at].text if at is not None else "")
    if not title:
        _derive(sheet)
        return
    sheet.found["title"] = title
    wanted = words(title)
    for other, line in enumerate(sheet.lines):
        same = len(line.text) < 400 and similarity(words(line.text), wanted) > 0.9
        if same and line.words > 1:
            first = other == at
            sheet.move(other, "title" if first else "title_copy", "title" if first else "")


def top_of_body(sheet: Sheet) -> int:
    """The position of the body's first paragraph but for an editor's remark, or the end if there
    is none."""
    kept = [at for at in sheet.kept() if not is_remark(sheet.lines[at])]
    paragraphs = (at for at in kept if is_prose(sheet.lines[at]))
    return next(paragraphs, kept[0] if kept else len(sheet.lines))


def is_remark(line: Line) -> bool:
    """Whether a line is an editor's remark above a text, neither its title nor its beginning."""
    return known(line, "editorial_note", _NOTE)


def _best(sheet: Sheet) -> int | None:
    found = candidates(sheet)
    if not found:
        return None
    if (below := _below_label(sheet, [at for at, _ in found])) is not None:
        return below
    least, trees = _title_model()
    ranked = sorted(
        ((total(trees, row) - _sentence(sheet, at), at) for at, row in found), reverse=True
    )
    points, at = ranked[0]
    if points <= least:
        return None
    _doubt(sheet, at, [other for near, other in ranked[1:] if points - near < CLOSE])
    return at


def _doubt(sheet: Sheet, at: int, others: Sequence[int]) -> None:
    """Say which other line may be the title, if the choice was close and it is no copy."""
    own = sheet.lines[at].text
    apart = (sheet.lines[other].text for other in others)
    told = next((text for text in apart if similarity(words(text), words(own)) < ALIKE), "")
    if told:
        sheet.warnings.append(f'title-doubtful: or "{shorten(told, 80)}"')


def _below_label(sheet: Sheet, places: Sequence[int]) -> int | None:
    """The first line below `For immediate release` at the head of a text: a deck may follow it."""
    head = range(min(_HEAD, len(sheet.lines)))
    labels = [at for at in head if known(sheet.lines[at], "press_release", _LABEL)]
    below = (at for at in places if labels and labels[0] < at <= labels[0] + _HEAD)
    return next((at for at in below if sheet.lines[at].words > _LABEL), None)


def _sentence(sheet: Sheet, at: int) -> float:
    """The penalty for a whole sentence, which is a deck more often than a title."""
    line = sheet.lines[at]
    return SENTENCE if line.text.endswith(".") and is_prose(line) else 0.0


@cache
def _title_model() -> tuple[float, tuple[Tree, ...]]:
    data = fitted("title")
    return float(data["least"]), trees_of(data["trees"])


def candidates(sheet: Sheet) -> list[tuple[int, list[float]]]:
    """The lines above the body that may be its title, with the numbers of `NAMES`."""
    top = top_of_body(sheet)
    near = range(max(0, top - _REACH), top)
    listed = _listed(sheet)
    places = [at for at in near if at not in listed and _possible(sheet, at)]
    opening = _opening(sheet, top)
    own = [content_words(sheet.lines[at].text) for at in places]
    shares = [len(content & opening) / (len(content) + 1) for content in own]
    most = max(shares, default=0.0)
    rows = []
    for rank, (at, content, share) in enumerate(zip(places, own, shares, strict=True)):
        row = _numbers(sheet, at, top)
        row += [share, float(min(8, len(content & opening))), share - most]
        row += [float(rank), float(len(places) - 1 - rank)]
        rows.append((at, row))
    return rows


def _listed(sheet: Sheet) -> set[int]:
    """Lines below a label such as `More stories` that are in a list of stories and dates."""
    dated = {at - 1 for lines in dated_lists(sheet) for at in lines}
    return {at for at in dated if sheet.cuts.get(at, ("", ""))[0].startswith("after_")}


def _opening(sheet: Sheet, top: int) -> frozenset[str]:
    kept = [at for at in sheet.kept() if at >= top][:12]
    return frozenset().union(*(content_words(sheet.lines[at].text) for at in kept))


def _possible(sheet: Sheet, at: int) -> bool:
    line, rule = sheet.lines[at], sheet.rules[at]
    plain = rule is None or rule.name in ("repeated_line", "twin_sentence")
    if _is_trail(line.text) or _IDENTIFIER.fullmatch(line.text) or above_handle(sheet.page, at):
        return False
    if is_remark(line):
        return False
    if at > 0 and sheet.keep[at] and sheet.keep[at - 1] and is_time(sheet.lines[at - 1].text):
        return False
    sentence = line.text.endswith((".", ";", ":", ",")) and line.words > 18
    if sheet.keep[at] and (line.marker or sheet.kinds[at] == MARKED):
        return False
    return plain and 2 <= line.words <= 32 and len(line.text) <= 250 and not sentence


def _is_trail(text: str) -> bool:
    """Whether a line is a breadcrumb trail: `Home > City > Trams`."""
    parts = [part for part in _TRAIL.split(text) if part]
    if len(parts) < 2:
        return False
    return lexicon("navigation").holds(core(parts[0])) or (
        len(parts) > 2 and all(len(part.split()) < 4 for part in parts[:-1])
    )


NAMES = (
    "words", "length", "copies", "distance", "kept_distance", "at", "ends", "question", "heading",
    "marker", "credit", "odds", "keep", "repeated", "masthead_below", "masthead_above",
    "ruled_between", "ruled_above", "blanks", "blanks_below", "bar", "dash", "upper", "digits",
    "below_is_prose", "words_below", "words_above", "share", "shared", "share_behind", "rank",
    "rank_behind",
)  # fmt: skip


def _numbers(sheet: Sheet, at: int, top: int) -> list[float]:
    line, lines = sheet.lines[at], sheet.lines
    first = next(iter(sheet.kept()), top)
    fired = [sheet.fired(other) for other in range(max(0, at - 3), min(len(lines), at + 4))]
    middle = min(3, at)
    below = lines[at + 1] if at + 1 < len(lines) else line
    between = range(at + 1, min(top, at + 60))
    return [
        line.words,
        float(len(line.text)),
        float(min(line.copies, 4)),
        float(min(top - at, _REACH)),
        float(max(-5, min(first - at, _REACH))),
        float(min(at, 100)),
        float(line.ends),
        float(line.text.endswith("?")),
        float(is_heading_like(line)),
        float(bool(line.marker)),
        float(picture_credit(sheet.page, at)),
        max(-8.0, min(8.0, sheet.odds[at])),
        float(sheet.keep[at]),
        float(sheet.fired(at) == "repeated_line"),
        float(any(name in _MASTHEAD for name in fired[middle + 1 :])),
        float(any(name in _MASTHEAD for name in fired[:middle])),
        float(sum(sheet.rules[other] is not None for other in between)),
        float(sum(name != "" for name in fired[:middle])),
        float(min(line.blanks, 5)),
        float(min(below.blanks, 5)),
        float("|" in line.text),
        float(" - " in line.text or " – " in line.text),
        float(line.text.isupper()),
        float(any(c.isdigit() for c in line.text)),
        float(is_prose(below)),
        min(below.words, 40.0),
        min(lines[at - 1].words, 40.0) if at else 0.0,
    ]


def _derive(sheet: Sheet) -> None:
    sentences = (_SENTENCE.split(sheet.lines[at].text)[0] for at in sheet.kept())
    main = [s for s in sentences if len(content_words(s)) >= 2 and s.isascii()]
    fallback = [sheet.lines[at].text for at in sheet.kept()] or [line.text for line in sheet.lines]
    first = next(iter(main), fallback[0] if fallback else "")
    sheet.found["title"] = derived_title(first)
    _take_whole_line(sheet, first)
    sheet.found["titleDerived"] = True
    sheet.warnings.append("title-derived")


def _take_whole_line(sheet: Sheet, first: str) -> None:
    """Remove a line without a full stop that is exactly the title from the body."""
    kept = sheet.kept()
    line = sheet.lines[kept[0]] if len(kept) > 1 else None
    if line is not None and line.text == sheet.found["title"] == first and not line.ends:
        sheet.move(kept[0], "title", "title")


def derived_title(sentence: str) -> str:
    """A title in the sentence's own words, without introductory and subordinate clauses."""
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
