"""A letter through a mail server of one's own: one message for each recipient, each at most once.

DKIM and the rest of a sender's standing are the server's part.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from site_gen.basics import digest, files
from site_gen.deliver.built_letter import Letter
from site_gen.deliver.ledger import Ledger, State
from site_gen.deliver.secrets import hidden, secret
from site_gen.deliver.web_api import LOOPBACK
from site_gen.problems import Problem, SiteError, UsageError, Where, clean, shown
from site_gen.settings import Settings, SmtpSettings

SECONDS = 60.0
PLACEHOLDER = "{{ unsubscribe_url }}"
"""In letters, what becomes the recipient's own address to leave."""
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffd]")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_WHOLE = SMTP.clone(max_line_length=998)
"""A long address in a header would else be encoded, and no mail program would find it there."""
ATTEMPTS = 3
"""Connections tried for one recipient who surely got nothing yet."""

Connect = Callable[[], smtplib.SMTP]


class Outcome(NamedTuple):
    """Counts of one run; `doubtful` may or may not have got the letter.

    before, refused_before   who had it already, and whose address the server refused then
    """

    sent: int
    before: int
    refused_before: int
    refused: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    doubtful: tuple[str, ...]


def recipients(path: Path) -> list[str]:
    """Addresses of the list, each once, in its order. Raises SiteError naming bad lines."""
    try:
        text = files.decode(files.read_bytes(path.resolve())).text
    except files.Unreadable as error:
        raise SiteError(
            [
                Problem(
                    "send/recipients",
                    f"the list of recipients {error.reason}",
                    Where(str(path)),
                    "write an address a line",
                )
            ]
        ) from None
    found: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        address = address_of(entry)
        if address:
            found.setdefault(address.casefold(), address)
        else:
            where = Where(str(path), number, 1, len(entry), line)
            problems.append(
                Problem(
                    "send/recipients",
                    f"{shown(entry)} is no address",
                    where,
                    "correct the line, or take it out",
                )
            )
    if problems:
        raise SiteError(problems)
    return list(found.values())


def address_of(entry: str) -> str:
    """The one address of `ann@example.org` or `Ann <ann@example.org>`, its host as the name system
    has it; "" where there is none, more than one, or one that no server is sure to take."""
    text = parseaddr(entry)[1]
    name, _, host = text.rpartition("@")
    if not name or "." not in host.strip(".") or _UNSAFE.search(text):
        return ""
    if entry != text and not entry.endswith(f"<{text}>"):
        return ""  # a second address behind the first would be lost
    try:
        text = f"{name}@{host.encode('idna').decode()}" if not host.isascii() else text
        Address(addr_spec=text)
    except Exception:  # the libraries raise errors of many kinds for what is no address
        return ""
    return text if text.isascii() else ""


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
    if settings.security == "none" and settings.host not in LOOPBACK:
        raise SiteError(
            [
                Problem(
                    "send/settings",
                    'security = "none" is for a server on this machine alone',
                    Where("site.toml"),
                    'take "starttls" or "tls"',
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

    Raises UsageError for settings that can stand in no header.
    """
    own = settings.send.smtp
    _check_headers(settings)
    domain = settings.tag.partition(",")[0]
    leave = own.unsubscribe.replace("{address}", quote(address, safe=""))
    made = EmailMessage(policy=SMTP)
    made["From"] = own.sender
    made["To"] = address
    if own.reply_to:
        made["Reply-To"] = own.reply_to
    made["Subject"] = " ".join(clean(letter.subject, 400).split())
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
    made.set_content(letter.text.replace(PLACEHOLDER, leave), cte="quoted-printable")
    made.add_alternative(
        letter.html.replace(PLACEHOLDER, leave), subtype="html", cte="quoted-printable"
    )
    made.policy = _WHOLE
    return made


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
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Send to everybody who has not got it. Who is in doubt is left out but on request.

    With `again` to everybody once more; cut off, the same call goes on with that. Raises SiteError
    where the server cannot be reached; what was sent until then is written down.
    """
    if again:
        ledger.begin_round()
    standing = ledger.standing(again=again)
    known = standing.sent | standing.refused
    held = frozenset[str]() if again_doubtful else frozenset(standing.doubtful)
    due = [a for a in addresses if a.casefold() not in known | held]
    tally = _Tally(doubtful=[a for a in addresses if a.casefold() in held])
    sender = parseaddr(settings.send.smtp.sender)[1]
    line = _Line(connect)
    try:
        if due:
            line.open()  # a wrong password is found out before anybody is written down
        for number, address in enumerate(due, 1):
            data = message(letter, address, settings, now).as_bytes()
            tally.add(address, *_send_one(line, ledger, sender, address, data))
            progress(number, len(due))
    finally:
        line.close()
    if again and not tally.failed and not tally.doubtful:
        ledger.end_round()
    names = [address.casefold() for address in addresses]
    before = sum(name in standing.sent for name in names)
    return tally.outcome(before, sum(name in standing.refused - standing.sent for name in names))


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
        self.sent = 0
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
        return Outcome(self.sent, before, refused_before, *found)


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
    """A connection that is made anew when it breaks, as long as nothing is in doubt."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._server: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """The connection; made where there is none. Raises SiteError."""
        if self._server is None:
            self._server = self._connect()
        return self._server

    def send(self, sender: str, address: str, data: bytes) -> tuple[State, str]:
        """What became of one message, and why. "begun": nobody knows."""
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
        server.rset()
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


def check_place(path: Path, root: Path) -> None:
    """Raises UsageError for a list of recipients that a build could publish, and so for its log."""
    places = (path.resolve(), path.parent.resolve() / path.name)
    for name in ("content", "themes", "public"):
        if any(place.is_relative_to((root / name).resolve()) for place in places):
            told, cure = f"the list of recipients lies in {name}/", "move it beside site.toml, and "
            raise UsageError([Problem("send/recipients", told, Where(str(path)),
                                      f"{cure}out of version control")])  # fmt: skip
