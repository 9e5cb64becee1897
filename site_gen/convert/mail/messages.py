"""The mails in a document: one, or those of a mailbox (RFC 4155)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from site_gen.problems import Problem, SiteError, Where

MAX_MESSAGES = 2000
_BEGIN = re.compile(rb"^From \S+.*\d{4}\s*$", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_messages(data: bytes, name: str, most: int = MAX_MESSAGES) -> Iterator[EmailMessage]:
    """The mails of the file `name` in order. Raises SiteError if there are more than `most`."""
    data = data.replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n")
    pieces = _pieces(data)
    if len(pieces) > most:
        many = f"the mailbox holds {len(pieces):,} mails; at most {most:,} are read at once"
        raise SiteError([Problem("convert/mailbox", many, Where(name), "part it in several")])
    for piece in pieces:
        message = message_from_bytes(piece, policy=policy.default)
        if isinstance(message, EmailMessage):
            yield message


def _pieces(data: bytes) -> list[bytes]:
    if not data.startswith(b"From "):
        return [data]
    starts = [
        mark
        for mark in _BEGIN.finditer(data)
        if data[max(0, mark.start() - 2) : mark.start()] in (b"", b"\n\n")
    ]
    ends = [*(mark.start() for mark in starts[1:]), len(data)]
    pieces = [data[mark.end() + 1 : end] for mark, end in zip(starts, ends, strict=True)]
    return [_QUOTED.sub(rb"\1", piece) for piece in pieces]
