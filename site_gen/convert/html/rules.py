"""The rules that decide which lines of a page are its article, as ordered lists.

A page rule sees all lines, a line rule decides about one. Receipts name the rules.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from importlib.resources import files

from site_gen.basics import written_dates
from site_gen.convert import similarity
from site_gen.convert.similarity import Shingles
from site_gen.convert.text.lexicon import compiled, core
from site_gen.convert.text.lexicon import lexicon as lexicon_of
from site_gen.convert.text.rules import plugin_rule

Lines = list[str]

_BYLINE = re.compile(r"(?i:by|von|por|par)\s+[^\W\d_][\w.'’-]*(?:\s+[\w.,'’-]+){1,12}")
_CONTRIBUTED = re.compile(
    r"(?!.*[.!?]\s).{3,250} (?:also )?contributed"
    r" (?:to this (?:report|story|article)|reporting)\b.*"
)


_ONE_WORD = re.compile(r"[^\W\d_]+,?\s*")
_CLOCK = re.compile(r"[\s,|·–-]*(?:at\s+)?(?:\d{1,2}[:.h]\d\d.{0,12})?[\s.]*")
LONGEST_DATELINE = 60

SOME = 40
"""Shingles below which an extractor found nearly nothing."""
WHOLE, PART = 1.3, 0.75
"""How many times as much the third extractor must have to be whole; the share of the first's text
below which the second has only a part."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page besides the lines: the other extractors' texts, titles, link lines,
    the texts of all blocks."""

    other: str
    other_shingles: Shingles
    third_shingles: Shingles
    titles: tuple[tuple[str, ...], ...] = ()
    link_lines: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    top_headings: frozenset[str] = frozenset()
    drop_lines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    third: str = ""


def truncated_body(lines: Lines, seen: Evidence) -> Lines:
    """The second extractor has nearly all of this and half as much again, and the third agrees."""
    own, other, third = _sets(lines, seen)
    most = any(lines) and len(own & other) > 0.85 * len(own)
    if most and len(other) > 1.5 * len(own) and len(third & other) > 0.7 * len(other):
        return seen.other.split("\n")
    return lines


def parts_of_one(lines: Lines, seen: Evidence) -> Lines:
    """The first two extractors found parts of an article that the third found whole."""
    own, other, third = _sets(lines, seen)
    if len(own) < SOME or len(third) < WHOLE * len(own):
        return lines
    agreed = len(own & third) > 0.85 * len(own) and len(other & third) > 0.85 * len(other)
    if agreed and len((own | other) & third) > 0.7 * len(third):
        return seen.third.split("\n")
    return lines


def other_articles_swallowed(lines: Lines, seen: Evidence) -> Lines:
    """The second extractor found a whole article in less than half of this, and the third does not
    have the rest."""
    own, other, third = _sets(lines, seen)
    if 60 < len(other) < 0.5 * len(own) and len(other & own) > 0.8 * len(other):
        rest = own - other
        if len(rest & third) < 0.5 * len(rest):
            return seen.other.split("\n")
    return lines


def nothing_found(lines: Lines, seen: Evidence) -> Lines:
    """The first extractor found nothing, the second did."""
    return lines if any(line.strip() for line in lines) else seen.other.split("\n")


def run_together(lines: Lines, seen: Evidence) -> Lines:
    """The first extractor failed and joined all text of the page into one line."""
    text = similarity.squeeze("\n".join(lines))
    if sum(bool(line.strip()) for line in lines) != 1 or text in seen.texts:
        return lines
    known = similarity.shingles(text)
    found = [
        block for block in seen.texts if similarity.coverage(block, known) > 0.9 or block in text
    ]
    return found if len(found) > 1 else lines


def edge_trim(lines: Lines, seen: Evidence) -> Lines:
    """First and last lines that the second extractor does not have, at most half. If it found only
    a part, sentences in the third stay."""
    own, other, _ = _sets(lines, seen)
    is_part = len(other & own) < PART * len(own)
    low = f" {' '.join(similarity.words(seen.other))} "
    kept = [
        _kept_by_other(line, low, seen.other_shingles) or (is_part and _kept_by_third(line, seen))
        for line in lines
    ]
    if not any(kept):
        return lines
    first, last = kept.index(True), len(kept) - kept[::-1].index(True)
    inner = lines[first:last]
    return inner if len("\n".join(inner)) > 0.5 * len("\n".join(lines)) else lines


def _kept_by_third(line: str, seen: Evidence) -> bool:
    if len(similarity.words(line)) < similarity.SIZE or not similarity.ends_sentence(line):
        return False
    return similarity.coverage(line, seen.third_shingles) > 0.5


def _kept_by_other(line: str, other: str, shingles: Shingles) -> bool:
    own = similarity.words(line)
    if len(own) < similarity.SIZE:
        return bool(own) and f" {' '.join(own)} " in other
    return similarity.coverage(line, shingles) > 0.5


def _sets(lines: Lines, seen: Evidence) -> tuple[Shingles, Shingles, Shingles]:
    return similarity.shingles("\n".join(lines)), seen.other_shingles, seen.third_shingles


def provider_line(line: str, kept: int, seen: Evidence) -> bool:
    """The provider's settings say that this line is dropped."""
    return bool(seen.drop_lines) and _phrases(seen.drop_lines).holds(core(line))


_phrases = cache(compiled)


def title_copy(line: str, kept: int, seen: Evidence) -> bool:
    """The title again, before any other line; or a level-one heading."""
    own = similarity.words(line)
    if kept == 0 and similarity.squeeze(line) in seen.top_headings:
        return True
    return kept == 0 and any(similarity.similarity(own, title) > 0.85 for title in seen.titles)


def boilerplate_line(line: str, kept: int, seen: Evidence) -> bool:
    """A short line in the lexicon."""
    return is_boilerplate(line)


def is_boilerplate(line: str) -> bool:
    """Whether it is a short line in the lexicon."""
    return len(similarity.words(line)) < 45 and lexicon().match(line) is not None


def link_only_paragraph(line: str, kept: int, seen: Evidence) -> bool:
    """A paragraph that is only a link to another page."""
    return similarity.squeeze(line) in seen.link_lines


def byline(line: str, kept: int, seen: Evidence) -> bool:
    """Author and date, above the first paragraphs."""
    return (
        kept < 3
        and len(line) < 120
        and not similarity.ends_sentence(line)
        and _BYLINE.match(line) is not None
    )


def dateline(line: str, kept: int, seen: Evidence) -> bool:
    """Only a date, with `Published`, a weekday or a place, above the first paragraphs."""
    if kept > 1 or len(line) > LONGEST_DATELINE:
        return False
    found = written_dates.find(line, UTC)
    if found is None:
        return False
    before, after = line[: found.span[0]], line[found.span[1] :]
    said = core(before)
    plain = not said or lexicon_of("published").holds(said) or _ONE_WORD.fullmatch(before)
    return bool(plain) and _CLOCK.fullmatch(after) is not None


def is_frame(line: str) -> bool:
    """Whether a line is byline, dateline or boilerplate."""
    return byline(line, 0, _NOTHING) or boilerplate_line(line, 0, _NOTHING)


_NOTHING = Evidence("", frozenset(), frozenset())


def contribution_credit(line: str, kept: int, seen: Evidence) -> bool:
    """A credit for other contributors, not a sentence of the article."""
    return len(line) < 300 and _CONTRIBUTED.fullmatch(line.strip(" _*()[]")) is not None


def dangling_heading(lines: Lines, seen: Evidence) -> Lines:
    """Headings at the end, without text of the article below."""
    last = len(lines)
    while last > 1 and lines[last - 1] in seen.headings:
        last -= 1
    return lines if last == len(lines) else lines[:last]


@cache
def lexicon() -> re.Pattern[str]:
    """The patterns of `lexicons/*.txt` as one."""
    folder = files("site_gen.convert.html") / "lexicons"
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if ".txt" in f.name)
    patterns = [
        line for _, text in texts for line in text.split("\n") if line.strip() and line[0] != "#"
    ]
    return re.compile(rf"\W*?(?:{'|'.join(patterns)})", re.IGNORECASE)


PageRule = Callable[[Lines, Evidence], Lines]
LineRule = Callable[[str, int, Evidence], bool]

PAGE_RULES: Sequence[PageRule] = (
    nothing_found,
    run_together,
    truncated_body,
    parts_of_one,
    other_articles_swallowed,
    edge_trim,
)
LINE_RULES: Sequence[LineRule] = (
    provider_line,
    title_copy,
    byline,
    boilerplate_line,
    link_only_paragraph,
    contribution_credit,
)
ANYWHERE: Sequence[LineRule] = (provider_line, byline, boilerplate_line, link_only_paragraph)
END_RULES: Sequence[PageRule] = (dangling_heading,)
MOVED = {"contribution_credit": "credits"}
"""Rules whose lines move to front matter -> the field."""


def first(listed: Sequence[LineRule], line: str, kept: int, seen: Evidence) -> str:
    """The name of the first rule that removes the line, or "". Rules of plugins come first."""
    if own := plugin_rule(line):
        return own
    return next((rule.__name__ for rule in listed if rule(line, kept, seen)), "")
