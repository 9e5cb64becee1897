"""Which articles are shown at a moment, and when that next changes."""

from collections.abc import Iterable, Set
from datetime import datetime
from typing import Literal, NamedTuple

from msgspec.structs import replace

from site_gen.model import ContentPage, Facts, Hidden, Note, Notice


class Moment(NamedTuple):
    """The moment of a build (aware) and whether drafts and future articles are shown."""

    now: datetime
    drafts: bool = False
    future: bool = False


def visible(facts: Iterable[Facts], moment: Moment) -> list[Facts]:
    """Those to be shown; a future one carries that on its card. No withdrawn ones."""
    found = []
    for each in facts:
        if each.withdrawn or why_not(each, moment):
            continue
        if each.visible_from and each.visible_from > moment.now:
            each = replace(each, card=replace(each.card, future=True), digest="")
        found.append(each)
    return found


def notices(
    facts: Iterable[Facts], moment: Moment, sent: Set[str] = frozenset()
) -> tuple[Notice, ...]:
    """What stands in the place of withdrawn articles that would be shown, and of those that
    subscribers were sent (by guid) and that are unpublished or expired by now."""
    return tuple(
        Notice(
            id=each.card.id,
            path=each.path,
            permalink=each.card.permalink,
            guid=each.card.guid,
            edition=each.card.edition,
            date=each.withdrawn.date if each.withdrawn else None,
            reason=each.withdrawn.reason if each.withdrawn else "",
            aliases=each.aliases,
        )
        for each in facts
        if (each.withdrawn and not why_not(each, moment))
        or (each.card.guid in sent and why_not(each, moment) in ("unpublished", "expired"))
    )


Why = Literal["", "unpublished", "a draft", "expired", "in the future"]


def why_not(each: Facts | Note | ContentPage, moment: Moment) -> Why:
    """Why a text is hidden by its own front matter, "" if it is not."""
    if not each.published:
        return "unpublished"
    if (each.card.draft if isinstance(each, Facts) else each.draft) and not moment.drafts:
        return "a draft"
    if each.visible_until and each.visible_until <= moment.now:
        return "expired"
    late = each.visible_from and each.visible_from > moment.now
    return "in the future" if late and not moment.future else ""


def waiting(
    texts: Iterable[Facts | ContentPage], moment: Moment
) -> tuple[int, list[tuple[datetime, str]]]:
    """The number of drafts; and when each scheduled text appears, with its path."""
    reasons = [(why_not(each, moment), each) for each in texts]
    early = [each for why, each in reasons if why == "in the future"]
    drafts = sum(why == "a draft" for why, _ in reasons)
    return drafts, [(each.visible_from, each.path) for each in early if each.visible_from]


def is_hidden(value: object, moment: Moment) -> bool:
    """Whether a read result hides itself from readers."""
    if isinstance(value, Hidden):
        due = value.since is not None and value.since <= moment.now
        return due or (value.draft and not moment.drafts)
    if isinstance(value, ContentPage | Note):
        return bool(why_not(value, moment))
    return isinstance(value, Facts) and bool(value.withdrawn or why_not(value, moment))


def change_moments(read: Iterable[Facts | Note | ContentPage]) -> Iterable[datetime]:
    """Moments at which a text appears or goes."""
    for each in read:
        if each.visible_from:
            yield each.visible_from
        if each.visible_until:
            yield each.visible_until
