"""References inside `content/`: where each leads."""

from datetime import timedelta
from typing import Any

import pytest

from site_gen.arrange import links
from site_gen.arrange.links import published_path
from site_gen.basics.safehtml import resolve_picture
from site_gen.model import LocalLink, Picture, SafeHtml
from site_gen.settings import EditionSettings

DIGEST = "0123456789abcdef"


def to(target: str, image: bool = False) -> tuple[LocalLink, ...]:
    return (LocalLink(target=target, line=7, image=image),)


def target_of(desk: Any, name: str = "a") -> str:
    (found,) = [a for a in desk.good().articles if a.card.id == name]
    ((_, url),) = found.targets
    return str(url)


def test_an_article_leads_to_its_permalink(desk: Any) -> None:
    desk.add("a", to("dir/b.md"))
    desk.add("dir/b", permalink="/articles/b/", link="/articles/b/")
    assert target_of(desk) == "/articles/b/"


def test_an_article_without_a_page_leads_to_the_original(desk: Any) -> None:
    desk.add("a", to("b.md"))
    desk.add("b", link="https://w.example/b", has_page=False)
    assert target_of(desk) == "https://w.example/b"


def test_a_note_and_a_page_have_their_permalinks(desk: Any) -> None:
    desk.add("a", to("editions/2024-W07.md"))
    desk.note("2024-W07")
    assert target_of(desk) == "/editions/2024-W07/"
    desk.add("b", to("pages/about.md"))
    desk.page("about")
    assert target_of(desk, "b") == "/about/"


@pytest.mark.parametrize("said", [{"draft": True}, {"published": False}])
def test_what_is_not_shown_is_not_linked(desk: Any, said: dict[str, Any]) -> None:
    desk.add("a", to("b.md"))
    desk.add("b", **said)
    assert desk.said() == [
        'note[link/unpublished] "b.md" is not published; the link is left out\n'
        "  --> content/a.md:7\n"
        "help: publish the article, or remove the link"
    ]
    (found,) = desk.arranged().catalog.articles
    assert dict(found.targets)["b.md"] == ""
    assert not any(url for _, url in found.targets)


def test_the_note_of_a_hidden_week_is_not_linked(desk: Any) -> None:
    desk.set(editions=EditionSettings(show_open=False))
    desk.add("a", to("editions/2024-W08.md"))
    desk.add("b", date=desk.facts[0].card.date + timedelta(days=7))
    desk.note("2024-W08")
    found = desk.arranged(desk.facts[1].card.date)
    assert [p.code for p in found.problems] == ["link/unpublished"]


def test_another_file_is_published_under_its_fingerprint(desk: Any) -> None:
    desk.files = {"dir/My Data.CSV": DIGEST, "dir/unused.png": DIGEST, "static/robots.txt": DIGEST}
    desk.add("a", to("dir/My Data.CSV"))
    catalog = desk.good()
    assert target_of(desk) == "/assets/My-Data.0123456789.csv"
    assert [(f.source, f.path) for f in catalog.files] == [
        ("static/robots.txt", "robots.txt"),
        ("dir/My Data.CSV", "assets/My-Data.0123456789.csv"),
    ]


def test_the_fingerprint_is_an_input_of_the_page(desk: Any) -> None:
    desk.add("a", to("p.png", image=True))
    desk.files = {"p.png": DIGEST}
    before = desk.good().articles[0]
    desk.files = {"p.png": "f" * 16}
    after = desk.good().articles[0]
    assert (before.detail, before.body) != (after.detail, after.body)


def test_a_link_to_nowhere(desk: Any) -> None:
    desk.add("a", to("bb.md"))
    desk.add("b")
    assert desk.said() == [
        'warning[link/nowhere] the link "bb.md" leads to no file. Did you mean "b.md"?\n'
        "  --> content/a.md:7\n"
        "help: correct the path, from this file, or add the file"
    ]


def test_an_article_is_no_picture(desk: Any) -> None:
    desk.add("a", to("b.md", image=True))
    desk.add("b")
    assert desk.said()[0].startswith('error[link/nowhere] "b.md" is a text, and no picture')


@pytest.mark.parametrize("name", ["x.html", "x.HTM", "x.js", "x.xml", "x.swf", "x.xhtml"])
def test_what_a_browser_would_run_is_no_attachment(desk: Any, name: str) -> None:
    desk.files = {name: DIGEST}
    desk.add("a", to(name))
    assert desk.said() == [
        f'error[link/active] "{name}" would run as part of the site\n'
        "  --> content/a.md:7\n"
        "help: put it into content/static/ and link to it by its path"
    ]


def test_links_of_notes_and_pages_are_resolved_in_place(desk: Any) -> None:
    body = SafeHtml('<p><a href="content:a.md">x</a></p>')
    desk.add("a")
    desk.note("2024-W07", body=body, links=to("a.md"))
    desk.page("about", body=body, links=to("a.md"))
    catalog = desk.good()
    resolved = '<p><a href="/articles/a/">x</a></p>'
    assert catalog.editions[0].note == catalog.pages[0].body == resolved


def test_a_local_picture_gets_its_published_path(desk: Any) -> None:
    local = Picture(url="content:p.png", local=True)
    desk.files = {"p.png": DIGEST}
    desk.add("a", to("p.png", image=True), image=local)
    image = desk.good().articles[0].card.image
    assert image.url == "/assets/p.0123456789.png"
    assert desk.good().editions[0].cards[0].image == image
    remote = Picture(url="https://x.example/p.png")
    assert resolve_picture(remote, ()) is remote
    assert resolve_picture(None, ()) is None


def test_names_of_copies_are_safe() -> None:
    assert published_path("a/Ü b.PNG", DIGEST) == "/assets/Ü-b.0123456789.png"
    assert published_path("a/---.png", DIGEST) == "/assets/file.0123456789.png"


def test_a_file_that_was_moved_is_found_by_its_name(desk: Any) -> None:
    desk.add("a", to("spring/ferry.md"))
    desk.add("archive/2024/ferry")
    assert 'Did you mean "archive/2024/ferry.md"?' in desk.said()[0]


def test_hints_are_few_and_looked_for_among_few(desk: Any, monkeypatch: Any) -> None:
    """Forty thousand links to nowhere took minutes, each compared with every file."""
    asked: list[int] = []

    def counted(word: str, known: Any) -> str:
        asked.append(len(known))
        return ""

    monkeypatch.setattr(links, "did_you_mean", counted)
    many = tuple(link for number in range(300) for link in to(f"gone{number}.md"))
    desk.add("a", many)
    for number in range(300):
        desk.add(f"b{number}")
    assert len(desk.said()) == 300
    assert asked == [links.NEAR] * 5, "those after are none: their names come before"
