"""Sends a letter through a mail server: one message to each recipient, each at most once.

DKIM and the reputation of the sender are left to the server.
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
from site_gen.deliver.ledger import Ledger, RecipientStates, State
from site_gen.deliver.readers import parse_address
from site_gen.deliver.secrets import secret, without_secrets
from site_gen.formats.common.newsletter import unsubscribe_link
from site_gen.problems import Problem, SiteError, UsageError, Where, clean, shown
from site_gen.settings import Settings, SmtpSettings

SECONDS = 60.0
_UNSUBSCRIBE_MARK = re.compile(r"\{\{\s*unsubscribe_url\s*\}\}")
"""In letters, replaced by the recipient's own address for unsubscribing."""
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONG_LINES = SMTP.clone(max_line_length=998)
"""A policy that does not fold headers: mail programs do not recognise a folded List-Unsubscribe."""
ATTEMPTS = 3
"""Connections tried for one recipient, as long as the message surely was not sent."""
MAX_BREAKS = 2
"""After lost connections for so many recipients in a row, no more are tried."""

Connect = Callable[[], smtplib.SMTP]


class Outcome(NamedTuple):
    """The result of one run. `refused` and `failed` are pairs of address and reason.

    sent            number of recipients who got the letter in this run
    before          number of those who had got it before
    refused_before  number of those whose address the server had refused before
    refused         the server refused the address for good
    failed          the letter was surely not sent and may be sent again
    doubtful        addresses that may or may not have got the letter
    left            number of recipients not tried because the connection was lost repeatedly
    """

    sent: int
    before: int
    refused_before: int
    refused: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    doubtful: tuple[str, ...]
    left: int = 0


def connect(settings: SmtpSettings) -> smtplib.SMTP:
    """Open an encrypted connection and log in if a user is set. Raises SiteError."""
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
        text = clean(without_secrets(plain or type(error).__name__), 200)
        raise SiteError(
            [
                Problem(
                    "send/server",
                    f"{settings.host}:{settings.port}: {text}",
                    help="look at host, port, security and password",
                )
            ]
        ) from None
    return server


def build_message(letter: Letter, address: str, settings: Settings, now: datetime) -> EmailMessage:
    """Return the message for one recipient, with a Message-ID that is always the same.

    Raises UsageError for settings that are invalid in headers, and for a dead unsubscribe link.
    """
    own = settings.send.smtp
    _check_headers(settings)
    _check_unsubscribe(letter, settings)
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
        if urlsplit(leave).scheme == "https":  # RFC 8058 allows one click only with https
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text, html = (
        _UNSUBSCRIBE_MARK.sub(lambda _: leave, part) for part in (letter.text, letter.html)
    )
    made.set_content(text, cte="quoted-printable")
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    made.policy = _LONG_LINES
    return made


def _subject(text: str) -> str:
    """Return a subject in one line, without the "=?" of encoded words (RFC 2047, section 2).

    The library would decode such a word and write its line breaks, so a title could add headers.
    """
    return " ".join(clean(text, 400).split()).replace("=?", "= ?")


def _check_headers(settings: Settings) -> None:
    own = settings.send.smtp
    given = {"send.smtp.sender": own.sender, "send.smtp.reply_to": own.reply_to,
             "send.smtp.unsubscribe": own.unsubscribe, "feeds.tag": settings.tag}  # fmt: skip
    faults = [f"{key} holds a line break or control character"
              for key, value in given.items() if _CONTROL_CHARACTERS.search(value)]  # fmt: skip
    if not faults and own.sender and not parse_address(own.sender.strip()):
        faults = [f"send.smtp.sender is no address: {shown(own.sender)}"]
    if faults:
        raise UsageError([Problem("send/settings", f, Where("site.toml"), "correct it")
                          for f in faults])  # fmt: skip


def _check_unsubscribe(letter: Letter, settings: Settings) -> None:
    """Raise UsageError if an unsubscribe link of the letter would not work."""
    mark = unsubscribe_link(settings).strip()
    parts = letter.text, letter.html
    if not settings.send.smtp.unsubscribe and any(map(_UNSUBSCRIBE_MARK.search, parts)):
        text = "the letter's link to leave would lead nowhere"
        cure = 'set send.smtp.unsubscribe, as "https://example.org/leave?address={address}"'
    elif mark and not _UNSUBSCRIBE_MARK.search(mark) and not urlsplit(mark).scheme:
        text = f"the letter's link to leave is {shown(mark)}, which another service fills in"
        cure = 'set newsletter.unsubscribe = "{{ unsubscribe_url }}", and build'
    else:
        return
    raise UsageError([Problem("send/unsubscribe", text, Where("site.toml"), cure)])


def unsubscribe_warnings(letter: Letter, settings: Settings) -> list[Problem]:
    """Return a warning if the letter shows readers no way to unsubscribe."""
    if unsubscribe_link(settings) or any(map(_UNSUBSCRIBE_MARK.search, (letter.text, letter.html))):
        return []
    text = "the letter shows no link to leave"
    cure = 'set newsletter.unsubscribe = "{{ unsubscribe_url }}", and build'
    if not settings.send.smtp.unsubscribe:
        text = "the letter says nowhere how to leave"
        cure = f"set send.smtp.unsubscribe to your address for that; {cure.removeprefix('set ')}"
    return [Problem("send/unsubscribe", text, Where("site.toml"), cure, "warning")]


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
    """Send the letter to all addresses that have not got it.

    again           send it to all addresses once more; if interrupted, the same call continues
    again_doubtful  send it also to those that may have got it
    started         called before the first message, unless there is none to send
    progress        called with the numbers of messages done and to do
    Raises SiteError if the server cannot be reached; the ledger has what was sent until then.
    """
    if again:
        ledger.begin_round()
    states = ledger.recipient_states(again=again)
    due = recipients_due(addresses, states, again_doubtful=again_doubtful)
    excluded = frozenset[str]() if again_doubtful else frozenset(states.doubtful)
    counts = _Counts(doubtful=[a for a in addresses if a.casefold() in excluded])
    sender = parseaddr(settings.send.smtp.sender)[1]
    connection = _Connection(connect)
    number = 0
    try:
        if due:
            build_message(letter, due[0], settings, now)  # to find faults of settings first
            connection.open()  # to find a wrong password before any recipient is recorded
            started()
        for number, address in enumerate(due, 1):
            data = build_message(letter, address, settings, now).as_bytes()
            counts.add(address, *_send_one(connection, ledger, sender, address, data))
            progress(number, len(due))
            if connection.breaks == MAX_BREAKS:
                break
    finally:
        connection.close()
    counts.left = len(due) - number
    if again and not counts.failed and not counts.doubtful and not counts.left:
        ledger.end_round()
    names = [address.casefold() for address in addresses]
    before = sum(name in states.sent for name in names)
    return counts.outcome(before, sum(name in states.refused - states.sent for name in names))


def recipients_due(
    addresses: list[str], states: RecipientStates, *, again_doubtful: bool = False
) -> list[str]:
    """Return the addresses that the letter is to be sent to."""
    known = states.sent | states.refused
    excluded = frozenset[str]() if again_doubtful else frozenset(states.doubtful)
    return [address for address in addresses if address.casefold() not in known | excluded]


def _send_one(
    connection: "_Connection", ledger: Ledger, sender: str, address: str, data: bytes
) -> tuple[State, str]:
    """Send one message and record its state before and after. Raises SiteError to stop the run."""
    ledger.record(address, "begun")
    try:
        state, reason = connection.send(sender, address, data)
    except _SenderRefusedError as error:
        ledger.record(address, "failed", str(error))
        raise SiteError([_sender_problem(sender, str(error))]) from None
    except SiteError:  # no connection, and so surely nothing sent
        ledger.record(address, "failed")
        raise
    if state != "begun":
        ledger.record(address, state, reason)
    return state, reason


class _Counts:
    """Counts the recipients by state during a run."""

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
    """Send the letter to one address without recording it. Raises SiteError, UsageError."""
    own = parse_address(address.strip())
    if not own:
        text = f"--test {shown(address)} is no address"
        raise UsageError([Problem("usage/test", text, help="write name@example.org")])
    data = build_message(letter, own, settings, now).as_bytes()
    sender = parseaddr(settings.send.smtp.sender)[1]
    connection = _Connection(connect)
    try:
        state, reason = connection.send(sender, own, data)
    except _SenderRefusedError as error:
        raise SiteError([_sender_problem(sender, str(error))]) from None
    finally:
        connection.close()
    if state != "sent":
        text = f"{own} did not get it: {reason}"
        raise SiteError([Problem("send/failed", text, help="mend it, and try again")])


def _sender_problem(sender: str, reason: str) -> Problem:
    cure = "look at sender, user and password; then run the same command again"
    return Problem("send/sender", f"the server takes nothing from {sender}: {reason}", help=cure)


class _SenderRefusedError(Exception):
    """The server refuses the sender, so no recipient would get the letter."""


class _Connection:
    """A connection that is opened again when it is lost.

    breaks  for how many recipients in a row, up to the last one, it was lost for good
    """

    def __init__(self, connect: Connect) -> None:
        self.breaks = 0
        self._connect = connect
        self._server: smtplib.SMTP | None = None

    def open(self) -> smtplib.SMTP:
        """Return the connection, opened if necessary. Raises SiteError."""
        if self._server is None:
            self._server = self._connect()
        return self._server

    def send(self, sender: str, address: str, data: bytes) -> tuple[State, str]:
        """Send a message; return its state and the reason. "begun" means that it may be sent."""
        before, self.breaks = self.breaks, 0
        state, reason = self._send_with_retries(sender, address, data)
        if self._server is None:
            self.breaks = before + 1
        return state, reason

    def _send_with_retries(self, sender: str, address: str, data: bytes) -> tuple[State, str]:
        reason = ""
        for _ in range(ATTEMPTS):
            try:
                server = self.open()
                server.ehlo_or_helo_if_needed()
                code, answer = server.mail(sender)
                if code >= 400:  # a refusal of the sender, so nobody would get the letter
                    raise _SenderRefusedError(_reply(code, answer))
                code, answer = server.rcpt(address)
                if code >= 400:
                    server.rset()
                    return ("refused" if code >= 500 else "failed"), _reply(code, answer)
            except (OSError, smtplib.SMTPException) as error:
                self.close()  # the text was not sent yet, so it can be tried again
                reason = clean(str(error) or type(error).__name__, 200)
                continue
            return self._send_data(server, data)
        return "failed", reason

    def _send_data(self, server: smtplib.SMTP, data: bytes) -> tuple[State, str]:
        try:
            code, answer = server.data(data)
        except smtplib.SMTPDataError as error:
            code, answer = error.smtp_code, _as_bytes(error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return "begun", clean(str(error) or type(error).__name__, 200)
        if code == 250:
            return "sent", ""
        try:
            server.rset()
        except (OSError, smtplib.SMTPException):  # disconnected after its answer, which counts
            self.close()
        return "failed", _reply(code, answer)

    def close(self) -> None:
        """Close the connection, ignoring errors."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _reply(code: int, answer: bytes) -> str:
    return clean(f"{code} {answer.decode('utf-8', 'replace')}", 200)
