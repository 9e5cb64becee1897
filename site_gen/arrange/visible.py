"""Which articles are shown at a moment, and when that next changes."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from site_gen.model import Facts


class Moment(NamedTuple):
    """The moment of a build (aware) and whether drafts and future articles are shown."""

    now: datetime
    drafts: bool = False
    future: bool = False


def visible(facts: Iterable[Facts], moment: Moment) -> list[Facts]:
    """Those to be shown; a future one carries that on its card."""
    found = []
    for each in facts:
        if not _shown(each, moment):
            continue
        if each.visible_from and each.visible_from > moment.now:
            each = replace(each, card=replace(each.card, future=True), digest="")
        found.append(each)
    return found


def _shown(facts: Facts, moment: Moment) -> bool:
    if not facts.published or (facts.card.draft and not moment.drafts):
        return False
    if facts.visible_until and facts.visible_until <= moment.now:
        return False
    return moment.future or not facts.visible_from or facts.visible_from <= moment.now


def turns(facts: Iterable[Facts]) -> Iterable[datetime]:
    """Moments at which an article appears or goes."""
    for each in facts:
        if each.visible_from:
            yield each.visible_from
        if each.visible_until:
            yield each.visible_until
