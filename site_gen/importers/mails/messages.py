"""Mails as mail programs keep them: .eml, .emlx, mailboxes (RFC 4155), folders of Maildir.

A mailbox holds more than issues: what answers others, or was sent by somebody else, stays behind.
"""

import re
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import NamedTuple

from site_gen.basics import digest, slugs
from site_gen.convert.mail import headers, messages
from site_gen.convert.sources import mail_marks
from site_gen.importers.reading.folder import Folder

ENDINGS = (".eml", ".emlx")
BOXES = (".mbox", ".mbx")
UNREAD = (".msg", ".pst", ".ost")
"""Outlook's own files, which hold mails in a form that is not read."""
PICTURES = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif",
}  # fmt: skip
MOST = 20_000
"""Mails of one mailbox."""
MAX_BYTES = 1_000_000_000
"""Of one mailbox: years of mails with their pictures."""
_MAILDIR = re.compile(r"(?:^|/)(?:cur|new)/[^/]+$")
_FLAGS = re.compile(r"[:;!]2,([A-Z]*)$")
_AWAY = re.compile(r"draft|trash|spam|junk|entw[uü]rfe|papierkorb|brouillon|corbeille", re.I)


class Mail(NamedTuple):
    """A mail, where it lies, and its name; `boxed` = it lay among others that may be no issues."""

    message: EmailMessage
    source: str
    stem: str
    boxed: bool

    @property
    def sender(self) -> str:
        """The address it is from, in lower case."""
        found = re.search(r"[^\s<>\"]+@[^\s<>\"]+", headers.text(self.message, "from"))
        return found[0].lower() if found else ""


class Picture(NamedTuple):
    """A picture that came in a mail: how its text names it, a name by what it holds, its bytes."""

    cid: str
    name: str
    data: bytes


def files(folder: Folder) -> list[str]:
    """The files of mails: by their endings, and those without one that begin as mails do."""
    found = []
    for name in folder.names:
        last = name.rpartition("/")[2]
        bare = bool(_MAILDIR.search(name)) or ("." not in last and not last.startswith("_"))
        if name.lower().endswith((*ENDINGS, *BOXES)) or (bare and _is_mail(folder, name)):
            found.append(name)
    return found


def _is_mail(folder: Folder, name: str) -> bool:
    try:
        with (folder.root / name).open("rb") as opened:
            return mail_marks.is_mail(opened.read(mail_marks.HEAD))
    except OSError:
        return False


def read(data: bytes, name: str) -> Iterator[Mail]:
    """Every mail of one file."""
    if name.lower().endswith(".emlx"):  # Apple's: its length, the mail, a list of flags
        size, _, rest = data.partition(b"\n")
        data = rest[: int(size)] if size.strip().isdigit() else data
    box = data.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From ")
    kept = box or bool(_MAILDIR.search(name))
    for number, message in enumerate(messages.read_messages(data, name, MOST), 1):
        subject = slugs.slugify(headers.subject(message))
        stem = (subject if kept else "") or name.rpartition("/")[2].rpartition(".")[0]
        yield Mail(message, f"{name}#{number}" if box else name, stem, kept)


def issues(mails: list[Mail], left: list[str]) -> list[Mail]:
    """The mails that are issues: once each, of a mailbox those of its list, else of the one who
    sent most of it. The rest is named in `left`, without a word of theirs: others wrote them."""
    once = {_identity(mail): mail for mail in reversed(mails)}
    if again := len(mails) - len(once):
        left.append(f"mails that lie there twice, taken once: {again}")
    own = [mail for mail in mails if once[_identity(mail)] is mail]
    answers = [mail for mail in own if _answers(mail)]
    if answers:
        left.append(f"mails that answer or forward others, which are no issues: {len(answers)}")
    own = [mail for mail in own if not _answers(mail)]
    boxed = [mail for mail in own if mail.boxed]
    sent = [mail for mail in boxed if headers.is_from_a_list(mail.message)] or boxed
    most = Counter(mail.sender for mail in sent).most_common(1)
    kept = {id(mail) for mail in sent if mail.sender == most[0][0]}
    if others := [mail for mail in boxed if id(mail) not in kept]:
        hosts = sorted({mail.sender.rpartition("@")[2] or "no sender" for mail in others})
        left.append(
            f"mails of mailboxes that {most[0][0] or 'the one without a sender'} did not send to"
            f" subscribers: {len(others)} (from {', '.join(hosts)[:200]}). Are some issues too,"
            " put them into a folder of .eml files and import that"
        )
    return [mail for mail in own if not mail.boxed or id(mail) in kept]


def _identity(mail: Mail) -> str:
    return headers.text(mail.message, "message-id") or mail.source


def _answers(mail: Mail) -> bool:
    message = mail.message
    asked = headers.text(message, "in-reply-to")
    return bool(asked) or headers.subject(message) != headers.text(message, "subject")


def withheld(mail: Mail) -> str:
    """What its program says of it that keeps it back, "" where it was sent."""
    flags = _FLAGS.search(mail.source)
    if flags and set("DT") & set(flags[1]):
        return "flag: draft or thrown away"
    for label in headers.text(mail.message, "x-gmail-labels").split(","):
        if _AWAY.search(label):
            return f"label: {label.strip()}"
    folders = mail.source.rpartition("#")[0] or mail.source
    hit = next((part for part in folders.split("/") if _AWAY.search(part)), "")
    return f"folder: {hit}" if hit else ""


def pictures(message: EmailMessage) -> list[Picture]:
    """The pictures that stand in its text, of the kinds that every browser shows."""
    made: list[Picture] = []
    for part in message.walk():
        ending = PICTURES.get(part.get_content_type(), "")
        cid = str(part.get("content-id") or "").strip("<> ")
        data = part.get_payload(decode=True) if ending and cid else None
        if isinstance(data, bytes) and data:
            made.append(Picture(cid, f"{digest.of_bytes(data)[:16]}.{ending}", data))
    return made
