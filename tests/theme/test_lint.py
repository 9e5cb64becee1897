"""What a theme says in vain is told, with its file and line."""

from typing import Any

import pytest

from site_gen.problems import layout
from site_gen.theme.lint import faults
from site_gen.theme.load import load_theme


def said(desk: Any, template: str, text: str) -> list[str]:
    desk.put("overrides", f"templates/{template}", text)
    theme = load_theme(desk.root, "broadsheet", {}, "en")
    return [layout(problem) for problem in faults(theme)]


def test_the_shipped_themes_say_nothing_in_vain(desk: Any) -> None:
    for name in ("broadsheet", "minimal"):
        desk.put("mine", "theme.toml", f'extends = "{name}"\n')
        assert faults(load_theme(desk.root, "mine", {}, "en")) == []


def test_a_block_that_no_parent_has(desk: Any) -> None:
    (found,) = said(
        desk,
        "article.html",
        "{% extends 'parent:article.html' %}\n{% block artcle_header %}x{% endblock %}",
    )
    assert "warning[theme/block]" in found
    assert 'block "artcle_header": it is not shown. Did you mean "article_header"?' in found
    assert "themes/overrides/templates/article.html:2" in found


def test_blocks_of_parents_and_new_ones_inside_them_are_fine(desk: Any) -> None:
    text = "{% extends 'base.html' %}{% block main %}{% block mine %}x{% endblock %}{% endblock %}"
    assert said(desk, "page.html", text) == []


def test_a_string_that_there_is_not(desk: Any) -> None:
    (found,) = said(desk, "page.html", "a\nb {{ t('reed_at', name='x') }} {{ t('stories', n=2) }}")
    assert "warning[theme/string]" in found
    assert 'no string "reed_at"' in found
    assert 'Did you mean "read_at"?' in found
    assert "page.html:2" in found


def test_a_string_with_plural_forms_is_proposed_as_it_is_called(desk: Any) -> None:
    (found,) = said(desk, "page.html", "{{ t('storis', n=2) }}")
    assert 'Did you mean "stories"?' in found


@pytest.mark.parametrize(
    "text",
    [
        "<style>a{}</style>",
        '<p style="color:red">a</p>',
        "<script>1</script>",
        '<a onclick="x()">a</a>',
    ],
)
def test_what_the_policy_forbids(desk: Any, text: str) -> None:
    (found,) = said(desk, "page.html", f"a\n\n{text}")
    assert "warning[theme/inline]" in found
    assert "page.html:3" in found


def test_what_the_policy_allows(desk: Any) -> None:
    data = '<script type="application/ld+json">{}</script><script src="/a.js"></script>'
    assert said(desk, "page.html", data + '<p class="style">on time = now</p>') == []
    assert said(desk, "email.html", '<style>a{}</style><p style="color:red">a</p>') == []


def test_a_key_of_theme_toml_that_means_nothing(desk: Any) -> None:
    desk.put("mine", "theme.toml", 'extends = "broadsheet"\n[option.z]\ntype = "text"\n')
    (found,) = faults(load_theme(desk.root, "mine", {}, "en"))
    assert found.message == 'unknown key "option". Did you mean "options"?'


def test_a_theme_that_stands_alone_has_a_letter(desk: Any) -> None:
    theme = desk.load()
    for template in ("email.html", "email.txt"):
        assert "mail" in theme.closure(template).names
    assert theme.assets == {}
