"""The order in which pages of one portion are made."""

from site_gen.engine.render.portions import by_articles
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
    made = [each.path for each in by_articles(pages)]
    assert made == ["a", "b", "book", "c", "home", "list", "shard"]


def test_what_shows_the_same_articles_stays_in_a_row() -> None:
    pages = [
        *(page("a", "1"), page("b", "2")),
        *(page(name, "1", many=True) for name in ("rss", "atom", "json")),
    ]
    assert [each.path for each in by_articles(pages)] == ["a", "rss", "atom", "json", "b"]


def test_pages_that_show_nothing_stored_stay_as_they_are() -> None:
    pages = [page("b"), page("a", "1"), page("c")]
    assert by_articles(pages) == pages
