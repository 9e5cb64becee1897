"""The interface of services that send letters."""

from datetime import datetime
from typing import Protocol

from site_gen.deliver.built_letter import Letter


class Channel(Protocol):
    """A service. All methods raise `web_api.DeliveryError`."""

    name: str

    def find(self, letter: Letter) -> str:
        """Return the id of a draft that an earlier run created for the edition, "" for none."""

    def put(self, letter: Letter, id: str) -> str:
        """Create a draft, or update the one with this id (if not ""); return its id."""

    def is_draft(self, id: str) -> bool:
        """Whether it is still a draft, neither sent nor scheduled."""

    def release(self, id: str, at: datetime | None) -> None:
        """Send the draft, now or at a time with time zone."""

    def test(self, id: str, letter: Letter, address: str) -> None:
        """Send the draft to one address only."""
