import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from site_gen.preview.response import Response
from site_gen.preview.visitors import Audience

PATIENCE = 20.0


def page(path: str) -> Response:
    return Response(200, output=path, page=True)


def file(path: str) -> Response:
    return Response(200, output=path)


def sent(audience: Audience, *responses: Response) -> Audience:
    for response in responses:
        audience.sent(response)
    return audience


def tell(audience: Audience, changed: Iterable[str] = (), **more: Any) -> None:
    told: list[dict[str, Any]] = []
    news = {"changed": list(changed), "removed": [], "all": False, "problems": []} | more
    audience.before(told.append)(news)
    assert told == [news]


def alone(**options: Any) -> Audience:
    """Nobody is told of anything."""
    return Audience(lambda: 0, **options)


def listening(**options: Any) -> Audience:
    return Audience(lambda: 1, **options)


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
    audience = sent(alone(), page("a.html"), file("site.css"), page("b.html"), page("c.html"))
    sent(audience, page("a.html"), Response(404, page=True), Response(200))
    assert audience.open() == ("a.html", "c.html", "b.html")


def test_only_so_many_are_remembered_however_many_files_a_page_uses() -> None:
    audience = sent(alone(most=2), page("a"), page("b"), page("c"))
    sent(audience, *(file(f"{number}.png") for number in range(9)))
    assert audience.open() == ("c", "b")


def test_a_build_waits_until_the_open_page_is_fetched() -> None:
    audience = sent(listening(longest=PATIENCE), page("a.html"), file("site.css"))
    tell(audience, ["a.html", "site.css", "other.html"])
    fetching = threading.Thread(
        target=sent, args=(audience, file("site.css"), file("x.js"), page("a.html"))
    )
    fetching.start()
    audience.give_way()
    fetching.join()
    assert audience.open() == ("a.html",)
    tell(audience, ["a.html"])
    sent(audience, page("a.html"))
    audience.give_way()
    assert audience.open() == ("a.html",)


def test_after_the_limit_a_build_goes_on_and_what_nobody_fetched_is_not_open(
    limits: list[float],
) -> None:
    audience = sent(listening(longest=0.5), page("a.html"), page("b.html"), file("site.css"))
    tell(audience, ["a.html", "site.css"])
    audience.give_way()
    assert limits == [0.5]
    assert audience.open() == ("b.html",)
    tell(audience, ["a.html", "site.css"])
    audience.give_way()
    assert len(limits) == 1


def test_nobody_waits_where_nobody_listens(limits: list[float]) -> None:
    audience = sent(alone(), page("a.html"))
    tell(audience, ["a.html"])
    audience.give_way()
    assert limits == []
    assert audience.open() == ("a.html",)


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
    audience = sent(listening(), page("a.html"))
    tell(audience, **news)
    audience.give_way()
    assert limits == []
    assert audience.open() == ("a.html",)


def test_of_very_many_changes_each_open_page_is_awaited(limits: list[float]) -> None:
    audience = sent(listening(), page("a.html"), page("b.html"), file("site.css"))
    tell(audience, all=True)
    sent(audience, page("b.html"))
    audience.give_way()
    assert len(limits) == 1
    assert audience.open() == ("b.html",)


def test_the_last_change_is_what_is_awaited(limits: list[float]) -> None:
    audience = sent(listening(), page("a.html"), page("b.html"))
    tell(audience, ["a.html"])
    tell(audience, ["other.html"])
    audience.give_way()
    assert limits == []
