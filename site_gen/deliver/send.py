"""Sends a letter through a service. Each step is recorded before it is taken."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from site_gen.deliver import receipts
from site_gen.deliver.built_letter import Letter
from site_gen.deliver.channels.channel import Channel
from site_gen.deliver.receipts import Receipt, State
from site_gen.deliver.web_api import checking_answers
from site_gen.plugins.load import Offer, Plugins
from site_gen.problems import Problem, SiteError, UsageError, did_you_mean, shown
from site_gen.settings import Settings
from site_gen.settings.delivery import CHANNELS

STEPS = ("find", "put", "is_draft", "release", "test")
"""The methods of a channel, see `channels/channel.py`."""


def channel_name(settings: Settings, given: str, plugins: Plugins) -> str:
    """Return the name of the channel: as given, else from the settings, else the service of the
    newsletter. Raises UsageError if there is none."""
    name = given or settings.send.channel or settings.newsletter.service
    known = (*CHANNELS, *_plugin_channels(plugins))
    if name not in known:
        told = f"there is no channel {shown(name)}.{did_you_mean(name, known)}"
        cure = f'set [send] channel = "smtp", or another of {", ".join(known)}'
        text = told if name else "no channel is set"
        raise UsageError([Problem("send/channel", text, help=cure)])
    return name


def _plugin_channels(plugins: Plugins) -> dict[str, Offer]:
    return plugins.offers("CHANNELS", CHANNELS)


def open_channel(settings: Settings, name: str, plugins: Plugins) -> Channel:
    """Return the channel of a name; its secret comes from the environment.

    A channel of a plugin gets the plugin's options. Raises UsageError without the secret, SiteError
    if a plugin's channel lacks a method.
    """
    from site_gen.deliver.channels import buttondown, ghost, kit, listmonk, mailchimp

    if offer := _plugin_channels(plugins).get(name):
        options = settings.plugin.get(offer.plugin.name, {})
        service = offer.plugin.guard(offer.value)(options)
        missing = [each for each in STEPS if not callable(getattr(service, each, None))]
        if missing or getattr(service, "name", "") != name:
            lacks = ", ".join(missing) or f"the name {name}"
            cure = f"a channel has a name and {', '.join(STEPS)}"
            raise SiteError([offer.plugin.problem(f"its channel lacks {lacks}", cure)])
        channel: Channel = offer.plugin.guard_object(service)
        return channel
    own = settings.send
    made: dict[str, Callable[[], Channel]] = {
        "buttondown": lambda: buttondown.Buttondown(own.buttondown),
        "listmonk": lambda: listmonk.Listmonk(own.listmonk),
        "mailchimp": lambda: mailchimp.Mailchimp(own.mailchimp),
        "kit": lambda: kit.Kit(own.kit),
        "ghost": lambda: ghost.Ghost(own.ghost),
    }
    return made[name]()


class Sending:
    """Sends one letter through one service, continuing where an earlier run was interrupted."""

    def __init__(self, root: Path, letter: Letter, channel: Channel, now: datetime) -> None:
        self._root = root
        self._letter = letter
        self._channel = channel
        self._now = now
        self.receipt = receipts.load(root, letter.edition).get(channel.name)

    def is_done(self, *, again: bool) -> bool:
        """Whether the letter was sent or scheduled already, and is not to be sent `again`."""
        return (
            not again and self.receipt is not None and self.receipt.state in ("sent", "scheduled")
        )

    def draft(self, *, again: bool) -> str:
        """Create or update the draft and return its id. Raises DeliveryError.

        If somebody has sent the draft at the service meanwhile, only the receipt is updated.
        """
        with checking_answers(self._channel.name):
            return self._draft(again=again)

    def _draft(self, *, again: bool) -> str:
        before = self.receipt
        id = ""
        if before is not None and not (again and before.state in ("sent", "scheduled")):
            # An earlier run may have been interrupted after the service created the draft.
            id = before.id or self._channel.find(self._letter)
            if id and not self._channel.is_draft(id):
                self._record("sent", id)
                return id
        if before is None or before.id != id or before.digest != self._letter.digest or not id:
            self._record("begun", id)
            id = self._channel.put(self._letter, id)
        self._record("drafted", id)
        return id

    def release(self, id: str, at: datetime | None) -> None:
        """Send or schedule the draft, once. Raises DeliveryError."""
        if self.receipt is not None and self.receipt.state == "sent":
            return
        self._record("releasing", id)
        with checking_answers(self._channel.name):
            self._channel.release(id, at)
        self._record("scheduled" if at is not None else "sent", id)

    def _record(self, state: State, id: str) -> None:
        moment = self._now.isoformat(timespec="seconds")
        receipt = Receipt(self._channel.name, state, self._letter.digest, moment, id)
        try:
            receipts.save(self._root, self._letter.edition, receipt)
        except OSError as error:
            raise SiteError(
                [
                    Problem(
                        "send/receipt",
                        f"the receipt cannot be written: {error}",
                        help="nothing is sent without one",
                    )
                ]
            ) from None
        self.receipt = receipt
