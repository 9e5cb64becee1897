"""What an edition shows, in one order; ways into it for who has few minutes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from site_gen.formats.common.contents import (
    contents,
    reading_budgets,
    reading_minutes,
    reading_seconds,
)
from site_gen.model import Band, Card, Edition, EditionRef

NOON = datetime(2024, 2, 14, 12, tzinfo=UTC)


def card(name: str, **said: Any) -> Card:
    known: dict[str, Any] = {
        "id": name, "slug": name, "permalink": f"/articles/{name}/", "link": f"/articles/{name}/",
        "guid": name, "title": name, "date": NOON, "lastmod": NOON, "edition": "2024-W07",
    }  # fmt: skip
    return Card(**{**known, **said})


def edition(*cards: Card, top: int = 1, bands: tuple[int, ...] = ()) -> Edition:
    day = NOON.date()
    ref = EditionRef(id="2024-W07", permalink="/e/", first=day, last=day + timedelta(days=6))
    made = tuple(Band(name=f"B{n}", slug=f"b{n}", permalink="", stories=n) for n in bands)
    return Edition(ref=ref, cutoff=NOON, cards=cards, lastmod=NOON, top=top, bands=made)


def names(found: Any) -> list[Any]:
    return [[s.card.id for s in found.top], *([s.card.id for s in p.stories] for p in found.parts)]


def test_bands_and_stories() -> None:
    made = edition(*map(card, "abcde"), top=1, bands=(1, 3))
    assert names(contents(made)) == [["a"], ["b"], ["c", "d", "e"]]


def test_no_card_is_lost_where_nothing_is_said_of_bands() -> None:
    assert names(contents(edition(*map(card, "abc")))) == [["a"], ["b", "c"]]


def test_what_is_not_to_be_shown_leaves_its_place_to_the_next_of_its_story() -> None:
    story = [
        card("a", story="x", draft=True),
        card("b", story="x"),
        card("c", draft=True),
        card("d"),
    ]
    found = contents(edition(*story, top=1, bands=(2,)), lambda c: not c.draft)
    assert names(found) == [["b"], ["d"]]
    assert found.top[0].covered == ()


def test_a_story_is_told_once() -> None:
    found = contents(edition(card("a", story="x"), card("b", story="x"), card("c")))
    assert [s.id for s in found.top[0].covered] == ["b"]
    assert len(found.stories) == 2


def test_reading_time_is_of_the_text_else_of_title_and_excerpt() -> None:
    assert reading_seconds(card("a", minutes=4)) == 240
    assert reading_seconds(card("a", title=" ".join(["w"] * 220))) == 60
    assert reading_seconds(card("a", title="\u6e2f" * 440)) == 60
    assert reading_minutes(contents(edition(card("a", minutes=4), card("b"))).stories) == 5


def test_budgets_hold_what_fits_the_most_important_first() -> None:
    cards = [card("a", minutes=3), card("b", minutes=9, heat=1), card("c", minutes=2, heat=5),
             card("d", minutes=4, heat=3)]  # fmt: skip
    found = reading_budgets(contents(edition(*cards, bands=(3,))))
    assert [(b.minutes, [c.id for c in b.cards]) for b in found] == [
        (5, ["a", "c"]), (15, ["a", "c", "d"]),
    ]  # fmt: skip


def test_no_budget_where_all_fits() -> None:
    assert reading_budgets(contents(edition(card("a", minutes=5)))) == ()
    assert [b.minutes for b in reading_budgets(contents(edition(card("a", minutes=9))))] == [5]
