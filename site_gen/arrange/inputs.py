"""The inputs of an arrangement."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from site_gen.arrange.visible import Moment
from site_gen.model import ContentPage, Facts, Lock, Note, PictureFile
from site_gen.settings import Settings


class Inputs(NamedTuple):
    """All inputs but the moment: read results of content files, and how to show them.

    files     content path -> digest, no Markdown; `measured`: what the pictures among them are
    broken    content paths of articles with faults that say that they are not to be shown
    """

    facts: Sequence[Facts]
    notes: Sequence[Note]
    pages: Sequence[ContentPage]
    files: Mapping[str, str]
    settings: Settings
    measured: Mapping[str, PictureFile] = MappingProxyType({})
    broken: Collection[str] = ()
    locks: Sequence[Lock] = ()
    drafts: bool = False
    future: bool = False

    @property
    def texts(self) -> tuple[Facts | Note | ContentPage, ...]:
        """All that content files came to whose links may name other files."""
        return (*self.facts, *self.notes, *self.pages)

    def moment(self, now: datetime) -> Moment:
        """What is shown `now`."""
        return Moment(now, self.drafts, self.future)
