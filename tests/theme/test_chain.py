"""The layers of a theme: overrides, the theme, what it extends."""

import os
from typing import Any

from site_gen.theme.chain import available, chain


def test_the_first_found_wins_for_templates_and_assets(desk: Any) -> None:
    desk.put("own", "theme.toml", 'extends = "base"')
    desk.put("base", "theme.toml", "")
    for theme in ("base", "own", "overrides"):
        desk.template("a.html", theme, theme)
        desk.put(theme, "assets/a.css", theme)
    desk.template("b.html", "base", "base")
    desk.template("b.html", "own", "own")
    desk.template("c.html", "base", "base")
    theme = desk.load()
    assert [theme.render(f"{n}.html", {}) for n in "abc"] == ["overrides", "own", "base"]
    assert theme.assets["a.css"].data == b"overrides"
    assert [layer.key for layer in theme.layers] == ["overrides", "own", "base"]


def test_a_parent_is_the_next_in_the_chain(desk: Any) -> None:
    desk.put("own", "theme.toml", 'extends = "base"')
    desk.put("base", "theme.toml", "")
    desk.template("a.html", "<{% block x %}base{% endblock %}>", "base")
    desk.template("a.html", '{% extends "parent:a.html" %}{% block x %}own {{ super() }}'
                  "{% endblock %}")  # fmt: skip
    desk.template("a.html", '{% extends "parent:a.html" %}{% block x %}over {{ super() }}'
                  "{% endblock %}", "overrides")  # fmt: skip
    assert desk.load().render("a.html", {}) == "<over own base>"


def test_a_theme_of_the_site_may_extend_the_shipped_one_of_its_name(desk: Any) -> None:
    desk.put("broadsheet", "theme.toml", 'extends = "broadsheet"')
    desk.template("article.html", '{% extends "parent:article.html" %}', "broadsheet")
    theme = desk.load("broadsheet")
    assert [layer.key for layer in theme.layers] == ["broadsheet", "broadsheet (shipped)"]
    assert "home.html" in theme.templates


def test_shipped_themes_are_there(desk: Any) -> None:
    assert {"broadsheet", "minimal", "own"} <= set(available(desk.root))
    desk.template("x.html", "", "overrides")
    assert "overrides" not in available(desk.root)


def test_an_unknown_theme_is_named_with_the_nearest(desk: Any) -> None:
    (problem,) = desk.refused("minimall")
    assert problem.startswith(
        'error[theme/missing] there is no theme "minimall". Did you mean "minimal"?\n'
        "  --> site.toml\n"
        "help: choose one of "
    )
    desk.put("own", "theme.toml", 'extends = "bse"')
    desk.put("base", "theme.toml", "")
    (problem,) = desk.refused()
    assert 'there is no theme "bse". Did you mean "base"?\n  --> themes/own/theme.toml' in problem


def test_a_circle_is_named(desk: Any) -> None:
    desk.put("own", "theme.toml", 'extends = "base"')
    desk.put("base", "theme.toml", 'extends = "own"')
    assert desk.refused() == [
        'error[theme/circle] theme "own" extends itself\n'
        "  --> themes/base/theme.toml\n"
        "help: change `extends`"
    ]


def test_names_that_leave_the_folder_are_no_themes(desk: Any) -> None:
    for name in ("../themes/own", "/etc", "..", ".hidden", ""):
        assert "there is no theme" in (desk.refused(name) or [""])[0] if name else True


def test_links_and_leftovers_are_not_read(desk: Any) -> None:
    secret = desk.root / "secret"
    secret.write_text("zzz")
    desk.template("a.html", "a")
    templates = desk.root / "themes/own/templates"
    (templates / "link.html").symlink_to(secret)
    (templates / "linked").symlink_to(desk.root)
    (templates / "a.html~").write_text("old")
    os.mkfifo(templates / "pipe.html")
    assert desk.load().templates == ["a.html"]


def test_a_config_that_is_no_toml(desk: Any) -> None:
    desk.put("own", "theme.toml", "extends = \n")
    (problem,) = desk.refused()
    assert problem.startswith("error[theme/config] is not TOML: ")
    assert "--> themes/own/theme.toml" in problem


def test_the_order_of_files_is_their_names(desk: Any) -> None:
    for name in ("b.html", "a.html", "c/d.html"):
        desk.template(name, "")
    (layer,) = chain(desk.root, "own")
    assert list(layer.templates) == ["a.html", "b.html", "c/d.html"]
