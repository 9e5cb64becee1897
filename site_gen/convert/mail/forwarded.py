"""Finds author and date of the original in a forwarded mail."""

import html
import re
from datetime import tzinfo
from email.message import EmailMessage
from typing import NamedTuple

from site_gen.basics import written_dates
from site_gen.basics.written_dates import Reading
from site_gen.convert.mail import headers, parts
from site_gen.convert.mail.headers import Sender

MARK = re.compile(
    r"(?im)^[>\s]*(?:[-_]{2,}\s*)?(?:begin )?(?:forwarded (?:message|by)|original message"
    r"|(?:anfang der )?weitergeleitete[rn]? nachricht|urspr[üu]ngliche nachricht"
    r"|message transf[ée]r[ée]|mensaje reenviado|doorgestuurd bericht).{0,40}$"
)
_FIELD = re.compile(
    r"[>\s*]*(?:(?P<sender>from|von|de|da|van)|(?P<day>date|sent|datum|gesendet|envoy[ée]|fecha"
    r"|enviado|verzonden))\s*\*?:\s*\*?\s*(?P<value>.{1,300})",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?i)\s*\*?(?:from|von|de|da|van|från|fra)\s?:\*?\s+\S")
_SENT = re.compile(
    r"(?i)\s*\*?(?:date|sent|datum|gesendet|envoyé|fecha|enviado|enviada|data|inviato|verzonden|"
    r"skickat|sendt)\s?:\*?\s+\S"
)
_TO = re.compile(
    r"(?i)\s*\*?(?:to|an|à|para|a|aan|till|til|subject|betreff|objet|asunto|oggetto|onderwerp|"
    r"assunto|ämne|emne)\s?:\*?\s+\S"
)
_RULE = re.compile(r"\s*[-_=]{5,}\s*$")
_LEAVE = re.compile(r"(?i)unsubscrib|newsletter (?:abbestellen|abmelden)|d[ée]sabonn|d[ée]sinscri")
HEAD = 12
"""Number of lines below the mark that may contain the original's headers."""
_LINE_ENDS = re.compile(r"(?i)<br\s*/?>|</(?:p|div|td|tr|li|h\d)>")
_LONGEST = 20_000
"""Characters in which the mark is looked for, as a note may be above it, and its headers below."""


def begin(lines: list[str]) -> int | None:
    """The first line of the other mail that a mail holds: its mark, or its headers as Outlook
    writes them, from the rule above; None if it holds none."""
    for at, line in enumerate(lines):
        if MARK.match(line):
            return at
        head = lines[at + 1 : at + HEAD // 2] if _FROM.match(line) else []
        if all(any(field.match(said) for said in head) for field in (_SENT, _TO)):
            while at and (not lines[at - 1].strip() or _RULE.match(lines[at - 1])):
                at -= 1
            return at
    return None


class Original(NamedTuple):
    """The original mail; `is_from_a_list` if readers can unsubscribe."""

    sender: Sender
    sent: Reading | None
    is_from_a_list: bool


def original(message: EmailMessage, zone: tzinfo) -> Original | None:
    """The mail that `message` forwards, None if it forwards none or names no sender."""
    if not headers.is_forward(message):
        return None
    text = _text(message)
    lines = text[:_LONGEST].split("\n")
    start = begin(lines)
    if start is None:
        return None
    said: dict[str, str] = {}
    for line in [line for line in lines[start:] if line.strip()][:HEAD]:
        field = _FIELD.match(line)
        if field:
            said.setdefault(_which(field), field["value"].strip())
    if "sender" not in said:
        return None
    sent = written_dates.read(said.get("day", ""), zone)
    return Original(headers.sender_in(said["sender"]), sent, _LEAVE.search(text) is not None)


def _which(field: re.Match[str]) -> str:
    return "sender" if field["sender"] else "day"


def _text(message: EmailMessage) -> str:
    """The plain text, or the text of the HTML with a browser's line breaks."""
    plain = parts.plain_text(message)
    if plain:
        return plain
    best = parts.best_part(message)
    page = best.text[: 20 * _LONGEST] if best else ""
    return html.unescape(re.sub(r"<[^<>]{0,2000}>", "", _LINE_ENDS.sub("\n", page)))
