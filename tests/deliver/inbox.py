"""A mail server on loopback."""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session


class Inbox:
    """A mail server that keeps what it gets; `plan` says what it answers to whom."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.plan: dict[str, list[str]] = {}
        self.port = 0

    def _next(self, address: str, kind: str) -> str:
        left = self.plan.get(f"{kind} {address}", [])
        return left.pop(0) if left else ""

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._next(address, "rcpt")
        if answer == "drop":
            server.transport.close()  # type: ignore[union-attr]
            return "421 gone"
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        address = envelope.rcpt_tos[0]
        answer = self._next(address, "data")
        if answer and answer != "keep and drop":
            return answer
        self.got.append((address, bytes(envelope.content or b"")))
        if answer:
            server.transport.close()  # type: ignore[union-attr]
            await asyncio.sleep(0)
        return "250 kept"

    @property
    def addresses(self) -> list[str]:
        return [address for address, _ in self.got]
