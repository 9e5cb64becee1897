import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from site_gen.preview.response import Response
from site_gen.preview.visitors import Visitors

PATIENCE = 20.0


def page(path: str) -> Response:
    return Response(200, output=path, page=True)


def file(path: str) -> Response:
    return Response(200, output=path)


def sent(visitors: Visitors, *responses: Response) -> Visitors:
    for response in responses:
        visitors.record(response)
    return visitors


def tell(visitors: Visitors, changed: Iterable[str] = (), **more: Any) -> None:
    told: list[dict[str, Any]] = []
    news = {"changed": list(changed), "removed": [], "all": False, "problems": []} | more
    visitors.expecting(told.append)(news)
    assert told == [news]


def alone(**options: Any) -> Visitors:
    """Nobody is told of anything."""
    return Visitors(lambda: 0, **options)


def listening(**options: Any) -> Visitors:
    return Visitors(lambda: 1, **options)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long whoever had to wait would have waited at most; nobody does."""
    found: list[float] = []

    def wait_for(self: object, done: Callable[[], bool], timeout: float) -> bool:
        if not done():
            found.append(timeout)
        return done()

    monkeypatch.setattr(threading.Condition, "wait_for", wait_for)
    return found


def test_pages_that_were_sent_are_open_the_latest_first() -> None:
    visitors = sent(alone(), page("a.html"), file("site.css"), page("b.html"), page("c.html"))
    sent(visitors, page("a.html"), Response(404, page=True), Response(200))
    assert visitors.open_pages() == ("a.html", "c.html", "b.html")


def test_only_so_many_are_remembered_however_many_files_a_page_uses() -> None:
    visitors = sent(alone(max_pages=2), page("a"), page("b"), page("c"))
    sent(visitors, *(file(f"{number}.png") for number in range(9)))
    assert visitors.open_pages() == ("c", "b")


def test_a_build_waits_until_the_open_page_is_fetched() -> None:
    visitors = sent(listening(max_wait=PATIENCE), page("a.html"), file("site.css"))
    tell(visitors, ["a.html", "site.css", "other.html"])
    fetching = threading.Thread(
        target=sent, args=(visitors, file("site.css"), file("x.js"), page("a.html"))
    )
    fetching.start()
    visitors.wait_for_fetches()
    fetching.join()
    assert visitors.open_pages() == ("a.html",)
    tell(visitors, ["a.html"])
    sent(visitors, page("a.html"))
    visitors.wait_for_fetches()
    assert visitors.open_pages() == ("a.html",)


def test_after_the_limit_a_build_goes_on_and_what_nobody_fetched_is_not_open(
    limits: list[float],
) -> None:
    visitors = sent(listening(max_wait=0.5), page("a.html"), page("b.html"), file("site.css"))
    tell(visitors, ["a.html", "site.css"])
    visitors.wait_for_fetches()
    assert limits == [0.5]
    assert visitors.open_pages() == ("b.html",)
    tell(visitors, ["a.html", "site.css"])
    visitors.wait_for_fetches()
    assert len(limits) == 1


def test_nobody_waits_where_nobody_listens(limits: list[float]) -> None:
    visitors = sent(alone(), page("a.html"))
    tell(visitors, ["a.html"])
    visitors.wait_for_fetches()
    assert limits == []
    assert visitors.open_pages() == ("a.html",)


@pytest.mark.parametrize(
    "news",
    [
        {"changed": ["other.html"]},
        {"removed": ["a.html"]},
        {"problems": [{"message": "broken"}]},
    ],
    ids=lambda news: next(iter(news)),
)
def test_what_no_open_page_fetches_is_not_waited_for(
    limits: list[float], news: dict[str, Any]
) -> None:
    visitors = sent(listening(), page("a.html"))
    tell(visitors, **news)
    visitors.wait_for_fetches()
    assert limits == []
    assert visitors.open_pages() == ("a.html",)


def test_of_very_many_changes_each_open_page_is_awaited(limits: list[float]) -> None:
    visitors = sent(listening(), page("a.html"), page("b.html"), file("site.css"))
    tell(visitors, all=True)
    sent(visitors, page("b.html"))
    visitors.wait_for_fetches()
    assert len(limits) == 1
    assert visitors.open_pages() == ("b.html",)


def test_the_last_change_is_what_is_awaited(limits: list[float]) -> None:
    visitors = sent(listening(), page("a.html"), page("b.html"))
    tell(visitors, ["a.html"])
    tell(visitors, ["other.html"])
    visitors.wait_for_fetches()
    assert limits == []
