"""What no template of a shipped theme may hold, whatever it renders."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from site_gen.theme.filters import FILTERS

FOLDER = Path(__file__).parents[2] / "themes"
FILES = sorted(FOLDER.glob("*/templates/*.html"))
IDS = [f"{path.parents[1].name}/{path.name}" for path in FILES]
GLOBALS = {"asset", "t"}
VALUE = "\x01"
"""Stands for a printed expression."""

EMAIL = "email.html"
"""Mail programs know no style sheets: that template alone has styles of its own."""

every_template = pytest.mark.parametrize("path", FILES, ids=IDS)


def skeleton(source: str) -> str:
    """A template without its statements and comments, each expression as one character."""
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", source, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", VALUE, source, flags=re.DOTALL)


def tags(source: str) -> list[str]:
    return re.findall(rf"<[a-zA-Z{VALUE}][^<>]*>", skeleton(source))


def parsed(path: Path) -> nodes.Template:
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    return environment.parse(path.read_text("utf-8"))


def test_both_themes_are_looked_at() -> None:
    assert {path.parents[1].name for path in FILES} >= {"broadsheet", "minimal"}


@every_template
def test_nothing_turns_escaping_off(path: Path) -> None:
    tree = parsed(path)
    assert not [f for f in tree.find_all(nodes.Filter) if f.name in ("safe", "forceescape")]
    assert not list(tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)))


@every_template
def test_every_attribute_is_quoted(path: Path) -> None:
    source = path.read_text("utf-8")
    attribute = rf'(?:\s+[a-zA-Z:-]+(?:="[^"]*")?|{VALUE})'
    for tag in tags(source):
        assert re.fullmatch(rf"<[a-z0-9{VALUE}]+{attribute}*\s*/?>", tag), tag
    assert not re.search(r"\s[a-z-]+=\s*'?\{\{", source)


@every_template
def test_programs_can_read_every_date_that_people_can(path: Path) -> None:
    shown = re.findall(r"(.{60})\{\{ [\w.]+\|date\(site\) \}\}", path.read_text("utf-8"))
    assert [before for before in shown if not re.search(r'<time datetime="[^"]*">$', before)] == []


@every_template
def test_no_script_handler_or_style_of_its_own(path: Path) -> None:
    for tag in tags(path.read_text("utf-8")):
        assert not re.search(r"\son[a-z]+\s*=", tag), tag
        if path.name == EMAIL:
            continue
        assert not re.search(r"\sstyle\s*=", tag), tag
        assert not tag.startswith("<style"), tag
        if tag.startswith("<script"):
            assert 'type="application/ld+json"' in tag or ' src="' in tag, tag


@every_template
def test_names_no_other_host(path: Path) -> None:
    hosts = re.findall(r"https?://[^/\"' ]+", skeleton(path.read_text("utf-8")))
    assert set(hosts) <= {f"https://{VALUE}"}


@every_template
def test_macro_files_have_no_free_names(path: Path) -> None:
    tree = parsed(path)
    macros = [node.name for node in tree.body if isinstance(node, nodes.Macro)]
    if not macros:
        return
    imported = {
        name if isinstance(name, str) else name[1]
        for node in tree.find_all(nodes.FromImport)
        for name in node.names
    }
    free = meta.find_undeclared_variables(tree) - GLOBALS - imported - set(macros)
    assert not free


@every_template
def test_assets_exist(path: Path) -> None:
    for call in parsed(path).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            assert isinstance(call.args[0], nodes.Const), "an asset is named by a constant"
            assert (path.parents[1] / "assets" / call.args[0].value).is_file()
