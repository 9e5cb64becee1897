"""Notes of editions and dateless pages."""

from typing import Any

import pytest

from site_gen.model import ContentPage, Note
from site_gen.problems import SiteError, layout
from site_gen.read.pages import read_note, read_page
from site_gen.settings import Settings

SETTINGS = Settings()


def note(block: str, path: str = "editions/2024-W07.md") -> tuple[Any, list[str]]:
    found = read_note(f"---\n{block}---\nHello [b](../b.md).\n", path, SETTINGS)
    return found.value, [layout(problem) for problem in found.problems]


def page(block: str, path: str = "pages/about.md", body: str = "We.\n") -> tuple[Any, list[str]]:
    found = read_page(f"---\n{block}---\n{body}", path, SETTINGS)
    return found.value, [layout(problem) for problem in found.problems]


def test_a_note() -> None:
    found, problems = note("title: T\nnumber: 7\nlead: a\npins: [b, 2024/c]\n")
    assert problems == []
    assert isinstance(found, Note)
    assert (found.id, found.title, found.number, found.lead) == ("2024-W07", "T", 7, "a")
    assert found.pins == ("b", "2024/c")
    assert [(x.target, x.line) for x in found.links] == [("b.md", 7)]
    assert "Hello" in found.body


def test_a_note_may_say_nothing() -> None:
    found, problems = note("")
    assert problems == []
    assert found.number is None


def test_a_note_is_named_after_its_week() -> None:
    found, problems = note("title: T\n", "editions/week-seven.md")
    assert found is None
    assert problems == [
        'error[edition/name] the file name "week-seven" is not a week such as 2024-W07\n'
        "  --> content/editions/week-seven.md\n"
        "help: name the file after its week, such as 2024-W07.md"
    ]


def test_faults_of_a_note_are_placed() -> None:
    found, problems = note("titel: x\nnumber: seven\ndraft: perhaps\n")
    assert found is None
    assert problems == [
        'warning[page/unknown-key] unknown key "titel". Did you mean "title"?\n'
        "  --> content/editions/2024-W07.md:2:1\n"
        "    2 | titel: x\n"
        "      | ^^^^^\n"
        "help: correct the name, or remove the line",
        "error[page/value] number: expected a whole number\n"
        "  --> content/editions/2024-W07.md:3:9\n"
        "    3 | number: seven\n"
        "      |         ^^^^^\n"
        "help: correct the value",
        "error[page/value] draft: expected true or false\n"
        "  --> content/editions/2024-W07.md:4:8\n"
        "    4 | draft: perhaps\n"
        "      |        ^^^^^^^\n"
        "help: correct the value",
    ]


def test_a_page() -> None:
    found, problems = page("title: About us\norder: 2\nmenu: false\n")
    assert problems == []
    assert isinstance(found, ContentPage)
    assert (found.slug, found.permalink, found.excerpt) == ("about", "/about/", "We.")
    assert (found.order, found.menu) == (2, False)
    assert page("title: A\nslug: who\n")[0].permalink == "/who/"


@pytest.mark.parametrize("block", ["", "title:\n"])
def test_a_page_needs_a_title(block: str) -> None:
    found, problems = page(block)
    assert found is None
    assert len(problems) == 1
    assert problems[0].startswith("error[page/value] title: ")


def test_a_page_without_front_matter() -> None:
    with pytest.raises(SiteError) as caught:
        read_page("# About\n", "pages/about.md", SETTINGS)
    assert str(caught.value.problems[0].where) == "content/pages/about.md:1:1"


def test_a_body_fault_of_a_page_is_placed() -> None:
    found, problems = page("title: A\n", body="ok\n\n[x](../../../etc/passwd)\n")
    assert found is None
    assert problems[0].split("\n")[1] == "  --> content/pages/about.md:6"


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (f"title: {'x' * 1001}", "title: expected at most 1000 characters"),
        (f"pins: [{', '.join('x' * 1001)}]", "pins: expected at most 1000 values"),
    ],
)
def test_what_a_note_says_has_a_limit(block: str, message: str) -> None:
    found, problems = note(f"{block}\n")
    assert found is None
    assert problems[0].startswith(f"error[page/value] {message}\n  --> content/editions")


def test_what_a_page_says_has_a_limit() -> None:
    found, problems = page(f"title: A\nexcerpt: {'x' * 10_001}\n")
    assert found is None
    assert problems[0].startswith("error[page/value] excerpt: expected at most 10000 characters")
