"""Chooses the part of a mail: HTML if it has the content of the plain text, else the plain text."""

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import NamedTuple

from site_gen.basics import files
from site_gen.convert import similarity
from site_gen.convert.sources import encodings
from site_gen.model import RawDocument

_ADDRESS = re.compile(r"https?://\S+")
MIN_COVERAGE = 0.8
"""Share of the plain text's words that the HTML must have."""


class Part(NamedTuple):
    """The text of a part, and whether it is HTML."""

    text: str
    is_html: bool


def best_part(message: EmailMessage) -> Part | None:
    """The part to convert; None if there is no text."""
    plain = next((p for p in _texts(message, "text/plain") if p.text.strip()), None)
    page = next((p for p in _texts(message, "text/html") if p.text.strip()), None)
    if plain is None or page is None:
        return page or plain
    words = len(similarity.words(_without_tags(page.text)))
    said = len(similarity.words(_ADDRESS.sub("", plain.text)))  # those of HTML stand in its tags
    return page if words >= MIN_COVERAGE * said else plain


def plain_text(message: EmailMessage) -> str:
    """The first plain text with words, or ""."""
    return next((p.text for p in _texts(message, "text/plain") if p.text.strip()), "")


def attachments(message: EmailMessage) -> list[str]:
    """File names of attachments, which are not imported."""
    named = (p for p in own_parts(message) if _is_attached(p) and not is_mail(p))
    return [files.clean(str(p.get_filename() or p.get_content_type())) for p in named]


def pictures(message: EmailMessage) -> list[str]:
    """File names of pictures inside the mail, which are not imported either."""
    inline = (
        part
        for part in own_parts(message)
        if part.get_content_maintype() == "image" and not _is_attached(part)
    )
    names = (part.get_filename() or part.get("content-id", "") or "unnamed" for part in inline)
    return [files.clean(str(name)).strip("<> ") for name in names]


def attached_mails(message: EmailMessage) -> Iterator[EmailMessage]:
    """The mails that this one carries, as some programs forward them."""
    for part in own_parts(message):
        held = part.get_payload() if is_mail(part) else None
        if isinstance(held, list) and held and isinstance(held[0], EmailMessage):
            yield held[0]


def own_parts(message: Message) -> Iterator[Message]:
    """The mail and its parts, in order, without the parts of a mail that it carries."""
    yield message
    held = message.get_payload() if message.is_multipart() and not is_mail(message) else ()
    for part in held:
        if isinstance(part, Message):
            yield from own_parts(part)


def is_mail(part: Message) -> bool:
    """Whether a part is a mail of its own (RFC 2046, 5.2.1)."""
    return part.get_content_type() in ("message/rfc822", "message/global")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _texts(message: Message, kind: str) -> Iterator[Part]:
    for part in own_parts(message):
        if part.get_content_type() == kind and not _is_attached(part):
            yield Part(_decoded(part), kind == "text/html")


def _decoded(part: Message) -> str:
    """Decoded with the part's charset, or by content if that is unknown or wrong."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    raw = RawDocument(name="", data=data, charset=part.get_content_charset() or "")
    text = files.clean(encodings.decode(raw).text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_tags(page: str) -> str:
    from site_gen.convert.html import plain

    return plain(page)
