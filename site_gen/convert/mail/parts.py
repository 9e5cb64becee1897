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
    named = (p for p in message.walk() if p.get_content_disposition() == "attachment")
    return [files.clean(str(p.get_filename() or p.get_content_type())) for p in named]


def pictures(message: EmailMessage) -> list[str]:
    """File names of pictures inside the mail, which are not imported either."""
    inline = (
        part
        for part in message.walk()
        if part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    )
    names = (part.get_filename() or part.get("content-id", "") or "unnamed" for part in inline)
    return [files.clean(str(name)).strip("<> ") for name in names]


def _texts(message: Message, kind: str) -> Iterator[Part]:
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
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
