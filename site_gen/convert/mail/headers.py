"""Reads headers of mails: subject, sender, web address."""

import re
from email.message import EmailMessage
from email.utils import parseaddr
from typing import NamedTuple

from site_gen.basics import files, urls
from site_gen.convert import similarity
from site_gen.frontmatter.not_public import Mark

_ANSWER = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|enc|vs|vb|sv)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_FORWARD = re.compile(r"^(?:(?:re|aw)\s*:\s*)*(?:fwd?|wg|tr|rv|enc|doorst)\s*:", re.IGNORECASE)
_ANSWERS = re.compile(r"^(?:re|aw|antw|sv|vs|odp)(?:\[\d+\])?\s*:", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_LISTS = ("list-id", "list-unsubscribe", "list-post", "precedence")


class Sender(NamedTuple):
    """Who a mail is from."""

    name: str
    host: str


def text(message: EmailMessage, name: str) -> str:
    """A decoded header on one line; "" if it is missing or broken."""
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError):
        # the library's parser of headers fails on some broken ones
        return ""
    return similarity.squeeze(files.clean(str(value or "")))


def subject(message: EmailMessage) -> str:
    """The subject without the prefixes of replies and forwards."""
    return _ANSWER.sub("", text(message, "subject")).strip()


def is_forward(message: EmailMessage) -> bool:
    """Whether the subject marks a forwarded mail."""
    return _FORWARD.match(text(message, "subject")) is not None


def is_answer(message: EmailMessage) -> bool:
    """Whether the subject marks an answer, be it to a forwarded mail."""
    return _ANSWERS.match(text(message, "subject")) is not None


def sender(message: EmailMessage) -> Sender:
    """Name and host of the From address."""
    return sender_in(text(message, "from"))


def sender_in(line: str) -> Sender:
    """Name and host in a line `Ann Example <ann@post.example>`."""
    name, address = parseaddr(_MAILTO.sub("", line).replace("[", "<").replace("]", ">"))
    host = address.rpartition("@")[2].lower()
    try:
        host = urls.domain(host)
    except ValueError:
        host = ""
    return Sender("" if "@" in name else name.strip("\"' "), host)


def is_from_a_list(message: EmailMessage) -> bool:
    """Whether it was sent to subscribers; then the sender is a publication, not a person."""
    return any(text(message, name) for name in _LISTS)


def not_public(message: EmailMessage) -> tuple[Mark, ...]:
    """What its sender said of who may read it (RFC 2156, 5.3.4): Personal, Private ..."""
    said = text(message, "sensitivity")
    return (Mark("Sensitivity", said),) if said and said.lower() not in ("normal", "none") else ()


def address(message: EmailMessage) -> str:
    """The mail's web address (RFC 5064), or ""."""
    return _web(text(message, "archived-at").strip("<> "))


def archived_page(message: EmailMessage) -> str:
    """The address of the page in a web archive (RFC 2557), "" for a mail."""
    saved = text(message, "snapshot-content-location")
    if not saved and message.get_content_type() == "multipart/related":
        page = next((p for p in message.walk() if p.get_content_type() == "text/html"), None)
        saved = str(page.get("content-location") or "") if page is not None else ""
    return _web(saved)


def _web(url: str) -> str:
    try:
        return urls.check(url)
    except ValueError:
        return ""
