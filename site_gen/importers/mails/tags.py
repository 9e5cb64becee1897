"""The template languages of newsletter services: what each reader got for himself.

Here stands what somebody saw who is no subscriber: a part for some readers alone stays behind.
"""

import re
from typing import NamedTuple

from site_gen.importers.bodies import spans

_WHO = (
    r"\b(?:subscribers?|contact|person|recipient|reader|member|user|profile|customer|premium|paid"
    r"|tags?|medium)\b"
)
_TAG = re.compile(
    r"\{%-?\s*(?P<word>if|unless|for|elif|elsif|else|empty|endif|endunless|endfor)\b(?P<said>[^%]{0,500}?)-?%\}"
    r"|\*\|(?P<merge>IFNOT|IF|INTERESTED|ELSEIF|ELSE|END)\b:?(?P<asked>[^|]{0,300})\|\*"
)
_REMARK = re.compile(r"\{%-?\s*comment\b[^%]*%\}.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)", re.DOTALL)
_VALUE = re.compile(
    r"(?<![ \t])[ \t]*+(?:\*\|[A-Z][A-Z0-9_:]{0,60}\|\*|\{\{-?[ ]*(?P<name>(?:subscriber|contact"
    r"|person|recipient|reader|member|user|profile|email|newsletter|subscribe_form|subscribe_url"
    r"|unsubscribe_url|email_url|upgrade_url|premium_subscribe_url|manage_subscription_url|medium)"
    r"\b[\w.\[\]\"']*)(?P<rest>[^{}]{0,200})\}\})"
)
_DEFAULT = re.compile(r"\|\s*default(?:_if_none)?\s*:\s*[\"']([^\"']*)[\"']")
OF_THE_FRAME = re.compile(
    r"\{\{-?\s*(?:unsubscribe_url|subscribe_url|email_url|upgrade_url|premium_subscribe_url"
    r"|manage_subscription_url|subscribe_form|subscriber\.get_upgrade_url)\b"
)
"""Addresses and forms around a mail, not of its text."""


_FOR_SOME = "part for some readers alone, left out"


class _Part(NamedTuple):
    """A condition that is open: whether what follows is shown, and whether some branch was."""

    shown: bool
    taken: bool
    ours: bool


def for_all(text: str, lost: list[str]) -> str:
    """`text` as it stands for everybody; what is left out is added to `lost`."""
    if "{%" not in text and "*|" not in text:
        return text
    remarks = len(_REMARK.findall(text))
    lost += ["remark of the author, left out"] * remarks
    text = _REMARK.sub("", text)
    kept: list[str] = []
    opened: list[_Part] = []
    at = 0
    for tag in _TAG.finditer(text):
        shown = all(part.shown for part in opened)
        if shown:
            kept.append(text[at : tag.start()])
        at = tag.end()
        word, said = (tag["word"] or tag["merge"]).lower(), tag["said"] or tag["asked"] or ""
        if not _turned(word, said, bool(tag["merge"]), opened, lost if shown else []) and shown:
            kept.append(tag[0])
    if all(part.shown for part in opened):
        kept.append(text[at:])
    return "".join(kept)


def _turned(word: str, said: str, merge: bool, opened: list[_Part], lost: list[str]) -> bool:
    """Whether the tag was one of ours, which then changes what is open."""
    if word in ("if", "ifnot", "interested", "unless", "for"):
        ours = merge or bool(re.search(_WHO, said, re.IGNORECASE))
        shown = not ours or (word != "for" and _holds(said, word))
        opened.append(_Part(shown, shown, ours))
        lost += [] if shown else [_FOR_SOME]
        return ours
    if not opened:
        return False
    part = opened[-1]
    if word.startswith("end"):
        opened.pop()
    elif part.ours:
        shown = not part.taken and (word in ("else", "empty") or _holds(said, "if"))
        opened[-1] = _Part(shown, part.taken or shown, True)
        lost += [] if shown else [_FOR_SOME]
    return part.ours


def _holds(said: str, word: str) -> bool:
    """Whether a condition holds for somebody on the web who is no subscriber; in doubt it does
    not."""
    plain = " ".join(said.lower().split()).strip("() ")
    if plain == "archive_page":
        return word != "ifnot"
    if word in ("ifnot", "unless"):
        return not re.search(r"\b(?:and|or|not)\b|!", plain)
    if re.search(r"\b(?:and|or)\b", plain):
        return False
    if "medium" in plain:
        return ("web" in plain) == ("!=" not in plain and not plain.startswith("not "))
    return plain.startswith("not ") or "!=" in plain


def without_values(text: str, lost: list[str]) -> str:
    """`text` without what a service fills in for each reader, but for what it says to strangers."""

    def one(found: re.Match[str]) -> str:
        told = _DEFAULT.search(found["rest"] or "")
        lost.append("value for each reader, " + ("the default kept" if told else "left out"))
        space = found[0][: len(found[0]) - len(found[0].lstrip(" \t"))]
        return f"{space}{told[1]}" if told else ""

    return _VALUE.sub(one, text)


_PLACE = re.compile(
    r"%%\w{2,40}%%|\{\$\w{2,40}\}|##\w{2,40}##|%[A-Z][A-Z_]{2,40}%|%recipient\.\w{1,40}%"
    r"|(?<!\[)\[\[\w{2,40}\]\](?!\])|\{\{-?\s*[\w.]{2,40}[^{}]{0,80}\}\}"
    r"|\{%-?\s*(?:if|unless)\b[^%]{0,80}%\}"
)


def unknown(text: str) -> list[str]:
    """What may be a place for a reader's own value, or a condition, in some other service's
    language."""
    found: dict[str, None] = {}

    def note(part: str) -> str:
        found.update(dict.fromkeys(_PLACE.findall(part)))
        return part

    spans.outside_code(text, note)
    return list(found)
