"""Rules for texts that readers see: placeholders, doubled words, leftovers, lengths."""

import re
from collections.abc import Iterator
from itertools import compress, islice
from operator import eq

from site_gen.basics import digest
from site_gen.check import scan
from site_gen.check.document import VISIBLE_KEYS, Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule, Sight
from site_gen.convert import similarity
from site_gen.problems import shown

SHORT = 40
"""A paragraph of fewer characters may be a leftover of a page, such as a button."""
SECTION_RULES = frozenset("navigation sources text_size legal contents tags author".split())
"""Rules of convert that also match headings of an article, such as "References"."""
_ASCII_WORDS = (
    "".join(chr(n).lower() if chr(n).isalnum() or n == 95 else " " for n in range(128)).encode()
    + b" " * 128
)
_QUOTES = "\"'“‘„«»‚‹"
_ONE_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")
_CUT = re.compile(
    r"(?:\.\.\.|…|\[ ?(?:\.\.\.|…) ?\]|&hellip;\]?|&#8230;\]?)"
    r"(?: ?(?:[Rr]ead [Mm]ore|[Cc]ontinue [Rr]eading|[Ww]eiterlesen|[Mm]ehr|[Mm]ore)[ .…→»>]*)?$"
)
_PLACEHOLDER = re.compile(
    r"\b[A-Z]+(?:_[A-Z]+)*_HERE\b|\b[Ll]orem ipsum\b|\b(?:TODO|FIXME):"
    r"|^\W*(?:TODO|FIXME)\W*$|\bTK ?TK\b|\[TK\]"
    r"|\[(?i:insert|add|fill in|your) [^\[\]]{1,60} (?i:here|goes)\b[^\[\]]{0,20}\]"
)
_PLACEHOLDER_PARTS = (b"HERE", b"ipsum", b"TODO", b"FIXME", b"TKTK", b"TK TK", b"[TK]", b"here",
                      b"goes", b"Here")  # fmt: skip
"""A text without any of these has no placeholder."""
_WORD_JOINERS = ("'", "’", "-")
MOST_DOUBLED = 50
"""The most words of one file to report: each needs a search of the whole text."""
# Words that are doubled in correct sentences, or in another language.
_DOUBLED_IN_GOOD_ENGLISH = frozenset(
    "had that is no so very very bye ha her his it log win blah really nous vous die der das "
    "sie les des en si tut tic tac poor hear there there's come go out in on many far long "
    "again too yum knock never cha la do up down over by and more".split()
)
_FUNCTION_WORDS = frozenset(
    "the an in of on at to and or but for from with by as is are was were it its this these those "
    "they we you he she his her their our your if when where how what which there than then not be "
    "been".split()
)
# In these languages only words that no correct sentence has twice in a row, nor before a name
# ("von von der Leyen"), in ASCII.
_NEVER_DOUBLED = {
    "de": "dass und oder aber ist wird wurde nicht auch eine einen einer einem im am zum zur wenn",
    "fr": "du et un une dans pour avec par aux cette ces qui mais donc",
    "es": "el los las una del en con por pero como su",
    "it": "il una con per nel della del sono anche",
    "pt": "um uma da em com para por mas como",
    "nl": "een en met voor naar wordt niet ook maar",
}
# UTF-8 read as Latin-1 or Windows-1252 (also twice, and Cyrillic), as Windows-1251, as MacRoman.
_HIGH_1252 = "\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_HIGH_1251 = "\u0401-\u040f\u0451-\u045f\u0490\u0491\u00a0-\u00bf\u2013-\u203a\u20ac\u2116\u2122"
_MOJIBAKE = re.compile(
    "[\u00c3][\u0080-\u00bf]|\u00c2[\u0080-\u009f\u00a0-\u00bf]|\u00e2\u20ac[\u0080-\u00bf\u2018-\u2122\u0153\u009d\u02dc]?"
    "|\u00ef\u00bb\u00bf|\ufffd|\u00f0\u0178"
    f"|(?:[\u00d0\u00d1][{_HIGH_1252}]){{2}}|(?:[\u0420\u0421][{_HIGH_1251}]){{3}}"
    "|\u201a\u00c4[\u00ec\u00ee\u00f2\u00f4\u00f9\u00fa\u00b6]|\u221a[\u00a7\u00a9\u00ae\u00ba\u2202]"
)
# An apostrophe that became "?", in words that end in no other way: "don?t".
_LOST = re.compile(
    r"(?<![\w/.=&?#-])(?:[a-z]{2,6}n\?t|(?:it|that|what|he|she|there|who|let)\?s"
    r"|(?:i|you|we|they)\?(?:ll|ve|re|d|m))(?![\w=/&])",
    re.IGNORECASE,
)
_MOJIBAKE_STARTS = "\u00c3\u00c2\u00e2\u00ef\ufffd\u00f0\u00d0\u00d1\u0420\u0421\u201a\u221a"
"""A text without any of these has no mojibake."""
_LETTER = re.compile(r"[^\W\d_]")


def truncated_title(document: Document, sight: Sight) -> Iterator[Hit]:
    if _CUT.search(document.text("title").rstrip()):
        yield _hit_at_key(document, "title", "text/truncated-title", "the title is cut off",
                  "write it whole")  # fmt: skip


def truncated_excerpt(document: Document, sight: Sight) -> Iterator[Hit]:
    if _CUT.search(document.text("excerpt").rstrip()):
        yield _hit_at_key(document, "excerpt", "text/truncated-excerpt", "the excerpt is cut off",
                  "end it with a whole sentence")  # fmt: skip


def doubled_word(document: Document, sight: Sight) -> Iterator[Hit]:
    language = (document.text("language") or sight.settings.language).lower()[:2]
    if language != "en" and language not in _NEVER_DOUBLED:
        return
    twice = _words_in_a_row(document.visible_bytes)
    if language == "en":
        twice -= _DOUBLED_IN_GOOD_ENGLISH
    else:  # most doubled words are correct there
        twice &= set(_NEVER_DOUBLED[language].split())
    for word in islice(sorted(twice), MOST_DOUBLED):
        for at, pair in _find_doubled(document.visible_text, word):
            line, field = _locate(document, at, pair)
            yield Hit(
                rule="text/doubled-word", message=f"{shown(pair)}: a word stands twice",
                line=line, field=field, help="take one out",
            )  # fmt: skip


def _words_in_a_row(text: bytes) -> set[str]:
    """Return ASCII words in lower case that occur twice in a row, even with marks between.

    Three times as fast as a pattern.
    """
    words = text.translate(_ASCII_WORDS).split()
    return {x.decode() for x in set(compress(words, map(eq, words, words[1:])))}


def _find_doubled(text: str, word: str) -> Iterator[tuple[int, str]]:
    """Return offset and text of each doubled word: "the the", or "The the" if it is no name (such
    as in "Will will")."""
    forms = (word, word.capitalize()) if word in _FUNCTION_WORDS else (word,)
    for pair in (f"{form} {word}" for form in forms if word.islower()):
        at = text.find(pair)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(pair) : at + len(pair) + 1]
            if not (
                _is_of_word(before) or before == "-" or _is_of_word(after) or after in _WORD_JOINERS
            ):
                yield at, pair
                at += len(word)
            at = text.find(pair, at + 1)


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _locate(document: Document, at: int, pair: str) -> tuple[int, str]:
    """Return line and key ("" for the body) of a doubled word at an offset in `visible_text`.

    A line may end between its words.
    """
    line, field, _ = document.text_at(at)
    if field:
        return document.line_with(field, pair), field
    first, second = pair.split(" ")
    lines = document.body_lines[line - document.body_line :]
    for number, (own, after) in enumerate(zip(lines, [*lines[1:], ""], strict=True), line):
        parted = own.rstrip().endswith(first) and after.lstrip("> \t").startswith(second)
        if pair in own or parted:
            return number, field
        if not own.strip():
            break
    return line, field


def mojibake(document: Document, sight: Sight) -> Iterator[Hit]:
    for line, field, text in document.visible_texts if b"?" in document.visible_bytes else ():
        if lost := _LOST.search(text) if "?" in text else None:
            line = document.line_with(field, lost[0]) if field else line
            yield _hit_at_line(line, "text/mojibake", f"{shown(lost[0])}: a letter was lost",
                               "write the letter that was meant")  # fmt: skip
    if document.body.isascii() and document.head.isascii() and "\\" not in document.head:
        return
    found = dict[int, str]()
    for key in VISIBLE_KEYS if "\\" in document.head else ():  # YAML's escapes
        if wrong := _MOJIBAKE.search(document.text(key)):
            found[document.line_of(key)] = _around(document.text(key), wrong)
    body = enumerate(document.body_lines, document.body_line)
    for text, lines in ((document.head, document.published_head), (document.body, body)):
        if any(sign in text for sign in _MOJIBAKE_STARTS) and _MOJIBAKE.search(text):
            found |= {n: _around(x, wrong) for n, x in lines if (wrong := _MOJIBAKE.search(x))}
    for line, said in sorted(found.items()):
        yield _hit_at_line(line, "text/mojibake", f"{shown(said)}: letters read in the wrong "
                           "encoding", "write the letter that was meant")  # fmt: skip


def _around(text: str, wrong: re.Match[str]) -> str:
    return text[wrong.start() : wrong.start() + 8]


def placeholder(document: Document, sight: Sight) -> Iterator[Hit]:
    if not any(map(document.visible_bytes.__contains__, _PLACEHOLDER_PARTS)):
        return
    for line, field, text in document.visible_texts:
        found = _PLACEHOLDER.search(text)
        if found:
            line = document.line_with(field, found[0]) if field else line
            yield _hit_at_line(line, "text/placeholder",
                      f"{shown(found[0])} was to be replaced", "write what was meant")  # fmt: skip


def leftover(document: Document, sight: Sight) -> Iterator[Hit]:
    for piece in short_lines(document):
        if sight.clean_lines and line_key(piece.text) in sight.clean_lines:
            continue
        rule = boilerplate(piece.text)
        if rule in SECTION_RULES and _is_heading(document, piece):
            continue
        if rule and (piece.kind != "item" or rule == "share"):
            yield _hit_at_line(piece.line, "text/leftover",
                      f"{shown(piece.text)} looks like a part of the page it came from ({rule})",
                      "take it out")  # fmt: skip

    for line, text in [
        (0, document.text("excerpt")),
        *((x.line, x.text) for x in document.paragraphs),
    ]:
        if footer := _feed_footer(text):
            yield _hit_at_line(line or document.line_with("excerpt", footer), "text/leftover",
                      f"{shown(footer)} is what feeds put below every entry",
                      "take it out")  # fmt: skip


def _feed_footer(text: str) -> str:
    """Return what a feed put at the end of a text, such as "The post X appeared first on Y"."""
    if " first " not in text and "zuerst" not in text and "prim" not in text:
        return ""
    from site_gen.convert.feeds import footers

    return text[len(footers.remove_from_line(text)) :].strip()


def boilerplate(text: str) -> str:
    """Return the rule of convert that takes a line for a part of a page, "" for none."""
    from site_gen.convert.text import rules  # slow to import: has many phrases

    return rules.boilerplate(text)


def prepare() -> None:
    """Compile the phrases of `boilerplate`, before workers are forked."""
    from site_gen.convert.text import rules

    rules.prepare()


def short_lines(document: Document) -> Iterator[scan.Paragraph]:
    """Return the paragraphs that may be leftovers of the page that an article came from.

    Quotations, numbers and paragraphs of only a link (such as a video) are none, and of items only
    buttons to share.
    """
    if document.kind != "article":
        return
    for piece in document.paragraphs:
        if len(piece.text) < SHORT and piece.text.strip():
            alone = _ONE_LINK.fullmatch(document.source_line(piece.line).strip())
            if not alone and piece.text[0] not in _QUOTES and not piece.text.isdigit():
                yield piece


def _is_heading(document: Document, piece: scan.Paragraph) -> bool:
    raw = document.source_line(piece.line).strip()
    return piece.kind == "heading" or (raw.startswith("**") and raw.endswith("**"))


def line_key(text: str) -> int:
    """Return a hash of a line, short since it only has to be unique in a file."""
    return int(digest.of_bytes(text.encode("utf-8", "surrogatepass"))[:12], 16)


def missing_list(document: Document, sight: Sight) -> Iterator[Hit]:
    pieces, depth = document.paragraphs, 0
    for number, piece in enumerate(pieces):
        if piece.kind == "heading":
            depth = _depth(document, piece)
        if piece.kind != "text" or not piece.text.endswith(":"):
            continue
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if after and (after.kind != "heading" or _depth(document, after) > depth):
            continue  # it may announce the subsections
        if not _has_block_between(document, piece.line, after.line if after else None):
            yield _hit_at_line(piece.line, "text/missing-list",
                      "the paragraph ends in a colon and nothing follows",
                      "put in what it announces")  # fmt: skip


def _depth(document: Document, heading: scan.Paragraph) -> int:
    raw = document.source_line(heading.line).lstrip()
    return len(raw) - len(raw.lstrip("#"))


def _has_block_between(document: Document, start: int, end: int | None) -> bool:
    """Whether there is code, a table, a picture or HTML between two lines."""
    lines = document.body.split("\n")
    first = start - document.body_line + 1
    last = end - document.body_line if end else len(lines)
    return any(re.match(r"\s*(?:```|~~~|    |\t|\||!\[|<)", line) for line in lines[first:last])


def repeated_excerpt(document: Document, sight: Sight) -> Iterator[Hit]:
    first = next((x.text for x in document.paragraphs if x.kind == "text" and x.text), "")
    said = document.text("excerpt")
    if len(said) <= 40 or first.lstrip()[:1] != said.lstrip()[:1]:
        return
    own = similarity.squeeze(said)
    if len(own) > 40 and similarity.squeeze(first).startswith(_CUT.sub("", own).rstrip()):
        yield _hit_at_key(document, "excerpt", "text/excerpt-repeats",
                  "the excerpt is the first paragraph again",
                  "say in other words why it is worth reading")  # fmt: skip


def capitals(document: Document, sight: Sight) -> Iterator[Hit]:
    title = document.text("title")
    if not title.isupper():
        return
    letters = "".join(c for c in _LETTER.findall(title) if c.lower() != c.upper())
    if len(title.split()) > 3 and len(letters) > 15 and letters.isupper():
        yield _hit_at_key(document, "title", "text/capitals", "the title is in capitals",
                  "write it as a sentence")  # fmt: skip


def long_title(document: Document, sight: Sight) -> Iterator[Hit]:
    limit, long = sight.check.title_length, len(document.text("title"))
    if limit and long > limit:
        yield _hit_at_key(document, "title", "text/long-title",
                  f"the title has {long} characters, more than {limit}", "shorten it")  # fmt: skip


def long_excerpt(document: Document, sight: Sight) -> Iterator[Hit]:
    limit, long = sight.check.excerpt_length, len(document.text("excerpt"))
    if limit and long > limit:
        yield _hit_at_key(document, "excerpt", "text/long-excerpt",
                  f"the excerpt has {long} characters, more than {limit}",
                  "shorten it")  # fmt: skip


def _hit_at_key(document: Document, key: str, rule: str, message: str, cure: str) -> Hit:
    line = document.line_of(key)
    return Hit(rule=rule, message=message, line=line, field=key, help=cure)


def _hit_at_line(line: int, rule: str, message: str, cure: str) -> Hit:
    return Hit(rule=rule, message=message, line=line, help=cure)


RULES = (
    Rule("text/placeholder", "error", "words that were to be replaced", "write what was meant",
         document=placeholder),
    Rule("text/mojibake", "error", "letters read in the wrong encoding",
         "write the letters that were meant", document=mojibake),
    Rule("text/truncated-title", "warning", "a title that ends in an ellipsis",
         "write it whole", document=truncated_title),
    Rule("text/truncated-excerpt", "hint", "an excerpt that ends in an ellipsis",
         "end it with a whole sentence", document=truncated_excerpt),
    Rule("text/doubled-word", "hint", "a word that stands twice in a row", "take one out",
         document=doubled_word),
    Rule("text/leftover", "warning", "a line that belongs to the page an article came from",
         "take it out", document=leftover),
    Rule("text/missing-list", "warning", "a paragraph that announces something and ends",
         "put in what it announces", document=missing_list),
    Rule("text/excerpt-repeats", "hint", "an excerpt that is the first paragraph again",
         "say it in other words", document=repeated_excerpt),
    Rule("text/capitals", "warning", "a title in capitals", "write it as a sentence",
         document=capitals),
    Rule("text/long-title", "hint", "a title over check.title_length characters", "shorten it",
         document=long_title),
    Rule("text/long-excerpt", "hint", "an excerpt over check.excerpt_length characters",
         "shorten it", document=long_excerpt),
)  # fmt: skip
