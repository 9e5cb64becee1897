"""The order in which pages of one portion are made."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from site_gen.engine.portions import first_pages
from site_gen.formats.common import workload
from site_gen.formats.common.units import Unit
from site_gen.formats.common.workload import order_by_articles
from site_gen.model import Card, EditionRef, Group, Page, Stored, View
from site_gen.workers import pool

WEEK = EditionRef(id="W", permalink="/w/", first=date(2026, 1, 5), last=date(2026, 1, 11))


def card(day: int) -> Card:
    name, when = f"day-{day}", datetime(2026, 1, day, tzinfo=UTC)
    return Card(
        id=name, slug=name, permalink="/", link="/", guid=name, title=name, date=when,
        lastmod=when, edition="W",
    )  # fmt: skip


def page(path: str, *articles: str, many: bool = False, part: str = "article") -> Page:
    found = tuple(Stored(part=part, path=a) for a in articles)  # type: ignore[arg-type]
    value = found if many else found[0] if found else None
    return Page(path=path, format="f", kind="k", views={"article": View(digest=path, value=value)})


def test_what_shows_the_articles_of_an_edition_comes_after_their_pages() -> None:
    pages = [
        *(page("a", "1"), page("b", "2"), page("c", "3"), page("home")),
        *(page("book", "1", "2", many=True), page("list", "3", "9", many=True)),
        page("shard", "1", "2", many=True, part="terms"),
    ]
    made = [each.path for each in order_by_articles(pages)]
    assert made == ["a", "b", "book", "c", "home", "list", "shard"]


def test_what_shows_the_same_articles_stays_in_a_row() -> None:
    pages = [
        *(page("a", "1"), page("b", "2")),
        *(page(name, "1", many=True) for name in ("rss", "atom", "json")),
    ]
    assert [each.path for each in order_by_articles(pages)] == ["a", "rss", "atom", "json", "b"]


def listed(path: str, *days: int, grouped: bool = False) -> Page:
    cards: Any = tuple(card(day) for day in days)
    value = (Group(edition=WEEK, cards=cards),) if grouped else cards
    return Page(path=path, format="f", kind="k", views={"c": View(digest=path, value=value)})


def test_lists_of_cards_come_in_the_order_of_their_first_cards_time() -> None:
    lists = [listed("old", 3, 1), listed("new", 9, 5), listed("mid", 5, 3, grouped=True)]
    pages = [page("x"), *lists, page("y"), page("a", "day-3.md")]
    # The page of the first card is made here, too; then its list comes after it.
    assert [p.path for p in order_by_articles(pages)] == ["x", "y", "a", "old", "new", "mid"]


@pytest.mark.parametrize("grouped", [False, True])
def test_a_worker_gets_fewer_lists_at_a_time_than_plain_pages(grouped: bool) -> None:
    long = [listed(f"long {n}", *[1] * 50, grouped=grouped) for n in range(100)]
    short = [listed(f"short {n}", *[1] * 20, grouped=grouped) for n in range(100)]
    sizes = [
        max(map(len, pool.split(pages, workload.shared_source, workload.cost_ms)))
        for pages in (long, short, [page("plain")] * 100)
    ]
    # Each holds the memory of the cards that it looks at, for as long as the round lasts.
    assert sizes == [22, 64, 64]


def test_units_that_are_planned_again_come_edition_by_edition_and_few_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workload, "BATCH", 2)
    names = ("html articles W2", "html articles W1", "html topics", "epub W2", "epub W1")
    units = {name: Unit(name, lambda: "", lambda: ()) for name in names}
    pages = ["html articles W2", "html articles W2", *names[1:]]
    found = workload.batches([units[name] for name in pages], ["W2", "W1"])
    assert [[pages[place] for place in batch] for batch in found] == [
        ["html articles W2", "html articles W2"],
        ["epub W2", "html articles W1"],
        ["epub W1", "html topics"],
    ]


def test_what_has_its_views_is_one_batch() -> None:
    assert list(workload.batches([None] * 5, ["W1"])) == [[0, 1, 2, 3, 4]]
    assert list(workload.batches([], ["W1"])) == [[]]


def test_pages_that_show_nothing_stored_stay_as_they_are() -> None:
    pages = [page("b"), page("a", "1"), page("c")]
    assert order_by_articles(pages) == pages


def test_first_come_home_the_assets_and_what_is_waited_for_and_no_more_is_planned() -> None:
    planned = []

    def unit(name: str, *pages: Page) -> Unit:
        def plan() -> Iterator[Page]:
            planned.append(name)
            yield from pages

        return Unit(name, lambda: "", plan)

    home = Page(path="index.html", format="html", kind="home", views={})
    units = [
        *(unit("html edition", page("e.html")), unit("html home", home)),
        *(unit("html articles", page("a.html"), page("b.html")), unit("html topics", page("t"))),
        *(unit("assets theme", page("c.css")), unit("rss", page("feed.xml"))),
    ]
    assert [each.path for each in first_pages(units, ("b.html", "favicon.ico"))] == [
        *("index.html", "b.html", "c.css"),
    ]
    assert "html topics" not in planned
    assert "rss" not in planned
