"""A letter through a mail server of one's own: one message for each recipient, each at most once.

DKIM and the rest of a sender's standing are the server's part.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from site_gen.basics import digest
from site_gen.deliver.built_letter import Letter
from site_gen.deliver.ledger import Ledger, Standing, State
from site_gen.deliver.readers import address_of
from site_gen.deliver.secrets import hidden, secret
from site_gen.formats.common.newsletter import unsubscribe_link
from site_gen.problems import Problem, SiteError, UsageError, Where, clean, shown
from site_gen.settings import Settings, SmtpSettings

SECONDS = 60.0
_LEAVE = re.compile(r"\{\{\s*unsubscribe_url\s*\}\}")
"""In letters, what becomes the recipient's own address to leave."""
_BREAKS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_WHOLE = SMTP.clone(max_line_length=998)
"""A long address in a header would else be encoded, and no mail program would find it there."""
ATTEMPTS = 3
"""Connections tried for one recipient who surely got nothing yet."""
BREAKS = 2
"""Recipients in a row with whom the line broke: the server is at fault, and no more are tried."""

Connect = Callable[[], smtplib.SMTP]


class Outcome(NamedTuple):
    """Counts of one run; `doubtful` may or may not have got the letter.

    before, refused_before   who had it already, and whose address the server refused then
    left                     who were not tried, as the line broke again and again
    """

    sent: int
    before: int
    refused_before: int
    refused: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    doubtful: tuple[str, ...]
    left: int = 0


def connection(settings: SmtpSettings) -> smtplib.SMTP:
    """A connection that is safe, and logged in where a user is set. Raises SiteError."""
    if not settings.host or not settings.sender:
        raise SiteError(
            [
                Problem(
                    "send/settings",
                    "[send.smtp] needs host and sender",
                    Where("site.toml"),
                    "add them",
                )
            ]
        )
    password = secret("SMTP_PASSWORD") if settings.user else ""
    context = ssl.create_default_context()
    try:
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
            if settings.security == "starttls":
                server.starttls(context=context)
        if settings.user:
            server.login(settings.user, password)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        plain = "user and password must be ASCII" if isinstance(error, UnicodeError) else str(error)
        told = clean(hidden(plain or type(error).__name__), 200)
        raise SiteError(
            [
                Problem(
                    "send/server",
                    f"{settings.host}:{settings.port}: {told}",
                    help="look at host, port, security and password",
                )
            ]
        ) from None
    return server


def message(letter: Letter, address: str, settings: Settings, now: datetime) -> EmailMessage:
    """The message for one recipient. Its Message-ID is the same whenever it is made.

    Raises UsageError for settings that can stand in no header, and for a dead link to leave.
    """
    own = settings.send.smtp
    _check_headers(settings)
    _check_leave(letter, settings)
    domain = settings.tag.partition(",")[0]
    leave = own.unsubscribe.replace("{address}", quote(address, safe=""))
    made = EmailMessage(policy=SMTP)
    made["From"] = own.sender
    made["To"] = address
    if own.reply_to:
        made["Reply-To"] = own.reply_to
    made["Subject"] = _subject(letter.subject)
    made["Date"] = format_datetime(now)
    name = digest.of_parts(letter.edition, address.casefold())
    made["Message-ID"] = f"<{letter.edition}.{name}@{domain}>"
    made["List-Id"] = f"<letter.{domain}>"
    made["Precedence"] = "bulk"
    made["Auto-Submitted"] = "auto-generated"
    if leave:
        made["List-Unsubscribe"] = f"<{leave}>"
        if urlsplit(leave).scheme == "https":  # RFC 8058 knows one click over https alone
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text, html = (_LEAVE.sub(lambda _: leave, part) for part in (letter.text, letter.html))
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    made.policy = _WHOLE
    return made


def _subject(text: str) -> str:
    """In one line. RFC 2047, section 2: `=?` begins an encoded word, which the library would decode
    and write as it is, line breaks and all: a title would add headers of its own."""
    return " ".join(clean(text, 400).split()).replace("=?", "= ?")


def _check_headers(settings: Settings) -> None:
    own = settings.send.smtp
    given = {"send.smtp.sender": own.sender, "send.smtp.reply_to": own.reply_to,
             "send.smtp.unsubscribe": own.unsubscribe, "feeds.tag": settings.tag}  # fmt: skip
    faults = [f"{key} holds a line break or control character"
              for key, value in given.items() if _BREAKS.search(value)]  # fmt: skip
    if not faults and own.sender and not address_of(own.sender.strip()):
        faults = [f"send.smtp.sender is no address: {shown(own.sender)}"]
    if faults:
        raise UsageError([Problem("send/settings", f, Where("site.toml"), "correct it")
                          for f in faults])  # fmt: skip


def _check_leave(letter: Letter, settings: Settings) -> None:
    """What stands in the letter for the address to leave must become one."""
    mark = unsubscribe_link(settings).strip()
    parts = letter.text, letter.html
    if not settings.send.smtp.unsubscribe and any(map(_LEAVE.search, parts)):
        told = "the letter's link to leave would lead nowhere"
        cure = 'set send.smtp.unsubscribe, as "https://example.org/leave?address={address}"'
    elif mark and not _LEAVE.search(mark) and not urlsplit(mark).scheme:
        told = f"the letter's link to leave is {shown(mark)}, which another service fills in"
        cure = 'set newsletter.unsubscribe = "{{ unsubscribe_url }}", and build'
    else:
        return
    raise UsageError([Problem("send/unsubscribe", told, Where("site.toml"), cure)])


def leave_warnings(letter: Letter, settings: Settings) -> list[Problem]:
    """Warnings where a reader of the letter is shown no way to leave."""
    if unsubscribe_link(settings) or any(map(_LEAVE.search, (letter.text, letter.html))):
        return []
    told = "the letter shows no link to leave"
    cure = 'set newsletter.unsubscribe = "{{ unsubscribe_url }}", and build'
    if not settings.send.smtp.unsubscribe:
        told = "the letter says nowhere how to leave"
        cure = f"set send.smtp.unsubscribe to your address for that; {cure.removeprefix('set ')}"
    return [Problem("send/unsubscribe", told, Where("site.toml"), cure, "warning")]


def send_all(
    letter: Letter,
    addresses: list[str],
    settings: Settings,
    ledger: Ledger,
    now: datetime,
    connect: Connect,
    *,
    again_doubtful: bool = False,
    again: bool = False,
    started: Callable[[], None] = lambda: None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Send to everybody who has not got it. Who is in doubt is left out but on request.

    `started` is called before the first is written to, and not where nobody is.

    With `again` to everybody once more; cut off, the same call goes on with that. Raises SiteError
    where the server cannot be reached; what was sent until then is written down.
    """
    if again:
        ledger.begin_round()
    standing = ledger.standing(again=again)
    due = due_of(addresses, standing, again_doubtful=again_doubtful)
    held = frozenset[str]() if again_doubtful else frozenset(standing.doubtful)
    tally = _Tally(doubtful=[a for a in addresses if a.casefold() in held])
    sender = parseaddr(settings.send.smtp.sender)[1]
    line = _Line(connect)
    number = 0
    try:
        if due:
            message(letter, due[0], settings, now)  # settings at fault are told before all else
            line.open()  # a wrong password is found out before anybody is written down
            started()
        for number, address in enumerate(due, 1):
            data = message(letter, address, settings, now).as_bytes()
            tally.add(address, *_send_one(line, ledger, sender, address, data))
            progress(number, len(due))
            if line.breaks == BREAKS:
                break
    finally:
        line.close()
    tally.left = len(due) - number
    if again and not tally.failed and not tally.doubtful and not tally.left:
        ledger.end_round()
    names = [address.casefold() for address in addresses]
    before = sum(name in standing.sent for name in names)
    return tally.outcome(before, sum(name in standing.refused - standing.sent for name in names))


def due_of(addresses: list[str], standing: Standing, *, again_doubtful: bool = False) -> list[str]:
    """Those to whom the letter is to go."""
    known = standing.sent | standing.refused
    held = frozenset[str]() if again_doubtful else frozenset(standing.doubtful)
    return [address for address in addresses if address.casefold() not in known | held]


def _send_one(
    line: "_Line", ledger: Ledger, sender: str, address: str, data: bytes
) -> tuple[State, str]:
    """What became of it, written down before and after. Raises SiteError for what ends all."""
    ledger.note(address, "begun")
    try:
        state, reason = line.send(sender, address, data)
    except _SenderRefusedError as error:
        ledger.note(address, "failed", str(error))
        raise SiteError([_refused_sender(sender, str(error))]) from None
    except SiteError:  # no connection, and so surely nothing sent
        ledger.note(address, "failed")
        raise
    if state != "begun":
        ledger.note(address, state, reason)
    return state, reason


class _Tally:
    """What became of the recipients, while they are written to."""

    def __init__(self, doubtful: list[str]) -> None:
        self.sent = self.left = 0
        self.refused: list[tuple[str, str]] = []
        self.failed: list[tuple[str, str]] = []
        self.doubtful = doubtful

    def add(self, address: str, state: State, reason: str) -> None:
        if state == "begun":
            self.doubtful.append(address)
        elif state == "sent":
            self.sent += 1
        else:
            (self.refused if state == "refused" else self.failed).append((address, reason))

    def outcome(self, before: int, refused_before: int) -> Outcome:
        found = tuple(self.refused), tuple(self.failed), tuple(self.doubtful)
        return Outcome(self.sent, before, refused_before, *found, self.left)


def send_test(
    letter: Letter, address: str, settings: Settings, now: datetime, connect: Connect
) -> None:
    """Send it to one address, and write nothing down. Raises SiteError, UsageError."""
    own = address_of(address.strip())
    if not own:
        told = f"--test {shown(address)} is no address"
        raise UsageError([Problem("usage/test", told, help="write name@example.org")])
    data = message(letter, own, settings, now).as_bytes()
    sender = parseaddr(settings.send.smtp.sender)[1]
    line = _Line(connect)
    try:
        state, reason = line.send(sender, own, data)
    except _SenderRefusedError as error:
        raise SiteError([_refused_sender(sender, str(error))]) from None
    finally:
        line.close()
    if state != "sent":
        told = f"{own} did not get it: {reason}"
        raise SiteError([Problem("send/failed", told, help="mend it, and try again")])


def _refused_sender(sender: str, reason: str) -> Problem:
    cure = "look at sender, user and password; then run the same command again"
    return Problem("send/sender", f"the server takes nothing from {sender}: {reason}", help=cure)


class _SenderRefusedError(Exception):
    """The server takes nothing from this sender."""


class _Line:
    """A connection that is made anew when it breaks, as long as nothing is in doubt.

    breaks   recipients in a row, the last one among them, with whom it broke for good
    """

    def __init__(self, connect: Connect) -> None:
        self.breaks = 0
        self._connect = connect
        self._server: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """The connection; made where there is none. Raises SiteError."""
        if self._server is None:
            self._server = self._connect()
        return self._server

    def send(self, sender: str, address: str, data: bytes) -> tuple[State, str]:
        """What became of one message, and why. "begun": nobody knows."""
        before, self.breaks = self.breaks, 0
        state, reason = self._sent(sender, address, data)
        if self._server is None:
            self.breaks = before + 1
        return state, reason

    def _sent(self, sender: str, address: str, data: bytes) -> tuple[State, str]:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                server = self.open()
                server.ehlo_or_helo_if_needed()
                code, answer = server.mail(sender)
                if code >= 400:  # of the sender, not of this reader: nobody would get it
                    raise _SenderRefusedError(_told(code, answer))
                code, answer = server.rcpt(address)
                if code >= 400:
                    server.rset()
                    return ("refused" if code >= 500 else "failed"), _told(code, answer)
            except (OSError, smtplib.SMTPException) as error:
                self.close()  # before its text went out: it can be tried again
                reason = clean(str(error) or type(error).__name__, 200)
                continue
            return self._text(server, data)
        return "failed", reason

    def _text(self, server: smtplib.SMTP, data: bytes) -> tuple[State, str]:
        try:
            code, answer = server.data(data)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _bytes(error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return "begun", clean(str(error) or type(error).__name__, 200)
        if code == 250:
            return "sent", ""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):  # it hung up after its answer, which counts
            self.close()
        return "failed", _told(code, answer)

    def close(self) -> None:
        """End the connection, whatever it thinks of that."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _told(code: int, answer: bytes) -> str:
    return clean(f"{code} {answer.decode('utf-8', 'replace')}", 200)
