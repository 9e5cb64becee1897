"""`theme` and `config`."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from site_gen.cli.theme import views_offered
from site_gen.formats.html.template_context import OFFERED
from site_gen.settings import Settings, load, parse

RICH = """
title = "He said \\"hi\\" \\u007f"
base_url = "https://t.example"
theme = "minimal"
theme_options = { tagline = true }
[feeds]
tag = "t.example,2024"
[[topics]]
name = "City"
aliases = ["Town", "C]it\\"y"]
[[providers]]
domain = "news.example"
rights = "excerpt"
[authors."jane doe"]
name = "Jane"
links = [{ name = "M = 1", url = "https://social.example/@jane" }]
[authors."zoë"]
name = "Zoë"
"""


def test_list(run: Any, harbour: Any) -> None:
    said = run("theme", "list")
    assert (said.code, said.err) == (0, "")
    assert [line.split()[0] for line in said.out.splitlines()] == ["broadsheet", "minimal"]
    assert "(extends broadsheet)" in said.out
    rows = run("theme", "list", "--format", "json").data
    assert [(r["name"], r["extends"]) for r in rows] == [
        ("broadsheet", ""),
        ("minimal", "broadsheet"),
    ]


def test_show(run: Any, harbour: Any) -> None:
    said = run("theme", "show", "minimal")
    assert said.out.startswith("layers: minimal < broadsheet\n")
    assert "option tagline (boolean, default False): " in said.out
    data = run("theme", "show", "minimal", "--format", "json").data
    assert [layer["name"] for layer in data["layers"]] == ["minimal", "broadsheet"]
    assert data["templates"]["_stories.html"] == {"from": "minimal", "views": []}
    for template, views in views_offered().items():
        assert data["templates"][template]["views"] == list(views)


def test_show_without_a_name_shows_the_theme_in_use(run: Any, harbour: Any) -> None:
    assert run("theme", "show", "--format", "json").data["name"] == "broadsheet"
    harbour.edit("site.toml", "[feeds]", 'theme = "minimal"\n[feeds]')
    assert run("theme", "show", "--format", "json").data["name"] == "minimal"


def test_an_unknown_theme_is_named_with_the_nearest(run: Any, harbour: Any) -> None:
    said = run("theme", "show", "minimall", "--format", "json")
    assert said.code == 2
    assert said.data["problems"][0]["message"].endswith('Did you mean "minimal"?')


def test_the_views_on_offer_are_those_of_pages_and_of_the_letter() -> None:
    assert views_offered().items() >= OFFERED.items()
    assert "mail" in views_offered()["email.html"]


def test_a_theme_of_ones_own_from_new_to_a_build(run: Any, harbour: Any) -> None:
    said = run("theme", "new", "harbour", "--extends", "minimal")
    assert (said.code, said.out) == (0, "")
    config = tomllib.loads((harbour.root / "themes/harbour/theme.toml").read_text("utf-8"))
    assert (config["name"], config["extends"]) == ("harbour", "minimal")
    harbour.edit("site.toml", "[feeds]", 'theme = "harbour"\n[feeds]')
    assert run("build").code == 0
    before = harbour.page("articles/ferry/index.html")
    assert run("theme", "eject", "article.html", "--to", "harbour").code == 0
    ejected = harbour.root / "themes/harbour/templates/article.html"
    assert ejected.is_file()
    assert run("build").code == 0
    assert harbour.page("articles/ferry/index.html") == before
    ejected.write_text(ejected.read_text("utf-8").replace("<h1", "<h1 id='top'"), "utf-8")
    assert run("build").code == 0
    assert "<h1 id='top' " in harbour.page("articles/ferry/index.html")
    assert run("theme", "list", "--format", "json").data[1]["from"] == "themes/harbour"


def test_eject_goes_to_the_overrides_and_wins(run: Any, harbour: Any) -> None:
    assert run("theme", "eject", "style.css").code == 0
    own = harbour.root / "themes/overrides/assets/style.css"
    run("build")
    before = {p for p in harbour.tree() if p.startswith("assets/style.")}
    own.write_bytes(own.read_bytes() + b"\nbody{color:green}\n")
    run("build")
    after = {p for p in harbour.tree() if p.startswith("assets/style.")}
    assert len(after) == 1
    assert after != before


def test_eject_copies_the_bytes(run: Any, harbour: Any) -> None:
    data = bytes(range(256))
    harbour.put("themes/mine/theme.toml", b'name = "mine"\nextends = "broadsheet"\n')
    harbour.put("themes/mine/assets/logo.png", data)
    harbour.edit("site.toml", "[feeds]", 'theme = "mine"\n[feeds]')
    assert run("theme", "eject", "logo.png").code == 0
    assert (harbour.root / "themes/overrides/assets/logo.png").read_bytes() == data


def test_nothing_is_overwritten(run: Any, harbour: Any) -> None:
    for words in (["new", "mine"], ["eject", "home.html"]):
        assert run("theme", *words).code == 0
        before = harbour.tree("themes")
        said = run("theme", *words)
        assert said.code == 2
        assert "error[theme/exists] the file is there already" in said.err
        assert harbour.tree("themes") == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["new", "../up"], "use letters, digits, - and _"),
        (["new", "overrides"], "use letters, digits, - and _"),
        (["new", ""], "use letters, digits, - and _"),
        (["new", "mine", "--extends", "broadshet"], 'Did you mean "broadsheet"?'),
        (["eject", "artcle.html"], 'Did you mean "article.html"?'),
        (["eject", "../theme.toml"], "the theme has no ../theme.toml."),
        (["eject", "article.html", "--to", "../up"], "there is no themes/../up"),
        (["eject", "article.html", "--to", "mine"], "`site-gen theme new` starts one"),
    ],
)
def test_wrong_usage_writes_nothing(run: Any, harbour: Any, words: list[str], told: str) -> None:
    before = harbour.tree(".")
    said = run("theme", *words)
    assert said.code == 2
    assert told in said.err
    assert harbour.tree(".") == before


def test_a_project_that_is_no_site_gets_no_theme(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", "utf-8")
    for words in (["new", "mine"], ["eject", "article.html"]):
        assert run("theme", *words).code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_config_show_is_toml_that_says_the_same(run: Any, harbour: Any) -> None:
    harbour.put("site.toml", RICH.encode())
    said = run("config", "show")
    assert (said.code, said.err) == (0, "")
    assert parse(said.out).settings == load(harbour.root).settings


def test_config_show_of_the_demo_says_the_same(run: Any, checkout: Any) -> None:
    said = run("-C", str(checkout), "config", "show")
    assert parse(said.out).settings == load(checkout).settings
    data = run("-C", str(checkout), "config", "show", "--format", "json").data
    assert msgspec.convert(data, Settings) == load(checkout).settings


def test_config_show_names_every_setting(run: Any, harbour: Any) -> None:
    harbour.put("site.toml", b"")
    said = run("config", "show", "--format", "json")
    assert said.data == json.loads(msgspec.json.encode(Settings()))
    assert "warning[settings/base-url]" in said.err


def test_the_demo_satisfies_the_schema(run: Any, checkout: Any) -> None:
    said = run("config", "schema")
    assert (said.code, said.err) == (0, "")
    check = jsonschema.Draft202012Validator(said.data)
    check.check_schema(said.data)
    demo = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["tool"]["site_gen"]
    check.validate(demo)
    check.validate(tomllib.loads(RICH))
    check.validate({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"feeds": {"item": 5}},
        {"feeds": {"items": "5"}},
        {"topics": [{"slug": "x"}]},
        {"authors": {"a": {"nam": "x"}}},
        {"rights": {"default": "half"}},
    ],
)
def test_the_schema_refuses_what_a_build_refuses(run: Any, wrong: dict[str, Any]) -> None:
    check = jsonschema.Draft202012Validator(run("config", "schema").data)
    assert list(check.iter_errors(json.loads(json.dumps(wrong))))


def test_diff_shows_what_changed_in_the_original(run: Any, harbour: Any) -> None:
    harbour.put("themes/base/theme.toml", b'name = "base"\nextends = "broadsheet"\n')
    harbour.put("themes/base/templates/_share.html", b"one\ntwo\n")
    harbour.put("themes/mine/theme.toml", b'name = "mine"\nextends = "base"\n')
    harbour.edit("site.toml", "base_url = ", 'theme = "mine"\nbase_url = ')
    assert run("theme", "eject", "_share.html", "--to", "mine").code == 0
    assert "nothing changed" in run("theme", "diff").err
    harbour.put("themes/base/templates/_share.html", b"one\nthree\n")
    said = run("theme", "diff")
    assert said.out.splitlines()[:2] == [
        "--- mine/templates/_share.html (as copied)",
        "+++ mine/templates/_share.html (now)",
    ]
    assert "-two\n+three\n" in said.out
    assert run("theme", "diff", "_card.html").out == ""
    assert "+three" in run("theme", "diff", "--seen").out
    assert run("theme", "diff").out == ""
    assert (harbour.root / "themes/mine/templates/_share.html").read_text() == "one\ntwo\n"


def test_a_theme_that_lacks_pages_is_told_of_all_at_once(run: Any, harbour: Any) -> None:
    harbour.put("themes/bare/theme.toml", b'name = "bare"\n')
    harbour.put("themes/bare/templates/home.html", b"x")
    said = run("build", "-t", "bare")
    assert said.code == 1
    assert said.err.count("theme/template") == 1
    assert "the theme has no edition.html, article.html" in said.err
    assert "themes/bare/theme.toml" in said.err
    assert 'extends = "broadsheet"' in said.err


def test_what_a_theme_says_in_vain_is_a_warning_of_each_build(run: Any, harbour: Any) -> None:
    text = b"{% extends 'parent:page.html' %}{% block nowhere %}x{% endblock %}"
    harbour.put("themes/overrides/templates/page.html", text)
    for _ in range(2):
        said = run("build")
        assert said.code == 0
        assert "warning[theme/block]" in said.err
    assert run("build", "--strict").code == 1
