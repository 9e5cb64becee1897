"""Rules for marks that readers see, or that hide a text from them: HTML, entities, shortcodes."""

import re
from collections.abc import Iterator

from site_gen.check import scan
from site_gen.check.document import Document
from site_gen.check.findings import Hit
from site_gen.check.rules.rule import Rule, Sight
from site_gen.problems import shown

_TAG = re.compile(r"</?([A-Za-z][\w:-]*)(?:\s[^<>]*|\s*/)?>")
# All elements of HTML, including obsolete ones. The build reports what the sanitiser removes of
# these; the rule is about text that was not meant as a tag.
_ELEMENTS = frozenset(
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button "
    "canvas caption center cite code col colgroup data datalist dd del details dfn dialog div dl "
    "dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head "
    "header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee "
    "math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre "
    "progress q rp rt ruby s samp script search section select slot small source span strike "
    "strong style sub summary sup svg table tbody td template textarea tfoot th thead time title "
    "tr track tt u ul var video wbr".split()
)
_DECLARATION = re.compile(r"<\?(?:php|xml|=)|<!\[CDATA\[|<!DOCTYPE\b", re.IGNORECASE)
# Marks of other systems that no part of ours reads: of Hugo, Liquid, Jinja, WordPress, MediaWiki.
_SHORTCODE = re.compile(
    r"\{\{[<%].{1,300}?[%>]\}\}|\{%-? {0,3}[a-z]\w* ?.{0,300}?-?%\}"
    r"|\{\{ {0,3}(?:page|site|post|content|include|\$json|youtube|cite)\b[^{}]{0,200}\}\}"
    r"|\[(?:/|(?=\w+ [^\[\]=]{1,40}=))"  # its end, or with values: "[video]" alone is a label
    r"(?:caption|gallery|embed|audio|video|playlist|youtube|vimeo|tweet|vc_\w+|et_pb_\w+)"
    r"(?: [^\[\]]{0,300})?\](?![(\[:])"
)
_NAMED = (
    "nbsp|quot|apos|lt|gt|hellip|[mn]dash|[lr][sd]quo|[lr]aquo|copy|[aeioun](?:uml|acute|grave)"
)
_EMPTY_ITEM = re.compile(r"<li\b[^<>]{0,200}>\s*(?:&nbsp;\s*)?</li>", re.IGNORECASE)
_ENTITY_END = rf"(?:amp;)*(?:amp|{_NAMED}|#\d{{2,6}}|#x[0-9a-fA-F]{{2,5}});"
_ENTITY = re.compile(f"&{_ENTITY_END}")
"""What front matter shows as it is written."""
_TWICE = re.compile(f"&amp;{_ENTITY_END}")
"""What a body shows as an entity, because it was escaped twice."""

# A tag by itself may be what a title is about.
_MARKUP = re.compile(
    r"<(b|i|em|strong|u|p|a|span|div|sup|sub|small|code|font|blockquote|h[1-6])(?: [^<>]{0,300})?>"
    r"[^<>]{0,500}</\1>|^\s*<(?:p|div|span)\b[^<>]{0,300}>|<br ?/>"
    r"|\*\*[^\s*][^*]{0,200}\*\*(?!\*)|\[[^\[\]]{1,200}\]\((?:https?://|mailto:|/)[^()\s]{1,500}\)"
)


def backticks(document: Document, sight: Sight) -> Iterator[Hit]:
    if "`" not in document.body or not any("`" in x for _, x in scan.prose_lines(document.body)):
        return
    for block in _blocks(document):
        odd = [line for line, text in block if text.count("`") % 2 and "\\`" not in text]
        if len(odd) % 2:
            yield _hit(document.body_line - 1 + odd[-1], "text/backticks",
                       "a back-tick stands alone",
                       "close the code, or write \\` for the sign itself")  # fmt: skip


def _blocks(document: Document) -> Iterator[list[tuple[int, str]]]:
    """Return the numbered lines of each paragraph or list item: code ends with its block."""
    block: list[tuple[int, str]] = []
    for number, text in scan.prose_lines(document.body):
        after = block and number != block[-1][0] + 1
        if not text.strip() or after or scan.is_item(text):
            yield block
            block = []
        block.append((number, text))
    yield block


def unknown_html(document: Document, sight: Sight) -> Iterator[Hit]:
    for line, text in scan.prose_lines(document.body) if "<" in document.body else ():
        if "<" not in text:
            continue
        if declared := _DECLARATION.search(text):
            yield _hit(
                document.body_line - 1 + line, "text/unknown-html",
                f"{shown(declared[0])} begins what is meant for a program, not for readers",
                "take it out; to show it, put it between back-ticks",
            )  # fmt: skip
        for tag in _TAG.finditer(text):
            name = tag[1].lower()
            if text[: tag.start()].endswith("\\"):  # an escaped "<"
                continue
            if name not in _ELEMENTS and not re.match(r"(?:https?|mailto|ftp|tel):", name):
                yield _hit(
                    document.body_line - 1 + line, "text/unknown-html",
                    f"{shown(tag[0])} is no element of HTML: readers do not see it",
                    "put it between back-ticks, or write &lt; for the sign",
                )  # fmt: skip


def entity(document: Document, sight: Sight) -> Iterator[Hit]:
    if b"&" not in document.visible_bytes:
        return
    for line, field, text in document.visible_texts:
        if found := (_ENTITY if field else _TWICE).search(text) if "&" in text else None:
            yield _hit(
                document.line_with(field, found[0]) if field else line, "text/entity",
                f"readers see {shown(found[0])} as it is written", "write the sign that it means",
            )  # fmt: skip


def markup(document: Document, sight: Sight) -> Iterator[Hit]:
    if not any(map(document.head.__contains__, ("<", "**", "]("))):
        return
    for _, field, text in document.visible_texts:
        if field and (found := _MARKUP.search(text)):
            yield Hit(
                rule="text/markup", line=document.line_with(field, found[0]), field=field,
                message=f"readers see {shown(found[0])} as it is written",
                help="write the words alone",
            )  # fmt: skip


def shortcode(document: Document, sight: Sight) -> Iterator[Hit]:
    if "{%" not in document.body and "{{" not in document.body and "[" not in document.body:
        return
    for line, text in scan.prose_lines(document.body):
        if ("{" in text or "[" in text) and (found := _SHORTCODE.search(text)):
            yield _hit(
                document.body_line - 1 + line, "text/shortcode",
                f"readers see {shown(found[0])}, which another system would replace",
                "write it in Markdown, or take it out",
            )  # fmt: skip


def empty_item(document: Document, sight: Sight) -> Iterator[Hit]:
    yield from _empty_in_html(document)
    pieces = document.paragraphs
    for number, piece in enumerate(pieces):
        if (
            piece.kind == "item"
            and not piece.text.replace("&nbsp;", "").strip()
            and not _has_picture_or_html(document, piece)
        ):
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            if after is None or after.kind != "text" or after.line > piece.line + 1:
                yield _hit(piece.line, "text/empty-item", "an item of a list is empty",
                          "fill it, or take it out")  # fmt: skip


def _empty_in_html(document: Document) -> Iterator[Hit]:
    for line, text in scan.prose_lines(document.body) if "<li" in document.body else ():
        if _EMPTY_ITEM.search(text):
            yield _hit(document.body_line - 1 + line, "text/empty-item",
                       "an item of a list is empty", "fill it, or take it out")  # fmt: skip


def _has_picture_or_html(document: Document, item: scan.Paragraph) -> bool:
    raw = document.source_line(item.line)
    return "![" in raw or "<" in raw


def _hit(line: int, rule: str, message: str, cure: str) -> Hit:
    return Hit(rule=rule, message=message, line=line, help=cure)


RULES = (
    Rule("text/backticks", "warning", "a back-tick without its partner",
         "close the code, or escape the sign", document=backticks),
    Rule("text/unknown-html", "warning", "a tag that HTML does not know: readers miss it",
         "put it between back-ticks", document=unknown_html),
    Rule("text/entity", "warning", "an entity that readers see as it is written",
         "write the sign that it means", document=entity),
    Rule("text/markup", "warning", "HTML or Markdown in a title, an excerpt or words to a picture: "
         "readers see it", "write the words alone", document=markup),
    Rule("text/shortcode", "warning", "a mark of another system: readers see it",
         "write it in Markdown, or take it out", document=shortcode),
    Rule("text/empty-item", "warning", "an item of a list without words",
         "fill it, or take it out", document=empty_item),
)  # fmt: skip
