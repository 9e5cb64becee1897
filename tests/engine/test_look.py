"""Looking at a site changes nothing in it."""

from typing import Any

import pytest

from site_gen.engine import look
from site_gen.engine.report import Options
from site_gen.problems import SiteError


def test_explain_names_the_inputs_that_changed(small: Any) -> None:
    small.good()
    options = Options(now=small.now, jobs=1)
    found = look.explain(small.root, options, "/articles/a/")
    assert found
    assert (found.path, found.template) == ("articles/a/index.html", "article.html")
    assert found.current
    assert found.made == ("new",)
    assert [name for name, _, changed in found.inputs if changed] == []
    small.edit("content/a.md", "A plain", "Another")
    found = look.explain(small.root, options, "content/a.md")
    assert found
    assert not found.current
    assert [name for name, _, changed in found.inputs if changed] == [
        "article",
        "body",
    ]  # its excerpt too
    # Its own looking is not taken for a build.
    small.good()
    assert "Another" in (small.public / "articles/a/index.html").read_text()


def test_explain_of_a_first_build_and_of_nothing(small: Any) -> None:
    options = Options(now=small.now, jobs=1)
    found = look.explain(small.root, options, "articles/a/index.html")
    assert found
    assert found.made == ()
    assert not found.current
    assert look.explain(small.root, options, "/nowhere/") is None
    assert not small.public.exists()


def test_a_catalog_comes_with_its_problems(small: Any) -> None:
    options = Options(now=small.now, jobs=1)
    catalog, problems = look.catalog_of(small.root, options)
    assert [a.card.title for a in catalog.articles] == ["Title b", "Title a"]
    assert [p for p in problems if p.severity == "error"] == []
    small.put("content/x.md", "no front matter")
    with pytest.raises(SiteError) as caught:
        look.catalog_of(small.root, options)
    assert [p.where.path for p in caught.value.problems if p.where] == ["content/x.md"]
