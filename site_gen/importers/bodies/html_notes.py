"""Footnotes of HTML, as Substack, Pandoc, kramdown and others write them: a link to a note that
leads back to it. They become Markdown's own."""

import re

from lxml import html

from site_gen.convert.html.tree import Element, drop

_HOLDERS = frozenset(["li", "div", "p", "dd", "aside", "section", "td"])
_NUMBER = re.compile(r"^\s*(?:\[?\d{1,3}\]?[.:)]?|[↩^*])\s*(?:\ufe0e)?\s*")
_TOLD = re.compile(r"zfnd(\d+)z((?:(?!zfnd\d).)*?)zfnez", re.DOTALL)


def mark(number: int) -> str:
    """What to put into HTML where note `number` is referred to."""
    return f"zfnr{number}z"


def below(number: int, said: str) -> str:
    """A note, which is HTML, to be put below the text."""
    return f"<p>zfnd{number}z</p>{said}<p>zfnez</p>"


def written(text: str) -> str:
    """Markdown in which the marks are footnotes."""
    if "zfn" not in text:
        return text
    made = re.sub(r"zfnr(\d+)z", r"[^\1]", text)
    return _TOLD.sub(lambda note: f"[^{note[1]}]: {_indented(note[2].strip())}", made)


def _indented(text: str) -> str:
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


def settle(root: Element) -> None:
    """Mark each reference, and move its note to the end of the page."""
    known = {name: e for e in root.xpath("//*[@id]|//a[@name]") for name in _own(e)}
    body = root.find("body")
    numbers: dict[Element, int] = {}
    back: dict[Element, set[str]] = {}
    for link in [a for a in root.iter("a") if (a.get("href") or "").startswith("#")]:
        note = known.get(link.get("href")[1:])
        holder = _holder(note) if note is not None else None
        if holder is None or body is None or holder in link.iterancestors():
            continue
        if holder not in back:
            back[holder] = {(a.get("href") or "")[1:] for a in holder.iter("a")}
        if not back[holder] & _names(link):
            continue
        if holder not in numbers:
            numbers[holder] = len(numbers) + 1
        above = link.getparent()
        alone = above.tag == "sup" and above.text_content().strip() == link.text_content().strip()
        _refer(above if alone else link, mark(numbers[holder]))
    for line in root.xpath("//hr[contains(@class, 'footnotes')]") if numbers else ():
        drop(line)
    for holder, number in numbers.items():
        _move(holder, number, body)


def _names(link: Element) -> set[str]:
    """Ids by which a note may lead back to its reference."""
    near = [link, *link.iterdescendants(), link.getparent()]
    return {name for element in near for name in _own(element)}


def _own(element: Element) -> list[str]:
    return [name for name in (element.get("id"), element.get("name")) if name]


def _holder(note: Element) -> Element | None:
    """The whole note around the place that a reference leads to; None for a page's own place."""
    for element in (note, *note.iterancestors()):
        if element.tag == "body":
            return None
        if element.tag in _HOLDERS:
            return element
    return None


def _refer(element: Element, text: str) -> None:
    made = html.Element("span")
    made.text, made.tail, element.tail = text, element.tail, None
    element.getparent().replace(element, made)


def _move(holder: Element, number: int, body: Element) -> None:
    above = holder.getparent()
    for link in [a for a in holder.iter("a") if (a.get("href") or "").startswith("#")]:
        up = link.getparent()
        drop(up if up.tag == "sup" and up is not holder else link)
    first = next((e for e in holder.iter() if (e.text or "").strip()), None)
    if first is not None:
        first.text = _NUMBER.sub("", first.text)
    drop(holder)
    holder.tag = "div"
    for said, piece in ((f"zfnd{number}z", None), ("", holder), ("zfnez", None)):
        paragraph = html.Element("p")
        paragraph.text = said
        body.append(paragraph if piece is None else piece)
    while above is not None and above is not body and not above.text_content().strip():
        if above.find(".//img") is not None:
            break
        empty, above = above, above.getparent()
        drop(empty)
