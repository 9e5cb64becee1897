"""Two themes, one set of names: a site swaps them with one setting."""

from pathlib import Path

import pytest
from jinja2 import nodes

from site_gen.formats.html.template_context import OFFERED
from site_gen.theme import palette
from site_gen.theme.load import Theme, load_theme
from site_gen.theme.options import TYPES, declared


def parsed(theme: Theme, name: str) -> nodes.Template:
    """The syntax tree of `layer:file`."""
    loader = theme.environment.loader
    assert loader is not None
    return theme.environment.parse(loader.get_source(theme.environment, name)[0])


def blocks(theme: Theme, template: str) -> set[str]:
    """Names of the blocks in a template and all that it extends or includes."""
    found: set[str] = set()
    for name in theme.closure(template).templates:
        found |= {block.name for block in parsed(theme, name).find_all(nodes.Block)}
    return found


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Theme, Theme]:
    return load_theme(tmp_path, "broadsheet", {}, "en"), load_theme(tmp_path, "minimal", {}, "en")


def test_every_page_of_the_site_has_its_template(theme: Theme) -> None:
    assert set(OFFERED) <= set(theme.templates)


def test_same_blocks(pair: tuple[Theme, Theme]) -> None:
    for template in OFFERED:
        assert blocks(pair[0], template) == blocks(pair[1], template), template


def test_same_options(pair: tuple[Theme, Theme]) -> None:
    assert set(pair[0].options) == set(pair[1].options)


def test_same_assets_but_not_the_same_looks(pair: tuple[Theme, Theme]) -> None:
    assert set(pair[0].assets) == set(pair[1].assets)
    assert pair[0].assets["style.css"].url != pair[1].assets["style.css"].url


def test_every_option_has_a_default_and_help(theme: Theme) -> None:
    for layer in theme.layers:
        for name, option in layer.config["options"].items():
            assert option["help"], name
            assert isinstance(option["default"], TYPES[option["type"]]), name


def test_defaults_are_what_the_style_sheets_say(theme: Theme) -> None:
    sheet = theme.assets["style.css"].data.decode()
    for name, option in declared(theme.layers).items():
        if option["type"] == "colour":
            key = option["css"].removeprefix("--")
            found = palette.colours(sheet, dark=option.get("scheme") == "dark")[key]
            assert palette.contrast(found, option["default"]) == 1, name
        elif option.get("css") and f"{option['css']}:" in sheet:
            assert f"{option['css']}: {option['default']};" in sheet, name


def made(theme: Theme, template: str) -> set[str]:
    """Names that a template and its relations import or set by themselves."""
    found: set[str] = set()
    for name in theme.closure(template).templates:
        tree = parsed(theme, name)
        for node in tree.find_all(nodes.FromImport):
            found |= {n if isinstance(n, str) else n[1] for n in node.names}
        for assign in tree.find_all(nodes.Assign):
            found |= {n.name for n in assign.find_all(nodes.Name) if n.ctx == "store"}
    return found


def test_templates_name_no_view_that_they_are_not_offered(theme: Theme) -> None:
    for template, offered in OFFERED.items():
        closure = theme.closure(template)
        assert not closure.everything, template
        own = made(theme, template)
        assert not closure.names - set(offered) - own - {"asset", "t"}, template
        assert not own & set(offered), "a name of its own hides a view"
