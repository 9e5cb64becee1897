"""Removes what surrounds the text of a plain mail: view in a browser, unsubscribe.

These lines contain addresses with which anyone could act in the reader's name, so drafts must not
have them.
"""

import re

from site_gen.convert.mail.forwarded import HEAD, begin

_ADDRESS = re.compile(r"<?https?://\S+|<?mailto:\S+")
_FIELD = re.compile(
    r"[>\s*]*(?:from|to|cc|bcc|date|sent|subject|reply-to|von|an|datum|gesendet|betreff|de|à|objet|"
    r"envoyé|para|asunto|fecha|enviado|da|oggetto|van|aan|verzonden|onderwerp)\s*\*?:\*?\s",
    re.IGNORECASE,
)
PROSE = 20
"""Words from which a paragraph below such lines counts as text."""


def without_frame(text: str, *, is_forward: bool = False) -> tuple[str, list[str]]:
    """The text with these lines empty, and the lines.

    Lines that the lexicon knows are removed; in the second half also what follows them in their
    paragraph, and short paragraphs below. From a forwarded mail its headers are removed, which name
    people who only received it.
    """
    lines = text.split("\n")
    gone = {at for at, line in enumerate(lines) if _known(line)}
    gone |= _forwarded_head(lines) if is_forward else set()
    for start, end in _last_paragraphs(lines):
        own = [at for at in range(start, end) if at in gone]
        words = sum(len(line.split()) for line in lines[start : own[0] if own else end])
        if words >= PROSE:
            break
        if own:
            gone |= {at for at in range(own[0], len(lines)) if lines[at].strip()}
    kept = "\n".join("" if at in gone else line for at, line in enumerate(lines))
    return (kept, [lines[at].strip() for at in sorted(gone)]) if kept.strip() else (text, [])


def _forwarded_head(lines: list[str]) -> set[int]:
    """The mark of a forwarded mail, and the fields directly below it."""
    start = begin(lines)
    if start is None:
        return set()
    found = {start}
    for at in range(start, min(start + HEAD, len(lines))):
        if _FIELD.match(lines[at]):
            found.add(at)
        elif lines[at].strip(" >_-=") and at > start:
            break
    return found


def _known(line: str) -> bool:
    from site_gen.convert.html.rules import is_boilerplate

    return bool(line.strip()) and is_boilerplate(_ADDRESS.sub("", line).strip(" >*_[]()"))


def _last_paragraphs(lines: list[str]) -> list[tuple[int, int]]:
    """First line and end of each paragraph of the second half, last one first."""
    found: list[tuple[int, int]] = []
    start = None
    for at, line in enumerate([*lines, ""]):
        if line.strip(" \t>"):
            start = at if start is None else start
        elif start is not None:
            found.append((start, at))
            start = None
    half = sum(len(line.split()) for line in lines) / 2
    above = 0
    last = []
    for first, end in found:
        if above >= half:
            last.append((first, end))
        above += sum(len(line.split()) for line in lines[first:end])
    return last[::-1]
