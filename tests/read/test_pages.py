"""Dateless pages."""

from typing import Any

import pytest

from site_gen.model import ContentPage
from site_gen.problems import SiteError, layout
from site_gen.read.pages import read_page
from site_gen.settings import Settings

SETTINGS = Settings()


def page(block: str, path: str = "pages/about.md", body: str = "We.\n") -> tuple[Any, list[str]]:
    found = read_page(f"---\n{block}---\n{body}", path, SETTINGS)
    return found.value, [layout(problem) for problem in found.problems]


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


def test_what_a_page_says_has_a_limit() -> None:
    found, problems = page(f"title: A\nexcerpt: {'x' * 10_001}\n")
    assert found is None
    assert problems[0].startswith("error[page/value] excerpt: expected at most 10000 characters")
