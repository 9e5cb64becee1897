"""Formats of the second pass that take little from the catalog: all else plans none anew."""

from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from site_gen.formats import SECOND_PASS, module
from site_gen.formats.deploy import headers, sitemap
from site_gen.model import Page

FORMATS = [m for name in SECOND_PASS if hasattr(m := module(name), "taken")]


def pages(desk: Any) -> list[Page]:
    """Pages of the first pass, as far as these formats ask."""
    return [
        Page(path=f"articles/{ref.card.slug}/index.html", format="html", kind="article", views={},
             permalink=ref.card.permalink, lastmod=ref.card.lastmod, listed=True, origin=ref.path)
        for ref in desk.refs
    ]  # fmt: skip


def change(desk: Any, **facts: Any) -> None:
    ref = desk.refs[0]
    desk.refs[0] = replace(ref, card=replace(ref.card, **facts))


@pytest.fixture
def two(desk: Any) -> Any:
    desk.add("a")
    desk.add("b")
    return desk


def test_there_are_such_formats() -> None:
    assert {sitemap, headers} <= set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_another_title_is_nothing_to_them(two: Any, form: ModuleType) -> None:
    before, planned = form.taken(two.catalog()), two.pages(form, None, pages(two))
    change(two, title="Another", excerpt="Of another kind.", heat=3)
    assert form.taken(two.catalog()) == before
    assert two.pages(form, None, pages(two)) == planned


@pytest.mark.parametrize("facts", [{"draft": True}, {"future": True}, {"canonical": "original"}])
def test_who_stays_out_of_the_site_map(two: Any, facts: dict[str, Any]) -> None:
    before, planned = sitemap.taken(two.catalog()), two.pages(sitemap, None, pages(two))
    change(two, **facts)
    assert sitemap.taken(two.catalog()) != before
    assert two.pages(sitemap, None, pages(two)) != planned


def test_another_edition_has_headers_of_its_own(two: Any) -> None:
    before = headers.taken(two.catalog())
    two.add("c", weeks=1)
    assert headers.taken(two.catalog()) != before
