"""What every service that sends letters can do."""

from datetime import datetime
from typing import Protocol

from site_gen.deliver.built_letter import Letter


class Channel(Protocol):
    """A service. Every call raises `web_api.DeliveryError`."""

    name: str

    def find(self, letter: Letter) -> str:
        """The id of a draft that an earlier run made of this edition, "" where there is none."""

    def put(self, letter: Letter, id: str) -> str:
        """Make a draft, or bring the one with that id up to date; its id."""

    def is_draft(self, id: str) -> bool:
        """Whether it is still a draft: neither sent nor scheduled."""

    def release(self, id: str, at: datetime | None) -> None:
        """Send the draft, now or at a time (aware)."""

    def test(self, id: str, letter: Letter, address: str) -> None:
        """Send it to one address alone."""
