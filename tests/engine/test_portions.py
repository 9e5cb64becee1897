"""The order in which pages of one portion are made."""

from collections.abc import Iterator

from site_gen.engine.portions import first_pages
from site_gen.formats.common.units import Unit
from site_gen.formats.common.workload import order_by_articles
from site_gen.model import Page, Stored, View


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
