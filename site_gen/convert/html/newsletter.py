"""Newsletters: mails laid out in tables, one item below the other. All items are kept, in order.

Extractors look for one article: they would take the longest item and drop the rest.
"""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from site_gen.convert import similarity
from site_gen.convert.html import rules, tables
from site_gen.convert.html.blocks import Block
from site_gen.convert.html.match import Piece
from site_gen.convert.html.tree import Element, drop, text_of
from site_gen.model import Cut, Draft

CONFIDENCE = 0.85
"""The highest confidence, since nothing is compared with an extractor."""
WORDY = 4
"""Words from which a cell is text, not a picture or a button."""
_HIDDEN = "//*[contains(translate(@style, ' ', ''), 'display:none')]"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_ADDRESS_TO_LEAVE = re.compile(
    r"unsub(?:scri|\b)|opt-?out|d[ei]s[ia]bonn|desinscri|abmeld|abbestell|disiscri"
    r"|(?:manage|update|email|edit)[-_/]?(?:preferences|subscriptions?)",
    re.IGNORECASE,
)
_WORDS_TO_LEAVE = re.compile(
    r"\W*(?:click here to |hier |zum |den newsletter |newsletter |se |me |te )?"
    r"(?:unsubscribe|opt[- ]?out|abmelden|abbestellen|(?:se )?d[ée]sabonner|d[ée]sinscri\w+|"
    r"darse de baja|cancelar (?:la )?suscripci[óo]n|disiscriv\w+|annulla (?:l')?iscrizione|"
    r"uitschrijven|afmelden|(?:update|manage|change|edit) (?:your |my |e-?mail )*"
    r"(?:preferences|subscriptions?))"
    r"(?: (?:here|now|instantly|at any time|hier|ici|aqu[íi]|qui)"
    r"| (?:from|of|von|vom|de|da|dalla?|van) (?:this|these|our|all|future|diese\w*|unserem?|"
    r"cette|ces|esta|questa|deze)\b.{0,30})?\W*",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)\)")


def is_one(root: Element) -> bool:
    """Whether the page is laid out in tables with one column of text; call it before they are
    removed."""
    if any(True for _ in root.iter("article", "main")):
        return False
    cells = [cell for cell in root.iter("td") if not any(True for _ in cell.iter("table"))]
    counts = {cell: len(text_of(cell).split()) for cell in cells}
    wordy = {cell: count for cell, count in counts.items() if count >= WORDY}
    total = len(text_of(root).split())
    if len(wordy) < 2 or sum(wordy.values()) < 0.7 * total:
        return False
    if sum(_is_layout(cell) for cell in wordy) < 0.5 * len(wordy):
        return False
    beside = sum(count for cell, count in wordy.items() if _has_neighbour(cell, wordy))
    return beside < 0.3 * total


def _is_layout(cell: Element) -> bool:
    return any(tables.is_layout(table) for table in cell.iterancestors("table"))


def _has_neighbour(cell: Element, wordy: Iterable[Element]) -> bool:
    """Whether another cell in its row, or in a row around it, has text too."""
    known = set(wordy)
    for holder in (cell, *cell.iterancestors("td")):
        row = holder.getparent()
        others = [c for c in row if c is not holder and c.tag == "td"]
        if any(c in known or any(inner in known for inner in c.iter("td")) for c in others):
            return True
    return False


def drop_preheader(root: Element) -> None:
    """Remove the hidden line that mail programs show beside the subject."""
    for element in root.xpath(_HIDDEN):
        drop(element)


def body(blocks: list[Block], seen: rules.Evidence) -> tuple[list[Piece], list[Cut]]:
    """Every block except a copy of the title and phrases of the lexicon."""
    pieces: list[Piece] = []
    cuts: list[Cut] = []
    for at, block in enumerate(blocks):
        if not block.words:
            continue
        line = similarity.squeeze(block.text)
        rule = rules.first(RULES, line, len(pieces), seen) or _leave_link(block)
        if rule:
            cuts.append(Cut(rule=rule, text=line))
        else:
            pieces.append(Piece(line, (at,)))
    return pieces, cuts


def _leave_link(block: Block) -> str:
    """The rule for a few words with a link with which anyone could act in the reader's name."""
    links = block.element.iter("a") if len(block.words) < 45 else ()
    return "leave_link" if any(_is_to_leave(link) for link in links) else ""


def _is_to_leave(link: Element) -> bool:
    """By its address, or by its words, as most services hide the address behind one that counts."""
    by_address = _ADDRESS_TO_LEAVE.search(str(link.get("href") or ""))
    return bool(by_address or _WORDS_TO_LEAVE.fullmatch(text_of(link)))


RULES = (
    rules.provider_line,
    rules.title_copy,
    rules.byline,
    rules.dateline,
    rules.boilerplate_line,
)


def split(draft: Draft) -> list[Draft]:
    """A draft for each level-two heading, and one for what is above the first."""
    starts = [found.start() for found in _HEADING.finditer(draft.body)]
    if len(starts) < 2:
        return [draft]
    ends = [*starts[1:], len(draft.body)]
    parts = [draft.body[a:b] for a, b in zip(starts, ends, strict=True)]
    intro = draft.body[: starts[0]].strip()
    first = [replace(draft, body=f"{intro}\n")] if intro else []
    return [*first, *(_story(draft, part) for part in parts)]


def _story(draft: Draft, part: str) -> Draft:
    heading, _, rest = part.partition("\n")
    text = heading.removeprefix("## ")
    link = _LINK.search(text) or _LINK.search(rest)
    title = similarity.squeeze(re.sub(r"\\(\W)", r"\1", _LINK.sub(r"\1", text)).strip("*_ "))
    own = [line for line in draft.receipt.kept if line and line in _plain(part)]
    first = next((line for line in rest.split("\n") if similarity.ends_sentence(line)), "")
    matter = {**draft.matter, "title": title, "excerpt": similarity.shorten(_plain(first))}
    if link:
        matter["webUrl"] = link[2]
    receipt = replace(draft.receipt, kept=tuple(own))
    kept = {key: value for key, value in matter.items() if value and key != "images"}
    return replace(draft, matter=kept, body=f"{rest.strip()}\n", receipt=receipt)


def _plain(text: str) -> str:
    return similarity.squeeze(re.sub(r"\\(\W)", r"\1", _LINK.sub(r"\1", text)).lstrip("#> "))
