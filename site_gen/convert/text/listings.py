"""Listings in a text: consecutive lines of code, which keep line breaks and indentation."""

import re
from collections.abc import Iterator, Sequence

from site_gen.convert.text.lines import Line
from site_gen.convert.text.shape import is_prose

_PROMPT = re.compile(r"(?:\$|>>>|PS>|%) [a-z./~][^.]*(?:\.\S[^.]*)*$")
_CODE = re.compile(
    r"(?:import|from|use|using|package|require) [\w.:*{}/\"'-]+"
    r"(?: (?:import|as) [\w., *()]+)?;?$"
    r"|(?:const|let|var|val|auto|final) \w+.*=.*"
    r"|(?:export |pub |async |public |private |static )*(?:def|class|fn|func|function|struct|enum|"
    r"interface|void|int)\b.*[({:]$"
    r"|[\w.\[\]\"'$@*-]+ ?(?:[-+*/|&:]?=|=>|<-) ?\S.*"
    r"|[\w.$:!]+\(.*\)?[;,:{]?$(?<=[();,:{])"
    r"|.*[()=].*;$|[^.]*[^.\s] ?\{$|[\w$]+:? ?[\[{(]$"
    r"|</?[a-zA-Z][\w-]*(?: [^>]*)?/?>.*|#include\b.*|#!/.*|/\*.*|.*\*/$"
    r"|(?:SELECT|INSERT INTO|CREATE TABLE|UPDATE|DELETE FROM|ALTER TABLE)\b.*"
)
_OPENS = re.compile(
    r"(?:if|for|while|elif|else|try|except|with|switch|catch|finally|match|case|do)\b.*[:{]$"
)
_GOES_ON = re.compile(r"[\])}>;,]+$|(?:return|yield|raise|throw|break|continue|end|fi|done)\b.*")
_COMMENT = re.compile(r"(?://|#|--) ")
_FEWEST, _BLANKS = 2, 2
_LONGEST = 300
"""Characters of a line of code at most: expressions must not look at a whole book for a brace."""


def listings(lines: Sequence[Line]) -> Iterator[range]:
    """The range of lines of each listing."""
    at = 0
    while at < len(lines):
        end, sure = _listing(lines, at)
        if sure >= _FEWEST:
            yield range(at, end)
            at = end
        else:
            at += 1


def written(lines: Sequence[Line]) -> str:
    """The lines as a fenced code block in Markdown."""
    rows: list[str] = []
    for line in lines:
        rows += [""] * (line.blanks if rows else 0)
        rows.append(line.raw.rstrip().replace("\xa0", " ").replace("\t", "    "))
    least = min(len(row) - len(row.lstrip()) for row in rows if row)
    code = "\n".join(row[least:] for row in rows)
    longest = max(map(len, re.findall("`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{code}\n{fence}"


def _listing(lines: Sequence[Line], start: int) -> tuple[int, int]:
    """The end of the listing that begins at that line, and a score for it."""
    base = lines[start].indent
    sure, at, prompted = 0, start, False
    while at < len(lines) and (at == start or lines[at].blanks <= _BLANKS):
        line = lines[at]
        if len(line.raw) > _LONGEST:
            break
        text = line.raw.strip()
        beside = at > start and line.blanks == 0
        deeper = at + 1 < len(lines) and lines[at + 1].indent > line.indent
        if _PROMPT.match(text):
            sure, prompted = sure + 2, True
        elif _is_code(line, text) or (_OPENS.match(text) and deeper):
            sure += 1
        elif at == start or is_prose(line):
            break
        elif line.indent > base and not line.ends:
            sure += beside
        elif not (beside and (prompted or _GOES_ON.match(text) or _COMMENT.match(text))):
            break
        at += 1
    return at, sure


def _is_code(line: Line, text: str) -> bool:
    sentence = line.words >= 6 and line.stop >= 0.25
    return not sentence and _CODE.match(text) is not None
