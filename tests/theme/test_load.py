"""A resolved theme: closures, digests, assets."""

import pickle
from typing import Any

import pytest

from site_gen.problems import SiteError


def test_a_closure_names_everything_that_is_used(desk: Any) -> None:
    desk.template("base.html", "{{ site }}{% block b %}{% endblock %}{% include '_foot.html' %}")
    desk.template("_foot.html", "{{ feeds }}")
    desk.template("_macros.html", "{% macro m(x) %}{{ x }}{% endmacro %}")
    desk.template("a.html", "{% extends 'base.html' %}{% from '_macros.html' import m %}"
                  "{% block b %}{{ m(article) }}{% endblock %}")  # fmt: skip
    closure = desk.load().closure("a.html")
    assert {"site", "feeds", "article"} <= closure.names
    assert "x" not in closure.names
    assert closure.templates == {f"own:{n}.html" for n in ("a", "base", "_foot", "_macros")}
    assert not closure.everything


@pytest.mark.parametrize("changed", ["a.html", "base.html"])
def test_a_digest_follows_every_template_of_the_closure(desk: Any, changed: str) -> None:
    desk.template("base.html", "{% block b %}{% endblock %}")
    desk.template("a.html", "{% extends 'base.html' %}")
    desk.template("other.html", "x")
    before = desk.load()
    desk.template(
        changed, (desk.root / "themes/own/templates" / changed).read_text() + "\n<!-- -->"
    )
    after = desk.load()
    assert before.closure("a.html").digest != after.closure("a.html").digest
    assert before.closure("other.html").digest == after.closure("other.html").digest


def test_a_template_that_shadows_later_changes_the_digest(desk: Any) -> None:
    desk.template("a.html", "{% include ['_extra.html', '_plain.html'] %}")
    desk.template("_plain.html", "plain")
    before = desk.load().closure("a.html").digest
    desk.template("_extra.html", "extra", "overrides")
    assert desk.load().closure("a.html").digest != before
    assert desk.load().render("a.html", {}) == "extra"


def test_assets_used_by_name_are_inputs(desk: Any) -> None:
    desk.put("own", "assets/a.css", "1")
    desk.put("own", "assets/b.css", "1")
    desk.template("a.html", "{{ asset('a.css') }}")
    desk.template("all.html", "{% for n in ['a.css', 'b.css'] %}{{ asset(n) }}{% endfor %}")
    before = desk.load()
    desk.put("own", "assets/b.css", "2")
    after = desk.load()
    assert before.closure("a.html").digest == after.closure("a.html").digest
    assert before.closure("all.html").digest != after.closure("all.html").digest


def test_strings_are_inputs_of_those_who_use_them(desk: Any) -> None:
    desk.put("own", "strings/en.toml", 'x = "one"')
    desk.template("a.html", "{{ t('x') }}")
    desk.template("b.html", "b")
    before = desk.load()
    desk.put("own", "strings/en.toml", 'x = "two"')
    after = desk.load()
    assert before.closure("a.html").digest != after.closure("a.html").digest
    assert before.closure("b.html").digest == after.closure("b.html").digest
    assert after.render("a.html", {}) == "two"


def test_assets_are_published_under_their_fingerprint(desk: Any) -> None:
    desk.put("own", "assets/fonts/My Font.woff2", "1")
    theme = desk.load()
    asset = theme.assets["fonts/My Font.woff2"]
    assert asset.url == f"/assets/fonts/My-Font.{asset.digest[:10]}.woff2"
    assert theme.asset_bytes("fonts/My Font.woff2") == b"1"


def test_a_theme_travels_to_a_worker(desk: Any) -> None:
    desk.template("a.html", "{{ x }}")
    theme = desk.load()
    theme.render("a.html", {"x": 1})
    assert pickle.loads(pickle.dumps(theme)).render("a.html", {"x": 2}) == "2"


def test_analyses_are_kept_by_digest(desk: Any) -> None:
    desk.template("a.html", "{{ x }}")
    theme = desk.load()
    theme.closure("a.html")
    kept = theme.used_analyses()
    assert [analysis.names for analysis in kept.values()] == [("x",)]


def test_a_missing_template_is_named(desk: Any) -> None:
    desk.template("article.html", "")
    with pytest.raises(SiteError) as caught:
        desk.load().closure("artikle.html")
    (problem,) = caught.value.problems
    assert problem.message == 'the theme has no artikle.html. Did you mean "article.html"?'


def test_a_syntax_error_is_placed(desk: Any) -> None:
    assert desk.fails("one\n{% for %}\n") == (
        "error[theme/syntax] Expected an expression, got 'end of statement block'\n"
        "  --> themes/own/templates/x.html:2\n"
        "    2 | {% for %}\n"
        "help: correct the template"
    )


def test_a_failure_in_an_included_template_is_placed_there(desk: Any) -> None:
    desk.template("_part.html", "\n\n{{ 1 // 0 }}")
    problem = desk.fails("{% include '_part.html' %}")
    assert "ZeroDivisionError" in problem
    assert "  --> themes/own/templates/_part.html:3\n" in problem
