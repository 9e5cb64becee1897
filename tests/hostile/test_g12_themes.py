"""G12: a stranger's theme, or a stranger's `.site_gen/`, runs no Python and reads no file outside
its folder."""

import json
import os
import pickle
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from reading import NOW

from site_gen.engine.build import build
from site_gen.engine.report import Options
from site_gen.output.staging import stage_folder
from site_gen.workers import pool

HEAD = "---\ntitle: A\npublishedDateTime: 2024-02-14\n---\n"
SECRET = "SECRET-OF-THE-MACHINE"
PAYLOADS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '{0.__class__}'.format_map({'0': 1}) }}",
    "{{ '%s'.__mod__.__self__.__class__ }}",
    "{{ article.__class__ }}",
    "{{ article.card.__init__.__globals__ }}",
    "{{ article.card.__struct_fields__ }}",
    "{{ (article.card|list)[0].__class__ }}",
    "{{ asset.__globals__ }}",
    "{{ asset.__self__ }}",
    "{{ t.__func__.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self._TemplateReference__context.environment.loader }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment.loader }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner.__init__ }}",
    "{{ namespace.__init__ }}",
    "{{ config }}",
    "{{ request }}",
    "{{ range(10) }}",
    "{{ dict() }}",
    "{{ ().__class__.__base__ }}",
    "{{ [].append(1) }}{{ site.title.append }}{{ x.y }}",
    "{% set x = [] %}{% set _ = x.append(1) %}{{ x }}",
    "{% set x = {} %}{{ x.update(a=1) }}",
    "{{ (1).__class__.__bases__[0].__subclasses__()[100] }}",
    "{{ [1]|map(attribute='__class__')|list }}",
    "{{ [1]|map('attr', '__class__')|list|first }}",
    "{{ [1]|groupby('__class__')|list|first|first|attr('__name__') }}",
    "{{ [{'a': 1}]|selectattr('__class__')|list|first|attr('__class__') }}",
    "{{ [1]|sort(attribute='__class__.__name__')|first|attr('__class__') }}",
    "{% include 'SECRET' %}",
    "{% include '../../../secret.html' %}",
    "{% include '/etc/passwd' %}",
    "{% include ['../secret.html', '/etc/passwd'] %}",
    "{% extends '../../../secret.html' %}",
    "{% import '../../../secret.html' as s %}{{ s.x }}",
    "{% include 'parent:../../../secret.html' %}",
    "{% include 'broadsheet:../../secret.html' %}",
    "{% include 'link.html' %}",
    "{% include '..' ~ '/../../secret.html' %}",
    "{{ asset('../../../secret.html') }}",
    "{{ asset('/etc/passwd') }}",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose theme comes from a stranger."""
    (tmp_path / "secret.html").write_text(SECRET)
    root = tmp_path / "site"
    templates = root / "themes/stranger/templates"
    templates.mkdir(parents=True)
    (root / "themes/stranger/assets").mkdir()
    (root / "content").mkdir()
    (root / "secret.html").write_text(SECRET)
    (root / "content/a.md").write_text(f"{HEAD}Words.\n")
    (root / "site.toml").write_text(
        'base_url = "https://t.example"\ntheme = "stranger"\nformats = ["html"]\n'
    )
    (root / "themes/stranger/theme.toml").write_text('name = "stranger"\nextends = "minimal"\n')
    (templates / "link.html").symlink_to(tmp_path / "secret.html")
    (root / "themes/stranger/assets/link.css").symlink_to(tmp_path / "secret.html")
    return root


def published(root: Path) -> bytes:
    found = (p for p in (root / "public").rglob("*") if p.is_file())
    return b"".join(p.read_bytes() for p in found)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_g12_a_template_runs_no_python_and_reads_nothing(site: Path, payload: str) -> None:
    (site / "themes/stranger/templates/article.html").write_text(payload)
    report = build(site, Options(now=NOW, jobs=1))
    errors = [p for p in report.problems if p.severity == "error"]
    assert all(p.code.startswith("theme/") for p in errors), errors
    assert not any("<class" in p.message for p in errors), errors
    if "map(attribute" in payload:  # gives undefined values, which are nothing
        assert b"[Undefined]" in published(site)
    else:
        assert errors
    assert SECRET.encode() not in published(site)


TOO_MUCH = {
    "parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "conditions": "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "loops": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "a sum": "{{ 1" + "+1" * 20_000 + " }}",
    "denials": "{{ " + "not " * 5000 + "1 }}",
    "fields": "{{ page" + ".a" * 5000 + " }}",
    "filters": "{{ 1" + "|e" * 5000 + " }}",
    "lists": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "a number": "{{ 10**100000 }}",
    "itself, included": "{% include 'article.html' %}",
    "itself, extended": "{% extends 'article.html' %}",
    "itself, called": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "no text": "\0{{",
    "a step of none": "{{ page.title[::0] }}",
}


@pytest.mark.parametrize("payload", TOO_MUCH.values(), ids=TOO_MUCH)
@pytest.mark.parametrize("large", [False, True])
def test_g12_a_template_that_is_too_much_is_a_problem_of_the_theme(
    site: Path, payload: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nesting that Python's stack or compiler does not take ended the build in a traceback."""
    if large:
        monkeypatch.setattr(pool, "MIN_ITEMS", 0)
    (site / "themes/overrides/templates").mkdir(parents=True)
    (site / "themes/overrides/templates/article.html").write_text(payload)
    report = build(site, Options(now=NOW, jobs=1))
    errors = [p for p in report.problems if p.severity == "error"]
    assert errors
    assert {p.code for p in errors} <= {"theme/syntax", "theme/render"}
    assert all("article.html" in str(p.where) for p in errors)


def test_g12_half_a_character_in_a_template_is_replaced(site: Path) -> None:
    (site / "themes/overrides/templates").mkdir(parents=True)
    path = site / "themes/overrides/templates/article.html"
    path.write_text("{{ '\\ud800' }}|{{ page.title }}")
    assert build(site, Options(now=NOW, jobs=1)).ok
    (page,) = (site / "public/articles").glob("*/index.html")
    assert page.read_text("utf-8").startswith("?|")


def test_g12_a_whole_theme_that_asks_for_everything_sees_no_file(site: Path) -> None:
    """Asking for names one by one: no attribute with an underscore is ever given."""
    names = "[article, site, page, asset, t, '', 1, [], {}]"
    text = f"{{% for x in {names} %}}{{{{ x.NAME is defined }}}},{{% endfor %}}"
    for name in (
        "__class__",
        "__globals__",
        "__init__",
        "_environment",
        "__self__",
        "func_globals",
    ):
        (site / "themes/stranger/templates/article.html").write_text(text.replace("NAME", name))
        report = build(site, Options(now=NOW, jobs=1))
        assert report.ok, report.problems
        assert "True" not in (site / "public/articles/a/index.html").read_text()


@pytest.mark.parametrize("extends", ["../../outside", "/etc", "..", ".", "stranger", "a/b"])
def test_g12_a_theme_extends_no_folder(site: Path, extends: str) -> None:
    (site / "themes/stranger/theme.toml").write_text(f'name = "x"\nextends = "{extends}"\n')
    report = build(site, Options(now=NOW, jobs=1))
    codes = {p.code for p in report.problems if p.severity == "error"}
    assert codes <= {"theme/missing", "theme/circle", "theme/template"}
    assert codes


class Bomb:
    """What a pickled memo would do."""

    def __reduce__(self) -> Any:
        return os.mkdir, (os.environ["SITE_GEN_BOMB"],)


def test_g12_a_strangers_memo_runs_nothing_and_writes_nothing_outside(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "site.toml").write_text('base_url = "https://t.example"\nformats = ["html"]\n')
    assert build(site, Options(now=NOW, jobs=1)).ok
    wanted = published(site)
    bomb = site.parent / "bomb"
    monkeypatch.setenv("SITE_GEN_BOMB", str(bomb))
    memo = site / ".site_gen/memo.sqlite"
    database = sqlite3.connect(memo)
    evil = pickle.dumps(Bomb())
    for change in (
        "update part set facts=?",
        "update part set shown=?",
        "update part set terms=?",
        "update read set problems=?",
        "update state set value=?",
        "update page set key=?",
        "update file set digest=?",
        "update page set inputs=?",
    ):
        database.execute(change, (evil,))
        database.commit()
        build(site, Options(now=NOW, jobs=1))
    database.close()
    (site / "content/a.md").write_text(f"{HEAD}Words. \n")
    assert build(site, Options(now=NOW, jobs=1)).ok
    assert published(site) == wanted
    assert not bomb.exists()


@pytest.mark.parametrize("way", ["rename", "swap"])
@pytest.mark.parametrize(
    "name", ["../kept", "a/../../kept", "/kept", "link/kept", "..", "", "a\\..\\k"]
)
def test_g12_a_strangers_plan_reaches_nothing_outside(site: Path, way: str, name: str) -> None:
    (site / "site.toml").write_text('base_url = "https://t.example"\nformats = ["html"]\n')
    assert build(site, Options(now=NOW, jobs=1)).ok
    kept = site / "kept"
    kept.write_text("kept")
    (site / "public/link").symlink_to(site, target_is_directory=True)
    folder = stage_folder(site / "public", site / ".site_gen")
    (folder / "new").mkdir(parents=True)
    (folder / "kept").write_text("evil")
    (folder / "plan.json").write_text(json.dumps([way, [name], [name]]))
    (site / "content/a.md").write_text(f"{HEAD}Other words.\n")
    assert build(site, Options(now=NOW, jobs=1)).ok
    assert kept.read_text() == "kept"
