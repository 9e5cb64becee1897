"""Two articles that have one address, or one guid."""

from collections.abc import Iterable

from site_gen.basics import slugs
from site_gen.model import Facts
from site_gen.problems import Problem, Where


def equal_slugs(shown: Iterable[Facts]) -> Iterable[Problem]:
    seen: dict[str, Facts] = {}
    for each in shown:
        other = seen.setdefault(slugs.folded(each.card.slug), each)
        if other is not each:
            yield _twice(
                "slug",
                "slug",
                each.card.slug,
                each,
                other,
                each.slug_line,
                other.slug_line,
                "give one of the two another `slug`",
            )


def equal_guids(shown: Iterable[Facts]) -> Iterable[Problem]:
    seen: dict[str, Facts] = {}
    for each in shown:
        other = seen.setdefault(each.card.guid, each)
        if other is not each:
            yield _twice(
                "guid",
                "guid",
                each.card.guid,
                each,
                other,
                each.guid_line,
                other.guid_line,
                "remove the `guid` of the copy",
            )


def _twice(
    code: str, what: str, value: str, one: Facts, two: Facts, line: int, other: int, cure: str
) -> Problem:
    # First that which has the key: the cure is there.
    both = sorted(((one.path, line), (two.path, other)))
    first, second = sorted(both, key=lambda place: place[1] <= 1)
    return Problem(
        f"article/{code}",
        f'two articles have the {what} "{value}"',
        Where(f"content/{first[0]}", first[1]),
        cure,
        also=(Where(f"content/{second[0]}", second[1]),),
    )
