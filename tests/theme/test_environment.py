"""The guard: strict, escaping, sandboxed, blind to what was not planned."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from jinja2 import TemplateNotFound

from site_gen.model import Card, ContentPage, SafeHtml

NOW = datetime(2024, 2, 13, tzinfo=UTC)
CARD = Card(
    id="a", slug="a", permalink="/articles/a/", link="/articles/a/", guid="g",
    title="<b>&\"'", date=NOW, lastmod=NOW, edition="2024-W07",
)  # fmt: skip


def test_text_is_escaped_and_safe_html_is_not(desk: Any) -> None:
    page = ContentPage(
        slug="a", path="a.md", permalink="/a/", title="<i>", body=SafeHtml("<p>b</p>")
    )
    found = desk.render("{{ card.title }}|{{ p.title }}|{{ p.body }}", card=CARD, p=page)
    assert found == "&lt;b&gt;&amp;&#34;&#39;|&lt;i&gt;|<p>b</p>"


def test_a_name_not_handed_fails_with_the_names_on_offer(desk: Any) -> None:
    assert desk.fails("one\n{{ crad.title }}\n", card=CARD) == (
        "error[theme/render] x.html: 'crad' is undefined\n"
        "  --> themes/own/templates/x.html:2\n"
        "    2 | {{ crad.title }}\n"
        "help: names on offer here: card"
    )


def test_a_field_that_is_not_there_fails(desk: Any) -> None:
    problem = desk.fails("{{ card.tilte }}", card=CARD)
    assert "tilte" in problem.split("\n")[0]
    assert problem.split("\n")[1] == "  --> themes/own/templates/x.html:1"


@pytest.mark.parametrize(
    "text",
    [
        "{{ card.__class__ }}",
        "{{ card.__struct_fields__ }}",
        "{{ card|attr('__class__') }}",
        "{{ card['__class__'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ t.__globals__ }}",
        "{{ asset.__self__ }}",
        "{{ '{0.__class__}'.format(card) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(3) }}",
        "{{ dict() }}",
        "{{ namespace(a=1) }}",
        "{{ [1, 2]|random }}",
        "{{ card|pprint }}",
        "{{ words.append(1) }}",
        "{% include 'other.html' ~ name %}",
        "{% include '../../../etc/passwd' %}",
        "{% import 'os' as os %}{{ os }}",
    ],
)
def test_what_could_run_python_or_leave_the_folder_fails(desk: Any, text: str) -> None:
    problem = desk.fails(text, card=CARD, words=[1], name="")
    assert problem.startswith(("error[theme/render]", "error[theme/syntax]"))
    assert "class 'site_gen" not in problem


def test_content_is_never_a_template(desk: Any) -> None:
    assert desk.render("{{ x }}", x="{{ 7 * 7 }}{% include 'y' %}") == (
        "{{ 7 * 7 }}{% include &#39;y&#39; %}"
    )


def test_an_included_template_must_be_known_to_the_analysis(desk: Any) -> None:
    desk.template("part.html", "part {{ card.slug }}")
    assert desk.render("{% include 'part.html' %}", card=CARD) == "part a"
    problem = desk.fails("{% include 'prat.html' %}")
    assert problem.startswith('error[theme/render] x.html: there is no template "prat.html"')
    assert 'Did you mean "part.html"?' in problem


def test_a_computed_name_may_use_the_whole_theme(desk: Any) -> None:
    desk.template("part.html", "part")
    assert desk.render("{% include name %}", name="part.html") == "part"


def test_an_asset_that_is_not_there(desk: Any) -> None:
    desk.put("own", "assets/style.css", "p{}")
    assert desk.render("{{ asset('style.css') }}").startswith("/assets/style.")
    assert desk.fails("{{ asset('stile.css') }}").split("\n")[0] == (
        'error[theme/asset] there is no asset "stile.css". Did you mean "style.css"?'
    )


def test_a_template_found_before_is_still_refused_where_it_was_not_planned(desk: Any) -> None:
    desk.template("part.html", "part")
    desk.template("one.html", "{% include 'part.html' %}")
    theme = desk.load()
    assert theme.render("one.html", {}) == "part"
    theme.environment.allowed = frozenset({"own:one.html"})
    with pytest.raises(TemplateNotFound):
        theme.environment.get_template("part.html", "own:one.html")


def test_threads_that_share_the_templates_do_not_forbid_each_other_theirs(desk: Any) -> None:
    for name in ("one", "two"):
        desk.template(f"part-{name}.html", name)
        desk.template(
            f"{name}.html", f"{{% for i in n %}}{{% include 'part-{name}.html' %}}{{% endfor %}}"
        )
    themes = [desk.load(), desk.load()]
    assert themes[0].environment is themes[1].environment
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as pool:
            done = [
                pool.submit(theme.render, f"{name}.html", {"n": range(50)})
                for _ in range(40)
                for theme, name in zip(themes, ("one", "two"), strict=True)
            ]
            assert [each.result() for each in done] == ["one" * 50, "two" * 50] * 40
    finally:
        sys.setswitchinterval(before)
