"""Detects mails, mailboxes and web archives by their headers."""

import re

HEAD = 16_384
_HEADERS = re.compile(
    rb"(?:From \S+[^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}"
)
_NAMES = re.compile(rb"^(From|To|Date|Subject|MIME-Version|Content-Type|Message-ID|Received):",
                    re.MULTILINE | re.IGNORECASE)  # fmt: skip


def is_mail(data: bytes) -> bool:
    """Whether `data` begins with three or more headers, including `From` and two others of mails,
    or with those of a MIME document."""
    head = data[:HEAD].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n")
    found = _HEADERS.match(head)
    if not found:
        return False
    names = {name.lower() for name in _NAMES.findall(found[0])}
    return (b"from" in names and len(names) > 2) or {b"mime-version", b"content-type"} <= names
